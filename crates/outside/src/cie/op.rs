//! The provider's addresses.

use std::time::Duration;

use axum::extract::{Form, Path, RawQuery, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;
use spid::federation::fault::{Fault, FaultCode};

use super::answer::{AnswerError, Heard, parameters};
use super::behaviour::Behaviour;
use super::outcome::Outcome;
use super::{Cie, federation, pages};

/// How much longer a slow provider takes.
const SLOW: Duration = Duration::from_secs(3);

/// What is secret or personal is kept by nobody on the way.
const NO_STORE: (HeaderName, &str) = (CACHE_CONTROL, "no-store");

pub(super) fn router(world: Cie) -> Router<Cie> {
    Router::new()
        .route("/op/.well-known/openid-federation", get(federation::provider_configuration))
        .route("/op/resolve", get(federation::resolve_at_provider))
        .route("/op/authorization", get(authorization_query).post(authorization_form))
        .route("/op/accesso/{id}", post(choose))
        .route("/op/token", post(token))
        .route("/op/userinfo", get(userinfo).post(userinfo))
        .route("/op/revocation", post(revocation))
        .route("/op/introspection", post(introspection))
        .route_layer(middleware::from_fn_with_state(world, behave))
}

/// A provider that is slow takes its time.
async fn behave(State(world): State<Cie>, request: Request, next: Next) -> Response {
    if world.behaviour() == Behaviour::Slow {
        tokio::time::sleep(SLOW).await;
    }
    next.run(request).await
}

async fn authorization_query(State(world): State<Cie>, RawQuery(query): RawQuery) -> Response {
    authorize(&world, query.unwrap_or_default().as_bytes()).await
}

async fn authorization_form(State(world): State<Cie>, body: axum::body::Bytes) -> Response {
    authorize(&world, &body).await
}

async fn authorize(world: &Cie, encoded: &[u8]) -> Response {
    match world.hear(&parameters(encoded)).await {
        Ok(Heard::Rejected(back)) => Redirect::to(&back).into_response(),
        Ok(Heard::Accepted(authorization, known)) => {
            let id = world.state().id();
            let page = pages::login(world, &id, &authorization, &known);
            world.state().waiting.insert(id, *authorization);
            page
        }
        Err(error) => refused(&error),
    }
}

fn refused(error: &AnswerError) -> Response {
    tracing::info!(error = error as &(dyn std::error::Error + 'static), "a request got a page");
    match error {
        AnswerError::Client(_) => pages::error(StatusCode::FORBIDDEN, pages::UNKNOWN),
        AnswerError::Level | AnswerError::NoPerson => pages::error(StatusCode::BAD_REQUEST, pages::CHOOSE),
        AnswerError::Page(_) | AnswerError::Address => pages::error(StatusCode::BAD_REQUEST, pages::MALFORMED),
    }
}

/// The choice on the sign-in page.
#[derive(Deserialize)]
struct Choice {
    person: Option<String>,
    level: Option<String>,
    outcome: String,
}

async fn choose(State(world): State<Cie>, Path(id): Path<String>, Form(choice): Form<Choice>) -> Response {
    let person = choice.person.as_deref().and_then(|code| world.person(code));
    let level = choice.level.as_deref().and_then(pages::level);
    let (Some(person), Some(level), Ok(outcome)) = (person, level, choice.outcome.parse::<Outcome>()) else {
        return pages::error(StatusCode::BAD_REQUEST, pages::CHOOSE);
    };
    let waiting = world.state().waiting.remove(&id);
    let Some(authorization) = waiting else { return pages::error(StatusCode::GONE, pages::GONE) };
    match world.conclude(&authorization, person, level, outcome) {
        Ok(back) => Redirect::to(&back).into_response(),
        Err(error) => {
            // Nothing was chosen: the page is still good.
            world.state().waiting.insert(id, authorization);
            refused(&error)
        }
    }
}

async fn token(State(world): State<Cie>, body: axum::body::Bytes) -> Response {
    if world.behaviour() == Behaviour::Silent {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    match world.exchange(&body).await {
        Ok(tokens) => ([(CONTENT_TYPE, "application/json"), NO_STORE], tokens).into_response(),
        Err(fault) => report(&fault),
    }
}

async fn userinfo(State(world): State<Cie>, headers: HeaderMap) -> Response {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let answer = match bearer {
        Some(bearer) => world.attributes(bearer).await,
        None => Err(Fault::new(FaultCode::InvalidToken)),
    };
    match answer {
        Ok(sealed) => ([(CONTENT_TYPE, "application/jose"), NO_STORE], sealed).into_response(),
        Err(fault) => {
            let challenge = format!("Bearer error=\"{}\"", fault.code.name());
            ([(WWW_AUTHENTICATE, challenge)], report(&fault)).into_response()
        }
    }
}

async fn revocation(State(world): State<Cie>, body: axum::body::Bytes) -> Response {
    match world.revoke(&body).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(fault) => report(&fault),
    }
}

async fn introspection(State(world): State<Cie>, body: axum::body::Bytes) -> Response {
    match world.introspect(&body).await {
        Ok(state) => ([NO_STORE], Json(state)).into_response(),
        Err(fault) => report(&fault),
    }
}

/// An error as an endpoint reports it.
pub(super) fn report(fault: &Fault) -> Response {
    let description = fault.description.as_deref().unwrap_or_default();
    let body = Json(json!({ "error": fault.code.name(), "error_description": description }));
    (fault.code.status(), [NO_STORE], body).into_response()
}
