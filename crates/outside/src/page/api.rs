//! The world for scripts: JSON under `/api`.

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{api_cie, api_cns, api_mail, api_spid, payments};
use crate::register::RegisterState;
use crate::world::World;

pub(super) fn router() -> Router<World> {
    Router::new()
        .route("/clock", get(clock).post(move_clock))
        .route("/tick", post(tick))
        .route("/register", get(register))
        .route("/mailboxes", get(api_mail::list))
        .route("/mailboxes/{address}", get(api_mail::messages).post(api_mail::set_behaviour))
        .route("/mailboxes/{address}/messages", post(api_mail::write))
        .route("/payments", get(payments::api_list))
        .route("/payments/receipt", post(payments::api_deliver))
        .route("/cie", get(api_cie::state))
        .route("/cie/behaviour", post(api_cie::switch))
        .route("/cie/relying-parties", post(api_cie::register))
        .route("/cie/grants/{id}/end", post(api_cie::end))
        .route("/spid", get(api_spid::state))
        .route("/spid/services", post(api_spid::admit))
        .route("/spid/providers/{slug}", post(api_spid::switch))
        .route("/cns", get(api_cns::state).post(api_cns::issue))
        .route("/cns/services", post(api_cns::services))
        .route("/cns/{serial}", post(api_cns::revoke))
        .fallback(async || StatusCode::NOT_FOUND)
}

#[derive(Serialize)]
struct ClockState {
    now: Timestamp,
}

async fn clock(State(world): State<World>) -> Json<ClockState> {
    Json(ClockState { now: world.now() })
}

/// Either is enough: a number of seconds, or the instant to go to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    advance_seconds: Option<u32>,
    to: Option<Timestamp>,
}

async fn move_clock(State(world): State<World>, Json(request): Json<Move>) -> Response {
    let by = match (request.advance_seconds, request.to) {
        (Some(seconds), None) => SignedDuration::from_secs(seconds.into()),
        (None, Some(to)) => to.duration_since(world.now()),
        _ => return refuse("give either advance_seconds or to"),
    };
    if by.is_negative() {
        return refuse("time only moves forward in this world");
    }
    world.advance(by).await;
    clock(State(world)).await.into_response()
}

async fn tick(State(world): State<World>) -> Json<ClockState> {
    world.tick().await;
    clock(State(world)).await
}

/// What `/register/control` shows; it is changed there.
async fn register(State(world): State<World>) -> Json<RegisterState> {
    Json(world.register().control().state())
}

pub(super) fn refuse(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response()
}
