//! What the providers remember.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use spid::idp::log::Transaction;
use spid::idp::request::AcceptedRequest;
use spid::idp::response::Ids;
use spid::idp::session::Session;
use spid::saml::MessageId;

use super::behaviour::Behaviour;
use super::clients::Admitted;
use super::logout::Run;

/// More sign-ins, sessions, logouts or transactions than anybody looks at: then the oldest go.
const MAX_KEPT: usize = 10_000;

/// Everything that changes, behind one lock.
#[derive(Debug)]
pub(super) struct State {
    rng: ChaCha8Rng,
    pub(super) behaviours: HashMap<&'static str, Behaviour>,
    pub(super) clients: BTreeMap<String, Admitted>,
    /// Sign-ins that wait for the person.
    pub(super) waiting: Bounded<Waiting>,
    /// Sessions by provider and index.
    pub(super) sessions: Bounded<OpenSession>,
    /// Logouts under way.
    pub(super) runs: Bounded<Run>,
    pub(super) log: VecDeque<Transaction>,
    seen: HashSet<String>,
}

/// A request that waits for the person.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) slug: &'static str,
    pub(super) request: AcceptedRequest,
}

/// A session of a person at a provider.
#[derive(Debug, Clone)]
pub(super) struct OpenSession {
    pub(super) slug: &'static str,
    pub(super) person: String,
    pub(super) session: Session,
}

impl State {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            rng: ChaCha8Rng::seed_from_u64(seed ^ 0x5b1d),
            behaviours: HashMap::new(),
            clients: BTreeMap::new(),
            waiting: Bounded::default(),
            sessions: Bounded::default(),
            runs: Bounded::default(),
            log: VecDeque::new(),
            seen: HashSet::new(),
        }
    }

    /// An identifier of chance.
    pub(super) fn id(&mut self) -> MessageId {
        MessageId::from_random(self.chance())
    }

    pub(super) fn ids(&mut self) -> Ids {
        Ids::from_random(self.chance(), self.chance())
    }

    fn chance(&mut self) -> [u8; 20] {
        let mut chance = [0; 20];
        self.rng.fill_bytes(&mut chance);
        chance
    }

    /// Whether a request comes for the first time.
    pub(super) fn is_new(&mut self, request: &AcceptedRequest) -> bool {
        if self.seen.len() >= MAX_KEPT {
            self.seen.clear();
        }
        self.seen.insert(format!("{} {}", request.client(), request.id))
    }

    pub(super) fn keep(&mut self, transaction: Transaction) {
        if self.log.len() >= MAX_KEPT {
            self.log.pop_front();
        }
        self.log.push_back(transaction);
    }
}

/// A map that forgets its oldest entries.
#[derive(Debug)]
pub(super) struct Bounded<T> {
    map: HashMap<String, T>,
    order: VecDeque<String>,
}

impl<T> Default for Bounded<T> {
    fn default() -> Self {
        Self { map: HashMap::new(), order: VecDeque::new() }
    }
}

impl<T> Bounded<T> {
    pub(super) fn insert(&mut self, key: String, value: T) {
        if self.map.insert(key.clone(), value).is_none() {
            self.order.push_back(key);
        }
        while self.order.len() > MAX_KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.map.remove(&oldest);
            }
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&T> {
        self.map.get(key)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.map.values()
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<T> {
        self.order.retain(|known| known != key);
        self.map.remove(key)
    }
}
