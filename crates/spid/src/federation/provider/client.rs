//! A relying party, as its trust chain describes it to a provider.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::super::chain::TrustChain;
use super::super::entity::EntityId;
use super::super::fault::{Fault, FaultCode};
use super::super::jose::{
    self, ContentEncryption, JwkError, JwkSet, KeyEncryption, KeyUse, SigningAlgorithm, Typ, Unverified, Verified,
};
use super::super::json::{ClaimError, Members as _};
use super::super::times::Validity;
use super::OpenIdProviderError;

/// What a client signs for one use does not hold longer than this.
const LONGEST_VALIDITY: SignedDuration = SignedDuration::from_mins(15);

/// A client that was registered by its chain alone (automatic registration).
#[derive(Debug, Clone)]
pub struct Client {
    /// Its name.
    pub id: EntityId,
    /// Where it may be sent back to.
    pub redirect_uris: Vec<String>,
    /// Its core keys.
    pub keys: JwkSet,
    /// How it wants the id token signed.
    pub id_token_algorithm: SigningAlgorithm,
    /// How it wants the attributes signed.
    pub userinfo_algorithm: SigningAlgorithm,
    /// How it wants the attributes' key encrypted.
    pub key_encryption: KeyEncryption,
    /// How it wants the attributes encrypted.
    pub content_encryption: ContentEncryption,
}

/// A chain whose subject is no client that can be served.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The chain has ended.
    #[error("the client's trust chain expired at {0}")]
    Expired(Timestamp),
    /// The subject is something else.
    #[error("the entity is not a relying party")]
    NotAClient,
    /// The metadata lacks something.
    #[error("the client's metadata is incomplete")]
    Claim(#[from] ClaimError),
    /// Its keys.
    #[error("the client's keys are refused")]
    Keys(#[from] JwkError),
    /// An algorithm that is not one of the profile's.
    #[error("the client wants {0}, which is not supported")]
    Algorithm(&'static str),
}

impl Client {
    /// Reads the `openid_relying_party` metadata of a chain.
    ///
    /// # Errors
    /// [`ClientError`] when it is not what the profile demands.
    pub fn from_chain(chain: &TrustChain, now: Timestamp) -> Result<Self, ClientError> {
        if !chain.is_valid_at(now) {
            return Err(ClientError::Expired(chain.expires()));
        }
        let metadata = chain.metadata("openid_relying_party").ok_or(ClientError::NotAClient)?;
        let client_id = metadata.text("client_id")?;
        if client_id != chain.subject().as_str() {
            return Err(ClientError::NotAClient);
        }
        let signing = |name| SigningAlgorithm::from_name(metadata.text(name)?).ok_or(ClientError::Algorithm(name));
        let (alg, enc) = ("userinfo_encrypted_response_alg", "userinfo_encrypted_response_enc");
        Ok(Self {
            id: chain.subject().clone(),
            redirect_uris: metadata.texts("redirect_uris")?.into_iter().map(str::to_owned).collect(),
            keys: JwkSet::read(metadata.optional_object("jwks")?.ok_or(ClaimError::Missing("jwks"))?)?,
            id_token_algorithm: signing("id_token_signed_response_alg")?,
            userinfo_algorithm: signing("userinfo_signed_response_alg")?,
            key_encryption: KeyEncryption::from_name(metadata.text(alg)?).ok_or(ClientError::Algorithm(alg))?,
            content_encryption: ContentEncryption::from_name(metadata.text(enc)?).ok_or(ClientError::Algorithm(enc))?,
        })
    }

    /// Encrypts a signed object for the client, in the way it wants, with `chance`.
    ///
    /// # Errors
    /// [`OpenIdProviderError`] when it has no key for that.
    pub fn encrypt(&self, signed: &str, chance: &[u8; 80]) -> Result<String, OpenIdProviderError> {
        let key = self.keys.iter().find(|key| key.usage() == Some(KeyUse::Encrypting));
        let key = key.ok_or(OpenIdProviderError::NoKey)?;
        Ok(jose::encrypt(signed, key, self.key_encryption, self.content_encryption, chance)?)
    }

    /// Verifies something that the client signed for one of `audience`: a request object or a client assertion.
    pub(super) fn verify(&self, jwt: &str, audience: &[&str], now: Timestamp) -> Result<Verified, Fault> {
        let wrong = |text: &str| Fault::with(FaultCode::InvalidClient, text);
        let signed = Unverified::parse(jwt).map_err(|error| wrong(&error.to_string()))?;
        let signed = signed.verify(&self.keys, SigningAlgorithm::ALL, Typ::Plain);
        let signed = signed.map_err(|error| wrong(&error.to_string()))?;
        let validity = Validity::read(&signed.claims, now).map_err(|error| wrong(&error.to_string()))?;
        if validity.expires.duration_since(validity.issued) > LONGEST_VALIDITY {
            return Err(wrong("it is valid for too long"));
        }
        let ours = signed.claims.text_or_texts("aud").is_ok_and(|found| found.iter().any(|aud| audience.contains(aud)));
        let theirs = signed.claims.get("iss").and_then(Value::as_str) == Some(self.id.as_str());
        if ours && theirs { Ok(signed) } else { Err(wrong("it is by or for somebody else")) }
    }
}
