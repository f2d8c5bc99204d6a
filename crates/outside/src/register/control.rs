//! The switches of the register, and what can be read off it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::book::{Book, Outcome};
use super::{Outage, Register, RegisterFirm, RegisterMode, WINDOW};

/// When a list is ready: after so many polls that find it in progress, and not before so much of the world's time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Readiness {
    pub(super) polls: u32,
    pub(super) time: SignedDuration,
}

/// The hand on the register's switches.
#[derive(Debug, Clone)]
pub struct RegisterControl {
    register: Register,
}

/// The register at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Gauge {
    /// Look-ups allowed in 60 seconds.
    pub limit: u32,
    /// Look-ups answered in the last 60 seconds of the world's time.
    pub per_minute: usize,
    /// Calls turned away with 429 in the last 60 seconds.
    pub refused: usize,
    /// Lists asked for and not fetched yet.
    pub waiting: usize,
    /// Calls of every kind since the register started.
    pub calls: usize,
}

/// Everything about the register, as `GET /control` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisterState {
    /// The address in front of `/authentication`.
    pub base_url: String,
    /// The world's time.
    pub now: Timestamp,
    /// The behaviour.
    pub mode: RegisterMode,
    /// When it answers nobody, whatever its behaviour.
    pub outages: Vec<Outage>,
    /// The gauge.
    pub gauge: Gauge,
    /// Polls that find a list in progress before it is ready.
    pub ready_after_polls: u32,
    /// Seconds of the world's time before a list is ready.
    pub ready_after_seconds: i64,
    /// The most look-ups asked for in any 60 seconds so far.
    pub max_asked_in_a_minute: usize,
    /// The most look-ups answered in any 60 seconds so far.
    pub max_answered_in_a_minute: usize,
    /// The firms on file, by tax code.
    pub firms: Vec<RegisterFirm>,
}

/// What `POST /control` may change; what is left out stays as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Change {
    mode: Option<RegisterMode>,
    outages: Option<Vec<Outage>>,
    per_minute: Option<u32>,
    ready_after_polls: Option<u32>,
    ready_after_seconds: Option<u32>,
    firms: Vec<RegisterFirm>,
    pecs: Vec<PecChange>,
}

#[derive(Debug, Deserialize)]
struct PecChange {
    code: String,
    pec: Option<String>,
}

impl RegisterControl {
    pub(super) fn new(register: Register) -> Self {
        Self { register }
    }

    /// Switches the behaviour.
    pub fn set_mode(&self, mode: RegisterMode) {
        self.register.state().mode = mode;
    }

    /// The behaviour.
    #[must_use]
    pub fn mode(&self) -> RegisterMode {
        self.register.state().mode.clone()
    }

    /// Replaces the timetable of outages.
    pub fn set_outages(&self, outages: Vec<Outage>) {
        self.register.state().outages = outages;
    }

    /// Changes how many look-ups are answered in 60 seconds, from the next call on.
    pub fn set_per_minute(&self, per_minute: u32) {
        self.register.state().per_minute = per_minute;
    }

    /// Changes when lists are ready: after `polls` polls that find them in progress and not before `time`.
    pub fn set_ready_after(&self, polls: u32, time: SignedDuration) {
        self.register.state().ready = Readiness { polls, time };
    }

    /// Changes the certified address on file for a firm; returns whether the firm is on file at all.
    pub fn set_pec(&self, code: &str, pec: Option<String>) -> bool {
        let mut state = self.register.state();
        let firm = state.firms.get_mut(code);
        firm.map(|firm| firm.pec = pec).is_some()
    }

    /// Puts a firm on file, in the place of one with the same code.
    pub fn put_firm(&self, firm: RegisterFirm) {
        self.register.state().firms.insert(firm.code.clone(), firm);
    }

    /// Strikes a firm off.
    pub fn remove_firm(&self, code: &str) {
        self.register.state().firms.remove(code);
    }

    /// The firms on file, by tax code.
    #[must_use]
    pub fn firms(&self) -> Vec<RegisterFirm> {
        self.register.state().firms.values().cloned().collect()
    }

    /// Every call so far.
    #[must_use]
    pub fn book(&self) -> Book {
        self.register.state().book.clone()
    }

    /// The most tax codes asked for in any stretch of time of length `window`, as [`Book::max_in_any_window`] counts them,
    /// without a copy of the book.
    #[must_use]
    pub fn most_asked(&self, window: SignedDuration) -> usize {
        self.register.state().book.max_in_any_window(window)
    }

    /// The register at a glance.
    #[must_use]
    pub fn gauge(&self) -> Gauge {
        let now = self.register.now();
        let state = self.register.state();
        Gauge {
            limit: state.per_minute,
            per_minute: state.book.answered(now),
            refused: state.book.recent(now, Outcome::Throttled),
            waiting: state.batches.values().filter(|batch| !batch.collected).count(),
            calls: state.book.total(),
        }
    }

    /// Look-ups answered, and calls turned away, in the 60 seconds before each of `points` instants that lie `step`
    /// apart and end now: what a chart draws.
    #[must_use]
    pub fn series(&self, points: i32, step: SignedDuration) -> Vec<(usize, usize)> {
        let now = self.register.now();
        let state = self.register.state();
        let back = |i: i32| step.checked_mul(i).and_then(|by| now.checked_sub(by).ok()).unwrap_or(now);
        let instants = (0..points).rev().map(back);
        instants.map(|at| (state.book.answered(at), state.book.recent(at, Outcome::Throttled))).collect()
    }

    /// Everything about the register.
    #[must_use]
    pub fn state(&self) -> RegisterState {
        let gauge = self.gauge();
        let now = self.register.now();
        let state = self.register.state();
        RegisterState {
            base_url: self.register.shared.base_url.clone(),
            now,
            mode: state.mode.clone(),
            outages: state.outages.clone(),
            gauge,
            ready_after_polls: state.ready.polls,
            ready_after_seconds: state.ready.time.as_secs(),
            max_asked_in_a_minute: state.book.max_in_any_window(WINDOW),
            max_answered_in_a_minute: state.book.max_answered_in_any_window(WINDOW),
            firms: state.firms.values().cloned().collect(),
        }
    }

    pub(super) fn apply(&self, change: Change) {
        for firm in change.firms {
            self.put_firm(firm);
        }
        for PecChange { code, pec } in change.pecs {
            self.set_pec(&code, pec);
        }
        let mut state = self.register.state();
        state.mode = change.mode.unwrap_or_else(|| state.mode.clone());
        if let Some(outages) = change.outages {
            state.outages = outages;
        }
        state.per_minute = change.per_minute.unwrap_or(state.per_minute);
        state.ready.polls = change.ready_after_polls.unwrap_or(state.ready.polls);
        if let Some(seconds) = change.ready_after_seconds {
            state.ready.time = SignedDuration::from_secs(seconds.into());
        }
    }
}
