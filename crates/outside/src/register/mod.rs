//! The business register in a box: the interface that PagoPA's client speaks (`infocamere.yaml`), a limited number of
//! look-ups a minute, and switches for every way in which a register can fail.
//!
//! Invariants: the allowance is kept on the world's clock over a sliding window of 60 seconds; a request that would
//! pass it gets 429 and uses nothing up; every call, answered or not, is in the [`Book`].

mod auth;
mod book;
mod calls;
mod client;
mod control;
mod firms;
mod http;
mod mode;
mod representatives;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::SignedDuration;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

pub use book::{Book, Call, Outcome, Question};
pub use client::{ClientError, IssuedClient};
pub use control::{Gauge, RegisterControl, RegisterState};
pub use firms::{RegisterFirm, RegisterSeat};
pub(crate) use mode::Spoilt;
pub use mode::{Outage, RegisterMode, UnknownMode};

use crate::Clock;

/// The period over which look-ups are counted.
pub const WINDOW: SignedDuration = SignedDuration::from_secs(60);

/// How a register starts out; everything but the address can be changed while it runs.
#[derive(Debug, Clone)]
pub struct RegisterConfig {
    /// The address in front of `/authentication`, which is also the `aud` that statements must have.
    pub base_url: String,
    /// Look-ups (tax codes) answered in any 60 seconds.
    pub per_minute: u32,
    /// The firms on file.
    pub firms: Vec<RegisterFirm>,
    /// Seed of the register's chance: which calls fail, how tokens look.
    pub seed: u64,
}

/// The register. Clones share one state.
#[derive(Debug, Clone)]
pub struct Register {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    clock: Arc<dyn Clock>,
    base_url: String,
    token_key: aws_lc_rs::hmac::Key,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    firms: BTreeMap<String, RegisterFirm>,
    clients: BTreeMap<String, Vec<u8>>,
    mode: RegisterMode,
    outages: Vec<Outage>,
    per_minute: u32,
    ready: control::Readiness,
    batches: BTreeMap<String, calls::Batch>,
    book: Book,
    chance: ChaCha8Rng,
    used_statements: auth::UsedStatements,
}

impl Register {
    /// A register in its normal mode, which answers a batch at the first poll.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, config: RegisterConfig) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(config.seed);
        let mut key = [0; 32];
        chance.fill_bytes(&mut key);
        let state = State {
            firms: config.firms.into_iter().map(|f| (f.code.clone(), f)).collect(),
            clients: BTreeMap::new(),
            mode: RegisterMode::Normal,
            outages: Vec::new(),
            per_minute: config.per_minute,
            ready: control::Readiness::default(),
            batches: BTreeMap::new(),
            book: Book::default(),
            chance,
            used_statements: auth::UsedStatements::default(),
        };
        let shared = Shared {
            clock,
            base_url: config.base_url.trim_end_matches('/').to_owned(),
            token_key: aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &key),
            state: Mutex::new(state),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The address in front of `/authentication`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// The switches, the gauge and the content.
    #[must_use]
    pub fn control(&self) -> RegisterControl {
        RegisterControl::new(self.clone())
    }

    /// The HTTP face: the register's own calls and `/control`.
    pub fn router(&self) -> axum::Router {
        http::router(self.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> jiff::Timestamp {
        self.shared.clock.now()
    }
}
