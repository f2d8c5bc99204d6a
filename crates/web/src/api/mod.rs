//! The generic part of the HTTP interface for programs: who calls, how often, problems, bodies, repeated requests, pages.
//!
//! A desk gives its routes to [`protected`] and mounts them under [`PATH`]. Invariants: only the `Authorization` header is
//! believed, never a cookie; every error is a problem (RFC 9457), whoever made it; nothing that a caller sent is repeated
//! in a problem or in the log.

mod body;
mod caller;
mod pages;
mod problem;
mod repeated;

pub use body::{Json, json};
pub use caller::Caller;
pub use pages::{Page, page_of};
pub use problem::Problem;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::get;

use crate::rx::Rx;
use crate::state::State;

/// Under which the interface lies, within a tenant.
pub const PATH: &str = "/api/v1";
/// The largest body.
pub const LARGEST_BODY: usize = 256 * 1024;

/// Routes that only a caller with a key may use.
pub fn protected(routes: Router<State>) -> Router<State> {
    routes.route_layer(from_fn(caller::guard)).layer(DefaultBodyLimit::max(LARGEST_BODY))
}

/// Routes that anybody may use.
pub fn open() -> Router<State> {
    Router::new().route("/api/v1/problems/{kind}", get(explain))
}

/// What a problem's type means: its address leads here.
async fn explain(rx: Rx, Path(kind): Path<String>) -> Result<Response, Problem> {
    let sound = kind.len() < 40 && kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if !sound || !rx.cx().texts().has(&format!("problem-{kind}-title")) {
        return Err(Problem::not_found());
    }
    Ok(json(&serde_json::json!({
        "type": problem::address(&rx, &kind),
        "title": rx.t(&format!("problem-{kind}-title")),
        "detail": rx.t(&format!("problem-{kind}-detail")),
    })))
}

/// Whether a path of a tenant belongs to the interface.
pub(crate) fn is_here(path: &str) -> bool {
    path.starts_with("/api/")
}

/// The answer as it leaves: every error as a problem.
pub(crate) fn finish(rx: &Rx, response: Response) -> Response {
    problem::of_any(rx, response)
}
