//! The interface for programs of committenti: `openapi.json` describes it, and a test compares the two.

mod bulk;
mod queries;
mod shown;
mod statement;

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::header;
use serde_json::json;
use sportello_core::committenti::usage;
use web::api::{self, Caller, Problem};
use web::{Rx, State};

/// The description, as it is served.
pub const DESCRIPTION: &str = include_str!("openapi.json");

/// The addresses of the interface within a tenant.
pub(super) fn routes() -> Router<State> {
    let protected = Router::new()
        .route("/api/v1/account", get(account))
        .route("/api/v1/firms/{code}/regularity", get(queries::about))
        .route("/api/v1/queries", get(queries::list).post(queries::ask))
        .route("/api/v1/queries/{id}", get(queries::one))
        .route("/api/v1/queries/{id}/statement", get(statement::of_query))
        .route("/api/v1/bulk-queries", get(bulk::list).post(bulk::submit))
        .route("/api/v1/bulk-queries/{id}", get(bulk::one))
        .route("/api/v1/bulk-queries/{id}/items", get(bulk::items));
    api::protected(protected).merge(api::open()).route("/api/v1/openapi.json", get(description))
}

async fn description(rx: Rx) -> Response {
    // The only thing that differs between bodies is where the interface lies.
    let text = DESCRIPTION.replace("https://sportello.example/albo/api/v1", &rx.full_url(api::PATH));
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")], text).into_response()
}

async fn account(caller: Caller) -> Result<Response, Problem> {
    let id = caller.known.committente_id;
    let days = usage::days(&caller.cx, id, 31).await?;
    let day = |d: &usage::Day| json!({ "day": d.day, "requests": d.requests, "queries": d.queries });
    Ok(api::json(&json!({
        "name": caller.known.name,
        "key": { "prefix": caller.known.prefix, "expires_at": shown::moment(caller.known.expires_at) },
        "limits": { "requests_per_minute": caller.limit.most, "bulk_items": crate::regularity::MOST_ITEMS },
        "usage": days.iter().map(day).collect::<Vec<_>>(),
    })))
}
