//! The client of the business register.

use std::time::Duration;

use italia::{EmailAddress, FiscalCode};
use jiff::{SignedDuration, Timestamp};
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use tokio::sync::Mutex;
use url::Url;

use crate::error::Stage;
use crate::matching::mask_unreadable;
use crate::wire::{self, SCOPE_PEC, SCOPE_SEAT};
use crate::{Credential, Error, PecAnswer, PecEntry, RequestId, Seat, transport};

/// Tax codes in one batch at most: the size that PagoPA's client of the same register uses.
pub const MAX_BATCH: usize = 100;

/// A statement is good for this long, as in PagoPA's client: long enough for clocks that differ, short enough to be
/// worthless to whoever finds it.
const STATEMENT_LIFE: SignedDuration = SignedDuration::from_secs(360);
/// A token is not used in its last seconds: it would expire on its way.
const TOKEN_MARGIN: SignedDuration = SignedDuration::from_secs(15);
/// How long a token is kept that does not say when it expires.
const UNDATED_TOKEN_LIFE: SignedDuration = SignedDuration::from_secs(300);

/// Where the register is and who we are there.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Config {
    /// The address in front of `/authentication`, with or without a slash at its end.
    pub base_url: Url,
    /// Our name at the register: `iss`, `sub` and the `client_id` of every call.
    pub client_id: String,
    /// The `aud` of our statements; by default [`base_url`](Self::base_url) without a slash at its end.
    pub audience: String,
    /// Time limit for a connection: 4 s by default, as in PagoPA's client.
    pub connect_timeout: Duration,
    /// Time limit for an answer once connected: 15 s by default, as in PagoPA's client.
    pub read_timeout: Duration,
}

impl Config {
    /// The usual settings for a register at `base_url`.
    #[must_use]
    pub fn new(base_url: Url, client_id: impl Into<String>) -> Self {
        let audience = base_url.as_str().trim_end_matches('/').to_owned();
        Self {
            base_url,
            client_id: client_id.into(),
            audience,
            connect_timeout: Duration::from_secs(4),
            read_timeout: Duration::from_secs(15),
        }
    }
}

/// Settings with which no client can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The address is not that of a web service.
    #[error("the register's address has to start with http:// or https://")]
    BaseUrl,
    /// The HTTP client could not be built, for example because the system has no certificates.
    #[error("the HTTP client could not be built")]
    Client(#[source] reqwest::Error),
}

/// The time of a call, and a text that no other call has.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// The present instant.
    pub now: Timestamp,
    /// A text never used before (`jti`, RFC 7519 section 4.1.7), unpredictable, for the statement that may be needed.
    pub jti: &'a str,
}

/// A client of the business register. Cheap to share behind a reference or an `Arc`; it keeps connections and tokens.
#[derive(Debug)]
pub struct BusinessRegister {
    config: Config,
    credential: Credential,
    http: Client,
    pec_token: Mutex<Option<Token>>,
    seat_token: Mutex<Option<Token>>,
}

struct Token {
    text: String,
    good_until: Timestamp,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token").field("good_until", &self.good_until).finish_non_exhaustive()
    }
}

impl BusinessRegister {
    /// Makes a client; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the address is not one of a web service or the HTTP client cannot be built.
    pub fn new(config: Config, credential: Credential) -> Result<Self, ConfigError> {
        if !matches!(config.base_url.scheme(), "http" | "https") || config.base_url.cannot_be_a_base() {
            return Err(ConfigError::BaseUrl);
        }
        let http = Client::builder()
            .connect_timeout(config.connect_timeout)
            .read_timeout(config.read_timeout)
            // Also for the whole exchange: a register that sends one byte a second does not answer either.
            .timeout(config.connect_timeout + config.read_timeout)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(ConfigError::Client)?;
        Ok(Self { config, credential, http, pec_token: Mutex::new(None), seat_token: Mutex::new(None) })
    }

    /// Asks for the certified addresses of 1 to [`MAX_BATCH`] tax codes (`POST /richiestaElencoPec`).
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::BatchSize`] before anything is sent.
    pub async fn request_pec_list(&self, codes: &[FiscalCode], stamp: Stamp<'_>) -> Result<RequestId, Error> {
        if codes.is_empty() || codes.len() > MAX_BATCH {
            return Err(Error::BatchSize { asked: codes.len() });
        }
        let body = wire::BatchRequest {
            at: stamp.now.to_string(),
            codes: codes.iter().map(|code| wire::BatchCode { cf: code.as_str() }).collect(),
        };
        let url = self.url(&["richiestaElencoPec"]);
        let answer = self.call(&self.pec_token, SCOPE_PEC, stamp, || self.http.post(url.clone()).json(&body)).await?;
        let answer: wire::BatchResponse = transport::json(&answer)?;
        let id = answer.id.map(wire::Id::into_text).ok_or_else(|| trouble_or(&answer.trouble, "no request id"))?;
        RequestId::parse(&id).map_err(|_| Error::Garbled { reason: "a malformed request id" })
    }

    /// Asks for the list of a batch (`GET /getElencoPec/{id}`).
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::Rejected`] when the register does not know the request, or no longer.
    pub async fn pec_list(&self, id: &RequestId, stamp: Stamp<'_>) -> Result<PecAnswer, Error> {
        let url = self.url(&["getElencoPec", id.as_str()]);
        let answer = self.call(&self.pec_token, SCOPE_PEC, stamp, || self.http.get(url.clone())).await?;
        let answer: wire::PollingResponse = transport::json(&answer)?;
        if answer.trouble.is_in_progress() {
            return Ok(PecAnswer::Pending);
        }
        if answer.id.is_some_and(|found| found.into_text() != id.as_str()) {
            return Err(Error::Garbled { reason: "the list of another request" });
        }
        let entries = answer.entries.ok_or_else(|| trouble_or(&answer.trouble, "no list"))?;
        entries.into_iter().map(entry).collect::<Result<_, _>>().map(PecAnswer::Ready)
    }

    /// Asks for the registered seat of a firm (`POST /sede/{cf}`); `None` when the register does not know the firm.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn seat(&self, code: &FiscalCode, stamp: Stamp<'_>) -> Result<Option<Seat>, Error> {
        let url = self.url(&["sede", code.as_str()]);
        let answer = self.call(&self.seat_token, SCOPE_SEAT, stamp, || self.http.post(url.clone())).await?;
        let answer: wire::SeatResponse = transport::json(&answer)?;
        if answer.trouble.is_not_found() {
            return Ok(None);
        }
        if answer.cf.is_some_and(|found| !found.trim().eq_ignore_ascii_case(code.as_str())) {
            return Err(Error::Garbled { reason: "the seat of another firm" });
        }
        answer.address.map(|address| Some(seat(address))).ok_or_else(|| trouble_or(&answer.trouble, "no seat"))
    }

    /// Sends a call with a token; a token that is no longer accepted is replaced once.
    async fn call(
        &self,
        slot: &Mutex<Option<Token>>,
        scope: &'static str,
        stamp: Stamp<'_>,
        request: impl Fn() -> reqwest::RequestBuilder,
    ) -> Result<Vec<u8>, Error> {
        let signed = |token: &str| request().header("scope", scope).bearer_auth(token);
        let (token, fresh) = self.token(slot, scope, stamp, None).await?;
        match transport::send(signed(&token), stamp.now).await {
            Err(Error::Refused { status: 401, .. }) if !fresh => {
                tracing::debug!(scope, "the register no longer accepts its token; asking for another");
                let (token, _) = self.token(slot, scope, stamp, Some(&token)).await?;
                transport::send(signed(&token), stamp.now).await
            }
            answer => answer,
        }
    }

    /// The token of a scope and whether it was made for this call. Callers that come together wait for one token.
    async fn token(
        &self,
        slot: &Mutex<Option<Token>>,
        scope: &'static str,
        stamp: Stamp<'_>,
        spent: Option<&str>,
    ) -> Result<(String, bool), Error> {
        // Whoever waits for somebody else's token waits no longer than for one of its own.
        let waiting = tokio::time::timeout(self.config.connect_timeout + self.config.read_timeout, slot.lock());
        let mut slot = waiting.await.map_err(|_| Error::TimedOut { stage: Stage::Answer })?;
        if let Some(token) = slot.as_ref()
            && stamp.now < token.good_until
            && spent != Some(token.text.as_str())
        {
            return Ok((token.text.clone(), false));
        }
        *slot = None;
        let token = self.authenticate(scope, stamp).await?;
        let text = token.text.clone();
        *slot = Some(token);
        Ok((text, true))
    }

    async fn authenticate(&self, scope: &'static str, stamp: Stamp<'_>) -> Result<Token, Error> {
        let now = stamp.now.as_second();
        let client = self.config.client_id.as_str();
        let claims = wire::JwsClaims {
            aud: &self.config.audience,
            iss: client,
            sub: client,
            jti: stamp.jti,
            iat: now,
            exp: now.saturating_add(STATEMENT_LIFE.as_secs()),
            scope,
        };
        let statement = self.credential.sign(&claims).map_err(Error::Signing)?;
        let request = self.http.post(self.url(&["authentication"])).header(CONTENT_TYPE, "application/json");
        let request = request.body(statement);
        let answer = transport::send(request, stamp.now).await?;
        let text = token_text(&answer)?;
        let good_until =
            expiry(&text).map_or_else(|| after(stamp.now, UNDATED_TOKEN_LIFE), |at| after(at, -TOKEN_MARGIN));
        Ok(Token { text, good_until })
    }

    /// The base address with `segments` behind it, each escaped, and our name as every call carries it.
    fn url(&self, segments: &[&str]) -> Url {
        let mut url = self.config.base_url.clone();
        // `new` has refused the addresses that have no path.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url.query_pairs_mut().append_pair("client_id", &self.config.client_id);
        url
    }
}

/// The register sends its token bare, or as a JSON string as its description says.
fn token_text(answer: &[u8]) -> Result<String, Error> {
    let text = serde_json::from_slice::<String>(answer).ok();
    let text = text.or_else(|| std::str::from_utf8(answer).ok().map(|bare| bare.trim().to_owned()));
    let sound = |t: &String| !t.is_empty() && t.len() <= 16_384 && t.bytes().all(|b| b.is_ascii_graphic() && b != b'<');
    text.filter(sound).ok_or(Error::Garbled { reason: "no token" })
}

/// When a token says that it expires: the `exp` of a JWT, which is read but not believed for anything else.
fn expiry(token: &str) -> Option<Timestamp> {
    use base64::Engine as _;
    #[derive(serde::Deserialize)]
    struct Expiry {
        exp: i64,
    }
    let claims = token.split('.').nth(1)?;
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
    Timestamp::from_second(serde_json::from_slice::<Expiry>(&claims).ok()?.exp).ok()
}

fn after(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}

/// An answer with status 200 and no content is an error that names itself, or nonsense.
fn trouble_or(trouble: &wire::Trouble, reason: &'static str) -> Error {
    match trouble.code() {
        Some(code) => Error::Rejected { status: 200, code: Some(code) },
        None => Error::Garbled { reason },
    }
}

/// A code that cannot be read spoils the list: left out, its firm would look like one without an address.
fn entry(pec: wire::Pec) -> Result<PecEntry, Error> {
    let code = FiscalCode::parse(pec.cf.trim()).map_err(|_| Error::Garbled { reason: "a malformed tax code" })?;
    let on_file = pec.firm.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let firm_pec = on_file.and_then(|text| EmailAddress::parse(text).ok());
    let unreadable_pec = if firm_pec.is_none() { on_file.map(mask_unreadable) } else { None };
    let professionals = pec.professionals.unwrap_or_default().into_iter();
    let professionals = professionals.filter_map(|p| EmailAddress::parse(p.pec?.trim()).ok()).collect();
    Ok(PecEntry { code, firm_pec, unreadable_pec, professionals })
}

fn seat(address: wire::LegalAddress) -> Seat {
    let text = |value: Option<String>| value.map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
    Seat {
        name: text(address.denominazione),
        toponym: text(address.toponimo),
        street: text(address.via),
        number: text(address.n_civico),
        postal_code: text(address.cap),
        municipality: text(address.comune),
        province: text(address.provincia),
    }
}
