//! CIE id in a box, over OpenID Federation: an invented trust anchor, and an invented provider below it, with a sign-in
//! page that lists the people of the demonstration, the three levels, and every refusal as a button. Nobody stays signed
//! in: each request leads to the page.
//!
//! The protocol is the `spid` crate's ([`spid::federation`]). Keys are made afresh. A relying party is registered at run
//! time with [`Cie::register`]; the provider then finds its trust chain over HTTP, from its entity configuration up to
//! the anchor, when its first request comes, and again when the chain ends. Nothing beyond this machine is ever called.
//! [`Behaviour`] makes the provider misbehave in the ways that a relying party has to see through.
//!
//! | path | what |
//! |---|---|
//! | `GET /cie/registro/.well-known/openid-federation` | the anchor's entity configuration |
//! | `GET /cie/registro/list`, `/fetch?sub=…` | who is registered; the statement about one |
//! | `GET`, `POST /cie/registro/trust_mark_status` | whether a trust mark still stands |
//! | `GET /cie/registro/resolve?sub=…` | the whole chain of one that is registered; the provider answers it too |
//! | `GET /cie/op/.well-known/openid-federation` | the provider's entity configuration |
//! | `GET`, `POST /cie/op/authorization` | requests to sign in |
//! | `POST /cie/op/accesso/{id}` | the choice made on the sign-in page |
//! | `POST /cie/op/token` | a code, or a refresh token, becomes tokens |
//! | `GET`, `POST /cie/op/userinfo` | the attributes, signed and encrypted |
//! | `POST /cie/op/revocation`, `/introspection` | ends a token; says whether it is good |

mod answer;
mod attributes;
mod behaviour;
mod clients;
mod federation;
mod fetch;
mod grants;
mod kit;
mod op;
mod outcome;
mod pages;
mod register;
mod routes;
mod state;
mod tokens;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use axum::Router;
use jiff::Timestamp;
use spid::federation::EntityId;

pub use answer::{AnswerError, CieAnswer};
pub use behaviour::{Behaviour, UnknownBehaviour};
pub use grants::{GrantInfo, TokenInfo, TokenKind, TokenState};
pub use outcome::{Outcome, UnknownOutcome};
pub use register::RegisterError;
/// A level, for [`CieAnswer`].
pub use spid::federation::rp::Acr;

use crate::Clock;
use crate::spid::Person;
use fetch::Http;
use kit::{Kit, Names};
use state::State;

/// What the federation is made from.
#[derive(Debug, Clone)]
pub struct CieConfig {
    /// The world's clock.
    pub clock: Arc<dyn Clock>,
    /// From which every identifier follows. Keys come from real chance.
    pub seed: u64,
    /// The address under which others reach [`Cie::router`], such as `http://127.0.0.1:8090/cie`.
    pub base: String,
    /// Who can sign in.
    pub people: Vec<Person>,
}

/// The anchor and the provider; clones share them.
#[derive(Clone)]
pub struct Cie {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Arc<dyn Clock>,
    base: String,
    names: Names,
    people: Vec<Person>,
    http: Http,
    kit: OnceLock<Kit>,
    state: Mutex<State>,
}

impl Cie {
    /// A federation without relying parties.
    ///
    /// # Panics
    ///
    /// When `base` is no address.
    #[must_use]
    pub fn new(config: CieConfig) -> Self {
        let base = config.base.trim_end_matches('/').to_owned();
        let name = |local: &str| {
            let id = EntityId::parse(&format!("{base}/{local}"));
            id.unwrap_or_else(|error| unreachable!("the base is an address: {error}"))
        };
        let names = Names { anchor: name("registro"), provider: name("op") };
        let inner = Inner {
            clock: config.clock,
            names,
            base,
            people: config.people,
            http: Http::new(),
            kit: OnceLock::new(),
            state: Mutex::new(State::new(config.seed)),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The addresses, to be mounted where `base` says.
    pub fn router(&self) -> Router {
        routes::router(self.clone())
    }

    /// The trust anchor's entity id.
    #[must_use]
    pub fn anchor(&self) -> String {
        self.inner.names.anchor.as_str().to_owned()
    }

    /// The trust anchor's public federation keys, `{"keys": [...]}`, as a relying party configures them.
    #[must_use]
    pub fn anchor_jwks(&self) -> serde_json::Value {
        self.kit().anchor_keys.to_value()
    }

    /// The provider's entity id.
    #[must_use]
    pub fn provider(&self) -> String {
        self.inner.names.provider.as_str().to_owned()
    }

    /// Who can sign in.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.inner.people
    }

    /// How the provider behaves at present.
    #[must_use]
    pub fn behaviour(&self) -> Behaviour {
        self.state().behaviour
    }

    /// Changes how the provider behaves.
    pub fn set_behaviour(&self, behaviour: Behaviour) {
        self.state().behaviour = behaviour;
    }

    fn person(&self, fiscal_code: &str) -> Option<&Person> {
        self.inner.people.iter().find(|person| person.fiscal_code == fiscal_code)
    }

    fn kit(&self) -> &Kit {
        self.inner.kit.get_or_init(|| {
            let kit = Kit::new(&self.inner.names);
            kit.unwrap_or_else(|error| unreachable!("a machine with memory makes keys: {error}"))
        })
    }

    fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Cie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cie").field("base", &self.inner.base).finish_non_exhaustive()
    }
}
