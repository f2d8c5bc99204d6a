//! Asking the federation's endpoints, within a budget.

use http::{Method, Request, Response, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use url::Url;

use super::entity::{EntityId, EntityIdError, endpoint};
use super::fault::{Fault, Remedy};
use super::json::{self, ClaimError, JsonError, Members as _};
use super::statement::{EntityStatement, TYP};
use crate::fetch::{Fetch, FetchError};

/// How much one collection may cost. Whoever publishes a configuration names further addresses to be asked, so the whole
/// is bounded and not only each part.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most requests.
    pub fetches: usize,
    /// The most bytes of one answer.
    pub answer: usize,
    /// The most bytes of all answers.
    pub bytes: usize,
    /// The most steps from the leaf to the trust anchor.
    pub depth: usize,
    /// The most superiors of one entity that are followed; an entity with more is refused.
    pub authority_hints: usize,
    /// No request begins later than this after the first.
    pub time: SignedDuration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            fetches: 24,
            answer: 64 * 1024,
            bytes: 1024 * 1024,
            depth: 4,
            authority_hints: 8,
            time: SignedDuration::from_secs(20),
        }
    }
}

/// An endpoint that gave no usable answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No answer.
    #[error("an endpoint of the federation does not answer")]
    NoAnswer(#[from] FetchError),
    /// An answer that is an error.
    #[error("{url} answers {status}")]
    Status {
        /// Who.
        url: String,
        /// The HTTP status.
        status: StatusCode,
        /// The error in the body, if it is one of the protocol's.
        fault: Option<Fault>,
    },
    /// An answer of another kind.
    #[error("{url} answers with another content type than {expected}")]
    ContentType {
        /// Who.
        url: String,
        /// What should have come.
        expected: &'static str,
    },
    /// An answer that is too long.
    #[error("{url} answers with more than {limit} bytes")]
    TooLong {
        /// Who.
        url: String,
        /// The greatest length.
        limit: usize,
    },
    /// The budget is spent.
    #[error("the limit of {0} for one collection is reached")]
    Spent(&'static str),
    /// An answer that cannot be read.
    #[error("an endpoint's answer cannot be read")]
    Json(#[from] JsonError),
    /// An answer without what it must have.
    #[error("an endpoint's answer is incomplete")]
    Claim(#[from] ClaimError),
    /// An address that is not used.
    #[error("an endpoint's address cannot be used")]
    Address(#[from] EntityIdError),
}

impl CallError {
    /// What to tell the user.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::NoAnswer(_) | Self::Spent("time") => Remedy::TryLater,
            Self::Status { fault: Some(fault), .. } => fault.remedy(),
            Self::Status { status, .. } if status.is_server_error() => Remedy::TryLater,
            _ => Remedy::TellOperator,
        }
    }
}

/// A client of the federation's endpoints for one collection: it remembers what was spent.
///
/// Its futures may be dropped at any point. Each single request is under the time limit of the [`Fetch`] given.
pub struct Client<'a, F> {
    fetch: &'a F,
    clock: &'a (dyn Fn() -> Timestamp + Send + Sync),
    /// What it may spend.
    pub limits: Limits,
    began: Timestamp,
    fetches: usize,
    bytes: usize,
}

impl<'a, F: Fetch> Client<'a, F> {
    /// A client that has spent nothing.
    pub fn new(fetch: &'a F, clock: &'a (dyn Fn() -> Timestamp + Send + Sync), limits: Limits) -> Self {
        Self { fetch, clock, limits, began: clock(), fetches: 0, bytes: 0 }
    }

    /// The present, by the clock given.
    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// An entity's own configuration, in compact form.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn configuration(&mut self, entity: &EntityId) -> Result<String, CallError> {
        let url = endpoint(&entity.configuration_url(), entity)?;
        self.statement_at(url).await
    }

    /// What `superior` says about `subject`, in compact form (section 8.1).
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn subordinate(&mut self, superior: &EntityStatement, subject: &EntityId) -> Result<String, CallError> {
        let mut url = endpoint(superior.federation_text("federation_fetch_endpoint")?, &superior.subject)?;
        url.query_pairs_mut().append_pair("sub", subject.as_str());
        self.statement_at(url).await
    }

    /// The entities directly below `superior`, of one type such as `openid_provider` (section 8.2).
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn list(&mut self, superior: &EntityStatement, entity_type: &str) -> Result<Vec<EntityId>, CallError> {
        let mut url = endpoint(superior.federation_text("federation_list_endpoint")?, &superior.subject)?;
        url.query_pairs_mut().append_pair("entity_type", entity_type);
        let answer = self.send(request(Method::GET, &url, Vec::new())?, "application/json").await?;
        let value = json::parse(&answer, self.limits.answer)?;
        let items = value.as_array().ok_or(ClaimError::Shape("list"))?;
        let texts = items.iter().map(|item| item.as_str().ok_or(ClaimError::Shape("list")));
        texts.map(|text| Ok(EntityId::parse(text?)?)).collect()
    }

    /// Whether a trust mark still stands (section 8.4, in the Italian form that names it by `id` and `sub`).
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn trust_mark_status(
        &mut self,
        issuer: &EntityStatement,
        mark: &str,
        subject: &EntityId,
    ) -> Result<bool, CallError> {
        let address = issuer.federation_text("federation_trust_mark_status_endpoint")?;
        let url = endpoint(address, &issuer.subject)?;
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("id", mark).append_pair("trust_mark_type", mark).append_pair("sub", subject.as_str());
        let answer = self.send(request(Method::POST, &url, form.finish().into_bytes())?, "application/json").await?;
        let object = json::parse_object(&answer, self.limits.answer)?;
        match object.get("active") {
            Some(Value::Bool(active)) => Ok(*active),
            _ => Err(CallError::Claim(ClaimError::Shape("active"))),
        }
    }

    /// The trust chain of `subject` as some entity has resolved it (section 8.3). Nothing in the answer is believed: the
    /// statements are to be verified with [`TrustChain::verify`](super::chain::TrustChain::verify).
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn resolve(
        &mut self,
        resolver: &EntityStatement,
        subject: &EntityId,
        anchor: &EntityId,
    ) -> Result<Vec<String>, CallError> {
        let address = resolver.federation_text("federation_resolve_endpoint")?;
        let mut url = endpoint(address, &resolver.subject)?;
        // Version 1.0 says trust_anchor; the Italian rules still say anchor.
        let anchor = anchor.as_str();
        url.query_pairs_mut()
            .append_pair("sub", subject.as_str())
            .append_pair("trust_anchor", anchor)
            .append_pair("anchor", anchor);
        let answer = self.send(request(Method::GET, &url, Vec::new())?, "application/").await?;
        let text = String::from_utf8(answer).map_err(|_| ClaimError::Shape("resolve"))?;
        let answer = super::jose::Unverified::parse(&text).map_err(|_| ClaimError::Shape("resolve"))?;
        Ok(answer.claims().texts("trust_chain")?.into_iter().map(str::to_owned).collect())
    }

    async fn statement_at(&mut self, url: Url) -> Result<String, CallError> {
        let answer = self.send(request(Method::GET, &url, Vec::new())?, "application/entity-statement+jwt").await?;
        let text = String::from_utf8(answer).map_err(|_| ClaimError::Shape(TYP))?;
        Ok(text.trim_ascii().to_owned())
    }

    async fn send(&mut self, request: Request<Vec<u8>>, expected: &'static str) -> Result<Vec<u8>, CallError> {
        if self.fetches >= self.limits.fetches {
            return Err(CallError::Spent("requests"));
        }
        if self.now().duration_since(self.began) > self.limits.time {
            return Err(CallError::Spent("time"));
        }
        self.fetches += 1;
        let url = request.uri().to_string();
        let answer = self.fetch.send(request).await?;
        self.bytes += answer.body().len();
        if answer.body().len() > self.limits.answer {
            return Err(CallError::TooLong { url, limit: self.limits.answer });
        }
        if self.bytes > self.limits.bytes {
            return Err(CallError::Spent("bytes"));
        }
        if answer.status() != StatusCode::OK {
            return Err(CallError::Status { url, status: answer.status(), fault: Fault::read(answer.body()) });
        }
        if !content_type(&answer).starts_with(expected) {
            return Err(CallError::ContentType { url, expected });
        }
        Ok(answer.into_body())
    }
}

impl<F> std::fmt::Debug for Client<'_, F> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("Client");
        shown.field("limits", &self.limits).field("fetches", &self.fetches).finish_non_exhaustive()
    }
}

pub(crate) fn content_type(answer: &Response<Vec<u8>>) -> String {
    let value = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().trim().to_ascii_lowercase()
}

/// A request to `url`; one with a body has a form in it.
pub(crate) fn request(method: Method, url: &Url, body: Vec<u8>) -> Result<Request<Vec<u8>>, EntityIdError> {
    let mut request = Request::builder().method(method).uri(url.as_str());
    if !body.is_empty() {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    request.body(body).map_err(|_| EntityIdError(url.to_string()))
}
