//! Italian wall-clock time, in which the node writes dates without a zone.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Central European Time with the summer time of Directive 2000/84/EC, written out so that no zone file is needed.
static ITALY: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC));

/// The zone of Italy under today's rules (summer time from the last Sunday of March to the last Sunday of October).
#[must_use]
pub fn italian_zone() -> TimeZone {
    ITALY.clone()
}

/// What an Italian clock shows at `instant`, with whole seconds as the node writes them.
#[must_use]
pub fn italian_time(instant: Timestamp) -> DateTime {
    let time = ITALY.to_datetime(instant);
    time.with().subsec_nanosecond(0).build().unwrap_or(time)
}

/// Reads `xsd:dateTime`. The node writes Italian time without a zone; a zone, where present, is converted to it.
pub(crate) fn parse_date_time(text: &str) -> Option<DateTime> {
    let text = text.trim();
    match text.parse::<Timestamp>() {
        Ok(instant) => Some(italian_time(instant)),
        Err(_) => text.contains('T').then(|| text.parse().ok()).flatten(),
    }
}

/// Reads `xsd:date`, whose optional zone (`2026-12-31+01:00`, `2026-12-31Z`) says nothing here and is dropped.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let (date, zone) = text.split_at_checked(10)?;
    let zone_like = zone.is_empty() || zone == "Z" || (zone.len() == 6 && zone.starts_with(['+', '-']));
    if zone_like { date.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn italian_time_knows_summer() {
        let winter: Timestamp = "2026-01-10T08:00:00.5Z".parse().unwrap();
        let summer: Timestamp = "2026-07-10T08:00:00Z".parse().unwrap();
        assert_eq!(italian_time(winter), date(2026, 1, 10).at(9, 0, 0, 0));
        assert_eq!(italian_time(summer), date(2026, 7, 10).at(10, 0, 0, 0));
    }

    #[test]
    fn reads_date_times_with_and_without_a_zone() {
        let local = date(2026, 11, 10).at(10, 11, 12, 0);
        for text in
            ["2026-11-10T10:11:12", "2026-11-10T10:11:12+01:00", "2026-11-10T09:11:12Z", " 2026-11-10T09:11:12.0Z"]
        {
            assert_eq!(parse_date_time(text), Some(local), "{text}");
        }
        for text in ["", "2026-11-10", "10/11/2026", "2026-13-10T10:11:12", "2026-11-10T25:11:12"] {
            assert_eq!(parse_date_time(text), None, "{text}");
        }
    }

    #[test]
    fn reads_dates_with_and_without_a_zone() {
        for text in ["2026-12-31", "2026-12-31Z", "2026-12-31+01:00", "2026-12-31-05:00"] {
            assert_eq!(parse_date(text), Some(date(2026, 12, 31)), "{text}");
        }
        for text in ["", "2026-12-32", "2026-12-31T00:00:00", "31-12-2026", "2026-12-€1"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
