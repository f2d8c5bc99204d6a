//! Requests that come again under the same `Idempotency-Key`
//! (<https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/>).

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use sportello_core::committenti::idempotency::{self, Claim, Kept};

use super::LARGEST_BODY;
use super::caller::Caller;
use super::problem::{self, Problem};
use crate::rx::Rx;

const NAME: HeaderName = HeaderName::from_static("idempotency-key");
const LONGEST: usize = 255;
/// Headers that are repeated with an answer.
const REPEATED: [HeaderName; 3] = [header::CONTENT_TYPE, header::LOCATION, header::RETRY_AFTER];

/// Serves a request, or gives the answer that the same request got before.
pub(super) async fn serve(rx: &Rx, caller: Caller, request: Request, next: Next) -> Response {
    let served = match key(request.method(), request.headers()) {
        Ok(None) => Ok(problem::of_any(rx, run(caller, request, next).await)),
        Ok(Some(key)) => once(rx, caller, &key, request, next).await,
        Err(problem) => Err(problem),
    };
    served.unwrap_or_else(|problem| problem::of_any(rx, problem.into_response()))
}

async fn run(caller: Caller, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// The key of a request that makes something: a string of structured headers, or the same without its quotes.
fn key(method: &Method, headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(NAME).filter(|_| method == Method::POST) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
    let sound = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic() && b != b'"');
    if sound { Ok(Some(text.to_owned())) } else { Err(Problem::new(StatusCode::BAD_REQUEST, "idempotency-key")) }
}

async fn once(rx: &Rx, mut caller: Caller, key: &str, request: Request, next: Next) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let too_large = |_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large");
    let bytes = to_bytes(body, LARGEST_BODY).await.map_err(too_large)?;
    // The path that was asked for: inside, addresses have no tenant.
    let same = [parts.method.as_str().as_bytes(), parts.uri.to_string().as_bytes(), &bytes].map(<[u8]>::to_vec);
    let (cx, id) = (caller.cx.clone(), caller.known.committente_id);
    match idempotency::claim(&cx, id, key, &idempotency::fingerprint(&same)).await? {
        Claim::Answered(kept) => return Ok(again(kept)),
        Claim::UnderWay => return Err(Problem::new(StatusCode::CONFLICT, "idempotency-busy").retry_after(1)),
        Claim::Another => return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-reused")),
        Claim::Mine(claim) => caller.claim = Some(claim),
    }
    let response = run(caller, Request::from_parts(parts, Body::from(bytes)), next).await;
    let response = problem::of_any(rx, response);
    let status = response.status();
    // What failed for a reason that passes may be tried again under the same key.
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        idempotency::release(&cx, id, key).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body =
        to_bytes(body, usize::MAX).await.map_err(|_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal"))?;
    let kept = Kept { status: status.as_u16(), head: head(&parts.headers), body: body.to_vec() };
    idempotency::keep(&cx, id, key, &kept).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn head(headers: &HeaderMap) -> String {
    let pair = |name: &HeaderName| Some((name.as_str().to_owned(), headers.get(name)?.to_str().ok()?.to_owned()));
    let pairs: Vec<(String, String)> = REPEATED.iter().filter_map(pair).collect();
    serde_json::to_string(&pairs).unwrap_or_default()
}

fn again(kept: Kept) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut response = (status, kept.body).into_response();
    let pairs: Vec<(String, String)> = serde_json::from_str(&kept.head).unwrap_or_default();
    for (name, value) in pairs {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Result<Option<String>, StatusCode> {
        let headers = HeaderMap::from_iter([(NAME, value.parse().unwrap())]);
        key(&Method::POST, &headers).map_err(|problem| problem.status())
    }

    #[test]
    fn a_key_may_stand_in_quotes() {
        assert_eq!(read("\"8e03978e\""), Ok(Some("8e03978e".to_owned())));
        assert_eq!(read("8e03978e"), Ok(Some("8e03978e".to_owned())));
        for bad in ["", "\"\"", "a b", &"x".repeat(256)] {
            assert_eq!(read(bad), Err(StatusCode::BAD_REQUEST), "{bad}");
        }
        let headers = HeaderMap::from_iter([(NAME, "k".parse().unwrap())]);
        assert_eq!(key(&Method::GET, &headers), Ok(None), "what only reads needs none");
    }
}
