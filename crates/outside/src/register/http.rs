//! The register on the wire.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::json;

use super::calls::{Credentials, Failure, List, SeatAnswer};
use super::control::Change;
use super::{Register, RegisterMode, RegisterState};

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

pub(super) fn router(register: Register) -> Router {
    Router::new()
        .route("/authentication", post(authentication))
        .route("/richiestaElencoPec", post(request_list))
        .route("/getElencoPec/{id}", get(list))
        .route("/sede/{cf}", post(seat))
        .route("/listaLegaleRappresentante/{person}", get(represented))
        .route("/legaleRappresentante/{person}", get(represents))
        .layer(middleware::from_fn_with_state(register.clone(), behave))
        .route("/control", get(control).post(change))
        .with_state(register)
}

#[derive(Deserialize)]
struct Client {
    client_id: Option<String>,
}

async fn authentication(State(register): State<Register>, Query(client): Query<Client>, body: String) -> Response {
    // The statement comes bare, or as a JSON string as the description of the interface says.
    let statement = body.trim().trim_matches('"');
    answer(register.open(statement, client.client_id.as_deref())).await
}

async fn request_list(State(register): State<Register>, headers: HeaderMap, body: Bytes) -> Response {
    answer(register.request_list(credentials(&headers), &body)).await
}

async fn list(State(register): State<Register>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    match register.list(credentials(&headers), &id) {
        Ok(List::InProgress(trouble)) => Json(trouble).into_response(),
        Ok(List::Ready(list)) => Json(list).into_response(),
        Err(failure) => fail(failure).await,
    }
}

async fn seat(State(register): State<Register>, headers: HeaderMap, Path(code): Path<String>) -> Response {
    match register.seat(credentials(&headers), &code) {
        Ok(SeatAnswer::NotFound(trouble)) => Json(trouble).into_response(),
        Ok(SeatAnswer::Found(seat)) => Json(*seat).into_response(),
        Err(failure) => fail(failure).await,
    }
}

async fn represented(State(register): State<Register>, headers: HeaderMap, Path(person): Path<String>) -> Response {
    answer(register.represented(credentials(&headers), &person)).await
}

#[derive(Deserialize)]
struct Firm {
    #[serde(rename = "cfImpresa", default)]
    firm: String,
}

async fn represents(
    State(register): State<Register>,
    headers: HeaderMap,
    Path(person): Path<String>,
    Query(query): Query<Firm>,
) -> Response {
    answer(register.represents(credentials(&headers), &person, &query.firm)).await
}

async fn control(State(register): State<Register>) -> Json<RegisterState> {
    Json(register.control().state())
}

async fn change(State(register): State<Register>, Json(change): Json<Change>) -> Json<RegisterState> {
    register.control().apply(change);
    control(State(register)).await
}

/// What holds for every answer: the numbers of the allowance, and the delay of a slow register.
async fn behave(State(register): State<Register>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let (numbers, mode) = register.quota();
    for (name, value) in [LIMIT, REMAINING, RESET].into_iter().zip(numbers) {
        response.headers_mut().insert(name, HeaderValue::from(value));
    }
    if let RegisterMode::Slow { delay_ms: Some(delay) } = mode {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    response
}

impl Register {
    /// Limit, remaining and seconds to the next free place, as `RAC_ROBUSTEZZA` names them.
    fn quota(&self) -> ([u64; 3], RegisterMode) {
        let now = self.now();
        let state = self.state();
        let limit = u64::from(state.per_minute);
        let used = u64::try_from(state.book.answered(now)).unwrap_or(u64::MAX);
        ([limit, limit.saturating_sub(used), whole_seconds(state.book.reset(now))], state.mode.clone())
    }
}

fn credentials(headers: &HeaderMap) -> Credentials<'_> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    Credentials { bearer: text(AUTHORIZATION.as_str()), scope: text("scope") }
}

async fn answer<T: serde::Serialize>(result: Result<T, Failure>) -> Response {
    match result {
        Ok(value) => Json(value).into_response(),
        Err(failure) => fail(failure).await,
    }
}

async fn fail(failure: Failure) -> Response {
    match failure {
        Failure::Silent => std::future::pending().await,
        Failure::Down { retry_after } => {
            let mut answer = error(StatusCode::SERVICE_UNAVAILABLE, "Servizio non disponibile");
            if let Some(time) = retry_after {
                answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(whole_seconds(time)));
            }
            answer
        }
        Failure::Throttled { retry_after } => {
            let headers = [(RETRY_AFTER, HeaderValue::from(whole_seconds(retry_after)))];
            (headers, error(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests")).into_response()
        }
        Failure::Broken => error(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error"),
        Failure::NotLetIn(why) => error(StatusCode::UNAUTHORIZED, why),
        Failure::BadRequest(why) => error(StatusCode::BAD_REQUEST, why),
        Failure::NotFound => error(StatusCode::NOT_FOUND, "Servizio non trovato"),
        Failure::Garbled => {
            let half = r#"{"dataOraDownload":"2026-02-13T09:00:00Z","elencoPec":[{"cf":"123"#;
            ([(CONTENT_TYPE, "application/json")], half).into_response()
        }
        Failure::Page => {
            let page = "<!DOCTYPE html><html><head><title>Servizio sovraccarico</title></head><body><h1>Riprovare</h1></body></html>";
            ([(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
        }
    }
}

fn error(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "code": status.as_u16(), "message": message }))).into_response()
}

/// Rounded up, so that whoever waits as told has waited long enough.
fn whole_seconds(time: SignedDuration) -> u64 {
    let up = i64::from(time.subsec_nanos() > 0);
    u64::try_from(time.as_secs().saturating_add(up)).unwrap_or_default()
}
