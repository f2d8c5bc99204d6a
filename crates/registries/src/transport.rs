//! One HTTP exchange: sent with time limits, and every outcome that is not an answer told apart.

use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::{Error, Stage};
use crate::headers;
use crate::wire::Trouble;

/// No list of 100 addresses comes near it; a longer answer is somebody else's.
const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// Sends `request` and returns the body of a 2xx answer.
pub(crate) async fn send(request: RequestBuilder, now: Timestamp) -> Result<Vec<u8>, Error> {
    let response = request.send().await.map_err(connection_error)?;
    let status = response.status();
    let headers = response.headers().clone();
    if status.is_redirection() {
        return Err(Error::Garbled { reason: "a redirect to another page" });
    }
    let body = read(response).await;
    if status.is_success() {
        return body;
    }
    // The status alone decides: the register's gateway sends HTML with some of its errors, or cuts them short.
    Err(status_error(status, &headers, &body.unwrap_or_default(), now))
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
    let kind = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
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
        status => Error::Rejected { status, code: json::<Trouble>(body).ok().and_then(|t| t.code()) },
    }
}

/// The `message` or `description` of an error body, for the log: at most 200 characters, nothing else of the body.
fn reason(body: &[u8]) -> String {
    let value: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let text = ["message", "description"].iter().find_map(|key| value.get(key)?.as_str()).unwrap_or_default();
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}
