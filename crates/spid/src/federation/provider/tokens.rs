//! The token, attributes and revocation endpoints.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::entity::EntityId;
use super::super::fault::{Fault, FaultCode};
use super::super::jose::{self, JwkSet, SignError, SigningAlgorithm, Typ, Unverified};
use super::super::json::{Members as _, Object};
use super::super::rp::Acr;
use super::super::rp::begin::{challenge, uuid};
use super::super::rp::id_token::half_hash;
use super::super::rp::tokens::ASSERTION_TYPE;
use super::super::times::{Validity, stamp};
use super::authorization::once;
use super::{Authorization, Client, OpenIdProvider, OpenIdProviderError};

/// How long a code holds.
const CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(1);
/// How long id token, access token and the attributes' answer hold.
const TOKEN_LIFETIME: SignedDuration = SignedDuration::from_mins(5);
/// How long a refresh token holds: 30 days at most.
const REFRESH_LIFETIME: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A person who signed in and agreed. The provider keeps it under the code, which is good once, then under the `jti` of
/// the access token.
#[derive(Clone, Serialize, Deserialize)]
pub struct Grant {
    /// What was asked for.
    pub authorization: Authorization,
    /// The person's name for this client.
    pub subject: String,
    /// The level at which they signed in.
    pub acr: Acr,
    /// The attributes to hand over.
    pub attributes: Object,
    /// When they agreed; the code holds for a minute.
    pub granted: Timestamp,
}

impl fmt::Debug for Grant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Grant").field("acr", &self.acr).finish_non_exhaustive()
    }
}

/// What the token endpoint is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrantType {
    /// A code, and the verifier of its challenge.
    Code {
        /// The code.
        code: String,
        /// The verifier.
        verifier: String,
        /// Where the code was sent to.
        redirect_uri: Option<String>,
    },
    /// A refresh token.
    Refresh(String),
    /// A token to be revoked.
    Revoke(String),
}

/// A request to the token or revocation endpoint, in parts.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    /// Who asks, believed by nobody yet.
    pub client_id: EntityId,
    /// What for.
    pub grant: GrantType,
    assertion: String,
}

/// Tokens, and what to keep of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued {
    /// The body of the answer: JSON.
    pub body: Vec<u8>,
    /// The access token's name, under which to keep the grant.
    pub access_jti: String,
}

impl fmt::Debug for Issued {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Issued").field("access_jti", &self.access_jti).finish_non_exhaustive()
    }
}

impl TokenRequest {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// [`Fault`] to be reported.
    pub fn read(body: &[u8]) -> Result<Self, Fault> {
        let pairs = url::form_urlencoded::parse(body).take(32);
        let pairs: Vec<(String, String)> = pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        let text = |name| once(&pairs, name).map(str::to_owned);
        let grant = match once(&pairs, "grant_type") {
            Ok("authorization_code") => {
                let redirect_uri = text("redirect_uri").ok();
                GrantType::Code { code: text("code")?, verifier: text("code_verifier")?, redirect_uri }
            }
            Ok("refresh_token") => GrantType::Refresh(text("refresh_token")?),
            Ok(_) => return Err(Fault::new(FaultCode::Other("unsupported_grant_type".to_owned()))),
            Err(_) => GrantType::Revoke(text("token")?),
        };
        if once(&pairs, "client_assertion_type")? != ASSERTION_TYPE {
            return Err(Fault::new(FaultCode::InvalidClient));
        }
        let client_id = EntityId::parse(once(&pairs, "client_id")?);
        let client_id = client_id.map_err(|_| Fault::new(FaultCode::InvalidClient))?;
        Ok(Self { client_id, grant, assertion: text("client_assertion")? })
    }
}

impl OpenIdProvider {
    /// Verifies who asks. The `jti` that comes out is accepted once.
    ///
    /// # Errors
    /// [`Fault`] to be reported.
    pub fn authenticate(&self, request: &TokenRequest, client: &Client, now: Timestamp) -> Result<String, Fault> {
        let audience = [self.endpoint("token"), self.endpoint("revocation"), self.id.as_str().to_owned()];
        let audience: Vec<&str> = audience.iter().map(String::as_str).collect();
        let assertion = client.verify(&request.assertion, &audience, now)?;
        let subject = assertion.claims.text("sub").ok();
        match assertion.claims.text("jti") {
            Ok(jti) if subject == Some(request.client_id.as_str()) && request.client_id == client.id => {
                Ok(jti.to_owned())
            }
            _ => Err(Fault::with(FaultCode::InvalidClient, "sub or jti")),
        }
    }

    /// Checks that a code's grant is the one that the request may use.
    ///
    /// # Errors
    /// [`Fault`] to be reported.
    pub fn redeem(&self, request: &TokenRequest, grant: &Grant, now: Timestamp) -> Result<(), Fault> {
        let GrantType::Code { verifier, redirect_uri, .. } = &request.grant else {
            return Err(Fault::new(FaultCode::InvalidGrant));
        };
        let asked = &grant.authorization;
        let same = redirect_uri.as_ref().is_none_or(|uri| *uri == asked.redirect_uri);
        let proof = challenge(verifier);
        let proven = verify_slices_are_equal(proof.as_bytes(), asked.code_challenge.as_bytes()).is_ok();
        let fresh = now.duration_since(grant.granted) <= CODE_LIFETIME;
        if same && proven && fresh && asked.client_id == request.client_id {
            Ok(())
        } else {
            Err(Fault::new(FaultCode::InvalidGrant))
        }
    }

    /// Issues tokens for a code (`with_id_token`) or a refresh token, naming them with `chance`.
    ///
    /// # Errors
    /// [`OpenIdProviderError`] when the library cannot sign.
    pub fn issue(
        &self,
        grant: &Grant,
        client: &Client,
        with_id_token: bool,
        chance: &[u8; 48],
        now: Timestamp,
    ) -> Result<Issued, OpenIdProviderError> {
        let asked = &grant.authorization;
        let key = &self.keys[0];
        let access_jti = uuid(&chance[..16]);
        let mut claims = self.envelope(grant, TOKEN_LIFETIME, now);
        claims.insert("aud".to_owned(), json!([self.endpoint("userinfo")]));
        claims.insert("client_id".to_owned(), json!(client.id.as_str()));
        claims.insert("scope".to_owned(), json!(asked.scopes.join(" ")));
        claims.insert("jti".to_owned(), json!(access_jti));
        let access_token = jose::sign(&claims, Some("at+jwt"), SigningAlgorithm::Rs256, key)?;
        let mut body = json!({
            "access_token": access_token, "token_type": "Bearer", "expires_in": TOKEN_LIFETIME.as_secs(),
        });
        if asked.consent && asked.scopes.iter().any(|scope| scope == "offline_access") {
            claims.extend([("aud".to_owned(), json!(self.endpoint("token")))]);
            stamp(&mut claims, now, REFRESH_LIFETIME);
            claims.insert("jti".to_owned(), json!(uuid(&chance[16..32])));
            body["refresh_token"] = json!(jose::sign(&claims, Some("rt+jwt"), SigningAlgorithm::Rs256, key)?);
        }
        if with_id_token {
            let mut claims = self.envelope(grant, TOKEN_LIFETIME, now);
            claims.insert("nbf".to_owned(), json!(now.as_second()));
            claims.insert("aud".to_owned(), json!(client.id.as_str()));
            claims.insert("acr".to_owned(), json!(grant.acr.uri()));
            claims.insert("nonce".to_owned(), json!(asked.nonce));
            claims.insert("at_hash".to_owned(), json!(half_hash(&access_token, client.id_token_algorithm)));
            claims.insert("jti".to_owned(), json!(uuid(&chance[32..])));
            body["id_token"] = json!(jose::sign(&claims, None, client.id_token_algorithm, key)?);
        }
        Ok(Issued { body: body.to_string().into_bytes(), access_jti })
    }

    /// Verifies a token of ours: `at+jwt` for the attributes, `rt+jwt` for a refresh. What comes out is its `jti`.
    ///
    /// # Errors
    /// [`Fault`] to be reported.
    pub fn verify_own(&self, token: &str, typ: &'static str, now: Timestamp) -> Result<String, Fault> {
        let invalid = || Fault::new(if typ == "at+jwt" { FaultCode::InvalidToken } else { FaultCode::InvalidGrant });
        let keys = JwkSet::new(self.keys.iter().map(|key| key.public().clone()).collect()).map_err(|_| invalid())?;
        let token = Unverified::parse(token).and_then(|token| token.verify(&keys, SigningAlgorithm::ALL, Typ::Is(typ)));
        let token = token.map_err(|_| invalid())?;
        Validity::read(&token.claims, now).map_err(|_| invalid())?;
        token.claims.text("jti").map(str::to_owned).map_err(|_| invalid())
    }

    /// The attributes, signed and encrypted for the client with `chance`.
    ///
    /// # Errors
    /// [`OpenIdProviderError`] when the client cannot be encrypted for.
    pub fn userinfo(
        &self,
        grant: &Grant,
        client: &Client,
        chance: &[u8; 80],
        now: Timestamp,
    ) -> Result<String, OpenIdProviderError> {
        client.encrypt(&self.sign_userinfo(grant, client, now)?, chance)
    }

    /// The attributes, signed only: for a demonstration that damages them before they are encrypted.
    ///
    /// # Errors
    /// [`SignError`] when the library cannot sign.
    pub fn sign_userinfo(&self, grant: &Grant, client: &Client, now: Timestamp) -> Result<String, SignError> {
        let mut claims = self.envelope(grant, TOKEN_LIFETIME, now);
        claims.insert("aud".to_owned(), json!(client.id.as_str()));
        for (name, value) in &grant.attributes {
            claims.entry(name).or_insert_with(|| Value::clone(value));
        }
        jose::sign(&claims, None, client.userinfo_algorithm, &self.keys[0])
    }

    fn envelope(&self, grant: &Grant, lifetime: SignedDuration, now: Timestamp) -> Object {
        let mut claims = Object::new();
        stamp(&mut claims, now, lifetime);
        claims.insert("iss".to_owned(), json!(self.id.as_str()));
        claims.insert("sub".to_owned(), json!(grant.subject));
        claims
    }
}
