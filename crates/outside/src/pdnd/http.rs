//! The platform on the wire.

use std::time::Duration;

use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use serde_json::{Value, json};

use super::assertion::TokenRequest;
use super::control::Change;
use super::{Pdnd, PdndState, Refusal};
use crate::register::{RegisterMode, Spoilt};

/// The header with the nonce that a proof has to carry (RFC 9449 section 8).
pub(crate) const NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

pub(super) fn router(pdnd: Pdnd) -> Router {
    Router::new()
        .route("/token.oauth2", post(token))
        .route("/.well-known/jwks.json", get(keys))
        .route("/control", get(control).post(change))
        .with_state(pdnd)
}

async fn token(State(pdnd): State<Pdnd>, headers: HeaderMap, Form(form): Form<TokenRequest>) -> Response {
    if let Some(delay) = delay(&pdnd.mode()) {
        tokio::time::sleep(delay).await;
    }
    if let Some(spoilt) = pdnd.spoil() {
        return spoil(spoilt).await;
    }
    let proof = headers.get("dpop").and_then(|value| value.to_str().ok());
    match pdnd.issue(&form, proof) {
        Ok(voucher) => Json(voucher).into_response(),
        Err(Refusal::Nonce) => {
            let mut answer = refuse("use_dpop_nonce", "the proof must carry a nonce");
            pdnd.add_nonce(answer.headers_mut());
            answer
        }
        Err(Refusal::Because(why)) => refuse("invalid_client", why),
    }
}

fn refuse(error: &str, why: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error, "error_description": why }))).into_response()
}

/// What a mode makes of a call, in the words of a gateway.
async fn spoil(spoilt: Spoilt) -> Response {
    match spoilt {
        Spoilt::Silent => std::future::pending().await,
        Spoilt::Down => (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "120")]).into_response(),
        Spoilt::Refused => refuse("invalid_client", "Unauthorized"),
        Spoilt::Broken => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Spoilt::Garbled => ([(CONTENT_TYPE, "application/json")], r#"{"access_token":"eyJ"#).into_response(),
        Spoilt::Page => ([(CONTENT_TYPE, "text/html")], "<!DOCTYPE html><title>Riprovare</title>").into_response(),
    }
}

/// How long a slow source takes, in real time.
pub(crate) fn delay(mode: &RegisterMode) -> Option<Duration> {
    match mode {
        RegisterMode::Slow { delay_ms } => delay_ms.map(Duration::from_millis),
        _ => None,
    }
}

impl Pdnd {
    fn mode(&self) -> RegisterMode {
        self.state().mode.clone()
    }

    fn spoil(&self) -> Option<Spoilt> {
        let state = &mut *self.state();
        state.mode.spoil(&mut state.chance, false)
    }

    /// Tells the nonce that proofs have to carry at present.
    pub(crate) fn add_nonce(&self, headers: &mut HeaderMap) {
        let nonce = self.state().nonce.as_deref().and_then(|nonce| HeaderValue::from_str(nonce).ok());
        if let Some(nonce) = nonce {
            headers.insert(NONCE, nonce);
        }
    }
}

async fn keys(State(pdnd): State<Pdnd>) -> Json<Value> {
    Json(pdnd.shared.keys.to_value())
}

async fn control(State(pdnd): State<Pdnd>) -> Json<PdndState> {
    Json(pdnd.overview())
}

async fn change(State(pdnd): State<Pdnd>, Json(change): Json<Change>) -> Response {
    match pdnd.apply(change) {
        Ok(()) => Json(pdnd.overview()).into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "error": error.to_string() }))).into_response(),
    }
}
