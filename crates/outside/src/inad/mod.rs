//! INAD in a box, and beside it INI-PEC: the indexes that answer whoever shows a voucher of [`Pdnd`].
//!
//! Invariants: a voucher is verified with all that goes with it before anything is said; a list names every code that was
//! asked for; what a single question finds nothing for is told with a problem of the index's own form, and what the gateway
//! in front of it says is a page; every call is in the [`Book`].

mod control;
mod http;
mod lists;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;

pub use control::InadState;

use crate::Clock;
use crate::pdnd::{Admission, Pdnd};
use crate::register::{Book, RegisterFirm, RegisterMode};

/// How the indexes start out.
#[derive(Debug, Clone)]
pub struct InadConfig {
    /// The address in front of `/extract`, which is also the audience of vouchers for INAD.
    pub base_url: String,
    /// The address in front of the code at INI-PEC, which is also the audience of vouchers for it.
    pub inipec_url: String,
    /// The people and firms with an address; whoever is not here, or has none, has no entry.
    pub entries: Vec<RegisterFirm>,
    /// Seed of what happens by chance.
    pub seed: u64,
}

/// The indexes. Clones share one state.
#[derive(Debug, Clone)]
pub struct Inad {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    clock: Arc<dyn Clock>,
    pdnd: Pdnd,
    base_url: String,
    inipec_url: String,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    entries: BTreeMap<String, RegisterFirm>,
    mode: RegisterMode,
    wanted: Admission,
    /// How long a list takes, on the world's clock.
    ready_after: SignedDuration,
    lists: BTreeMap<String, lists::List>,
    book: Book,
    chance: ChaCha8Rng,
}

impl Inad {
    /// Indexes in their normal mode, which demand a good voucher and no more, and make lists at once.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, pdnd: Pdnd, config: InadConfig) -> Self {
        let state = State {
            entries: config.entries.into_iter().map(|entry| (entry.code.clone(), entry)).collect(),
            mode: RegisterMode::Normal,
            wanted: Admission::default(),
            ready_after: SignedDuration::ZERO,
            lists: BTreeMap::new(),
            book: Book::default(),
            chance: ChaCha8Rng::seed_from_u64(config.seed),
        };
        let base = |url: &str| url.trim_end_matches('/').to_owned();
        let (base_url, inipec_url) = (base(&config.base_url), base(&config.inipec_url));
        Self { shared: Arc::new(Shared { clock, pdnd, base_url, inipec_url, state: Mutex::new(state) }) }
    }

    /// The address in front of `/extract`, and the audience of vouchers for INAD.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// The address in front of the code at INI-PEC, and the audience of vouchers for it.
    #[must_use]
    pub fn inipec_url(&self) -> &str {
        &self.shared.inipec_url
    }

    /// INAD's HTTP face, and `/control` for both.
    pub fn router(&self) -> axum::Router {
        http::router(self.clone())
    }

    /// INI-PEC's HTTP face.
    pub fn inipec_router(&self) -> axum::Router {
        http::inipec_router(self.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }
}
