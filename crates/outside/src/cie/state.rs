//! What the provider remembers.

use std::collections::HashMap;
use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use spid::federation::EntityId;
use spid::federation::provider::Authorization;

use super::behaviour::Behaviour;
use super::clients::Known;
use super::grants::Held;
use crate::bounded::Bounded;

/// Everything that changes, behind one lock. The anchor's register has its own.
#[derive(Debug)]
pub(super) struct State {
    rng: ChaCha8Rng,
    pub(super) behaviour: Behaviour,
    /// Relying parties by the chains that were found, until these end.
    pub(super) clients: HashMap<EntityId, Arc<Known>>,
    /// Sign-ins that wait for the person.
    pub(super) waiting: Bounded<Authorization>,
    /// What people agreed to.
    pub(super) grants: Bounded<Held>,
    /// Grants by code.
    pub(super) codes: Bounded<String>,
    /// Grants by the names of tokens.
    pub(super) tokens: Bounded<String>,
    seen: Bounded<()>,
}

impl State {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            rng: ChaCha8Rng::seed_from_u64(seed ^ 0xc1e),
            behaviour: Behaviour::default(),
            clients: HashMap::new(),
            waiting: Bounded::default(),
            grants: Bounded::default(),
            codes: Bounded::default(),
            tokens: Bounded::default(),
            seen: Bounded::default(),
        }
    }

    pub(super) fn chance<const N: usize>(&mut self) -> [u8; N] {
        let mut chance = [0; N];
        self.rng.fill_bytes(&mut chance);
        chance
    }

    /// An identifier of chance, in hexadecimal.
    pub(super) fn id(&mut self) -> String {
        self.chance::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether something that may be used once comes for the first time. `kind` keeps nonces and assertions apart.
    pub(super) fn is_new(&mut self, kind: &str, client: &EntityId, name: &str) -> bool {
        self.seen.insert(format!("{kind} {client} {name}"), ())
    }
}
