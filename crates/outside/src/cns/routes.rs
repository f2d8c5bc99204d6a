//! The authority's addresses.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::{Cns, Published, Service};

/// A question has a hundred bytes.
const MAX_BODY: usize = 64 * 1024;

pub(super) fn router(world: Cns) -> Router {
    Router::new()
        .route("/elenco.xml", get(list))
        .route("/firma.pem", get(signer))
        .route("/ocsp", post(ocsp))
        .route("/carte.crl", get(cards))
        .route("/radice.crl", get(root))
        .route("/siti.pem", get(sites))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(world)
}

async fn list(State(world): State<Cns>) -> Response {
    let published = world.published();
    if published == Published::Down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    // Making the key takes a while, and other requests need not wait for it.
    let made = tokio::task::spawn_blocking(move || world.trust_list()).await;
    let altered = |list: String| match published {
        Published::Altered => list.replace("Prestatore di prova", "Prestatore alterato"),
        _ => list,
    };
    answer("application/vnd.etsi.tsl+xml", made.map_err(drop).and_then(|list| list.map(altered).map_err(drop)))
}

async fn signer(State(world): State<Cns>) -> Response {
    let made = tokio::task::spawn_blocking(move || world.signer_pem()).await;
    answer("application/x-pem-file", made.map_err(drop).and_then(|pem| pem.map_err(drop)))
}

async fn sites(State(world): State<Cns>) -> Response {
    answer("application/x-pem-file", world.site_authority_pem().map_err(drop))
}

async fn ocsp(State(world): State<Cns>, question: Bytes) -> Response {
    let (now, state) = (world.now(), world.state());
    if state.ocsp == Service::Down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    answer("application/ocsp-response", state.listed.answer(&question, now).map_err(drop))
}

async fn cards(State(world): State<Cns>) -> Response {
    let (now, state) = (world.now(), world.state());
    if state.lists == Service::Down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    answer("application/pkix-crl", state.listed.crl(now).map_err(drop))
}

async fn root(State(world): State<Cns>) -> Response {
    let (now, state) = (world.now(), world.state());
    if state.lists == Service::Down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    answer("application/pkix-crl", state.listed.root_crl(now).map_err(drop))
}

fn answer(kind: &'static str, made: Result<impl IntoResponse, ()>) -> Response {
    match made {
        Ok(body) => ([(CONTENT_TYPE, kind)], body).into_response(),
        Err(()) => StatusCode::BAD_REQUEST.into_response(),
    }
}
