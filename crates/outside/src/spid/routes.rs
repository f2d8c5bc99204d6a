//! The providers' addresses.

use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Form, Path, RawQuery, Request, State};
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use spid::idp::logout::Incoming as LogoutIncoming;
use spid::idp::request::Incoming;
use spid::saml::EntityId;
use spid::saml::binding::{from_form, from_query, percent_decode};

use super::answer::{AnswerError, Heard};
use super::behaviour::Behaviour;
use super::kit::Kit;
use super::logout::{LogoutFault, Step};
use super::outcome::Outcome;
use super::state::Waiting;
use super::{Spid, pages};
use crate::cns::Published;

/// The largest body that is read: a request with its signature is a tenth of it.
const MAX_BODY: usize = 128 * 1024;
/// How much longer a slow provider takes.
const SLOW: Duration = Duration::from_secs(3);

pub(super) fn router(world: Spid) -> Router {
    let provider = Router::new()
        .route("/{slug}/metadata", get(metadata))
        .route("/{slug}/sso", get(sso_redirect).post(sso_post))
        .route("/{slug}/accesso/{id}", post(choose))
        .route("/{slug}/slo", get(slo_redirect).post(slo_post))
        .route("/{slug}/sessione", get(session).post(end_session))
        .route_layer(middleware::from_fn_with_state(world.clone(), behave));
    Router::new()
        .route("/registry", get(registry))
        .route("/aggregate", get(aggregate))
        .route("/stile.css", get(pages::style))
        .route("/invia.js", get(pages::script))
        .merge(provider)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(world)
}

/// A provider that is slow takes its time, one that is down says no more than that.
async fn behave(
    State(world): State<Spid>,
    Path(path): Path<Vec<(String, String)>>,
    request: Request,
    next: Next,
) -> Response {
    let slug = path.iter().find(|(name, _)| name == "slug").map(|(_, slug)| slug.as_str());
    let Some(kit) = slug.and_then(|slug| world.kit(slug)) else { return StatusCode::NOT_FOUND.into_response() };
    match world.behaviour(kit) {
        Behaviour::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Behaviour::Slow => tokio::time::sleep(SLOW).await,
        Behaviour::Good | Behaviour::Broken => {}
    }
    next.run(request).await
}

async fn aggregate(State(world): State<Spid>) -> Response {
    if world.published() == Published::Down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    match tokio::task::spawn_blocking(move || world.aggregate()).await {
        Ok(Ok(xml)) => ([(CONTENT_TYPE, "application/samlmetadata+xml")], xml).into_response(),
        Ok(Err(error)) => out_of_order(&error),
        Err(error) => out_of_order(&error),
    }
}

async fn registry(State(world): State<Spid>) -> Response {
    if world.published() == Published::Down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    // Making the keys takes a while, and other requests need not wait for it.
    match tokio::task::spawn_blocking(move || world.registry()).await {
        Ok(Ok(list)) => Json(list).into_response(),
        Ok(Err(error)) => out_of_order(&error),
        Err(error) => out_of_order(&error),
    }
}

async fn metadata(State(world): State<Spid>, Path(slug): Path<String>) -> Response {
    let Some(kit) = world.kit(&slug) else { return StatusCode::NOT_FOUND.into_response() };
    let provider = match kit.provider(world.now()) {
        Ok(provider) => provider,
        Err(error) => return out_of_order(&error),
    };
    match kit.metadata(provider) {
        Ok(xml) => {
            let broken = world.behaviour(kit) == Behaviour::Broken;
            let xml = if broken { xml.replace("(simulato)", "(alterato)") } else { xml };
            ([(CONTENT_TYPE, "application/samlmetadata+xml")], xml).into_response()
        }
        Err(error) => out_of_order(&error),
    }
}

fn out_of_order(error: &(dyn std::error::Error + 'static)) -> Response {
    tracing::error!(error, "a provider is out of order");
    pages::error(StatusCode::INTERNAL_SERVER_ERROR, pages::OUT_OF_ORDER)
}

/// The fields of a form with a message.
#[derive(Deserialize)]
#[expect(non_snake_case, reason = "the names are SAML's")]
struct Fields {
    SAMLRequest: Option<String>,
    SAMLResponse: Option<String>,
    RelayState: Option<String>,
}

async fn sso_redirect(
    State(world): State<Spid>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    sign_on(&world, &slug, &headers, Incoming::Redirect { query: query.as_deref().unwrap_or_default() }).await
}

async fn sso_post(
    State(world): State<Spid>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let saml_request = fields.SAMLRequest.as_deref().unwrap_or_default();
    let relay_state = fields.RelayState.as_deref();
    sign_on(&world, &slug, &headers, Incoming::Post { saml_request, relay_state }).await
}

async fn sign_on(world: &Spid, slug: &str, headers: &HeaderMap, incoming: Incoming<'_>) -> Response {
    let Some(kit) = world.kit(slug) else { return StatusCode::NOT_FOUND.into_response() };
    match world.hear(kit, &incoming).await {
        Ok(Heard::Rejected(answer)) => pages::post_form(kit.profile.name, answer),
        Ok(Heard::Accepted(request)) => {
            let id = world.state().id().to_string();
            let open = cookie(headers, kit).and_then(|index| world.session(kit, index));
            let page = pages::login(world, kit, &id, &request, open.as_ref());
            world.state().waiting.insert(id, Waiting { slug: kit.profile.slug, request: *request });
            page
        }
        Err(error) => refused(&error),
    }
}

fn refused(error: &AnswerError) -> Response {
    tracing::info!(error = error as &(dyn std::error::Error + 'static), "a request got a page");
    match error {
        AnswerError::Page(page) => pages::error(page.code.http_status(), pages::sentence(page.code)),
        _ => pages::error(StatusCode::INTERNAL_SERVER_ERROR, pages::OUT_OF_ORDER),
    }
}

/// The choice on the sign-in page.
#[derive(Deserialize)]
struct Choice {
    person: Option<String>,
    outcome: String,
}

async fn choose(
    State(world): State<Spid>,
    Path((slug, id)): Path<(String, String)>,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Response {
    let Some(kit) = world.kit(&slug) else { return StatusCode::NOT_FOUND.into_response() };
    let person = choice.person.as_deref().and_then(|code| world.person(code));
    let (Some(person), Ok(outcome)) = (person, choice.outcome.parse::<Outcome>()) else {
        return pages::error(StatusCode::BAD_REQUEST, pages::CHOOSE);
    };
    let waiting = world.state().waiting.remove(&id).filter(|waiting| waiting.slug == kit.profile.slug);
    let Some(Waiting { request, .. }) = waiting else { return pages::error(StatusCode::GONE, pages::GONE) };
    match world.conclude(kit, &request, person, outcome, cookie(&headers, kit)) {
        Ok((answer, index)) => {
            let form = pages::post_form(kit.profile.name, answer);
            match index {
                Some(index) => ([(SET_COOKIE, set_cookie(kit, &index))], form).into_response(),
                None => form,
            }
        }
        Err(error) => refused(&error),
    }
}

async fn slo_redirect(State(world): State<Spid>, Path(slug): Path<String>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let raw = |name: &str| query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
    let relay_state = raw("RelayState").and_then(|(_, value)| percent_decode(value));
    let claimed = raw("SAMLRequest").and_then(|(_, value)| from_query(value).ok()).and_then(|xml| issuer(&xml));
    let is_request = raw("SAMLRequest").is_some();
    slo(&world, &slug, LogoutIncoming::Redirect(&query), is_request, claimed, relay_state).await
}

async fn slo_post(State(world): State<Spid>, Path(slug): Path<String>, Form(fields): Form<Fields>) -> Response {
    let claimed = fields.SAMLRequest.as_deref().and_then(|value| from_form(value).ok()).and_then(|xml| issuer(&xml));
    let is_request = fields.SAMLRequest.is_some();
    let message = fields.SAMLRequest.or(fields.SAMLResponse).unwrap_or_default();
    slo(&world, &slug, LogoutIncoming::Post(&message), is_request, claimed, fields.RelayState).await
}

/// Who says to have sent a message, unchecked: whose metadata to fetch.
fn issuer(xml: &[u8]) -> Option<EntityId> {
    let document = spid::xml::parse(xml).ok()?;
    let issuer = document.root().child(spid::xml::ns::ASSERTION, "Issuer")?.trimmed()?;
    EntityId::parse(&issuer).ok()
}

async fn slo(
    world: &Spid,
    slug: &str,
    incoming: LogoutIncoming<'_>,
    is_request: bool,
    claimed: Option<EntityId>,
    relay_state: Option<String>,
) -> Response {
    let Some(kit) = world.kit(slug) else { return StatusCode::NOT_FOUND.into_response() };
    let step = if is_request {
        world.logout_demanded(kit, incoming, claimed.as_ref(), relay_state).await
    } else {
        world.logout_answered(kit, incoming, relay_state.as_deref()).await
    };
    show(kit, step)
}

fn show(kit: &Kit, step: Result<Step, LogoutFault>) -> Response {
    match step {
        Ok(Step::Redirect(url)) => axum::response::Redirect::to(&url).into_response(),
        Ok(Step::Post(answer)) => pages::post_form(kit.profile.name, answer),
        Ok(Step::Done(everywhere)) => pages::signed_out(kit, everywhere),
        Err(error) => {
            tracing::info!(error = &error as &(dyn std::error::Error + 'static), "a logout message was refused");
            pages::error(StatusCode::FORBIDDEN, pages::sentence(spid::idp::request::PageCode::Binding))
        }
    }
}

async fn session(State(world): State<Spid>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    let Some(kit) = world.kit(&slug) else { return StatusCode::NOT_FOUND.into_response() };
    let open = cookie(&headers, kit).and_then(|index| world.session(kit, index));
    pages::session(&world, kit, open.as_ref())
}

async fn end_session(State(world): State<Spid>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    let Some(kit) = world.kit(&slug) else { return StatusCode::NOT_FOUND.into_response() };
    show(kit, world.logout_here(kit, cookie(&headers, kit).unwrap_or_default()).await)
}

/// The index of the browser's session at this provider.
fn cookie<'h>(headers: &'h HeaderMap, kit: &Kit) -> Option<&'h str> {
    let cookies = headers.get_all(axum::http::header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == cookie_name(kit)).map(|(_, value)| value)
}

fn cookie_name(kit: &Kit) -> String {
    format!("sessione_{}", kit.profile.slug)
}

fn set_cookie(kit: &Kit, index: &str) -> String {
    format!("{}={index}; Path=/spid/{}; HttpOnly; SameSite=Lax", cookie_name(kit), kit.profile.slug)
}
