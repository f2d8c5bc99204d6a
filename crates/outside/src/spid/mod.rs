//! Providers of SPID in a box: invented ones, with signed metadata, a sign-in page that lists the people of the
//! demonstration, every error of AgID's table as a button, single sign-on at level 1 and single logout.
//!
//! The protocol is the `spid` crate's: a request is verified to the letter, an answer is signed with a key that is made
//! afresh. A service is admitted at run time by its entity id and the address of its metadata, which are fetched when
//! they are first needed.
//!
//! | path | what |
//! |---|---|
//! | `GET /spid/registry` | the providers, as AgID's registry lists them |
//! | `GET /spid/aggregate` | the metadata of all in one document that a federation signs |
//! | `GET /spid/{slug}/metadata` | the signed metadata of one |
//! | `GET`, `POST /spid/{slug}/sso` | requests to sign in, by Redirect and POST |
//! | `POST /spid/{slug}/accesso/{id}` | the choice made on the sign-in page |
//! | `GET`, `POST /spid/{slug}/slo` | logout messages, by Redirect and POST |
//! | `GET`, `POST /spid/{slug}/sessione` | the session at the provider: look, end it |

mod aggregate;
mod answer;
mod behaviour;
mod clients;
mod kit;
mod logout;
mod outcome;
pub(crate) mod pages;
mod people;
mod providers;
mod registry;
mod routes;
mod state;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use axum::Router;
use jiff::Timestamp;

pub use answer::{Answer, AnswerError};
pub use behaviour::{Behaviour, UnknownBehaviour};
pub use outcome::{Outcome, UnknownOutcome};
pub use people::{Company, Person};
pub use providers::ProviderInfo;
/// A request as the browser would bring it, for [`Spid::answer`].
pub use spid::idp::request::Incoming;
use spid::signature::SigningKey;

use crate::Clock;
use kit::Kit;
use providers::PROVIDERS;
use state::State;

/// What the providers are made from.
#[derive(Debug, Clone)]
pub struct SpidConfig {
    /// The world's clock.
    pub clock: Arc<dyn Clock>,
    /// From which every identifier follows. Keys come from real chance.
    pub seed: u64,
    /// The address under which browsers reach [`Spid::router`], such as `http://127.0.0.1:8090/spid`.
    pub base: String,
    /// Who can sign in.
    pub people: Vec<Person>,
}

/// The providers; clones share them.
#[derive(Clone)]
pub struct Spid {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Arc<dyn Clock>,
    base: String,
    people: Vec<Person>,
    kits: Vec<Kit>,
    http: reqwest::Client,
    signer: OnceLock<SigningKey>,
    state: Mutex<State>,
}

impl Spid {
    /// The providers, without any service that is admitted.
    #[must_use]
    pub fn new(config: SpidConfig) -> Self {
        let base = config.base.trim_end_matches('/').to_owned();
        let kits = PROVIDERS.iter().map(|profile| Kit::new(profile, &base)).collect();
        let inner = Inner {
            clock: config.clock,
            base,
            people: config.people,
            kits,
            http: clients::http_client(),
            signer: OnceLock::new(),
            state: Mutex::new(State::new(config.seed)),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The addresses, to be mounted where `base` says.
    pub fn router(&self) -> Router {
        routes::router(self.clone())
    }

    /// The address of the list of providers, in the form of AgID's registry.
    #[must_use]
    pub fn registry_url(&self) -> String {
        format!("{}/registry", self.inner.base)
    }

    /// The providers, with how they behave at present.
    #[must_use]
    pub fn providers(&self) -> Vec<ProviderInfo> {
        self.inner.kits.iter().map(|kit| self.info(kit)).collect()
    }

    /// Changes how a provider behaves. False when there is none with this name.
    pub fn set_behaviour(&self, slug: &str, behaviour: Behaviour) -> bool {
        let Some(kit) = self.kit(slug) else { return false };
        self.state().behaviours.insert(kit.profile.slug, behaviour);
        true
    }

    /// Who can sign in.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.inner.people
    }

    fn info(&self, kit: &Kit) -> ProviderInfo {
        ProviderInfo {
            slug: kit.profile.slug,
            name: kit.profile.name,
            entity_id: kit.entity_id.as_str().to_owned(),
            metadata_url: kit.address("metadata"),
            behaviour: self.behaviour(kit),
        }
    }

    fn kit(&self, slug: &str) -> Option<&Kit> {
        self.inner.kits.iter().find(|kit| kit.profile.slug == slug)
    }

    fn behaviour(&self, kit: &Kit) -> Behaviour {
        self.state().behaviours.get(kit.profile.slug).copied().unwrap_or(kit.profile.behaviour)
    }

    fn person(&self, fiscal_code: &str) -> Option<&Person> {
        self.inner.people.iter().find(|person| person.fiscal_code == fiscal_code)
    }

    fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Spid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spid").field("base", &self.inner.base).finish_non_exhaustive()
    }
}
