//! The pages of committenti: they sign in with a key, ask about firms, one or a file of them, and take statements.

mod access;
mod bulk;
mod frame;
mod invitation;
mod keys;
mod query;

pub(super) use keys::state as key_state;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use web::State;

/// The largest file of tax codes.
const LARGEST_FILE: usize = 256 * 1024;

/// The addresses of the area.
pub(super) fn routes() -> Router<State> {
    let upload = get(bulk::back).post(bulk::upload).layer(DefaultBodyLimit::max(LARGEST_FILE));
    Router::new()
        .route("/committenti", get(query::overview).post(query::ask))
        .route("/committenti/accesso", get(access::form).post(access::submit))
        .route("/committenti/invito/{token}", get(invitation::page).post(invitation::accept))
        .route("/committenti/domande/{id}", get(query::page))
        .route("/committenti/domande/{id}/attestazione.pdf", get(query::paper))
        .route("/committenti/domande/{id}/attestazione.jws", get(query::signed))
        .route("/committenti/elenchi", upload)
        .route("/committenti/elenchi/{id}", get(bulk::page))
        .route("/committenti/elenchi/{id}/risultati.csv", get(bulk::results))
        .route("/committenti/chiavi", get(keys::list).post(keys::make))
        .route("/committenti/chiavi/{id}", get(keys::back).post(keys::revoke))
}
