//! How fast a source's queue moves: what every page of somebody who waits needs. It costs the same however many wait.

use std::collections::BTreeMap;

use ::store::args;

use super::budget::BREAKS_AT;
use super::model::QueueLane;
use super::source::{self, Mode, State};
use super::{lanes, store};
use crate::error::Error;
use crate::{Cx, row};

/// How often a source fails is judged by so many minutes: it fails for a list of sixty codes as for one, so that a quarter of
/// an hour is no more than fifteen throws of a coin.
const LATELY: i64 = 60;
/// How many arrive is judged by so many: a rush may end from one minute to the next.
const JUST_NOW: i64 = 5;
/// Since when they have been arriving is judged by so many.
const SINCE: i64 = 6 * 60;
/// What is assumed before anything is known: so many answers without a failure.
const PRIOR: f64 = 20.0;

/// How fast a source's queue moves.
#[derive(Clone, Debug)]
pub struct Pace {
    /// Look-ups allowed a minute.
    pub per_minute: u32,
    /// Whether it is asked.
    pub mode: Mode,
    /// It is left alone until then, in milliseconds since 1970.
    pub blocked_until: Option<i64>,
    /// Failures in a row.
    pub failures: i64,
    /// The part of the look-ups that were answered of late, from 0 to 1.
    pub success: f64,
    /// The lanes.
    pub lanes: Vec<LaneGauge>,
}

/// A lane as it stands.
#[derive(Clone, Copy, Debug)]
pub struct LaneGauge {
    /// Which.
    pub lane: QueueLane,
    /// Its share, in proportion to the others'.
    pub share: i64,
    /// Questions that were never asked yet.
    pub waiting: i64,
    /// The number of the last arrival.
    pub arrived: i64,
    /// How many arrivals were asked.
    pub taken: i64,
    /// While the queue is emptied: the number of the last arrival that is still asked.
    pub drains_to: Option<i64>,
    /// Arrivals a minute, of late.
    pub arrivals_per_minute: f64,
    /// For how many minutes more that is expected: for as long as it has lasted already. Nobody knows when a rush began that
    /// is going to end, and of all its moments this one is as likely to be early as late (J. R. Gott, *Implications of the
    /// Copernican principle for our future prospects*, Nature 363, 1993).
    pub arrivals_last: f64,
    /// How many questions may wait; no limit when absent.
    pub room: Option<u32>,
}

row! {
    #[derive(Default)]
    struct Flow { lane: String, arrived: i64, arrived_since: i64, ages: i64, oldest: Option<i64>, answered: i64, failed: i64 }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of people in a queue")]
impl Flow {
    fn arrivals_per_minute(&self) -> f64 {
        self.arrived as f64 / JUST_NOW as f64
    }

    /// Twice the mean age of the arrivals, which is since when they have been coming if they came evenly: one that came long
    /// before all others is no beginning. Never longer than since the first of them.
    fn lasted(&self, minute: i64) -> f64 {
        let even = 2.0 * self.ages as f64 / self.arrived_since.max(1) as f64;
        let longest = self.oldest.map_or(0, |oldest| minute - oldest) as f64;
        even.min(longest) + 1.0
    }
}

impl Pace {
    /// Whether the source answers: then a time can be named.
    pub fn answers(&self) -> bool {
        self.mode != Mode::Paused && self.failures < BREAKS_AT && self.per_minute > 0
    }
}

pub(super) async fn of_source(cx: &Cx, name: &str, state: &State) -> Result<Pace, Error> {
    let now = cx.now_ms();
    let minute = now / 60_000;
    let configured = cx.app.source(name).map(|s| &**s);
    let states = source::lanes(&cx.app, name).await?;
    // A minute in which the silence began or ended is taken for one of silence: few are.
    let [from, until] = [state.silent_from, state.silent_until].map(|at| at.map_or(-1, |at| at / 60_000));
    let since = args![name, minute, minute - SINCE, minute - LATELY, minute - JUST_NOW, from, until];
    let flows: Vec<Flow> = cx.app.db().list(store::FLOWS, since).await?;
    let success = success(&flows);
    let flows: BTreeMap<&str, &Flow> = flows.iter().map(|f| (f.lane.as_str(), f)).collect();
    let lane = |lane: QueueLane| {
        let state = states.iter().find(|s| s.lane == lane.key());
        let share = configured.map_or(1, |c| lanes::share(c, lane, state.and_then(|s| s.share)));
        let (arrived, taken) = state.map_or((0, 0), |s| (s.arrived, s.taken));
        let none = Flow::default();
        let flow = flows.get(lane.key()).copied().unwrap_or(&none);
        LaneGauge {
            lane,
            share,
            waiting: (arrived - taken).max(0),
            arrived,
            taken,
            drains_to: state.and_then(|s| s.drains_to),
            arrivals_per_minute: flow.arrivals_per_minute(),
            arrivals_last: flow.lasted(minute),
            room: configured.map(|c| c.limits.third_party_waiting).filter(|_| lane == QueueLane::ThirdParty),
        }
    };
    Ok(Pace {
        per_minute: state.budget(configured),
        mode: state.mode(),
        blocked_until: state.held_until(now),
        failures: state.failures,
        success,
        lanes: QueueLane::ALL.map(lane).to_vec(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "numbers of people in a queue")]
fn success(flows: &[Flow]) -> f64 {
    let answered: i64 = flows.iter().map(|f| f.answered).sum();
    let failed: i64 = flows.iter().map(|f| f.failed).sum();
    (answered as f64 + PRIOR) / ((answered + failed) as f64 + PRIOR)
}
