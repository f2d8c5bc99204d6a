//! The token endpoint and the revocation endpoint.

use std::fmt;

use http::{Method, Request, Response, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::super::client::{content_type, request};
use super::super::entity::EntityIdError;
use super::super::fault::{Fault, Remedy};
use super::super::jose::{self, LONGEST, SignError, SigningAlgorithm};
use super::super::json::{self, ClaimError, JsonError, Members as _, Object};
use super::super::times::stamp;
use super::begin::uuid;
use super::{Code, Provider, RelyingParty, Started};
use crate::fetch::FetchError;

/// How long a provider may take our proof of who we are for fresh.
const ASSERTION_LIFETIME: SignedDuration = SignedDuration::from_mins(2);

/// `client_assertion_type` (RFC 7523 section 2.2).
pub(crate) const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What the token endpoint gave. The product keeps the access token until it is revoked at the logout, and the refresh
/// token, if there is one, sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Opens the attributes.
    pub access_token: String,
    /// When the access token ends, by the provider's word.
    pub expires: Timestamp,
    /// Gets the next access token; replaces the one before.
    pub refresh_token: Option<String>,
    /// Who signed in, in compact form; `None` after a refresh.
    pub id_token: Option<String>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Tokens").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// No tokens.
#[derive(Debug, thiserror::Error)]
pub enum TokenRequestError {
    /// The endpoint does not answer.
    #[error("the provider does not answer")]
    NoAnswer(#[from] FetchError),
    /// The endpoint refuses.
    #[error("the provider refuses")]
    Fault(#[source] Fault),
    /// An answer that is none of the protocol's.
    #[error("the provider answers {0} without saying why")]
    Status(StatusCode),
    /// Not JSON.
    #[error("the provider's answer is not JSON")]
    Json(#[from] JsonError),
    /// Something is missing.
    #[error("the provider's answer is incomplete")]
    Claim(#[from] ClaimError),
    /// The request could not be signed.
    #[error("the request cannot be signed")]
    Sign(#[from] SignError),
    /// The endpoint's address is not used.
    #[error("the endpoint cannot be used")]
    Address(#[from] EntityIdError),
}

/// A token that was not revoked. It should be tried again: the user was promised to be signed out.
pub type RevocationError = TokenRequestError;

impl TokenRequestError {
    /// What to tell the user.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::NoAnswer(_) => Remedy::TryLater,
            Self::Fault(fault) => fault.remedy(),
            Self::Status(status) if status.is_server_error() => Remedy::TryLater,
            Self::Status(_) | Self::Json(_) | Self::Claim(_) => Remedy::Refuse,
            Self::Sign(_) | Self::Address(_) => Remedy::TellOperator,
        }
    }
}

impl RelyingParty {
    /// Asks for the tokens of a code. `chance` names our proof of who we are.
    ///
    /// # Errors
    /// [`TokenRequestError`] when the request cannot be made.
    pub fn token_request(
        &self,
        provider: &Provider,
        started: &Started,
        code: &Code,
        chance: &[u8; 16],
        now: Timestamp,
    ) -> Result<Request<Vec<u8>>, TokenRequestError> {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", &code.0),
            ("code_verifier", &started.verifier),
            ("redirect_uri", &started.redirect_uri),
        ];
        self.authenticated(&provider.token_endpoint, &fields, chance, now)
    }

    /// Asks for the next access token. At CIE this renews no sign-in: it serves to read the attributes again.
    ///
    /// # Errors
    /// [`TokenRequestError`] when the request cannot be made.
    pub fn refresh_request(
        &self,
        provider: &Provider,
        refresh_token: &str,
        chance: &[u8; 16],
        now: Timestamp,
    ) -> Result<Request<Vec<u8>>, TokenRequestError> {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
        self.authenticated(&provider.token_endpoint, &fields, chance, now)
    }

    /// Revokes a token: the access token at the logout. The refresh token stays, at CIE, unless the user takes the
    /// consent back.
    ///
    /// # Errors
    /// [`TokenRequestError`] when the request cannot be made.
    pub fn revocation_request(
        &self,
        provider: &Provider,
        token: &str,
        chance: &[u8; 16],
        now: Timestamp,
    ) -> Result<Request<Vec<u8>>, TokenRequestError> {
        self.authenticated(&provider.revocation_endpoint, &[("token", token)], chance, now)
    }

    /// A form with `private_key_jwt` (OpenID Connect Core section 9).
    fn authenticated(
        &self,
        endpoint: &Url,
        fields: &[(&str, &str)],
        chance: &[u8; 16],
        now: Timestamp,
    ) -> Result<Request<Vec<u8>>, TokenRequestError> {
        let mut claims = Object::new();
        stamp(&mut claims, now, ASSERTION_LIFETIME);
        let id = self.id().as_str();
        for (name, value) in [("iss", id), ("sub", id), ("aud", endpoint.as_str()), ("jti", &uuid(chance))] {
            claims.insert(name.to_owned(), json!(value));
        }
        let assertion = jose::sign(&claims, None, SigningAlgorithm::Rs256, &self.signing_keys[0])?;
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("client_id", id)
            .append_pair("client_assertion_type", ASSERTION_TYPE)
            .append_pair("client_assertion", &assertion)
            .extend_pairs(fields);
        Ok(request(Method::POST, endpoint, form.finish().into_bytes())?)
    }
}

impl Tokens {
    /// Reads the answer of the token endpoint, to a code or to a refresh token.
    ///
    /// # Errors
    /// [`TokenRequestError`], an error of the provider included.
    pub fn read(answer: &Response<Vec<u8>>, now: Timestamp) -> Result<Self, TokenRequestError> {
        refused(answer)?;
        if !content_type(answer).starts_with("application/json") {
            return Err(ClaimError::Shape("Content-Type").into());
        }
        let object = json::parse_object(answer.body(), 3 * LONGEST)?;
        if !object.text("token_type")?.eq_ignore_ascii_case("Bearer") {
            return Err(ClaimError::Shape("token_type").into());
        }
        let seconds = object.get("expires_in").and_then(Value::as_i64).ok_or(ClaimError::Shape("expires_in"))?;
        // More than a month is nonsense, and would overflow at some point.
        let lifetime = SignedDuration::from_secs(seconds.clamp(0, 31 * 24 * 60 * 60));
        let optional = |name| object.optional_text(name).map(|text| text.map(str::to_owned));
        Ok(Self {
            access_token: object.text("access_token")?.to_owned(),
            expires: now.checked_add(lifetime).unwrap_or(Timestamp::MAX),
            refresh_token: optional("refresh_token")?,
            id_token: optional("id_token")?,
        })
    }

    /// Reads the answer of the revocation endpoint, which is empty when all is well (RFC 7009 section 2.2).
    ///
    /// # Errors
    /// [`RevocationError`].
    pub fn read_revocation(answer: &Response<Vec<u8>>) -> Result<(), RevocationError> {
        refused(answer)
    }
}

pub(super) fn refused(answer: &Response<Vec<u8>>) -> Result<(), TokenRequestError> {
    if answer.status() == StatusCode::OK {
        return Ok(());
    }
    match Fault::read(answer.body()) {
        Some(fault) => Err(TokenRequestError::Fault(fault)),
        None => Err(TokenRequestError::Status(answer.status())),
    }
}
