//! The indexes on the wire.

use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, Query, Request, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use serde::Deserialize;
use serde_json::json;

use super::control::Change;
use super::lists::Failure;
use super::wire::Status;
use super::{Inad, InadState};
use crate::pdnd::{Refusal, Visit, delay};
use crate::register::Spoilt;

pub(super) fn router(inad: Inad) -> Router {
    Router::new()
        .route("/extract/{code}", get(extract))
        .route("/verify/{code}", get(verify))
        .route("/listDigitalAddress", post(request_list))
        .route("/listDigitalAddress/state/{id}", get(list_state))
        .route("/listDigitalAddress/response/{id}", get(list))
        .layer(middleware::from_fn_with_state(inad.clone(), slow_down))
        .route("/control", get(control).post(change))
        .with_state(inad)
}

pub(super) fn inipec_router(inad: Inad) -> Router {
    Router::new()
        .route("/{code}", get(certified))
        .layer(middleware::from_fn_with_state(inad.clone(), slow_down))
        .with_state(inad)
}

async fn slow_down(State(inad): State<Inad>, request: Request, next: Next) -> Response {
    let delay = delay(&inad.state().mode);
    if let Some(delay) = delay {
        tokio::time::sleep(delay).await;
    }
    let mut response = next.run(request).await;
    inad.shared.pdnd.add_nonce(response.headers_mut());
    response
}

/// What a request brings to be let in.
struct Brought {
    method: Method,
    url: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Brought {
    fn visit(&self) -> Visit<'_> {
        Visit { method: &self.method, url: &self.url, headers: &self.headers, body: &self.body }
    }
}

/// The whole request, with the address at which it arrived: the proofs are about that, not about what a router leaves.
impl axum::extract::FromRequest<Inad> for Brought {
    type Rejection = Response;

    async fn from_request(request: Request, inad: &Inad) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let path = parts.extensions.get::<OriginalUri>().map_or(parts.uri.path(), |original| original.path());
        let url = format!("{}{path}", origin(inad.base_url()));
        let body = axum::body::to_bytes(body, 1 << 20).await.map_err(|error| error.to_string().into_response())?;
        Ok(Self { method: parts.method, url, headers: parts.headers, body })
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or(url, |end| &url[..host + end])
}

#[derive(Deserialize)]
struct Reference {
    #[serde(rename = "practicalReference", default)]
    reference: String,
    #[serde(default)]
    digital_address: String,
    #[serde(default)]
    since: String,
}

async fn extract(
    State(inad): State<Inad>,
    Path(code): Path<String>,
    Query(query): Query<Reference>,
    brought: Brought,
) -> Response {
    if query.reference.is_empty() {
        return fail(&inad, Failure::BadRequest("practicalReference obbligatorio")).await;
    }
    answer(&inad, inad.extract(brought.visit(), &code)).await
}

async fn verify(
    State(inad): State<Inad>,
    Path(code): Path<String>,
    Query(query): Query<Reference>,
    brought: Brought,
) -> Response {
    if query.reference.is_empty() || query.since.parse::<jiff::civil::Date>().is_err() {
        return fail(&inad, Failure::BadRequest("practicalReference e since obbligatori")).await;
    }
    answer(&inad, inad.verify(brought.visit(), &code, &query.digital_address)).await
}

async fn request_list(State(inad): State<Inad>, brought: Brought) -> Response {
    match inad.request_list(brought.visit()) {
        Ok(accepted) => {
            let location = format!("{}/listDigitalAddress/state/{}", inad.base_url(), accepted.id);
            (StatusCode::ACCEPTED, [(LOCATION, location)], Json(accepted)).into_response()
        }
        Err(failure) => fail(&inad, failure).await,
    }
}

async fn list_state(State(inad): State<Inad>, Path(id): Path<String>, brought: Brought) -> Response {
    match inad.list_state(brought.visit(), &id) {
        Ok(false) => {
            let status = Status { state: "IN_ELABORAZIONE", message: "Richiesta elenco in elaborazione" };
            Json(status).into_response()
        }
        Ok(true) => {
            let location = format!("{}/listDigitalAddress/response/{id}", inad.base_url());
            let status = Status { state: "DISPONIBILE", message: "Richiesta elenco disponibile" };
            (StatusCode::SEE_OTHER, [(LOCATION, location)], Json(status)).into_response()
        }
        Err(failure) => fail(&inad, failure).await,
    }
}

async fn list(State(inad): State<Inad>, Path(id): Path<String>, brought: Brought) -> Response {
    answer(&inad, inad.list(brought.visit(), &id)).await
}

async fn certified(State(inad): State<Inad>, Path(code): Path<String>, brought: Brought) -> Response {
    answer(&inad, inad.certified(brought.visit(), &code)).await
}

async fn answer<T: serde::Serialize>(inad: &Inad, result: Result<T, Failure>) -> Response {
    match result {
        Ok(value) => Json(value).into_response(),
        Err(failure) => fail(inad, failure).await,
    }
}

async fn fail(inad: &Inad, failure: Failure) -> Response {
    match failure {
        Failure::Spoilt(spoilt) => spoil(spoilt).await,
        Failure::NotLetIn(Refusal::Because(why)) => problem(StatusCode::UNAUTHORIZED, why),
        Failure::NotLetIn(Refusal::Nonce) => {
            let mut answer = problem(StatusCode::UNAUTHORIZED, "the proof must carry a nonce");
            let challenge = HeaderValue::from_static("DPoP error=\"use_dpop_nonce\"");
            answer.headers_mut().insert(WWW_AUTHENTICATE, challenge);
            inad.shared.pdnd.add_nonce(answer.headers_mut());
            answer
        }
        Failure::BadRequest(why) => problem(StatusCode::BAD_REQUEST, why),
        Failure::NotFound(why) => problem(StatusCode::NOT_FOUND, why),
    }
}

async fn spoil(spoilt: Spoilt) -> Response {
    match spoilt {
        Spoilt::Silent => std::future::pending().await,
        Spoilt::Down => {
            let mut answer = problem(StatusCode::SERVICE_UNAVAILABLE, "Servizio non disponibile");
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("120"));
            answer
        }
        Spoilt::Refused => problem(StatusCode::UNAUTHORIZED, "Unauthorized"),
        Spoilt::Broken => problem(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error"),
        Spoilt::Garbled => {
            let half = r#"{"list":[{"codiceFiscale":"123"#;
            ([(CONTENT_TYPE, "application/json")], half).into_response()
        }
        Spoilt::Page => {
            let page = "<!DOCTYPE html><html><head><title>404</title></head><body>Not Found</body></html>";
            (StatusCode::NOT_FOUND, [(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
        }
    }
}

/// A problem in the index's own form.
fn problem(status: StatusCode, detail: &str) -> Response {
    let kind = status.canonical_reason().unwrap_or_default().to_uppercase().replace(' ', "_");
    let body = json!({ "status": status.as_u16().to_string(), "type": kind, "detail": detail });
    (status, [(CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

async fn control(State(inad): State<Inad>) -> Json<InadState> {
    Json(inad.overview())
}

async fn change(State(inad): State<Inad>, Json(change): Json<Change>) -> Json<InadState> {
    inad.apply(change);
    control(State(inad)).await
}
