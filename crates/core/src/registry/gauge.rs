//! How a source and its queue stand, for operators and for plots.

use std::collections::BTreeMap;

use ::store::args;

use super::model::QueueLane;
use super::pace::{self, Pace};
use super::{source, store};
use crate::error::Error;
use crate::{Cx, row};

/// How a source and its queue stand.
#[derive(Clone, Debug)]
pub struct Gauge {
    /// The source's name.
    pub source: String,
    /// Whether the body has it to itself: then its administrators may manage it.
    pub own: bool,
    /// How fast it moves.
    pub pace: Pace,
    /// The budget that an administrator has set; otherwise the configured one holds.
    pub set_per_minute: Option<u32>,
    /// Look-ups allowed a day.
    pub per_day: Option<u32>,
    /// The same as an administrator has set it.
    pub set_per_day: Option<u32>,
    /// Questions without an answer, of all bodies that share the source, by lane.
    pub open: BTreeMap<QueueLane, i64>,
    /// Look-ups made in the last minute.
    pub last_minute: i64,
    /// Look-ups made in the last day.
    pub last_day: i64,
    /// Since when the oldest waits, in milliseconds since 1970.
    pub oldest: Option<i64>,
    /// When it last answered.
    pub last_answer_at: Option<i64>,
}

impl Gauge {
    /// Questions without an answer.
    pub fn waiting(&self) -> i64 {
        self.open.values().sum()
    }
}

row! {
    struct Open { lane: String, n: i64 }
}

/// How the tenant's source and its queue stand, for the operator.
///
/// # Errors
/// [`Error::Store`].
pub async fn gauge(cx: &Cx) -> Result<Gauge, Error> {
    let name = source::name_of(cx);
    let (db, now) = (cx.app.db(), cx.now_ms());
    let configured = cx.app.source(&name).map(|s| &**s);
    let state = source::state(&cx.app, &name).await?;
    let count = async |sql, since: i64| -> Result<i64, Error> {
        Ok(db.fetch_one(sql, args![name.as_str(), since]).await?.get::<Option<i64>>("n")?.unwrap_or(0))
    };
    let open: Vec<Open> = db.list(store::OPEN_QUESTIONS, args![name.as_str()]).await?;
    Ok(Gauge {
        own: name == source::own_name(&cx.tenant.slug),
        pace: pace::of_source(cx, &name, &state).await?,
        set_per_minute: state.per_minute.and_then(|n| u32::try_from(n).ok()),
        per_day: state.daily(configured),
        set_per_day: state.per_day.and_then(|n| u32::try_from(n).ok()),
        open: open.iter().filter_map(|open| Some((QueueLane::of(&open.lane)?, open.n))).collect(),
        last_minute: count(store::SPENT_CALLS_SINCE, now - 60_000).await?,
        last_day: count(store::SPENT_SINCE, now / 60_000 - 24 * 60).await?,
        oldest: db.fetch_one(store::OLDEST, args![name.as_str()]).await?.get::<Option<i64>>("n")?,
        last_answer_at: state.last_answer_at,
        source: name,
    })
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
