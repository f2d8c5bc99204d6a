//! The daily counts as a drawing: two bars a day, registrations outlined and payments filled, so that nobody needs to
//! tell colours apart. The same numbers stand in a table under it.

use jiff::civil::Date;
use sportello_core::format;

/// The drawing area within the picture of [`WIDTH`] by [`HEIGHT`].
const LEFT: i64 = 44;
const TOP: i64 = 10;
const FLOOR: i64 = 170;
/// Room of one day, and of one bar in it.
const DAY: i64 = 22;
const BAR: i64 = 8;
/// Height of the picture: the days are written under the bars.
pub(super) const HEIGHT: i64 = 192;

/// Ready coordinates for the template.
#[derive(Debug)]
pub(super) struct Chart {
    /// Width of the picture.
    pub(super) width: i64,
    /// Its bars.
    pub(super) bars: Vec<Bar>,
    /// The horizontal lines: height, number.
    pub(super) lines: Vec<(i64, i64)>,
    /// The days that are written out: place, text.
    pub(super) days: Vec<(i64, String)>,
}

/// What happened on one day.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bar {
    /// Payments; otherwise registrations.
    pub(super) paid: bool,
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) height: i64,
}

impl Chart {
    /// Draws days with the numbers of registrations and payments; none when there is nothing to draw.
    pub(super) fn of(daily: &[(Date, i64, i64)]) -> Option<Self> {
        let most = daily.iter().map(|(_, registered, paid)| *registered.max(paid)).max()?;
        let top = rounded_up(most);
        let height = |value: i64| match value {
            0 => 0,
            // Whatever happened is seen.
            value => ((FLOOR - TOP) * value / top).max(1),
        };
        let mut bars = Vec::new();
        let mut days = Vec::new();
        for (index, (day, registered, paid)) in daily.iter().enumerate() {
            let x = LEFT + DAY * i64::try_from(index).ok()?;
            for (paid, x, value) in [(false, x + 2, *registered), (true, x + 2 + BAR + 1, *paid)] {
                let height = height(value);
                bars.push(Bar { paid, x, y: FLOOR - height, height });
            }
            // The last day is always written out, and every fifth before it.
            if (daily.len() - 1 - index).is_multiple_of(5) {
                days.push((x + DAY / 2, format::short_date(*day)[..5].to_owned()));
            }
        }
        let width = LEFT + DAY * i64::try_from(daily.len()).ok()? + 12;
        let lines = [0, top / 2, top].into_iter().filter(|n| *n == 0 || top > 1 || *n == top);
        let lines = lines.map(|n| (FLOOR - (FLOOR - TOP) * n / top, n)).collect();
        Some(Self { width, bars, lines, days })
    }
}

/// The next round number: 2, 4, 10, 20, 40, 100, …; even, so that its half is whole.
pub(super) fn rounded_up(most: i64) -> i64 {
    let mut scale: i64 = 1;
    loop {
        for step in [2, 4, 10] {
            if step * scale >= most {
                return step * scale;
            }
        }
        scale = scale.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_scale_is_the_next_round_number() {
        let pairs = [(0, 2), (2, 2), (3, 4), (5, 10), (11, 20), (39, 40), (41, 100), (100, 100), (101, 200)];
        for (most, top) in pairs {
            assert_eq!(rounded_up(most), top, "{most}");
        }
    }

    #[test]
    fn bars_stand_on_the_floor_and_keep_to_the_picture() {
        let chart = Chart::of(&[(day("2017-02-01"), 0, 1), (day("2017-02-02"), 1_000, 400)]).unwrap();
        assert_eq!(chart.bars.len(), 4);
        for bar in &chart.bars {
            assert_eq!(bar.y + bar.height, FLOOR);
            assert!(bar.y >= TOP && bar.x + BAR <= chart.width);
        }
        assert_eq!((chart.bars[0].height, chart.bars[1].height, chart.bars[2].height), (0, 1, FLOOR - TOP));
        assert_eq!(chart.days, [(LEFT + DAY + DAY / 2, "02/02".to_owned())]);
        assert_eq!(chart.lines, [(FLOOR, 0), (90, 500), (TOP, 1_000)]);
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert!(Chart::of(&[]).is_none());
    }
}
