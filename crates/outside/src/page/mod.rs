//! The side page: everything around the portals, for the eyes and hands of whoever tries them out.
//!
//! Plain pages that work without scripts: GET to look, POST to do, 303 back. What other people wrote is shown as text.

mod api;
mod api_cie;
mod api_cns;
mod api_mail;
mod api_spid;
mod behaviours;
mod boxes;
mod cards;
mod chart;
mod clock;
mod head;
mod home;
mod identity;
mod modes;
mod payments;
mod pieces;
mod platform;
mod register;
mod texts;

use askama::Template;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use serde::Deserialize;
use tower_http::csrf::CsrfLayer;

use crate::world::World;
use head::{Head, LANG_COOKIE, Visitor, local};
use texts::Lang;

const STYLE: &str = include_str!("style.css");

/// Nothing is loaded but our style sheet, nothing is framed, and forms lead only here.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// The pages and the JSON interface.
pub(crate) fn router(world: World) -> Router {
    Router::new()
        .route("/", get(home::page))
        .route("/stile.css", get(style))
        .route("/lingua/{lang}", get(language))
        .route("/orologio", post(clock::set))
        .route("/registro", get(register::page))
        .route("/registro/modo", post(register::set_mode))
        .route("/registro/ritmo", post(register::set_rate))
        .route("/registro/attesa", post(register::set_wait))
        .route("/registro/pec", post(register::set_pec))
        .route("/registro/interruzioni", post(register::add_outage))
        .route("/registro/interruzioni/fine", post(register::end_outages))
        .route("/piattaforma", get(platform::page))
        .route("/piattaforma/pdnd/modo", post(platform::set_pdnd_mode))
        .route("/piattaforma/pdnd/voucher", post(platform::set_vouchers))
        .route("/piattaforma/pdnd/revoca", post(platform::revoke))
        .route("/piattaforma/inad/modo", post(platform::set_inad_mode))
        .route("/piattaforma/inad/pretese", post(platform::set_demands))
        .route("/caselle", get(boxes::list).post(boxes::set_servers))
        .route("/caselle/{address}", get(boxes::mailbox).post(boxes::set_behaviour))
        .route("/caselle/{address}/scrivi", post(boxes::write))
        .route("/caselle/{address}/{message}", get(boxes::message))
        .route("/caselle/{address}/{message}/{attachment}", get(boxes::attachment))
        .route("/pagamenti", get(payments::page))
        .route("/pagamenti/ricevuta", post(payments::deliver))
        .route("/pagamenti/nodo", post(payments::set_node))
        .route("/carte", get(cards::page).post(cards::issue))
        .route("/carte/servizi", post(cards::services))
        .route("/carte/{serial}", get(cards::file).post(cards::revoke))
        .nest("/api", api::router())
        .fallback(nothing_here)
        .layer(middleware::from_fn(guard))
        // Another site's page must not move the clock through the visitor's browser.
        .layer(CsrfLayer::new())
        .with_state(world)
}

async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // An attachment brings a stricter policy of its own.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(POLICY);
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "max-age=300")], STYLE).into_response()
}

#[derive(Deserialize)]
struct From {
    da: Option<String>,
}

async fn language(Path(code): Path<String>, Query(from): Query<From>) -> Response {
    let to = Redirect::to(local(from.da.as_deref()));
    let Some(lang) = Lang::from_code(&code) else { return to.into_response() };
    let cookie = format!("{LANG_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", lang.code());
    ([(SET_COOKIE, cookie)], to).into_response()
}

#[derive(Template)]
#[template(path = "missing.html")]
struct Missing {
    head: Head,
}

async fn nothing_here(State(world): State<World>, visitor: Visitor) -> Response {
    missing(&world, visitor)
}

fn missing(world: &World, visitor: Visitor) -> Response {
    let page = render(&Missing { head: visitor.head(world, "") });
    (StatusCode::NOT_FOUND, page).into_response()
}

fn render(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => ([(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Back to a page, saying whether something was done. `page` is one of ours.
fn back(page: &str, done: bool) -> Redirect {
    Redirect::to(&format!("{page}?esito={}", if done { "fatto" } else { "errato" }))
}
