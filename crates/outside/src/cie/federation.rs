//! The addresses of the federation: configurations, and what the anchor says of others.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::Cie;
use super::kit::STATEMENT_LIFETIME;

pub(super) const STATEMENT: [(HeaderName, &str); 1] = [(CONTENT_TYPE, "application/entity-statement+jwt")];

pub(super) fn router() -> Router<Cie> {
    Router::new()
        .route("/registro/{*tail}", get(ask_anchor).post(ask_anchor))
        .route("/op/.well-known/openid-federation", get(provider_configuration))
}

/// Hands a request to the anchor under the name that it goes by, wherever the router is mounted.
async fn ask_anchor(
    State(world): State<Cie>,
    Path(tail): Path<String>,
    RawQuery(query): RawQuery,
    method: Method,
    body: axum::body::Bytes,
) -> Response {
    let uri = format!("{}/{tail}?{}", world.inner.names.anchor, query.unwrap_or_default());
    let Ok(request) = Request::builder().method(method).uri(uri).body(body.to_vec()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let answer = world.kit().authority().answer(&request, world.now());
    answer.map(Body::from)
}

async fn provider_configuration(State(world): State<Cie>) -> Response {
    match world.kit().provider.entity_configuration(world.now(), STATEMENT_LIFETIME) {
        Ok(statement) => (STATEMENT, statement).into_response(),
        Err(error) => {
            tracing::error!(%error, "the provider's configuration could not be signed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
