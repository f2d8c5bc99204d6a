//! The last day of the register's queue as a drawing: answers as bars, arrivals as a line over them, the allowed pace as a
//! dashed line, and under them how long those who were answered had waited. The same numbers stand in a table.
//!
//! The drawing is narrow, so that a phone shows it large enough to be read; the style sheet sets the size of its letters.

use std::fmt::Write as _;

use sportello_core::registry::Slot;

use super::chart::rounded_up;

/// Minutes in one stretch of the drawing.
pub(super) const STRETCH: i64 = 15;
const STRETCHES: i64 = 24 * 60 / STRETCH;

/// Room for the numbers on the left, and for half an hour's name on the right.
const LEFT: i64 = 40;
const RIGHT: i64 = LEFT + STRETCHES * BAR;
const WIDTH: i64 = RIGHT + 18;
/// Room of one stretch.
const BAR: i64 = 4;
/// Top and floor of the upper drawing, and of the lower one; a title stands over each.
const UPPER: (i64, i64) = (24, 134);
const LOWER: (i64, i64) = (170, 224);

/// Ready coordinates for the template.
#[derive(Debug)]
pub(super) struct Chart {
    pub(super) width: i64,
    /// Where the horizontal lines begin and end.
    pub(super) left: i64,
    pub(super) right: i64,
    /// Answers, and waiting times.
    pub(super) bars: Vec<Bar>,
    /// The path of the arrivals.
    pub(super) arrivals: String,
    /// The height of the allowed pace, if it is in the picture.
    pub(super) allowed: Option<i64>,
    /// The allowed pace in one stretch.
    pub(super) pace: i64,
    /// The horizontal lines: height, number.
    pub(super) lines: Vec<(i64, i64)>,
    /// The hours that are written out: place, text.
    pub(super) hours: Vec<(i64, String)>,
}

/// One bar.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

/// How long those who were answered in a stretch had waited, on average, in minutes rounded up.
pub(super) fn waited_minutes(slot: &Slot) -> Option<i64> {
    (slot.answered > 0).then(|| (slot.waited_ms / slot.answered + 59_999) / 60_000)
}

impl Chart {
    /// Draws the 24 hours before `now_ms`; none when nothing happened in them. `hour` names an hour of the day.
    pub(super) fn of(history: &[Slot], now_ms: i64, per_minute: u32, hour: impl Fn(i64) -> String) -> Option<Self> {
        let last = now_ms / 60_000 / STRETCH;
        let first = last - STRETCHES + 1;
        let slots: Vec<&Slot> = history.iter().filter(|s| (first..=last).contains(&s.slot)).collect();
        let most = slots.iter().map(|s| s.arrived.max(s.answered)).max().filter(|most| *most > 0)?;
        let pace = i64::from(per_minute) * STRETCH;
        // The pace is drawn when the bars come near it; otherwise it would press them to the floor.
        let near = pace > 0 && pace <= most * 4;
        let upper = rounded_up(if near { most.max(pace) } else { most });
        let lower = rounded_up(slots.iter().filter_map(|s| waited_minutes(s)).max().unwrap_or(1));
        let place = |slot: i64| LEFT + (slot - first) * BAR;
        let answers = slots.iter().map(|s| bar(place(s.slot), UPPER, s.answered, upper));
        let waits = slots.iter().map(|s| bar(place(s.slot), LOWER, waited_minutes(s).unwrap_or(0), lower));
        let line = |(top, floor): (i64, i64), value: i64, most: i64| (floor - (floor - top) * value / most, value);
        let lines = [line(UPPER, 0, upper), line(UPPER, upper / 2, upper), line(UPPER, upper, upper)];
        let under = [line(LOWER, 0, lower), line(LOWER, lower, lower)];
        let hours = (first..=last).filter(|slot| slot % (3 * 60 / STRETCH) == 0);
        Some(Self {
            width: WIDTH,
            left: LEFT,
            right: RIGHT,
            bars: answers.chain(waits).flatten().collect(),
            arrivals: steps(slots.iter().map(|s| (place(s.slot), height(UPPER, s.arrived, upper)))),
            allowed: near.then(|| line(UPPER, pace, upper).0),
            pace,
            lines: lines.into_iter().chain(under).collect(),
            hours: hours.map(|slot| (place(slot), hour(slot * STRETCH * 60_000))).collect(),
        })
    }
}

/// How high a number stands. Whatever happened is seen.
fn height((top, floor): (i64, i64), value: i64, most: i64) -> i64 {
    if value == 0 { 0 } else { ((floor - top) * value / most).max(1) }
}

fn bar(x: i64, room: (i64, i64), value: i64, most: i64) -> Option<Bar> {
    let height = height(room, value, most);
    (height > 0).then(|| Bar { x, y: room.1 - height, width: BAR, height })
}

/// A line in steps over the whole day, from the places and heights of the stretches in which something happened.
fn steps(stretches: impl Iterator<Item = (i64, i64)>) -> String {
    let floor = UPPER.1;
    let mut path = format!("M{LEFT} {floor}");
    for (x, height) in stretches.filter(|(_, height)| *height > 0) {
        // Writing to a text does not fail.
        let _ = write!(path, "H{x}V{}H{}V{floor}", floor - height, x + BAR);
    }
    let _ = write!(path, "H{RIGHT}");
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(slot: i64, arrived: i64, answered: i64, waited_minutes: i64) -> Slot {
        Slot { slot, arrived, spent: answered, answered, failed: 0, waited_ms: waited_minutes * 60_000 * answered }
    }

    #[test]
    fn bars_stand_on_their_floors_and_keep_to_the_picture() {
        let now = 1_000 * STRETCH * 60_000;
        let history = [slot(800, 9, 9, 9), slot(905, 1_200, 0, 0), slot(1_000, 10, 900, 90)];
        let chart = Chart::of(&history, now, 60, |at| at.to_string()).unwrap();
        assert_eq!(chart.bars.len(), 2, "what is older than a day is not drawn");
        for bar in &chart.bars {
            assert!([UPPER.1, LOWER.1].contains(&(bar.y + bar.height)), "{bar:?}");
            assert!(bar.x >= LEFT && bar.x + bar.width <= RIGHT && bar.y >= UPPER.0, "{bar:?}");
        }
        assert_eq!(chart.allowed, Some(UPPER.1 - (UPPER.1 - UPPER.0) * 900 / 2_000));
        assert_eq!(chart.arrivals, "M40 134H40V68H44V134H420V133H424V134H424");
        assert!(chart.hours.iter().all(|(x, _)| *x >= LEFT && *x < RIGHT));
    }

    #[test]
    fn a_pace_far_above_the_bars_is_not_drawn_and_nothing_is_drawn_of_nothing() {
        let now = 1_000 * STRETCH * 60_000;
        let chart = Chart::of(&[slot(1_000, 1, 1, 1)], now, 60, |_| String::new()).unwrap();
        assert_eq!((chart.allowed, chart.pace), (None, 900));
        assert!(Chart::of(&[], now, 60, |_| String::new()).is_none());
    }
}
