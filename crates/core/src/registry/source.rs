//! A source that is asked about firms, as configured and as it stands.

use std::sync::Arc;
use std::time::Duration;

use ::store::args;
use jiff::SignedDuration;

use super::budget::{BREAKS_AT, PERIOD_MS};
use super::model::QueueLane;
use super::store;
use crate::app::App;
use crate::error::Error;
use crate::tenancy::Tenant;
use crate::{Cx, Tx, row};

/// What the source counts against its limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counts {
    /// Every code in a question.
    #[default]
    Codes,
    /// Every question, however many codes it names.
    Calls,
}

/// A source and how much may be asked of it.
#[derive(Debug)]
pub struct RegisterSource {
    /// Its name; a tenant's own is `TENANT/register`.
    pub name: String,
    /// Its client.
    pub client: registries::Source,
    /// How much may be asked of it.
    pub limits: Limits,
}

/// How much may be asked of a source, and how.
#[derive(Clone, Debug)]
pub struct Limits {
    /// In any 60 seconds.
    pub per_minute: u32,
    /// In any 24 hours; no limit when absent.
    pub per_day: Option<u32>,
    /// What the source counts.
    pub counts: Counts,
    /// Codes in one question.
    pub batch: u32,
    /// Questions under way at the same moment, on all nodes together.
    pub in_flight: u32,
    /// A question without an answer is given up after this long.
    pub call_limit: Duration,
    /// The parts of the budget that the lanes are sure of, in proportion to each other.
    pub shares: Shares,
    /// For how long an answer may be served without asking again.
    pub serve_for: SignedDuration,
    /// Questions of committenti that may wait at the same time.
    pub third_party_waiting: u32,
}

impl Limits {
    /// The usual limits for a budget a minute.
    pub fn per_minute(per_minute: u32) -> Self {
        Self {
            per_minute,
            per_day: None,
            counts: Counts::Codes,
            batch: 20,
            in_flight: 4,
            call_limit: Duration::from_secs(20),
            shares: Shares::default(),
            serve_for: SignedDuration::from_hours(14 * 24),
            third_party_waiting: 1_000,
        }
    }
}

/// The lanes' parts of the budget, each at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// Of somebody at a page.
    pub person: u32,
    /// Of committenti.
    pub third_party: u32,
    /// Of answers that grow old.
    pub background: u32,
}

impl Default for Shares {
    fn default() -> Self {
        Self { person: 70, third_party: 20, background: 10 }
    }
}

impl Shares {
    /// The part of a lane.
    pub fn of(self, lane: QueueLane) -> u32 {
        match lane {
            QueueLane::Person => self.person,
            QueueLane::ThirdParty => self.third_party,
            QueueLane::Background => self.background,
        }
        .max(1)
    }
}

row! {
    /// The state of a source, shared by all nodes.
    #[derive(Clone, Debug, Default)]
    pub(super) struct State {
        pub(super) mode: String,
        pub(super) per_minute: Option<i64>,
        pub(super) per_day: Option<i64>,
        pub(super) blocked_until: i64,
        pub(super) failures: i64,
        pub(super) pass: i64,
        pub(super) last_answer_at: Option<i64>,
        pub(super) silent_from: Option<i64>,
        pub(super) silent_until: Option<i64>,
        pub(super) spent_until: i64,
    }
}

row! {
    /// The state of a lane of a source.
    #[derive(Clone, Debug)]
    pub(super) struct LaneState {
        pub(super) lane: String,
        pub(super) share: Option<i64>,
        pub(super) pass: i64,
        pub(super) arrived: i64,
        pub(super) taken: i64,
        pub(super) drains_to: Option<i64>,
    }
}

impl State {
    pub(super) fn mode(&self) -> Mode {
        Mode::of(&self.mode)
    }

    /// Whether it is asked, and did not fail again and again.
    pub(super) fn answers(&self) -> bool {
        self.mode() != Mode::Paused && self.failures < BREAKS_AT
    }

    /// Until when the source is left alone, if it is. That the minute is spent is the pace, and nothing to tell anybody.
    pub(super) fn held_until(&self, now: i64) -> Option<i64> {
        let spent = if self.spent_until > now + PERIOD_MS { self.spent_until } else { 0 };
        Some(self.blocked_until.max(spent)).filter(|until| *until > now)
    }

    /// Look-ups a minute: what an administrator set, or what is configured.
    pub(super) fn budget(&self, source: Option<&RegisterSource>) -> u32 {
        let configured = source.map_or(0, |s| s.limits.per_minute);
        self.per_minute.and_then(|n| u32::try_from(n).ok()).unwrap_or(configured)
    }

    /// Look-ups a day, the same.
    pub(super) fn daily(&self, source: Option<&RegisterSource>) -> Option<u32> {
        self.per_day.and_then(|n| u32::try_from(n).ok()).or_else(|| source.and_then(|s| s.limits.per_day))
    }
}

/// Whether a source is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// It is.
    #[default]
    Open,
    /// It is not; what is under way is finished.
    Paused,
    /// What waits already is asked; what comes later waits.
    Draining,
}

impl Mode {
    /// Its name in the database and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Draining => "draining",
        }
    }

    fn of(key: &str) -> Self {
        match key {
            "paused" => Self::Paused,
            "draining" => Self::Draining,
            _ => Self::Open,
        }
    }
}

/// The name of the source that a tenant asks. A tenant without one has a name for it all the same: its questions wait there
/// until a source is configured.
pub(super) fn name_of(cx: &Cx) -> String {
    let configured = cx.app.connections(&cx.tenant).and_then(|c| c.register.clone());
    configured.unwrap_or_else(|| own_name(&cx.tenant.slug))
}

/// The name of a tenant's own source.
pub fn own_name(tenant: &str) -> String {
    format!("{tenant}/register")
}

/// The tenant in whose name a source is asked: the first that uses it.
pub fn driver(app: &App, source: &str) -> Option<Arc<Tenant>> {
    let uses = |tenant: &&Arc<Tenant>| app.connections(tenant).is_some_and(|c| c.register.as_deref() == Some(source));
    app.tenants().find(uses).cloned()
}

/// The state of a source as it is now, without holding it.
pub(super) async fn state(app: &App, name: &str) -> Result<State, Error> {
    Ok(app.db().find(store::SOURCE, args![name]).await?.unwrap_or_default())
}

/// The lanes of a source as they are now, without holding them.
pub(super) async fn lanes(app: &App, name: &str) -> Result<Vec<LaneState>, Error> {
    Ok(app.db().list(store::LANES, args![name]).await?)
}

/// Holds a source until the transaction ends, so that two nodes do not spend the same budget.
pub(super) async fn hold(tx: &mut Tx, name: &str) -> Result<State, Error> {
    let tx = tx.shared();
    tx.execute(store::ENSURE_SOURCE, args![name]).await?;
    Ok(tx.find(store::HOLD_SOURCE, args![name]).await?.unwrap_or_default())
}
