//! CIE: the way to the provider and back, and what the federation reads of us.

use http::{HeaderValue, StatusCode, header};
use sportello_core::access::Actor;
use sportello_core::chain;
use sportello_core::identities::{BeginError, Refusal, cie};

use super::providers::{ask_for, started};
use super::refused;
use crate::failure::Failure;
use crate::respond::{self, Answer};
use crate::rx::Rx;

/// The way to the provider.
pub(super) async fn begin(rx: Rx) -> Answer {
    let asked = ask_for(&rx)?;
    super::count(&rx)?;
    let browser = rx.identity_cookie();
    match cie::begin(rx.cx(), asked.wanted("", browser.as_deref())).await {
        Ok(begun) => started(&rx, begun),
        Err(BeginError::Off) => Err(Failure::NotFound),
        Err(BeginError::Ground(error)) => Err(error.into()),
        Err(BeginError::Federation(error)) => {
            tracing::warn!(error = chain(&error), "a sign-in with CIE cannot begin");
            let begun = Some((asked.intent, asked.back_to.clone()));
            refused::page(&rx, refused::Way::Cie, &Refusal::from(error), begun.as_ref())
        }
        Err(error) => {
            tracing::error!(error = chain(&error), "a request to CIE cannot be made");
            Err(Failure::Internal)
        }
    }
}

/// The way back. The cookies of ours may come with it, but who it is for is settled on the page that follows.
pub(super) async fn back(rx: Rx) -> Answer {
    super::count(&rx)?;
    let cx = rx.cx().acting_as(Actor::Anonymous);
    match cie::accept(&cx, &rx.inner().query).await {
        Ok(accepted) => Ok(respond::to(&rx, &format!("/accesso/identita?t={}", accepted.token.expose()))),
        Err(refused) => refused::answer(&rx, refused::Way::Cie, refused),
    }
}

/// What we say of ourselves to the federation.
pub(super) async fn configuration(rx: Rx) -> Answer {
    let made = cie::entity_configuration(rx.cx()).map_err(|error| {
        tracing::error!(error = chain(&error), "the entity configuration cannot be signed");
        Failure::Internal
    })?;
    Ok(statement("application/entity-statement+jwt", made.ok_or(Failure::NotFound)?))
}

/// What we know of the provider, for whoever resolves through us.
pub(super) async fn resolve(rx: Rx) -> Answer {
    super::count(&rx)?;
    if !cie::is_on(rx.cx()) {
        return Err(Failure::NotFound);
    }
    Ok(match cie::resolve(rx.cx(), rx.query().get("sub")).await? {
        Some(jwt) => statement("application/resolve-response+jwt", jwt),
        None => {
            let mut response = statement("application/json", r#"{"error":"not_found"}"#.to_owned());
            *response.status_mut() = StatusCode::NOT_FOUND;
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
    })
}

fn statement(content_type: &'static str, body: String) -> axum::response::Response {
    let mut response = axum::response::Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}
