//! The way out: from "enter with CIE" to the address at which the browser finds the provider.

use std::fmt;

use aws_lc_rs::digest;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use url::Url;

use super::super::entity::EntityId;
use super::super::fault::Remedy;
use super::super::jose::{self, SignError, SigningAlgorithm};
use super::super::json::Object;
use super::super::times::stamp;
use super::{Acr, Provider, RelyingParty};

/// How long a provider may take the signed request for fresh.
const REQUEST_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// How long the person may take at the provider before the way back is closed.
const PATIENCE: SignedDuration = SignedDuration::from_mins(30);

/// Whether an earlier sign-in at the provider may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// It may; consent is asked for.
    Consent,
    /// It may not: the person signs in anew, and consents.
    ConsentLogin,
}

/// An attribute that is asked for in the attributes' answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its name, such as `given_name` or `https://attributes.eid.gov.it/fiscal_number`.
    pub name: String,
    /// Whether the service is of no use without it.
    pub essential: bool,
}

/// What to ask a provider for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Where the browser comes back; one of ours.
    pub redirect_uri: String,
    /// Levels, the preferred one first. The lowest is the least that is accepted.
    pub levels: Vec<Acr>,
    /// Scopes beside `openid`: `profile`, `email`, `offline_access`.
    pub scopes: Vec<String>,
    /// Single attributes.
    pub claims: Vec<Claim>,
    /// Whether to sign in anew.
    pub prompt: Prompt,
    /// Languages of the page, the preferred one first; may be empty.
    pub ui_locales: Vec<String>,
}

/// A sign-in under way. The product keeps it, bound to the browser's session, until the callback or its end.
#[derive(Clone, Serialize, Deserialize)]
pub struct Started {
    /// The provider that was asked: an answer by any other is refused.
    pub provider: EntityId,
    /// The value that comes back through the browser, under which to keep this.
    pub state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) redirect_uri: String,
    pub(super) minimum: Acr,
    pub(super) scope: String,
    /// After this, the callback is refused.
    pub expires: Timestamp,
    /// The signed request, for the log of 24 months.
    pub request: String,
}

impl fmt::Debug for Started {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Started");
        shown.field("provider", &self.provider).field("minimum", &self.minimum).finish_non_exhaustive()
    }
}

/// What the browser takes to the provider, by link or by form.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizationRequest {
    endpoint: Url,
    parameters: Vec<(&'static str, String)>,
}

/// A sign-in that cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The provider's chain has ended; collect it anew.
    #[error("the provider's trust chain has expired")]
    Expired,
    /// Not one of our redirect addresses.
    #[error("the redirect address {0:?} is not one of ours")]
    Redirect(String),
    /// No level was asked for, or one that the provider does not offer.
    #[error("the provider does not offer the level that is asked for")]
    Level,
    /// The request cannot be signed.
    #[error("the request cannot be signed")]
    Sign(#[from] SignError),
}

impl BeginError {
    /// What to tell the user.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Expired => Remedy::TryLater,
            _ => Remedy::TellOperator,
        }
    }
}

impl RelyingParty {
    /// Begins a sign-in at `provider`, with 112 bytes of `chance` that are used for nothing else.
    ///
    /// # Errors
    /// [`BeginError`] when the provider cannot be asked for this.
    pub fn begin(
        &self,
        provider: &Provider,
        ask: &Ask,
        chance: &[u8; 112],
        now: Timestamp,
    ) -> Result<(Started, AuthorizationRequest), BeginError> {
        if provider.expires <= now {
            return Err(BeginError::Expired);
        }
        let redirect =
            self.redirects_to(&ask.redirect_uri).ok_or_else(|| BeginError::Redirect(ask.redirect_uri.clone()))?;
        let minimum = *ask.levels.iter().min().ok_or(BeginError::Level)?;
        if !ask.levels.iter().all(|level| provider.levels.contains(level)) {
            return Err(BeginError::Level);
        }
        let scope =
            std::iter::once("openid").chain(ask.scopes.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
        // At least 32 letters and digits are demanded; hexadecimal has nothing else.
        let [state, nonce, verifier] = [0, 32, 64].map(|at| hexadecimal(&chance[at..at + 32]));
        let expires = now.checked_add(PATIENCE).unwrap_or(Timestamp::MAX);
        let mut started = Started {
            provider: provider.issuer.clone(),
            state,
            nonce,
            verifier,
            redirect_uri: redirect.as_str().to_owned(),
            minimum,
            scope,
            expires,
            request: String::new(),
        };
        let claims = self.request_object(&started, ask, &chance[96..], now);
        started.request = jose::sign(&claims, None, SigningAlgorithm::Rs256, &self.signing_keys[0])?;
        let request = self.parameters(&started, &claims, provider);
        Ok((started, request))
    }

    fn request_object(&self, started: &Started, ask: &Ask, jti: &[u8], now: Timestamp) -> Object {
        let levels: Vec<&str> = ask.levels.iter().map(|level| level.uri()).collect();
        let mut claims = Object::new();
        stamp(&mut claims, now, REQUEST_LIFETIME);
        for (name, value) in [
            ("iss", self.id().as_str()),
            ("client_id", self.id().as_str()),
            ("aud", started.provider.as_str()),
            ("response_type", "code"),
            ("scope", &started.scope),
            ("redirect_uri", &started.redirect_uri),
            ("state", &started.state),
            ("nonce", &started.nonce),
            ("code_challenge", &challenge(&started.verifier)),
            ("code_challenge_method", "S256"),
            ("acr_values", &levels.join(" ")),
            ("prompt", if ask.prompt == Prompt::Consent { "consent" } else { "consent login" }),
            ("jti", &uuid(jti)),
        ] {
            claims.insert(name.to_owned(), json!(value));
        }
        if !ask.ui_locales.is_empty() {
            claims.insert("ui_locales".to_owned(), json!(ask.ui_locales.join(" ")));
        }
        if !ask.claims.is_empty() {
            let asked = ask.claims.iter();
            let asked: Map<String, Value> =
                asked.map(|claim| (claim.name.clone(), json!({ "essential": claim.essential }))).collect();
            claims.insert("claims".to_owned(), json!({ "userinfo": asked }));
        }
        claims
    }

    /// The parameters beside `request`, with the values that it has.
    fn parameters(&self, started: &Started, claims: &Object, provider: &Provider) -> AuthorizationRequest {
        let mut parameters = Vec::new();
        for name in ["client_id", "response_type", "scope", "code_challenge", "code_challenge_method"] {
            let value = claims.get(name).and_then(Value::as_str).unwrap_or_default();
            parameters.push((name, value.to_owned()));
        }
        parameters.push(("request", started.request.clone()));
        AuthorizationRequest { endpoint: provider.authorization_endpoint.clone(), parameters }
    }
}

impl AuthorizationRequest {
    /// For a redirect: the endpoint with everything in the query.
    #[must_use]
    pub fn url(&self) -> Url {
        let mut url = self.endpoint.clone();
        url.query_pairs_mut().extend_pairs(&self.parameters);
        url
    }

    /// For a form: where it goes, and its fields.
    #[must_use]
    pub fn form(&self) -> (&Url, &[(&'static str, String)]) {
        (&self.endpoint, &self.parameters)
    }
}

impl fmt::Debug for AuthorizationRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AuthorizationRequest")
            .field("endpoint", &self.endpoint.as_str())
            .finish_non_exhaustive()
    }
}

/// The PKCE challenge of a verifier (RFC 7636 section 4.2, S256).
pub(crate) fn challenge(verifier: &str) -> String {
    jose::encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A random UUID (version 4) of 16 bytes.
pub(crate) fn uuid(chance: &[u8]) -> String {
    let mut bytes: Vec<u8> = chance.iter().copied().chain(std::iter::repeat(0)).take(16).collect();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hexadecimal(&bytes);
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}
