//! An authority for smart cards in a box: it issues cards to the invented people of the demonstration, tells their state by
//! OCSP and by lists, and publishes a signed trust list that names it, as AgID's names the real ones.
//!
//! | path | what |
//! |---|---|
//! | `GET /cns/elenco.xml` | the signed trust list |
//! | `GET /cns/firma.pem` | the certificate whose signature it carries |
//! | `POST /cns/ocsp` | the responder |
//! | `GET /cns/carte.crl`, `GET /cns/radice.crl` | the revocation lists of the cards and of the root |
//! | `GET /cns/siti.pem` | the authority of the listener's own certificate |
//!
//! Everything of a card is here, its key too, which a real card never gives away.

mod card;
mod routes;
mod signer;
mod site;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use ::cns::authority::{Authority, IssueError, Places};
use ::cns::revocation::RevocationReason;
use axum::Router;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use spid::signature::SigningKey;

pub use card::{Issued, PASSWORD, Sort};
pub use site::{Site, SiteError};

use crate::Clock;
use crate::spid::Person;

/// What the authority is made from.
#[derive(Debug, Clone)]
pub struct CnsConfig {
    /// The world's clock.
    pub clock: Arc<dyn Clock>,
    /// The address under which [`Cns::router`] is reached, such as `http://127.0.0.1:8090/cns`.
    pub base: String,
    /// Who can have a card.
    pub people: Vec<Person>,
}

/// How a service of the authority behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// It answers.
    #[default]
    Up,
    /// It answers with an error.
    Down,
}

/// How the trust list is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Published {
    /// As it was signed.
    #[default]
    Good,
    /// Changed after it was signed.
    Altered,
    /// Not at all.
    Down,
}

/// What somebody asked for that there is not.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CnsError {
    /// No such person.
    #[error("there is no person with this tax code")]
    NoPerson,
    /// The card cannot be made.
    #[error("the card cannot be made")]
    Issue(#[from] IssueError),
    /// The list cannot be signed.
    #[error("the trust list cannot be signed")]
    Sign(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The authority; clones share it.
#[derive(Clone)]
pub struct Cns {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Arc<dyn Clock>,
    base: String,
    people: Vec<Person>,
    signer: OnceLock<SigningKey>,
    site: OnceLock<site::Issuer>,
    state: Mutex<State>,
}

struct State {
    listed: Authority,
    /// An authority like it that stands on no list.
    unlisted: Authority,
    cards: Vec<Issued>,
    ocsp: Service,
    lists: Service,
    published: Published,
}

impl Cns {
    /// An authority with new keys, and no cards.
    ///
    /// # Errors
    /// When the keys cannot be made.
    pub fn new(config: CnsConfig) -> Result<Self, CnsError> {
        let base = config.base.trim_end_matches('/').to_owned();
        let now = config.clock.now();
        let places = Places {
            ocsp: Some(format!("{base}/ocsp")),
            crl: Some(format!("{base}/carte.crl")),
            root_crl: Some(format!("{base}/radice.crl")),
        };
        let state = State {
            listed: Authority::new("CNS Esempio", places.clone(), now)?,
            unlisted: Authority::new("CNS Fuori Elenco", places, now)?,
            cards: Vec::new(),
            ocsp: Service::Up,
            lists: Service::Up,
            published: Published::Good,
        };
        let (signer, site) = (OnceLock::new(), OnceLock::new());
        let inner = Inner { clock: config.clock, base, people: config.people, signer, site, state: Mutex::new(state) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The addresses, to be mounted where `base` says.
    pub fn router(&self) -> Router {
        routes::router(self.clone())
    }

    /// The address of the trust list.
    #[must_use]
    pub fn trust_list_url(&self) -> String {
        format!("{}/elenco.xml", self.inner.base)
    }

    /// The address of the authority's first page for machines.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.inner.base
    }

    /// Who can have a card.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.inner.people
    }

    /// Issues a card, or something that is not quite one.
    ///
    /// # Errors
    /// [`CnsError`] when there is no such person.
    pub fn issue(&self, fiscal_code: &str, sort: Sort) -> Result<Issued, CnsError> {
        let person = self.inner.people.iter().find(|person| person.fiscal_code == fiscal_code);
        let person = person.ok_or(CnsError::NoPerson)?;
        let now = self.now();
        let mut state = self.state();
        let number = 6_120_016_461_039_008 + u64::try_from(state.cards.len()).unwrap_or_default();
        let authority = if sort == Sort::Unlisted { &mut state.unlisted } else { &mut state.listed };
        let card = card::issue(authority, person, sort, number, now)?;
        state.cards.push(card.clone());
        Ok(card)
    }

    /// The cards that were issued, oldest first.
    #[must_use]
    pub fn cards(&self) -> Vec<Issued> {
        self.state().cards.clone()
    }

    /// Revokes a card by its serial number, or suspends it. False when there is none.
    pub fn revoke(&self, serial: &str, suspend: bool) -> bool {
        let now = self.now();
        let mut state = self.state();
        let Some(card) = state.cards.iter_mut().find(|card| card.serial == serial) else { return false };
        card.revoked = Some(now);
        let number = card.number.clone();
        let reason = if suspend { RevocationReason::CertificateHold } else { RevocationReason::KeyCompromise };
        state.listed.revoke(&number, now, reason);
        true
    }

    /// How responder and lists behave.
    #[must_use]
    pub fn services(&self) -> (Service, Service) {
        let state = self.state();
        (state.ocsp, state.lists)
    }

    /// Changes how the responder behaves.
    pub fn set_ocsp(&self, service: Service) {
        self.state().ocsp = service;
    }

    /// Changes how the revocation lists behave.
    pub fn set_lists(&self, service: Service) {
        self.state().lists = service;
    }

    /// How the trust list is published.
    #[must_use]
    pub fn published(&self) -> Published {
        self.state().published
    }

    /// Changes how the trust list is published.
    pub fn publish(&self, published: Published) {
        self.state().published = published;
    }

    fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Cns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cns").field("base", &self.inner.base).finish_non_exhaustive()
    }
}
