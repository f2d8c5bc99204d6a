//! Who we are, and how we say so to the federation.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use url::Url;

use super::super::chain::TrustChain;
use super::super::entity::{EntityId, EntityIdError, endpoint};
use super::super::jose::{self, DecryptionKey, Jwk, JwkError, JwkSet, SignError, SigningAlgorithm, SigningKey};
use super::super::json::Object;
use super::super::statement;
use super::super::times::stamp;

/// What the federation publishes of an organisation (`federation_entity`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// Its home page.
    pub homepage_uri: String,
    /// Its privacy policy.
    pub policy_uri: String,
    /// Its logo, in SVG.
    pub logo_uri: String,
    /// Its addresses of certified mail.
    pub contacts: Vec<String>,
}

/// The relying party with its keys. The first key of each list is used; all of them are published, so that a new key can
/// be published before it is used and an old one after (two during a roll-over).
#[derive(Debug)]
pub struct RelyingParty {
    id: EntityId,
    organization: Organization,
    redirect_uris: Vec<Url>,
    authority_hints: Vec<EntityId>,
    trust_marks: Vec<(String, String)>,
    federation_keys: Vec<SigningKey>,
    pub(super) signing_keys: Vec<SigningKey>,
    pub(super) decryption_keys: Vec<DecryptionKey>,
    /// How providers are asked to sign the id token and the attributes (`…_signed_response_alg`).
    pub(super) response_algorithm: SigningAlgorithm,
}

/// A relying party that cannot be.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    /// A list that must have at least one entry.
    #[error("the relying party has no {0}")]
    Empty(&'static str),
    /// A redirect address that is not used.
    #[error("a redirect address cannot be used")]
    Redirect(#[from] EntityIdError),
    /// Federation keys and core keys overlap, or signing and encrypting ones.
    #[error("a key serves two purposes")]
    SharedKey,
    /// Too many keys, or one twice.
    #[error("the relying party's keys are refused")]
    Keys(#[from] JwkError),
}

impl RelyingParty {
    /// Puts a relying party together. `redirect_uris` are where providers may send the browser back to.
    ///
    /// # Errors
    /// [`ConfigurationError`] when something is missing, or a key serves two purposes.
    pub fn new(
        id: EntityId,
        organization: Organization,
        redirect_uris: &[&str],
        authority_hints: Vec<EntityId>,
        federation_keys: Vec<SigningKey>,
        (signing_keys, decryption_keys): (Vec<SigningKey>, Vec<DecryptionKey>),
    ) -> Result<Self, ConfigurationError> {
        for (empty, what) in [
            (redirect_uris.is_empty(), "redirect address"),
            (authority_hints.is_empty(), "superior"),
            (federation_keys.is_empty(), "federation key"),
            (signing_keys.is_empty(), "signing key"),
            (decryption_keys.is_empty(), "decryption key"),
        ] {
            if empty {
                return Err(ConfigurationError::Empty(what));
            }
        }
        let redirect_uris = redirect_uris.iter().map(|uri| endpoint(uri, &id)).collect::<Result<_, _>>()?;
        let core = signing_keys.iter().map(SigningKey::public).chain(decryption_keys.iter().map(DecryptionKey::public));
        let all: Vec<Jwk> = federation_keys.iter().map(SigningKey::public).chain(core).cloned().collect();
        JwkSet::new(all).map_err(|error| match error {
            JwkError::Duplicate => ConfigurationError::SharedKey,
            error => ConfigurationError::Keys(error),
        })?;
        Ok(Self {
            id,
            organization,
            redirect_uris,
            authority_hints,
            trust_marks: Vec::new(),
            federation_keys,
            signing_keys,
            decryption_keys,
            response_algorithm: SigningAlgorithm::Rs256,
        })
    }

    /// Publishes trust marks, each as its kind and its compact form, as obtained at the registration.
    #[must_use]
    pub fn with_trust_marks(mut self, marks: Vec<(String, String)>) -> Self {
        self.trust_marks = marks;
        self
    }

    /// Asks providers for another signature algorithm than RS256.
    #[must_use]
    pub fn with_response_algorithm(mut self, algorithm: SigningAlgorithm) -> Self {
        self.response_algorithm = algorithm;
        self
    }

    /// Our name, which is also the `client_id`.
    #[must_use]
    pub fn id(&self) -> &EntityId {
        &self.id
    }

    /// The public federation keys, for the registration with a superior.
    #[must_use]
    pub fn federation_jwks(&self) -> Value {
        json!({ "keys": self.federation_keys.iter().map(|key| key.public().to_value()).collect::<Vec<_>>() })
    }

    pub(super) fn redirects_to(&self, uri: &str) -> Option<&Url> {
        self.redirect_uris.iter().find(|known| known.as_str() == uri)
    }

    /// Our configuration, to be served at [`EntityId::configuration_url`] as `application/entity-statement+jwt`.
    ///
    /// # Errors
    /// [`SignError`] when the library cannot sign.
    pub fn entity_configuration(&self, now: Timestamp, lifetime: SignedDuration) -> Result<String, SignError> {
        let hints: Vec<&str> = self.authority_hints.iter().map(EntityId::as_str).collect();
        let mark = |(kind, mark): &(String, String)| json!({ "id": kind, "trust_mark_type": kind, "trust_mark": mark });
        let mut claims = Object::new();
        stamp(&mut claims, now, lifetime);
        for (name, value) in [
            ("iss", json!(self.id.as_str())),
            ("sub", json!(self.id.as_str())),
            ("jwks", self.federation_jwks()),
            ("authority_hints", json!(hints)),
            ("trust_marks", self.trust_marks.iter().map(mark).collect()),
            (
                "metadata",
                json!({ "federation_entity": self.federation_entity(), "openid_relying_party": self.client() }),
            ),
        ] {
            claims.insert(name.to_owned(), value);
        }
        jose::sign(&claims, Some(statement::TYP), SigningAlgorithm::Rs256, &self.federation_keys[0])
    }

    /// The answer of our resolve endpoint, for a chain that the caller has collected: `application/resolve-response+jwt`.
    /// The endpoint never begins to collect, so that nobody can make us call others ("Considerazioni di sicurezza").
    ///
    /// # Errors
    /// [`SignError`] when the library cannot sign.
    pub fn resolve_response(&self, chain: &TrustChain, now: Timestamp) -> Result<String, SignError> {
        let mut claims = Object::new();
        stamp(&mut claims, now, chain.expires().duration_since(now));
        for (name, value) in [
            ("iss", json!(self.id.as_str())),
            ("sub", json!(chain.subject().as_str())),
            ("metadata", json!(chain.all_metadata())),
            ("trust_chain", json!(chain.statements())),
        ] {
            claims.insert(name.to_owned(), value);
        }
        jose::sign(&claims, Some("resolve-response+jwt"), SigningAlgorithm::Rs256, &self.federation_keys[0])
    }

    fn federation_entity(&self) -> Value {
        json!({
            "organization_name": self.organization.name,
            "homepage_uri": self.organization.homepage_uri,
            "policy_uri": self.organization.policy_uri,
            "logo_uri": self.organization.logo_uri,
            "contacts": self.organization.contacts,
            "federation_resolve_endpoint": format!("{}/resolve", self.id.as_str().trim_end_matches('/')),
        })
    }

    /// The metadata of a client ("Metadata RP").
    fn client(&self) -> Value {
        let signing = self.signing_keys.iter().map(SigningKey::public);
        let keys: Vec<Value> =
            signing.chain(self.decryption_keys.iter().map(DecryptionKey::public)).map(Jwk::to_value).collect();
        let redirects: Vec<&str> = self.redirect_uris.iter().map(Url::as_str).collect();
        json!({
            "application_type": "web",
            "client_id": self.id.as_str(),
            "client_name": self.organization.name,
            "organization_name": self.organization.name,
            "contacts": self.organization.contacts,
            "client_registration_types": ["automatic"],
            "redirect_uris": redirects,
            "response_types": ["code"],
            "grant_types": ["authorization_code", "refresh_token"],
            "subject_type": "pairwise",
            "token_endpoint_auth_method": "private_key_jwt",
            "id_token_signed_response_alg": self.response_algorithm.name(),
            "userinfo_signed_response_alg": self.response_algorithm.name(),
            "userinfo_encrypted_response_alg": "RSA-OAEP-256",
            "userinfo_encrypted_response_enc": "A256CBC-HS512",
            "jwks": { "keys": keys },
        })
    }
}
