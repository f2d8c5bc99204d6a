//! Vouchers of the interoperability platform (*Piattaforma Digitale Nazionale Dati*, PDND), with which an e-service lets
//! a body in (CAD art. 50-ter).
//!
//! A voucher is asked for with a statement signed by the body's key (RFC 7521 and 7523) that names the purpose for which
//! the e-service may be used. What an e-service demands beyond that is switched on by configuration, each on its own:
//!
//! | pattern | switched on by | what it adds |
//! |---|---|---|
//! | `AUDIT_REST_02` | [`Config::evidence`] | `Agid-JWT-TrackingEvidence`: who asks, from where, at which level; its digest is in the voucher |
//! | DPoP (RFC 9449) | a second key in [`Vouchers::new`] | a proof with every request that the voucher is ours |
//! | `INTEGRITY_REST_01` | [`Config::integrity`] | `Digest` and `Agid-JWT-Signature` for what is posted |
//!
//! *Invariants:* time and chance come from the [`Stamp`] of a call, and every `jti` of a call is derived from its one;
//! one attempt a call, with two exceptions, each once: a nonce that a server demands is honoured, and a voucher that is
//! no longer accepted is replaced. Callers that come together wait for one voucher.
//!
//! **Not verified:** hosts and audience of the platform in production, the life of a voucher and quotas of e-services are
//! configuration without a default, because no published text that could be read here states them with authority. The
//! names of claims follow the platform's operating manual, AgID's interoperability model and the client that PagoPA
//! publishes. The platform accepts no `nbf` in a client assertion, so there is none.

mod config;
mod documents;
mod integrity;

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use jose::{SignError, SigningKey};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde::Deserialize;
use url::Url;

pub use config::{Config, Evidence};
pub use jose::KeyError;

use crate::error::ConfigError;
use crate::held::{Dated, Held, after, expiry, is_token};
use crate::transport::{self, Exchange};
use crate::{CredentialError, Error, Stamp};

/// The type of client authentication (RFC 7523 section 2.2).
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// Times that one request is sent at most: once, once with a nonce, once with another voucher.
const TRIES: usize = 3;

/// Reads the key of a client: RSA of 2,048 bits or more (PKCS#8 or PKCS#1), which signs RS256, or P-256 (PKCS#8), which
/// signs ES256.
///
/// # Errors
///
/// [`KeyError`] when the PEM text holds no such key, or an encrypted one.
pub fn read_key(pem: &str) -> Result<SigningKey, KeyError> {
    SigningKey::rsa_or_p256_from_pem(pem)
}

/// A client of the platform for one purpose. Cheap to share; it keeps the voucher and the servers' nonces.
#[derive(Debug)]
pub struct Vouchers {
    config: Config,
    key: SigningKey,
    dpop: Option<SigningKey>,
    http: Client,
    held: Held<Voucher>,
    /// The last nonce of the authorization server and of the e-service (RFC 9449 sections 8 and 9).
    nonces: [Mutex<Option<String>>; 2],
}

/// Whose nonce.
#[derive(Debug, Clone, Copy)]
enum Party {
    Platform,
    Service,
}

/// A voucher, how it is shown, and the evidence whose digest it carries.
#[derive(Clone, PartialEq, Eq)]
struct Voucher {
    text: String,
    bound: bool,
    evidence: Option<String>,
}

/// What a request to an e-service is made of; it may have to be sent again.
pub(crate) struct Call<'a> {
    pub(crate) http: &'a Client,
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// A JSON document to post.
    pub(crate) body: Option<Vec<u8>>,
    /// Tells the requests of one stamp apart.
    pub(crate) name: &'static str,
}

#[derive(Deserialize)]
struct TokenResponse {
    access_token: String,
    token_type: String,
    expires_in: Option<i64>,
}

impl Vouchers {
    /// Makes a client; nothing is sent yet. With a `dpop` key, vouchers are asked for that are bound to it; whether they
    /// are is for the platform to say, and the client follows.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the address is not one of a web service or the HTTP client cannot be built.
    pub fn new(config: Config, key: SigningKey, dpop: Option<SigningKey>) -> Result<Self, ConfigError> {
        transport::check_address(&config.token_url)?;
        let http = config.limits.client(|builder| builder)?;
        Ok(Self { config, key, dpop, http, held: Held::default(), nonces: [Mutex::default(), Mutex::default()] })
    }

    /// Sends a call with a voucher, whatever comes back.
    pub(crate) async fn call(&self, call: &Call<'_>, stamp: Stamp<'_>) -> Result<Exchange, Error> {
        let (mut voucher, mut fresh) = self.voucher(stamp, None).await?;
        let mut challenged = false;
        for attempt in 0..TRIES {
            let exchange = self.attempt(call, &voucher, stamp, attempt).await?;
            if exchange.status != StatusCode::UNAUTHORIZED {
                return Ok(exchange);
            }
            if !challenged && voucher.bound && self.wants_nonce(&exchange) {
                challenged = true;
            } else if !fresh {
                tracing::debug!(call = call.name, "the voucher is no longer accepted; asking for another");
                (voucher, _) = self.voucher(stamp, Some(&voucher)).await?;
                fresh = true;
            } else {
                return Ok(exchange);
            }
        }
        Err(Error::Garbled { reason: "challenges without an end" })
    }

    /// Gets a voucher, unless one is held.
    pub(crate) async fn open(&self, stamp: Stamp<'_>) -> Result<(), Error> {
        self.voucher(stamp, None).await.map(drop)
    }

    async fn attempt(
        &self,
        call: &Call<'_>,
        voucher: &Voucher,
        stamp: Stamp<'_>,
        attempt: usize,
    ) -> Result<Exchange, Error> {
        let mut request = call.http.request(call.method.clone(), call.url.clone());
        let scheme = if voucher.bound { "DPoP" } else { "Bearer" };
        request = request.header(AUTHORIZATION, secret(&format!("{scheme} {}", voucher.text))?);
        if voucher.bound {
            let target = documents::Target { method: call.method.as_str(), url: &call.url, token: Some(&voucher.text) };
            let id = stamp.id(&format!("dpop {} {attempt}", call.name));
            request = self.prove(request, Party::Service, &target, stamp.now, id)?;
        }
        if let Some(evidence) = &voucher.evidence {
            request = request.header("Agid-JWT-TrackingEvidence", evidence);
        }
        if let Some(body) = &call.body {
            request = self.sign_body(request, body, stamp, &format!("integrity {} {attempt}", call.name))?;
        }
        let exchange = transport::exchange(request).await?;
        self.remember_nonce(Party::Service, &exchange);
        Ok(exchange)
    }

    async fn voucher(&self, stamp: Stamp<'_>, spent: Option<&Voucher>) -> Result<(Voucher, bool), Error> {
        // A second voucher of one call needs ids of its own.
        let round = usize::from(spent.is_some());
        self.held.get(stamp.now, self.config.limits.whole(), spent, self.ask(stamp, round)).await
    }

    /// Asks for a voucher, twice when the platform demands a nonce in the proof.
    async fn ask(&self, stamp: Stamp<'_>, round: usize) -> Result<Dated<Voucher>, Error> {
        let evidence = self.config.evidence.as_ref();
        let evidence = evidence.map(|evidence| documents::evidence(&self.config, evidence, &self.key, stamp, round));
        let evidence = evidence.transpose().map_err(cannot_sign)?;
        let mut exchange = self.ask_once(stamp, round, 0, evidence.as_deref()).await?;
        if self.dpop.is_some() && self.wants_nonce(&exchange) {
            exchange = self.ask_once(stamp, round, 1, evidence.as_deref()).await?;
        }
        read_voucher(exchange, evidence, self.dpop.is_some(), stamp.now)
    }

    async fn ask_once(
        &self,
        stamp: Stamp<'_>,
        round: usize,
        attempt: usize,
        evidence: Option<&str>,
    ) -> Result<Exchange, Error> {
        let id = stamp.id(&format!("assertion {round} {attempt}"));
        let assertion = documents::assertion(&self.config, &self.key, stamp.now, id, evidence).map_err(cannot_sign)?;
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.config.client_id),
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", &assertion),
        ];
        let mut request = self.http.post(self.config.token_url.clone()).form(&form);
        if self.dpop.is_some() {
            let target = documents::Target { method: "POST", url: &self.config.token_url, token: None };
            let id = stamp.id(&format!("dpop token {round} {attempt}"));
            request = self.prove(request, Party::Platform, &target, stamp.now, id)?;
        }
        let exchange = transport::exchange(request).await?;
        self.remember_nonce(Party::Platform, &exchange);
        Ok(exchange)
    }

    /// Adds a proof that we have the key to which the voucher is, or is to be, bound.
    fn prove(
        &self,
        request: RequestBuilder,
        party: Party,
        target: &documents::Target<'_>,
        now: Timestamp,
        id: String,
    ) -> Result<RequestBuilder, Error> {
        let Some(key) = &self.dpop else { return Err(Error::Garbled { reason: "a voucher bound to no key of ours" }) };
        let nonce = self.nonce(party).lock().unwrap_or_else(PoisonError::into_inner).clone();
        let proof = documents::proof(key, target, now, id, nonce).map_err(cannot_sign)?;
        Ok(request.header("DPoP", proof))
    }

    fn sign_body(
        &self,
        request: RequestBuilder,
        body: &[u8],
        stamp: Stamp<'_>,
        purpose: &str,
    ) -> Result<RequestBuilder, Error> {
        let mut request = request.header(CONTENT_TYPE, integrity::CONTENT_TYPE_JSON);
        if let Some(audience) = &self.config.integrity {
            let digest = integrity::digest(body);
            let signature =
                integrity::signature(&self.config, audience, &self.key, &digest, stamp.now, stamp.id(purpose));
            request = request.header("Digest", digest).header("Agid-JWT-Signature", signature.map_err(cannot_sign)?);
        }
        Ok(request.body(body.to_vec()))
    }

    fn nonce(&self, party: Party) -> &Mutex<Option<String>> {
        &self.nonces[party as usize]
    }

    /// A server may give the next nonce with any answer (RFC 9449 section 8.2).
    fn remember_nonce(&self, party: Party, exchange: &Exchange) {
        let nonce = exchange.header("dpop-nonce").filter(|nonce| (1..=256).contains(&nonce.len()));
        if let Some(nonce) = nonce {
            *self.nonce(party).lock().unwrap_or_else(PoisonError::into_inner) = Some(nonce.to_owned());
        }
    }

    /// Whether a server refused for want of a nonce and gave one: the platform says so in the body (RFC 9449 section 8),
    /// an e-service in `WWW-Authenticate` (section 9).
    fn wants_nonce(&self, exchange: &Exchange) -> bool {
        const ERROR: &str = "use_dpop_nonce";
        let challenge = exchange.header("www-authenticate").is_some_and(|text| text.contains(ERROR));
        let body: serde_json::Value = serde_json::from_slice(exchange.text()).unwrap_or_default();
        let refused = matches!(exchange.status, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED);
        refused && exchange.headers.contains_key("dpop-nonce") && (challenge || body["error"] == ERROR)
    }
}

/// The platform tells an assertion that it does not accept with 400 (RFC 6749 section 5.2): our credentials are refused.
fn read_voucher(
    exchange: Exchange,
    evidence: Option<String>,
    can_prove: bool,
    now: Timestamp,
) -> Result<Dated<Voucher>, Error> {
    let refusal: serde_json::Value = serde_json::from_slice(exchange.text()).unwrap_or_default();
    if exchange.status == StatusCode::BAD_REQUEST && refusal.is_object() {
        return Err(Error::Refused { status: 400, reason: transport::reason(exchange.text()) });
    }
    let answer: TokenResponse = transport::json(&exchange.accept(now)?.value)?;
    if !is_token(&answer.access_token) {
        return Err(Error::Garbled { reason: "no voucher" });
    }
    let bound = match answer.token_type.to_ascii_lowercase().as_str() {
        "bearer" => false,
        "dpop" if can_prove => true,
        "dpop" => return Err(Error::Garbled { reason: "a voucher bound to no key of ours" }),
        _ => return Err(Error::Garbled { reason: "a voucher of an unknown type" }),
    };
    let dated = answer.expires_in.map(|seconds| after(now, SignedDuration::from_secs(seconds.max(0))));
    let expires = dated.or_else(|| expiry(&answer.access_token));
    // The evidence goes with every request and must not end before the voucher does.
    let evidence_ends = evidence.as_ref().map(|_| after(now, documents::EVIDENCE_LIFE));
    let expires = expires.into_iter().chain(evidence_ends).min();
    Ok(Dated::new(Voucher { text: answer.access_token, bound, evidence }, now, expires))
}

fn cannot_sign(_: SignError) -> Error {
    Error::Signing(CredentialError::CannotSign)
}

/// A header that the HTTP client shows to nobody.
fn secret(text: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(text).map_err(|_| Error::Garbled { reason: "no voucher" })?;
    value.set_sensitive(true);
    Ok(value)
}
