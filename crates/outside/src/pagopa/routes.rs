//! The node's addresses.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use super::node::Node;
use super::{carts, pages};

/// The largest body that is read.
const MAX_BODY: usize = 64 * 1024;

pub(super) fn router(node: Node) -> Router {
    Router::new()
        .route("/checkout/ec/v1/carts", post(carts::create))
        .route("/checkout/pay/{id}", get(pages::checkout::show).post(pages::checkout::pay))
        .route("/psp", get(pages::counter::show).post(pages::counter::pay))
        .route("/psp/payments/{id}", get(pages::counter::slip))
        .route("/style.css", get(pages::style))
        .route("/control", get(control).post(set_control))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(node)
}

async fn control(State(node): State<Node>) -> Response {
    Json(node.control()).into_response()
}

async fn set_control(State(node): State<Node>, body: Bytes) -> Response {
    match node.control().patched(&body) {
        Ok(control) => {
            node.set_control(control.clone());
            Json(control).into_response()
        }
        Err(error) => (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
    }
}
