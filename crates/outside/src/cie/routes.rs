//! All addresses.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;

use super::{Cie, federation, op};
use crate::spid::pages::style;

/// The largest body that is read: a request object is a tenth of it.
const MAX_BODY: usize = 128 * 1024;

pub(super) fn router(world: Cie) -> Router {
    Router::new()
        .route("/stile.css", get(style))
        .merge(federation::router())
        .merge(op::router(world.clone()))
        .layer(middleware::from_fn_with_state(world.clone(), with_keys))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(world)
}

/// Makes the keys where other requests need not wait for it.
async fn with_keys(State(world): State<Cie>, request: Request, next: Next) -> Response {
    if world.inner.kit.get().is_none() {
        let making = tokio::task::spawn_blocking(move || {
            world.kit();
        });
        if let Err(error) = making.await {
            tracing::error!(%error, "the keys could not be made");
        }
    }
    next.run(request).await
}
