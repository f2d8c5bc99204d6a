//! How a source and its queue stand.

use std::collections::BTreeMap;

use ::store::args;

use super::budget::BREAKS_AT;
use super::model::QueueLane;
use super::source::{self, Mode};
use super::{lanes, store};
use crate::error::Error;
use crate::{Cx, row};

/// The present is judged by so many minutes.
const LATELY: i64 = 15;
/// What is assumed before anything is known: so many answers without a failure.
const PRIOR: f64 = 20.0;

/// How a source and its queue stand.
#[derive(Clone, Debug)]
pub struct Gauge {
    /// The source's name.
    pub source: String,
    /// Whether the body has it to itself: then its administrators may manage it.
    pub own: bool,
    /// Look-ups allowed a minute.
    pub per_minute: u32,
    /// The budget that an administrator has set; otherwise the configured one holds.
    pub set_per_minute: Option<u32>,
    /// Look-ups allowed a day.
    pub per_day: Option<u32>,
    /// The same as an administrator has set it.
    pub set_per_day: Option<u32>,
    /// Whether it is asked.
    pub mode: Mode,
    /// Questions without an answer, of all bodies that share the source.
    pub waiting: i64,
    /// Look-ups made in the last minute.
    pub last_minute: i64,
    /// Look-ups made in the last day.
    pub last_day: i64,
    /// Since when the oldest waits, in milliseconds since 1970.
    pub oldest: Option<i64>,
    /// It is left alone until then.
    pub blocked_until: Option<i64>,
    /// When it last answered.
    pub last_answer_at: Option<i64>,
    /// Failures in a row.
    pub failures: i64,
    /// The part of the look-ups that were answered of late, from 0 to 1.
    pub success: f64,
    /// The lanes.
    pub lanes: Vec<LaneGauge>,
}

impl Gauge {
    /// Whether the source answers: then a time can be named.
    pub fn answers(&self) -> bool {
        self.mode != Mode::Paused && self.failures < BREAKS_AT && self.per_minute > 0
    }
}

/// A lane as it stands.
#[derive(Clone, Copy, Debug)]
pub struct LaneGauge {
    /// Which.
    pub lane: QueueLane,
    /// Its share, in proportion to the others'.
    pub share: i64,
    /// Questions without an answer.
    pub open: i64,
    /// Those of them that were never asked yet.
    pub waiting: i64,
    /// The number of the last arrival.
    pub arrived: i64,
    /// How many arrivals were asked.
    pub taken: i64,
    /// While the queue is emptied: the number of the last arrival that is still asked.
    pub drains_to: Option<i64>,
    /// Arrivals a minute, of late.
    pub arrivals_per_minute: f64,
}

row! {
    struct Flow { lane: String, arrived: i64, answered: i64, failed: i64 }
}

row! {
    struct Open { lane: String, n: i64 }
}

/// How the tenant's source and its queue stand, for the operator.
///
/// # Errors
/// [`Error::Store`].
pub async fn gauge(cx: &Cx) -> Result<Gauge, Error> {
    of_source(cx, &source::name_of(cx)).await
}

pub(super) async fn of_source(cx: &Cx, name: &str) -> Result<Gauge, Error> {
    let (db, now) = (cx.app.db(), cx.now_ms());
    let configured = cx.app.source(name).map(|s| &**s);
    let state = source::state(&cx.app, name).await?;
    let states = source::lanes(&cx.app, name).await?;
    let count = async |sql, since: i64| -> Result<i64, Error> {
        Ok(db.fetch_one(sql, args![name, since]).await?.get::<Option<i64>>("n")?.unwrap_or(0))
    };
    let last_minute = count(store::SPENT_CALLS_SINCE, now - 60_000).await?;
    let last_day = count(store::SPENT_SINCE, now / 60_000 - 24 * 60).await?;
    let oldest = db.fetch_one(store::OLDEST, args![name]).await?.get::<Option<i64>>("n")?;
    let open: Vec<Open> = db.list(store::OPEN_QUESTIONS, args![name]).await?;
    let flows: Vec<Flow> = db.list(store::FLOWS, args![name, now / 60_000 - LATELY]).await?;
    let success = success(&flows);
    let flows: BTreeMap<&str, &Flow> = flows.iter().map(|f| (f.lane.as_str(), f)).collect();
    let lane = |lane: QueueLane| {
        let state = states.iter().find(|s| s.lane == lane.key());
        let share = configured.map_or(1, |c| lanes::share(c, lane, state.and_then(|s| s.share)));
        let (arrived, taken) = state.map_or((0, 0), |s| (s.arrived, s.taken));
        #[expect(clippy::cast_precision_loss, reason = "numbers of people in a queue")]
        let arrivals_per_minute = flows.get(lane.key()).map_or(0.0, |f| f.arrived as f64 / LATELY as f64);
        let open = open.iter().filter(|o| o.lane == lane.key()).map(|o| o.n).sum();
        let waiting = (arrived - taken).max(0);
        let drains_to = state.and_then(|s| s.drains_to);
        LaneGauge { lane, share, open, waiting, arrived, taken, drains_to, arrivals_per_minute }
    };
    Ok(Gauge {
        source: name.to_owned(),
        own: name == source::own_name(&cx.tenant.slug),
        per_minute: state.budget(configured),
        set_per_minute: state.per_minute.and_then(|n| u32::try_from(n).ok()),
        per_day: state.daily(configured),
        set_per_day: state.per_day.and_then(|n| u32::try_from(n).ok()),
        mode: state.mode(),
        waiting: open.iter().map(|o| o.n).sum(),
        last_minute,
        last_day,
        oldest,
        blocked_until: (state.blocked_until > now).then_some(state.blocked_until),
        last_answer_at: state.last_answer_at,
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

row! {
    /// What happened in a stretch of time, for a plot.
    #[derive(Clone, Copy, Debug)]
    pub struct Slot {
        /// Its number since 1970, in stretches of this length.
        pub slot: i64,
        /// Questions that arrived.
        pub arrived: i64,
        /// Look-ups made.
        pub spent: i64,
        /// Questions that were answered.
        pub answered: i64,
        /// Look-ups without an answer.
        pub failed: i64,
        /// How long those that were answered had waited, together, in milliseconds.
        pub waited_ms: i64,
    }
}

/// What happened at the tenant's source since `since_ms`, in stretches of `minutes`; stretches in which nothing happened are
/// left out.
///
/// # Errors
/// [`Error::Store`].
pub async fn history(cx: &Cx, since_ms: i64, minutes: i64) -> Result<Vec<Slot>, Error> {
    let args = args![source::name_of(cx), since_ms / 60_000, minutes.max(1)];
    Ok(cx.app.db().list(store::HISTORY, args).await?)
}
