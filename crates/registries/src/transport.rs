//! One HTTP exchange: sent with time limits, and every outcome that is not an answer told apart.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, ClientBuilder, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use url::Url;

use crate::error::{ConfigError, Error, Stage};
use crate::{Answered, headers};

/// No list of 1,000 addresses comes near it; a longer answer is somebody else's.
const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// How long a source may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLimits {
    /// For a connection: 4 s by default, as in PagoPA's client.
    pub connect: Duration,
    /// For an answer once connected: 15 s by default, as in PagoPA's client.
    pub read: Duration,
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(4), read: Duration::from_secs(15) }
    }
}

impl TimeLimits {
    /// For the whole exchange: a source that sends one byte a second does not answer either.
    pub(crate) fn whole(self) -> Duration {
        self.connect + self.read
    }

    /// An HTTP client that keeps them, follows no redirect and asks no proxy.
    pub(crate) fn client(self, change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Client, ConfigError> {
        let builder = Client::builder()
            .connect_timeout(self.connect)
            .read_timeout(self.read)
            .timeout(self.whole())
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy();
        change(builder).build().map_err(ConfigError::Client)
    }
}

/// Refuses an address that is not one of a web service.
pub(crate) fn check_address(url: &Url) -> Result<(), ConfigError> {
    let sound = matches!(url.scheme(), "http" | "https") && !url.cannot_be_a_base();
    if sound { Ok(()) } else { Err(ConfigError::BaseUrl) }
}

/// The address with `segments` behind it, each escaped.
pub(crate) fn below(base: &Url, segments: &[&str]) -> Url {
    let mut url = base.clone();
    // Addresses that have no path were refused when the client was made.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

/// What came back, whatever its status.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    body: Result<Vec<u8>, Error>,
}

/// Sends `request` and reads what comes back.
pub(crate) async fn exchange(request: RequestBuilder) -> Result<Exchange, Error> {
    let response = request.send().await.map_err(connection_error)?;
    let (status, headers) = (response.status(), response.headers().clone());
    Ok(Exchange { status, headers, body: read(response).await })
}

/// Sends `request` and returns the body of a 2xx answer.
pub(crate) async fn send(request: RequestBuilder, now: Timestamp) -> Result<Answered<Vec<u8>>, Error> {
    exchange(request).await?.accept(now)
}

impl Exchange {
    /// The body of a 2xx answer.
    pub(crate) fn accept(self, now: Timestamp) -> Result<Answered<Vec<u8>>, Error> {
        if self.status.is_redirection() {
            return Err(Error::Garbled { reason: "a redirect to another page" });
        }
        if self.status.is_success() {
            return Ok(Answered { value: self.body?, quota: headers::quota(&self.headers) });
        }
        // The status alone decides: a gateway sends HTML with some of its errors, or cuts them short.
        Err(status_error(self.status, &self.headers, self.text(), now))
    }

    /// The body as far as it was read; empty when it was not.
    pub(crate) fn text(&self) -> &[u8] {
        self.body.as_deref().unwrap_or_default()
    }

    /// A header as text, when it is there once and printable.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether the answer declares itself to be of this media type, parameters apart.
    pub(crate) fn declares(&self, kind: &str) -> bool {
        media_type(&self.headers).eq_ignore_ascii_case(kind)
    }
}

/// Reads JSON; what is not JSON by its own declaration is not tried, so that an HTML page is called one.
pub(crate) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let first = body.iter().find(|b| !b.is_ascii_whitespace());
    match first {
        None => return Err(Error::Garbled { reason: "an empty answer" }),
        Some(b'<') => return Err(Error::Garbled { reason: "a page instead of data" }),
        Some(_) => {}
    }
    serde_json::from_slice(body).map_err(|e| Error::Garbled {
        reason: match e.classify() {
            serde_json::error::Category::Eof => "JSON that was cut short",
            serde_json::error::Category::Data => "JSON of another shape",
            _ => "not JSON",
        },
    })
}

async fn read(mut response: Response) -> Result<Vec<u8>, Error> {
    let page = declares_a_page(response.headers());
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > MAX_ANSWER => {
                return Err(Error::Garbled { reason: "an answer that does not end" });
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) if page => return Err(Error::Garbled { reason: "a page instead of data" }),
            Ok(None) => return Ok(body),
            Err(e) if e.is_timeout() => return Err(Error::TimedOut { stage: Stage::Answer }),
            Err(_) => return Err(Error::Garbled { reason: "an answer that was cut short" }),
        }
    }
}

/// Only HTML is refused by its declaration: registers do send JSON as `text/plain` or undeclared.
fn declares_a_page(headers: &HeaderMap) -> bool {
    let kind = media_type(headers);
    kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
}

fn media_type(headers: &HeaderMap) -> &str {
    let kind = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim()
}

/// The address of the page is taken out of the error: in some calls it holds a tax code.
fn connection_error(error: reqwest::Error) -> Error {
    if error.is_timeout() {
        let stage = if error.is_connect() { Stage::Connect } else { Stage::Answer };
        return Error::TimedOut { stage };
    }
    Error::Unavailable { retry_after: None, status: None, source: Some(error.without_url()) }
}

fn status_error(status: StatusCode, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Error {
    let retry_after = headers::retry_after(headers, now);
    match status.as_u16() {
        429 => Error::Throttled { retry_after, quota: headers::quota(headers) },
        status @ (401 | 403) => Error::Refused { status, reason: reason(body) },
        status @ 500.. => Error::Unavailable { retry_after, status: Some(status), source: None },
        // The server, a proxy or we were too slow for the connection: nothing is wrong with the question.
        status @ 408 => Error::Unavailable { retry_after, status: Some(status), source: None },
        status => Error::Rejected { status, code: code(body) },
    }
}

/// The `code` of an error body, or the `type` of a problem (RFC 9457): names of errors, which hold nothing of the question.
fn code(body: &[u8]) -> Option<String> {
    let value: serde_json::Value = serde_json::from_slice(body).ok()?;
    let text = ["code", "type"].iter().find_map(|key| match value.get(key)? {
        serde_json::Value::String(text) if !text.is_empty() => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    })?;
    Some(text.chars().filter(|c| !c.is_control()).take(100).collect())
}

/// What an error body says about the client, for the log: at most 200 characters, nothing else of the body.
pub(crate) fn reason(body: &[u8]) -> String {
    const WORDS: [&str; 5] = ["message", "description", "error_description", "error", "detail"];
    let value: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let text = WORDS.iter().find_map(|key| value.get(key)?.as_str()).unwrap_or_default();
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}
