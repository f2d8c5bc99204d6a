//! A provider and its configuration.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::super::entity::EntityId;
use super::super::jose::{self, ContentEncryption, KeyEncryption, SignError, SigningAlgorithm, SigningKey};
use super::super::json::Object;
use super::super::rp::Acr;
use super::super::statement::TYP;
use super::super::times::stamp;

/// A provider with its keys; the first of each list signs.
#[derive(Debug)]
pub struct OpenIdProvider {
    /// Its name.
    pub id: EntityId,
    /// What it calls itself.
    pub name: String,
    /// Its superiors.
    pub authority_hints: Vec<EntityId>,
    /// Its federation keys.
    pub federation_keys: Vec<SigningKey>,
    /// Its core keys.
    pub keys: Vec<SigningKey>,
    /// Its trust marks, each as its kind and its compact form.
    pub trust_marks: Vec<(String, String)>,
}

/// Something that the provider cannot do.
#[derive(Debug, thiserror::Error)]
pub enum OpenIdProviderError {
    /// The library cannot sign.
    #[error("the provider cannot sign")]
    Sign(#[from] SignError),
    /// The client cannot be encrypted for.
    #[error("the provider cannot encrypt for the client")]
    Encrypt(#[from] jose::JweError),
    /// The client has no key to encrypt for.
    #[error("the client has no encryption key")]
    NoKey,
}

impl OpenIdProvider {
    /// The address of one of its endpoints: `authorization`, `token`, `userinfo`, `revocation`.
    #[must_use]
    pub fn endpoint(&self, name: &str) -> String {
        format!("{}/{name}", self.id.as_str().trim_end_matches('/'))
    }

    /// Its configuration.
    ///
    /// # Errors
    /// [`SignError`] when the library cannot sign.
    pub fn entity_configuration(&self, now: Timestamp, lifetime: SignedDuration) -> Result<String, SignError> {
        self.entity_configuration_with(&self.trust_marks, now, lifetime)
    }

    /// Its configuration with other trust marks than those that it was made with: marks end, and are issued anew.
    ///
    /// # Errors
    /// [`SignError`] when the library cannot sign.
    pub fn entity_configuration_with(
        &self,
        trust_marks: &[(String, String)],
        now: Timestamp,
        lifetime: SignedDuration,
    ) -> Result<String, SignError> {
        let keys = |keys: &[SigningKey]| keys.iter().map(|key| key.public().to_value()).collect::<Value>();
        let hints: Vec<&str> = self.authority_hints.iter().map(EntityId::as_str).collect();
        let mark = |(kind, mark): &(String, String)| json!({ "id": kind, "trust_mark_type": kind, "trust_mark": mark });
        let entity = json!({ "organization_name": self.name, "federation_resolve_endpoint": self.endpoint("resolve") });
        let mut claims = Object::new();
        stamp(&mut claims, now, lifetime);
        for (name, value) in [
            ("iss", json!(self.id.as_str())),
            ("sub", json!(self.id.as_str())),
            ("jwks", json!({ "keys": keys(&self.federation_keys) })),
            ("authority_hints", json!(hints)),
            ("trust_marks", trust_marks.iter().map(mark).collect()),
            ("metadata", json!({ "federation_entity": entity, "openid_provider": self.metadata(&keys(&self.keys)) })),
        ] {
            claims.insert(name.to_owned(), value);
        }
        jose::sign(&claims, Some(TYP), SigningAlgorithm::Rs256, &self.federation_keys[0])
    }

    /// The metadata of a provider ("Metadata OP").
    fn metadata(&self, keys: &Value) -> Value {
        let algorithms: Vec<&str> = SigningAlgorithm::ALL.iter().map(|algorithm| algorithm.name()).collect();
        let signing = ["RS256", "RS512"];
        let alg: Vec<&str> = KeyEncryption::ALL.iter().map(|algorithm| algorithm.name()).collect();
        let enc: Vec<&str> = ContentEncryption::ALL.iter().map(|algorithm| algorithm.name()).collect();
        json!({
            "issuer": self.id.as_str(),
            "organization_name": self.name,
            "authorization_endpoint": self.endpoint("authorization"),
            "token_endpoint": self.endpoint("token"),
            "userinfo_endpoint": self.endpoint("userinfo"),
            "revocation_endpoint": self.endpoint("revocation"),
            "introspection_endpoint": self.endpoint("introspection"),
            "jwks": { "keys": keys },
            "acr_values_supported": Acr::ALL.map(Acr::uri),
            "authorization_response_iss_parameter_supported": true,
            "claims_parameter_supported": true,
            "client_registration_types_supported": ["automatic"],
            "code_challenge_methods_supported": ["S256"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "id_token_signing_alg_values_supported": signing,
            "request_authentication_methods_supported": { "authorization_endpoint": ["request_object"] },
            "request_authentication_signing_alg_values_supported": algorithms,
            "request_object_signing_alg_values_supported": algorithms,
            "request_parameter_supported": true,
            "response_modes_supported": ["query", "form_post"],
            "response_types_supported": ["code"],
            "revocation_endpoint_auth_methods_supported": ["private_key_jwt"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "subject_types_supported": ["pairwise"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": algorithms,
            "userinfo_signing_alg_values_supported": signing,
            "userinfo_encryption_alg_values_supported": alg,
            "userinfo_encryption_enc_values_supported": enc,
        })
    }
}
