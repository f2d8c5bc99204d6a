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
use crate::bounded::{Bounded, MAX_KEPT};
use crate::cns::Published;

/// Everything that changes, behind one lock.
#[derive(Debug)]
pub(super) struct State {
    rng: ChaCha8Rng,
    pub(super) behaviours: HashMap<&'static str, Behaviour>,
    /// How list and signed document are published.
    pub(super) published: Published,
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
            published: Published::Good,
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
