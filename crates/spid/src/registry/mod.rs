//! Which identity providers there are.
//!
//! AgID publishes them at `https://registry.spid.gov.it/entities-idp` as a JSON list; federations publish signed
//! aggregates; a provider publishes its own metadata. [`refresh`] asks all of these that a [`Policy`] names and gives a new
//! [`Registry`] with [`Finding`]s; it changes nothing by itself. The caller stores [`Registry::to_bytes`] as the last good
//! copy and begins with it after a restart, so that signing in never waits for the registry of others.
//!
//! What is broken stays small: one provider that cannot be read keeps its last good data and spoils no other; a source
//! that does not answer removes nobody; a list that suddenly loses most providers is not believed.

mod copy;
mod finding;
mod gather;
mod json;
mod known;
mod order;
mod refresh;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub use copy::CopyError;
pub use finding::{EntryError, Finding, SourceError};
pub use known::{KNOWN_PROVIDERS, KnownProvider};
pub use refresh::{Policy, Refreshed, Source, refresh};

use crate::certificate::{Expiry, Validity};
use crate::metadata::idp::IdentityProvider;
use crate::saml::EntityId;

/// Where AgID publishes the providers of SPID.
pub const AGID_REGISTRY: &str = "https://registry.spid.gov.it/entities-idp?&output=json";

/// The identity providers at which people can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Registry {
    providers: Vec<IdentityProvider>,
    /// The address of the source from which each came, as far as it came from one.
    sources: BTreeMap<EntityId, String>,
    refreshed_at: Option<Timestamp>,
}

impl Registry {
    /// A registry of given providers, such as those of a test environment. Of those that share an entity id the first is
    /// taken.
    #[must_use]
    pub fn new(providers: impl IntoIterator<Item = IdentityProvider>, refreshed_at: Option<Timestamp>) -> Self {
        let mut registry = Self { providers: Vec::new(), sources: BTreeMap::new(), refreshed_at };
        for provider in providers {
            if registry.provider(provider.entity_id.as_str()).is_none() {
                registry.providers.push(provider);
            }
        }
        registry
    }

    /// All providers, in the order of their sources. For showing them see [`in_random_order`](Self::in_random_order).
    #[must_use]
    pub fn providers(&self) -> &[IdentityProvider] {
        &self.providers
    }

    /// The provider with this entity id.
    #[must_use]
    pub fn provider(&self, entity_id: &str) -> Option<&IdentityProvider> {
        self.providers.iter().find(|provider| provider.entity_id.as_str() == entity_id)
    }

    /// The address of the source from which the provider came.
    #[must_use]
    pub fn source_of(&self, entity_id: &EntityId) -> Option<&str> {
        self.sources.get(entity_id).map(String::as_str)
    }

    /// When all sources were last asked with success.
    #[must_use]
    pub fn refreshed_at(&self) -> Option<Timestamp> {
        self.refreshed_at
    }

    /// The certificates that end within ninety days of `now`, have ended, or have not begun. A key does not stop working
    /// with its certificate's dates, but a provider that lets them pass usually changes keys.
    #[must_use]
    pub fn watch(&self, now: Timestamp) -> Vec<Finding> {
        let mut findings = Vec::new();
        for provider in &self.providers {
            for key in &provider.signing_keys {
                let Ok(validity) = Validity::of(key.certificate_der()) else { continue };
                let expiry = validity.expiry(now);
                if expiry != Expiry::Distant {
                    let entity_id = provider.entity_id.clone();
                    findings.push(Finding::Certificate { entity_id, expiry, not_after: validity.not_after });
                }
            }
        }
        findings
    }
}
