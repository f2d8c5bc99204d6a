//! The last day of the register's queue as a drawing: arrivals outlined, answers filled, the allowed pace as a dashed line,
//! and under them how long those who were answered had waited. The same numbers stand in a table.

use sportello_core::registry::Slot;

use super::chart::rounded_up;

/// Minutes in one stretch of the drawing.
pub(super) const STRETCH: i64 = 15;
const STRETCHES: i64 = 24 * 60 / STRETCH;

const LEFT: i64 = 48;
const WIDTH: i64 = STRETCHES * BAR + LEFT + 12;
/// Room of one stretch.
const BAR: i64 = 7;
/// Top and floor of the upper drawing, and of the lower one.
const UPPER: (i64, i64) = (12, 132);
const LOWER: (i64, i64) = (160, 220);

/// Ready coordinates for the template.
#[derive(Debug)]
pub(super) struct Chart {
    pub(super) width: i64,
    /// The bars: kind, place, height of the picture at their top, their height.
    pub(super) bars: Vec<Bar>,
    /// The height of the allowed pace, if it is in the picture.
    pub(super) allowed: Option<i64>,
    /// The horizontal lines: height, number.
    pub(super) lines: Vec<(i64, i64)>,
    /// The hours that are written out: place, text.
    pub(super) hours: Vec<(i64, String)>,
}

/// What a bar shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Arrived,
    Answered,
    Waited,
}

/// One bar.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) what: What,
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

impl Bar {
    pub(super) fn is_outlined(&self) -> bool {
        self.what == What::Arrived
    }
}

/// How long those who were answered in a stretch had waited, on average, in minutes rounded up.
pub(super) fn waited_minutes(slot: &Slot) -> Option<i64> {
    (slot.answered > 0).then(|| (slot.waited_ms / slot.answered + 59_999) / 60_000)
}

impl Chart {
    /// Draws the 24 hours before `now_ms`; none when nothing happened in them.
    pub(super) fn of(history: &[Slot], now_ms: i64, per_minute: u32, time: impl Fn(i64) -> String) -> Option<Self> {
        let last = now_ms / 60_000 / STRETCH;
        let first = last - STRETCHES + 1;
        let slots: Vec<&Slot> = history.iter().filter(|s| (first..=last).contains(&s.slot)).collect();
        let most = slots.iter().map(|s| s.arrived.max(s.answered)).max().filter(|most| *most > 0)?;
        let allowed = i64::from(per_minute) * STRETCH;
        // The pace is drawn when the bars come near it; otherwise it would press them to the floor.
        let near = allowed <= most * 4;
        let upper = rounded_up(if near { most.max(allowed) } else { most });
        let lower = rounded_up(slots.iter().filter_map(|s| waited_minutes(s)).max().unwrap_or(1));
        let bars = slots.iter().flat_map(|slot| bars(slot, LEFT + (slot.slot - first) * BAR, upper, lower));
        let line = |(top, floor): (i64, i64), value: i64, most: i64| (floor - (floor - top) * value / most, value);
        let lines = [line(UPPER, 0, upper), line(UPPER, upper / 2, upper), line(UPPER, upper, upper)];
        let under = [line(LOWER, 0, lower), line(LOWER, lower, lower)];
        let hours = (first..=last).filter(|slot| slot % (3 * 60 / STRETCH) == 0);
        Some(Self {
            width: WIDTH,
            bars: bars.collect(),
            allowed: near.then(|| line(UPPER, allowed, upper).0),
            lines: lines.into_iter().chain(under).collect(),
            hours: hours.map(|slot| (LEFT + (slot - first) * BAR, time(slot * STRETCH * 60_000))).collect(),
        })
    }
}

fn bars(slot: &Slot, x: i64, upper: i64, lower: i64) -> Vec<Bar> {
    let bar = |what, x, width, (top, floor): (i64, i64), value: i64, most: i64| {
        // Whatever happened is seen.
        let height = if value == 0 { 0 } else { ((floor - top) * value / most).max(1) };
        Bar { what, x, y: floor - height, width, height }
    };
    let waited = waited_minutes(slot).unwrap_or(0);
    let all = [
        bar(What::Arrived, x, 3, UPPER, slot.arrived, upper),
        bar(What::Answered, x + 3, 3, UPPER, slot.answered, upper),
        bar(What::Waited, x, 6, LOWER, waited, lower),
    ];
    all.into_iter().filter(|bar| bar.height > 0).collect()
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
        assert_eq!(chart.bars.len(), 4, "what is older than a day is not drawn");
        for bar in &chart.bars {
            assert!([UPPER.1, LOWER.1].contains(&(bar.y + bar.height)), "{bar:?}");
            assert!(bar.x >= LEFT && bar.x + bar.width <= chart.width && bar.y >= UPPER.0, "{bar:?}");
        }
        assert_eq!(chart.allowed, Some(UPPER.1 - (UPPER.1 - UPPER.0) * 900 / 2_000));
    }

    #[test]
    fn a_pace_far_above_the_bars_is_not_drawn_and_nothing_is_drawn_of_nothing() {
        let now = 1_000 * STRETCH * 60_000;
        assert_eq!(Chart::of(&[slot(1_000, 1, 1, 1)], now, 60, |_| String::new()).unwrap().allowed, None);
        assert!(Chart::of(&[], now, 60, |_| String::new()).is_none());
    }
}
