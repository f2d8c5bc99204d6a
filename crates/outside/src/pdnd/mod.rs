//! The interoperability platform (PDND) in a box: an authorization server that gives vouchers for e-services, and the
//! checks that an e-service makes of them.
//!
//! Invariants: what a client shows is really verified — signatures, names, times, digests, proofs, nonces — with the keys
//! that were registered and no others; every `jti` is accepted once; a voucher is good for one e-service, until it
//! expires or is revoked; the reason of a refusal is in the answer, so that a client can be repaired.

mod admit;
mod assertion;
mod clients;
mod control;
mod http;
mod proof;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use jose::{Jwk, JwkSet, SigningKey};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

pub(crate) use admit::{Admission, Visit};
pub use clients::{EnrolError, IssuedVoucherClient};
pub use control::PdndState;
pub(crate) use http::delay;

use crate::Clock;
use crate::register::RegisterMode;

/// How far the clock of a client may be ahead, and how old a proof may be.
const SKEW: SignedDuration = SignedDuration::from_secs(60);

/// The platform. Clones share one state.
#[derive(Debug, Clone)]
pub struct Pdnd {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    clock: Arc<dyn Clock>,
    base_url: String,
    key: SigningKey,
    keys: JwkSet,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    clients: BTreeMap<String, Client>,
    mode: RegisterMode,
    /// The nonce that proofs must carry, when one is demanded.
    nonce: Option<String>,
    life: SignedDuration,
    /// Every `jti` seen, and until when it could be used again.
    used: BTreeMap<String, Timestamp>,
    /// The `jti` of every voucher that is good, and until when.
    vouchers: BTreeMap<String, Timestamp>,
    issued: usize,
    chance: ChaCha8Rng,
}

/// A body on the platform.
#[derive(Debug)]
struct Client {
    key: Jwk,
    /// The audience of the e-service for each purpose.
    purposes: BTreeMap<String, String>,
}

/// Why somebody is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The reason.
    Because(&'static str),
    /// A proof without the nonce that is demanded.
    Nonce,
}

impl Pdnd {
    /// A platform at `base_url` without clients, whose vouchers live for ten minutes.
    ///
    /// # Errors
    ///
    /// [`EnrolError`] when its own key cannot be made.
    pub fn new(clock: Arc<dyn Clock>, base_url: &str, seed: u64) -> Result<Self, EnrolError> {
        let key = clients::new_key()?.1;
        let keys = JwkSet::new(vec![key.public().clone()]).map_err(|_| EnrolError::Key)?;
        let state = State {
            clients: BTreeMap::new(),
            mode: RegisterMode::Normal,
            nonce: None,
            life: SignedDuration::from_mins(10),
            used: BTreeMap::new(),
            vouchers: BTreeMap::new(),
            issued: 0,
            chance: ChaCha8Rng::seed_from_u64(seed),
        };
        let base_url = base_url.trim_end_matches('/').to_owned();
        Ok(Self { shared: Arc::new(Shared { clock, base_url, key, keys, state: Mutex::new(state) }) })
    }

    /// The address of the token endpoint.
    #[must_use]
    pub fn token_url(&self) -> String {
        format!("{}/token.oauth2", self.shared.base_url)
    }

    /// The `aud` of client assertions.
    #[must_use]
    pub fn audience(&self) -> String {
        format!("{}/client-assertion", self.shared.base_url)
    }

    /// The HTTP face: `/token.oauth2`, `/.well-known/jwks.json` and `/control`.
    pub fn router(&self) -> axum::Router {
        http::router(self.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }
}

impl State {
    /// Takes note of a `jti` that could be used until `until`; says whether it is new.
    fn first_use(&mut self, kind: &str, jti: &str, now: Timestamp, until: Timestamp) -> bool {
        self.used.retain(|_, until| *until > now);
        self.used.insert(format!("{kind} {jti}"), until).is_none()
    }

    fn uuid(&mut self) -> String {
        uuid(&mut self.chance)
    }
}

/// A random UUID (RFC 9562 section 5.4).
pub(crate) fn uuid(chance: &mut ChaCha8Rng) -> String {
    let (high, low) = (chance.next_u64(), chance.next_u64());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        0x8000 | low >> 48 & 0x3fff,
        low & 0xffff_ffff_ffff
    )
}
