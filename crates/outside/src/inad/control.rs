//! The switches of the indexes, and what can be read off them.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Inad;
use crate::register::{Book, RegisterFirm, RegisterMode};

/// Everything about the indexes, as `GET /control` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InadState {
    /// The address in front of `/extract`.
    pub base_url: String,
    /// The address in front of the code at INI-PEC.
    pub inipec_url: String,
    /// The world's time.
    pub now: Timestamp,
    /// The behaviour.
    pub mode: RegisterMode,
    /// Whether tracking evidence is demanded.
    pub evidence: bool,
    /// Whether vouchers must be bound to a key.
    pub bound: bool,
    /// Whether what is posted must be signed.
    pub integrity: bool,
    /// Seconds of the world's time before a list is ready.
    pub ready_after_seconds: i64,
    /// Calls so far.
    pub calls: usize,
    /// Who is in the indexes, by tax code.
    pub entries: Vec<RegisterFirm>,
}

/// What `POST /control` may change; what is left out stays as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Change {
    mode: Option<RegisterMode>,
    evidence: Option<bool>,
    bound: Option<bool>,
    integrity: Option<bool>,
    ready_after_seconds: Option<u32>,
    entries: Vec<RegisterFirm>,
}

impl Inad {
    /// Switches the behaviour. A page comes with status 404, as from a gateway that does not find its way.
    pub fn set_mode(&self, mode: RegisterMode) {
        self.state().mode = mode;
    }

    /// What is demanded beyond a good voucher: tracking evidence, a voucher bound to a key, signatures over what is posted.
    pub fn demand(&self, evidence: bool, bound: bool, integrity: bool) {
        let mut state = self.state();
        state.wanted.evidence = evidence;
        state.wanted.bound = bound;
        state.wanted.integrity = integrity;
    }

    /// Changes how long lists take, on the world's clock.
    pub fn set_ready_after(&self, time: SignedDuration) {
        self.state().ready_after = time;
    }

    /// Puts somebody into the indexes, in the place of one with the same code.
    pub fn put(&self, entry: RegisterFirm) {
        self.state().entries.insert(entry.code.clone(), entry);
    }

    /// Every call so far.
    #[must_use]
    pub fn book(&self) -> Book {
        self.state().book.clone()
    }

    /// Everything about the indexes.
    #[must_use]
    pub fn overview(&self) -> InadState {
        let now = self.now();
        let state = self.state();
        InadState {
            base_url: self.base_url().to_owned(),
            inipec_url: self.inipec_url().to_owned(),
            now,
            mode: state.mode.clone(),
            evidence: state.wanted.evidence,
            bound: state.wanted.bound,
            integrity: state.wanted.integrity,
            ready_after_seconds: state.ready_after.as_secs(),
            calls: state.book.total(),
            entries: state.entries.values().cloned().collect(),
        }
    }

    pub(super) fn apply(&self, change: Change) {
        let wanted = self.state().wanted;
        self.demand(
            change.evidence.unwrap_or(wanted.evidence),
            change.bound.unwrap_or(wanted.bound),
            change.integrity.unwrap_or(wanted.integrity),
        );
        if let Some(mode) = change.mode {
            self.set_mode(mode);
        }
        if let Some(seconds) = change.ready_after_seconds {
            self.set_ready_after(SignedDuration::from_secs(seconds.into()));
        }
        for entry in change.entries {
            self.put(entry);
        }
    }
}
