//! The client of the business register.

mod config;
mod representatives;
mod wire;

use italia::FiscalCode;
use jiff::SignedDuration;
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use url::Url;

pub use config::Config;
pub use representatives::RepresentedFirm;

use crate::error::ConfigError;
use crate::held::{Dated, Held, expiry, is_token};
use crate::{Answered, Credential, Error, PecAnswer, PecEntry, RequestId, Seat, Stamp, address, transport};
use wire::{SCOPE_PEC, SCOPE_SEAT};

/// Tax codes in one batch at most: the size that PagoPA's client of the same register uses.
pub const MAX_BATCH: usize = 100;

/// A statement is good for this long, as in PagoPA's client: long enough for clocks that differ, short enough to be
/// worthless to whoever finds it.
const STATEMENT_LIFE: SignedDuration = SignedDuration::from_secs(360);

/// A client of the business register. Cheap to share behind a reference or an `Arc`; it keeps connections and tokens.
#[derive(Debug)]
pub struct BusinessRegister {
    config: Config,
    credential: Credential,
    http: Client,
    pec_token: Held<String>,
    seat_token: Held<String>,
    representatives_token: Held<String>,
}

impl BusinessRegister {
    /// Makes a client; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the address is not one of a web service or the HTTP client cannot be built.
    pub fn new(config: Config, credential: Credential) -> Result<Self, ConfigError> {
        transport::check_address(&config.base_url)?;
        let http = config.limits.client(|builder| builder)?;
        let [pec_token, seat_token, representatives_token] = [(); 3].map(|()| Held::default());
        Ok(Self { config, credential, http, pec_token, seat_token, representatives_token })
    }

    /// Asks for the certified addresses of 1 to [`MAX_BATCH`] tax codes (`POST /richiestaElencoPec`).
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::BatchSize`] before anything is sent.
    pub async fn request_pec_list(&self, codes: &[FiscalCode], stamp: Stamp<'_>) -> Result<Answered<RequestId>, Error> {
        if codes.is_empty() || codes.len() > MAX_BATCH {
            return Err(Error::BatchSize { asked: codes.len(), max: MAX_BATCH });
        }
        let body = wire::BatchRequest {
            at: stamp.now.to_string(),
            codes: codes.iter().map(|code| wire::BatchCode { cf: code.as_str() }).collect(),
        };
        let url = self.url(&["richiestaElencoPec"]);
        let answer = self.call(&self.pec_token, SCOPE_PEC, stamp, || self.http.post(url.clone()).json(&body)).await?;
        answer.try_map(|body| request_id(transport::json(&body)?))
    }

    /// Asks for the list of a batch (`GET /getElencoPec/{id}`).
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::Rejected`] when the register does not know the request, or no longer.
    pub async fn pec_list(&self, id: &RequestId, stamp: Stamp<'_>) -> Result<Answered<PecAnswer>, Error> {
        let url = self.url(&["getElencoPec", id.as_str()]);
        let answer = self.call(&self.pec_token, SCOPE_PEC, stamp, || self.http.get(url.clone())).await?;
        answer.try_map(|body| list(transport::json(&body)?, id))
    }

    /// Asks for the registered seat of a firm (`POST /sede/{cf}`); `None` when the register does not know the firm.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn seat(&self, code: &FiscalCode, stamp: Stamp<'_>) -> Result<Answered<Option<Seat>>, Error> {
        let url = self.url(&["sede", code.as_str()]);
        let answer = self.call(&self.seat_token, SCOPE_SEAT, stamp, || self.http.post(url.clone())).await?;
        answer.try_map(|body| seat(transport::json(&body)?, code))
    }

    /// Gets a token for questions about addresses, unless one is held.
    pub(crate) async fn open(&self, stamp: Stamp<'_>) -> Result<(), Error> {
        let made = self.authenticate(SCOPE_PEC, stamp);
        self.pec_token.get(stamp.now, self.config.limits.whole(), None, made).await.map(drop)
    }

    /// Sends a call with a token; a token that is no longer accepted is replaced once.
    async fn call(
        &self,
        slot: &Held<String>,
        scope: &'static str,
        stamp: Stamp<'_>,
        request: impl Fn() -> reqwest::RequestBuilder,
    ) -> Result<Answered<Vec<u8>>, Error> {
        let signed = |token: &str| request().header("scope", scope).bearer_auth(token);
        let patience = self.config.limits.whole();
        let (token, fresh) = slot.get(stamp.now, patience, None, self.authenticate(scope, stamp)).await?;
        match transport::send(signed(&token), stamp.now).await {
            Err(Error::Refused { status: 401, .. }) if !fresh => {
                tracing::debug!(scope, "the register no longer accepts its token; asking for another");
                let another = self.authenticate(scope, stamp);
                let (token, _) = slot.get(stamp.now, patience, Some(&token), another).await?;
                transport::send(signed(&token), stamp.now).await
            }
            answer => answer,
        }
    }

    async fn authenticate(&self, scope: &'static str, stamp: Stamp<'_>) -> Result<Dated<String>, Error> {
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
        let answer = transport::send(request.body(statement), stamp.now).await?;
        let text = token_text(&answer.value)?;
        let expires = expiry(&text);
        Ok(Dated::new(text, stamp.now, expires))
    }

    /// The base address with `segments` behind it, each escaped, and our name as every call carries it.
    fn url(&self, segments: &[&str]) -> Url {
        let mut url = transport::below(&self.config.base_url, segments);
        url.query_pairs_mut().append_pair("client_id", &self.config.client_id);
        url
    }
}

/// The register sends its token bare, or as a JSON string as its description says.
fn token_text(answer: &[u8]) -> Result<String, Error> {
    let text = serde_json::from_slice::<String>(answer).ok();
    let text = text.or_else(|| std::str::from_utf8(answer).ok().map(|bare| bare.trim().to_owned()));
    text.filter(|text| is_token(text)).ok_or(Error::Garbled { reason: "no token" })
}

/// An answer with status 200 and no content is an error that names itself, or nonsense.
fn trouble_or(trouble: &wire::Trouble, reason: &'static str) -> Error {
    match trouble.code() {
        Some(code) => Error::Rejected { status: 200, code: Some(code) },
        None => Error::Garbled { reason },
    }
}

fn request_id(answer: wire::BatchResponse) -> Result<RequestId, Error> {
    let id = answer.id.map(wire::Id::into_text).ok_or_else(|| trouble_or(&answer.trouble, "no request id"))?;
    RequestId::parse(&id).map_err(|_| Error::Garbled { reason: "a malformed request id" })
}

fn list(answer: wire::PollingResponse, id: &RequestId) -> Result<PecAnswer, Error> {
    if answer.trouble.is_in_progress() {
        return Ok(PecAnswer::Pending);
    }
    if answer.id.is_some_and(|found| found.into_text() != id.as_str()) {
        return Err(Error::Garbled { reason: "the list of another request" });
    }
    let entries = answer.entries.ok_or_else(|| trouble_or(&answer.trouble, "no list"))?;
    entries.iter().map(entry).collect::<Result<_, _>>().map(PecAnswer::Ready)
}

fn entry(pec: &wire::Pec) -> Result<PecEntry, Error> {
    let professionals = pec.professionals.iter().flatten().filter_map(|p| p.pec.as_deref());
    Ok(address::entry(address::code(&pec.cf)?, pec.firm.as_deref(), professionals))
}

fn seat(answer: wire::SeatResponse, code: &FiscalCode) -> Result<Option<Seat>, Error> {
    if answer.trouble.is_not_found() {
        return Ok(None);
    }
    if answer.cf.is_some_and(|found| !address::is_about(&found, code)) {
        return Err(Error::Garbled { reason: "the seat of another firm" });
    }
    let address = answer.address.ok_or_else(|| trouble_or(&answer.trouble, "no seat"))?;
    let text = |value: Option<String>| value.map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
    Ok(Some(Seat {
        name: text(address.denominazione),
        toponym: text(address.toponimo),
        street: text(address.via),
        number: text(address.n_civico),
        postal_code: text(address.cap),
        municipality: text(address.comune),
        province: text(address.provincia),
    }))
}
