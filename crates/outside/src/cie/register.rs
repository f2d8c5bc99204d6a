//! Who is registered at the anchor.

use std::net::IpAddr;

use jiff::SignedDuration;
use serde_json::{Value, json};
use spid::federation::chain::CollectError;
use spid::federation::client::{Client, Limits};
use spid::federation::jose::{JwkError, JwkSet, SignError};
use spid::federation::json::ClaimError;
use spid::federation::statement::{EntityStatement, StatementError};
use spid::federation::{EntityId, EntityIdError, trust_mark};

use super::Cie;
use super::kit::{mark_kind, object, subordinate_client};

/// How long a trust mark holds. It is given anew to whoever registers anew.
const MARK_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 365);

/// Why a relying party is not registered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// The name is none.
    #[error("the entity id is not the address of an entity")]
    EntityId(#[from] EntityIdError),
    /// The name is of another machine, and nothing here ever calls one.
    #[error("{0} is not on this machine")]
    Elsewhere(EntityId),
    /// The name is the anchor's or the provider's own.
    #[error("{0} is no relying party")]
    Taken(EntityId),
    /// The federation keys are none.
    #[error("the federation keys are refused")]
    Keys(#[from] JwkError),
    /// The entity's configuration cannot be fetched.
    #[error("the entity's configuration cannot be fetched")]
    Fetch(#[source] CollectError),
    /// The entity's configuration is not one.
    #[error("the entity's configuration is refused")]
    Configuration(#[from] StatementError),
    /// The trust mark could not be signed.
    #[error("the trust mark could not be signed")]
    Sign(#[from] SignError),
}

impl Cie {
    /// Registers a relying party by its entity id and federation keys (`{"keys": [...]}`), and gives it a trust mark: its
    /// kind and its compact form, to be published in the entity's configuration. Whoever registers again starts anew.
    ///
    /// # Errors
    ///
    /// [`RegisterError`] when name or keys cannot be used.
    pub fn register(
        &self,
        entity_id: &str,
        federation_jwks: serde_json::Value,
    ) -> Result<(String, String), RegisterError> {
        let id = self.admissible(entity_id)?;
        let Value::Object(keys) = federation_jwks else {
            return Err(JwkError::Claim(ClaimError::Shape("jwks")).into());
        };
        self.enter(id, &JwkSet::read(&keys)?)
    }

    /// Registers a relying party by its entity id alone: the federation keys are those that its configuration shows.
    ///
    /// # Errors
    ///
    /// [`RegisterError`], also when the configuration is not to be had.
    pub async fn register_by_configuration(&self, entity_id: &str) -> Result<(String, String), RegisterError> {
        let id = self.admissible(entity_id)?;
        let clock = || self.now();
        let mut client = Client::new(&self.inner.http, &clock, Limits::default());
        let jwt = client.configuration(&id).await.map_err(|error| RegisterError::Fetch(error.into()))?;
        // The operator who registers an entity vouches for its address, and so for the keys found there.
        let statement = EntityStatement::verify_configuration(&jwt, &id, self.now())?;
        self.enter(id, &statement.keys)
    }

    /// The relying parties that are registered.
    #[must_use]
    pub fn relying_parties(&self) -> Vec<String> {
        let authority = self.kit().authority();
        let all = authority.subordinates.iter().filter(|below| below.id != self.inner.names.provider);
        all.map(|below| below.id.as_str().to_owned()).collect()
    }

    fn admissible(&self, entity_id: &str) -> Result<EntityId, RegisterError> {
        let id = EntityId::parse(entity_id)?;
        if id == self.inner.names.anchor || id == self.inner.names.provider {
            return Err(RegisterError::Taken(id));
        }
        if on_this_machine(&id.host()) { Ok(id) } else { Err(RegisterError::Elsewhere(id)) }
    }

    fn enter(&self, id: EntityId, keys: &JwkSet) -> Result<(String, String), RegisterError> {
        let names = &self.inner.names;
        let mut authority = self.kit().authority();
        let kind = mark_kind(names);
        let further = object(json!({ "organization_type": "public" }));
        let (key, now) = (&authority.keys[0], self.now());
        let mark = trust_mark::issue(&kind, &names.anchor, key, &id, further, now, MARK_LIFETIME)?;
        authority.subordinates.retain(|below| below.id != id);
        authority.subordinates.push(subordinate_client(names, id.clone(), keys));
        self.state().clients.remove(&id);
        Ok((kind, mark))
    }
}

/// Whether a host is one of the machine's own names.
pub(super) fn on_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
