//! The gauge of the register as a drawing: answers in the last minute against the allowance, over ten minutes.

use jiff::SignedDuration;

use super::texts::Texts;
use crate::register::RegisterControl;

/// Distance between two points: a third of the window over which look-ups are counted.
const STEP: SignedDuration = SignedDuration::from_secs(20);
const POINTS: i32 = 31;
/// The drawing area within the picture's 640 by 200.
const LEFT: f64 = 40.0;
const RIGHT: f64 = 630.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 180.0;

/// Ready coordinates for the template.
#[derive(Debug)]
pub(super) struct Chart {
    pub(super) label: String,
    pub(super) limit: u32,
    pub(super) limit_y: String,
    pub(super) line: String,
    pub(super) area: String,
    pub(super) refused: Vec<Bar>,
}

/// Calls turned away in the minute before a point.
#[derive(Debug)]
pub(super) struct Bar {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) height: String,
}

impl Chart {
    pub(super) fn of(control: &RegisterControl, texts: &Texts) -> Self {
        let series = control.series(POINTS, STEP);
        let limit = control.gauge().limit;
        let most = series.iter().map(|point| point.0.max(point.1)).max().unwrap_or_default();
        // A fifth of air above the highest thing drawn, and never a flat picture.
        let top = 1.2 * as_f64(most.max(usize::try_from(limit).unwrap_or(usize::MAX)).max(1));
        let x = |i: usize| LEFT + (RIGHT - LEFT) * as_f64(i) / f64::from(POINTS - 1);
        let y = |value: usize| BOTTOM - (BOTTOM - TOP) * as_f64(value) / top;
        let line: Vec<_> =
            series.iter().enumerate().map(|(i, point)| format!("{:.1},{:.1}", x(i), y(point.0))).collect();
        let line = line.join(" ");
        let refused = series.iter().enumerate().filter(|(_, point)| point.1 > 0);
        let refused = refused.map(|(i, point)| Bar {
            x: format!("{:.1}", x(i) - 4.0),
            y: format!("{:.1}", y(point.1)),
            height: format!("{:.1}", BOTTOM - y(point.1)),
        });
        let (answered, turned_away) = series.last().copied().unwrap_or_default();
        Self {
            label: format!("{} {answered} / {limit}. {} {turned_away}.", texts.answered_a_minute, texts.turned_away),
            limit,
            limit_y: format!("{:.1}", y(usize::try_from(limit).unwrap_or(usize::MAX))),
            area: format!("{LEFT},{BOTTOM} {line} {RIGHT},{BOTTOM}"),
            line,
            refused: refused.collect(),
        }
    }
}

/// Exact for every number that a chart shows.
fn as_f64(value: usize) -> f64 {
    u32::try_from(value).map_or(f64::from(u32::MAX), f64::from)
}
