//! A provider, as its trust chain describes it.

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use super::super::chain::TrustChain;
use super::super::entity::{EntityId, EntityIdError, endpoint};
use super::super::jose::{JwkError, JwkSet};
use super::super::json::{ClaimError, Members as _, Object};
use super::Acr;

/// A provider that can be asked. Made from a chain, good as long as the chain.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Its name (`issuer`), the same as in the federation.
    pub issuer: EntityId,
    /// Where the browser goes.
    pub authorization_endpoint: Url,
    /// Where a code becomes tokens.
    pub token_endpoint: Url,
    /// Where the attributes are.
    pub userinfo_endpoint: Url,
    /// Where tokens are revoked.
    pub revocation_endpoint: Url,
    /// Its core keys, distinct from those of the federation.
    pub keys: JwkSet,
    /// The levels that it offers.
    pub levels: Vec<Acr>,
    /// What it calls itself, for the button.
    pub name: Option<String>,
    /// When the chain ends.
    pub expires: Timestamp,
}

/// A chain whose subject is no provider that can be asked.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The chain has ended.
    #[error("the provider's trust chain expired at {0}")]
    Expired(Timestamp),
    /// The subject is something else.
    #[error("the entity is not an OpenID provider")]
    NotAProvider,
    /// The metadata belongs to somebody else.
    #[error("the provider calls itself by another name than in the federation")]
    Issuer,
    /// The metadata lacks something.
    #[error("the provider's metadata is incomplete")]
    Claim(#[from] ClaimError),
    /// An endpoint's address is not used.
    #[error("the provider has an endpoint that cannot be used")]
    Endpoint(#[from] EntityIdError),
    /// Its keys.
    #[error("the provider's keys are refused")]
    Keys(#[from] JwkError),
    /// Something that the profile demands.
    #[error("the provider does not support {0}")]
    Unsupported(&'static str),
}

impl Provider {
    /// Reads the `openid_provider` metadata of a chain.
    ///
    /// # Errors
    /// [`ProviderError`] when it is not what the profile demands.
    pub fn from_chain(chain: &TrustChain, now: Timestamp) -> Result<Self, ProviderError> {
        if !chain.is_valid_at(now) {
            return Err(ProviderError::Expired(chain.expires()));
        }
        let metadata = chain.metadata("openid_provider").ok_or(ProviderError::NotAProvider)?;
        let issuer = chain.subject().clone();
        if metadata.text("issuer")? != issuer.as_str() {
            return Err(ProviderError::Issuer);
        }
        demand(metadata)?;
        let address = |name| Ok::<_, ProviderError>(endpoint(metadata.text(name)?, &issuer)?);
        Ok(Self {
            authorization_endpoint: address("authorization_endpoint")?,
            token_endpoint: address("token_endpoint")?,
            userinfo_endpoint: address("userinfo_endpoint")?,
            revocation_endpoint: address("revocation_endpoint")?,
            keys: JwkSet::read(metadata.optional_object("jwks")?.ok_or(ClaimError::Missing("jwks"))?)?,
            levels: metadata.texts("acr_values_supported")?.into_iter().filter_map(Acr::from_uri).collect(),
            name: metadata.optional_text("organization_name")?.map(str::to_owned),
            expires: chain.expires(),
            issuer,
        })
    }
}

/// What an Italian provider must have ("Metadata OP").
fn demand(metadata: &Object) -> Result<(), ProviderError> {
    let has = |name: &'static str, value: &str| {
        let there = metadata.texts(name).is_ok_and(|values| values.contains(&value));
        if there { Ok(()) } else { Err(ProviderError::Unsupported(name)) }
    };
    has("response_types_supported", "code")?;
    has("code_challenge_methods_supported", "S256")?;
    has("token_endpoint_auth_methods_supported", "private_key_jwt")?;
    has("client_registration_types_supported", "automatic")?;
    // Without it nothing protects against mix-up (RFC 9207).
    match metadata.get("authorization_response_iss_parameter_supported") {
        Some(Value::Bool(true)) => Ok(()),
        _ => Err(ProviderError::Unsupported("authorization_response_iss_parameter_supported")),
    }
}
