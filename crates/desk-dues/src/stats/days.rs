//! Counts by day out of counts by hour: the database groups by whole hours since 1970, and an hour never lies in two
//! days of Rome, whatever the season.

use jiff::ToSpan as _;
use jiff::civil::Date;
use sportello_core::clock::{instant, rome};
use sportello_core::{format, row};

/// A request for more is a mistake.
const MOST: usize = 400;
const HOUR_MS: i64 = 3_600_000;

row! {
    /// What happened in one hour.
    pub(super) struct Hour {
        /// Hours since 1970.
        pub(super) hour: i64,
        /// How often it happened.
        pub(super) n: i64,
    }
}

/// The days of a range with what happened on each: registered, paid.
pub(super) struct Days(Vec<(Date, i64, i64)>);

/// The first instant of a day in Rome, in milliseconds since 1970.
pub(super) fn start(day: Date) -> i64 {
    day.to_zoned(rome()).map_or(i64::MAX, |z| z.timestamp().as_millisecond())
}

impl Days {
    pub(super) fn between(from: Date, to: Date) -> Self {
        let days = from.series(1.day()).take_while(|day| *day <= to).take(MOST);
        Self(days.map(|day| (day, 0, 0)).collect())
    }

    /// From the first instant of the first day to the first instant behind the last.
    pub(super) fn bounds(&self) -> Option<(i64, i64)> {
        let (first, last) = (self.0.first()?.0, self.0.last()?.0);
        Some((start(first), last.tomorrow().map_or(i64::MAX, start)))
    }

    pub(super) fn add(&mut self, hour: Hour, field: fn(&mut (Date, i64, i64)) -> &mut i64) {
        let day = format::civil(instant(hour.hour.saturating_mul(HOUR_MS)));
        if let Ok(index) = self.0.binary_search_by_key(&day, |entry| entry.0) {
            *field(&mut self.0[index]) += hour.n;
        }
    }

    pub(super) fn list(self) -> Vec<(Date, i64, i64)> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn days_begin_at_midnight_in_rome_in_both_seasons() {
        assert_eq!(instant(start(date("2017-01-10"))).to_string(), "2017-01-09T23:00:00Z");
        assert_eq!(instant(start(date("2017-07-10"))).to_string(), "2017-07-09T22:00:00Z");
    }

    #[test]
    fn hours_fall_on_their_day_when_the_clocks_change() {
        let mut days = Days::between(date("2017-03-25"), date("2017-03-27"));
        let (from, to) = days.bounds().unwrap();
        assert_eq!((to - from) / HOUR_MS, 71);
        for hour in from / HOUR_MS..to / HOUR_MS {
            days.add(Hour { hour, n: 1 }, |day| &mut day.1);
        }
        assert_eq!(
            days.list(),
            [(date("2017-03-25"), 24, 0), (date("2017-03-26"), 23, 0), (date("2017-03-27"), 24, 0)]
        );
    }

    #[test]
    fn ranges_are_bounded() {
        assert!(Days::between(date("2017-03-02"), date("2017-03-01")).bounds().is_none());
        assert_eq!(Days::between(date("2000-01-01"), date("2020-01-01")).list().len(), MOST);
    }
}
