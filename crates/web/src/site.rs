//! The whole site: tenants by host or by path, headers, sessions, error pages.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::request::Parts;
use http::uri::{PathAndQuery, Uri};
use http::{HeaderMap, Method, StatusCode, header};
use sportello_core::App;
use sportello_core::access::Actor;
use sportello_core::accounts::sessions;
use sportello_core::tenancy::Tenant;
use sportello_core::texts::Language;
use tower::Service;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::failure::Failure;
use crate::fields::Fields;
use crate::parts::Tone;
use crate::respond::{self, append_cookie};
use crate::rx::{Inner, Rx};
use crate::shell::{Flash, Shell};
use crate::state::{Settings, State};
use crate::{assets, cookies, headers};

/// Forms are small; what is larger says so itself.
const LARGEST_FORM: usize = 64 * 1024;
const LONGEST_REQUEST: Duration = Duration::from_secs(30);

/// The tenant of a request, found before routing.
#[derive(Clone, Debug)]
struct Found {
    tenant: Arc<Tenant>,
    base: String,
}

/// The service that answers everything. Each desk gives the routes of one tenant, without the tenant's prefix.
pub fn router(app: App, desks: Vec<Router<State>>, settings: Settings) -> Router {
    let state = State::new(app, settings);
    let pages = desks.into_iter().fold(Router::new(), Router::merge).route("/privacy", get(privacy));
    let tenant = pages
        .fallback(async || Failure::NotFound)
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CsrfLayer::new().with_rejection_response(|_| Failure::CrossSite.into_response()))
        // Providers' forms come from other sites: these addresses believe nothing but signatures.
        .merge(crate::identity::for_providers())
        .layer(CatchPanicLayer::custom(|_| Failure::Internal.into_response()))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST))
        .layer(from_fn_with_state(state.clone(), dress));
    let site = Router::new()
        .nest("/-", tenant)
        .route("/static/{file}", get(assets::serve))
        .route("/healthz/live", get(async || "ok\n"))
        .route("/healthz/ready", get(ready))
        .route("/", get(index))
        .layer(from_fn(headers::secure))
        .with_state(state.clone());
    Router::new().fallback_service(tower::service_fn(move |request: Request| {
        let request = find_tenant(&state, request);
        let mut site = site.clone();
        async move { site.call(request).await }
    }))
}

async fn ready(axum::extract::State(state): axum::extract::State<State>) -> Response {
    match state.app().ping().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::error!(error = sportello_core::chain(&error), "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

/// The page of an address without a tenant: to the only one, or a plain list.
async fn index(axum::extract::State(state): axum::extract::State<State>) -> Response {
    let mut tenants = state.app().tenants();
    match (tenants.next(), tenants.next()) {
        (Some(only), None) => respond::see_other(&format!("/{}/", only.slug)),
        (None, _) => StatusCode::NOT_FOUND.into_response(),
        _ => axum::response::Html(list(&state)).into_response(),
    }
}

fn list(state: &State) -> String {
    let item = |t: &Arc<Tenant>| {
        format!("<li><a href=\"/{}/\">{}</a></li>", t.slug, t.name.it.replace('&', "&amp;").replace('<', "&lt;"))
    };
    let items: String = state.app().tenants().map(item).collect();
    format!(
        "<!DOCTYPE html><html lang=\"it\"><head><meta charset=\"utf-8\"><title>Sportello</title></head><body><main><h1>Sportello</h1><ul>{items}</ul></main></body></html>"
    )
}

/// Finds the tenant by host name, or by the first part of the path, and routes to the tenants' pages.
fn find_tenant(state: &State, mut request: Request) -> Request {
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let by_host = state.app().tenants().find(|t| t.hosts.iter().any(|h| h == host)).cloned();
    let path = request.uri().path();
    let (found, rest) = match by_host {
        Some(tenant) if !path.starts_with("/static/") && !path.starts_with("/healthz/") => {
            (Found { tenant, base: String::new() }, path.to_owned())
        }
        _ => {
            let (first, rest) =
                path[1..].split_once('/').map_or((&path[1..], "/".to_owned()), |(a, b)| (a, format!("/{b}")));
            let Some(tenant) = state.app().tenant(first).cloned() else { return hide_inner(request) };
            let base = format!("/{}", tenant.slug);
            (Found { tenant, base }, rest)
        }
    };
    let query = request.uri().query().map(|q| format!("?{q}")).unwrap_or_default();
    // The router knows the root of a nested tree without its slash.
    let rest = if rest == "/" { "" } else { &rest };
    if let Ok(path) = PathAndQuery::try_from(format!("/-{rest}{query}")) {
        *request.uri_mut() = Uri::from(path);
    }
    request.extensions_mut().insert(found);
    request
}

/// The inner prefix is nobody's address.
fn hide_inner(mut request: Request) -> Request {
    if request.uri().path().starts_with("/-") {
        *request.uri_mut() = Uri::from_static("/static/none");
    }
    request
}

/// Builds the request's context, and turns failures into pages.
async fn dress(axum::extract::State(state): axum::extract::State<State>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(found) = parts.extensions.get::<Found>().cloned() else { return StatusCode::NOT_FOUND.into_response() };
    if let Some(response) = choose_language(&state, &found, &parts) {
        return response;
    }
    let rx = match context(&state, &found, &parts).await {
        Ok(rx) => rx,
        Err(failure) => return failure.into_response(),
    };
    // Machines have their own addresses, under secrets of their own: a campaign day must not stop the payment node.
    if parts.method == Method::POST
        && !rx.path().starts_with("/pagopa/")
        && !crate::api::is_here(rx.path())
        && let Some(seconds) =
            state.limits().count(rx.inner().address, rx.cx().now(), state.settings().posts_per_minute)
    {
        return failure_page(&rx, &Failure::TooMany(seconds));
    }
    // A look ahead, as mail programs and proxies do, must not use up what is good once.
    if parts.method == Method::HEAD && rx.path().starts_with("/accesso/") {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    parts.extensions.insert(rx.clone());
    let response = next.run(Request::from_parts(parts, body)).await;
    if crate::api::is_here(rx.path()) {
        return crate::api::finish(&rx, response);
    }
    match response.extensions().get::<Failure>() {
        Some(failure) => failure_page(&rx, failure),
        None if response.status() == StatusCode::METHOD_NOT_ALLOWED => failure_page(&rx, &Failure::NotFound),
        None => response,
    }
}

async fn context(state: &State, found: &Found, request: &Parts) -> Result<Rx, Failure> {
    let headers = &request.headers;
    let tenant = &found.tenant;
    let language = language(headers, tenant, state.secure());
    let app = state.app();
    let id = app.chance().characters(8, b"abcdefghjkmnpqrstuvwxyz23456789");
    let mut cx = app.cx(tenant, Actor::Anonymous, &id, language);
    let token =
        cookies::read(headers, &cookies::name("session", &tenant.slug, state.secure())).unwrap_or_default().to_owned();
    let session = if token.is_empty() { None } else { sessions::look_up(&cx, &token).await? };
    if let Some(session) = &session {
        cx = cx.acting_as(session.actor.clone());
    }
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let path = request.uri.path();
    let identity = cookies::read(headers, &cookies::name("identity", &tenant.slug, state.secure())).map(str::to_owned);
    let flash = flash(&cx, cookies::read(headers, &cookies::name("flash", &tenant.slug, state.secure())));
    Ok(Rx::new(Inner {
        token,
        session,
        base: found.base.clone(),
        path: path.to_owned(),
        query: request.uri.query().unwrap_or_default().to_owned(),
        reads: matches!(request.method, Method::GET | Method::HEAD),
        address: address(state, request),
        agent: agent.to_owned(),
        flash,
        identity,
        state: state.clone(),
        cx,
    }))
}

/// The sentence that the last form left. The cookie holds a text key, so nobody can make us say something else.
fn flash(cx: &sportello_core::Cx, cookie: Option<&str>) -> Option<Flash> {
    let (tone, key) = cookie?.split_once('.')?;
    let kind = Tone::named(tone);
    cx.texts().has(key).then(|| Flash { kind, text: cx.t(key) })
}

fn language(headers: &HeaderMap, tenant: &Tenant, secure: bool) -> Language {
    let chosen = cookies::read(headers, &cookies::name("lang", &tenant.slug, secure)).and_then(Language::from_tag);
    let accepted =
        || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).and_then(Language::from_header);
    chosen.or_else(accepted).unwrap_or(tenant.language)
}

/// `?lang=en` chooses a language for good, and goes on to the same page.
fn choose_language(state: &State, found: &Found, request: &Parts) -> Option<Response> {
    let query = request.uri.query()?;
    if request.method != Method::GET || !query.contains("lang=") {
        return None;
    }
    let language = Language::from_tag(Fields::parse(query.as_bytes()).get("lang"))?;
    let rest: Vec<&str> = query.split('&').filter(|p| !p.starts_with("lang=")).collect();
    let rest = if rest.is_empty() { String::new() } else { format!("?{}", rest.join("&")) };
    let path = request.uri.path();
    let mut response = respond::see_other(&format!("{}{path}{rest}", found.base));
    let name = cookies::name("lang", &found.tenant.slug, state.secure());
    append_cookie(&mut response, cookies::set(&name, language.tag(), state.secure()));
    Some(response)
}

fn address(state: &State, request: &Parts) -> IpAddr {
    let peer =
        request.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.ip());
    if !state.settings().trusted_proxies.contains(&peer) {
        return peer;
    }
    let forwarded = request.headers.get("x-forwarded-for").and_then(|v| v.to_str().ok());
    forwarded.and_then(|v| v.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    shell: Shell,
    heading: String,
    text: String,
    next: String,
    request: String,
}

/// The address that was asked for, for a query; the first page when it was one to which forms are sent.
fn here(rx: &Rx) -> String {
    let query = &rx.inner().query;
    let back = if !rx.inner().reads {
        "/".to_owned()
    } else if query.is_empty() {
        rx.path().to_owned()
    } else {
        format!("{}?{query}", rx.path())
    };
    url::form_urlencoded::byte_serialize(back.as_bytes()).collect()
}

fn failure_page(rx: &Rx, failure: &Failure) -> Response {
    match failure {
        Failure::SignIn(address) => return respond::see_other(&format!("{address}?poi={}", here(rx))),
        Failure::Level(level) => {
            let address = rx.url("/accesso/livello");
            return respond::see_other(&format!("{address}?livello={level}&poi={}", here(rx)));
        }
        _ => {}
    }
    let text =
        |part: &str| rx.tr(&format!("failure-{}-{part}", failure.key()), &[("seconds", seconds(failure).into())]);
    let template = FailurePage {
        shell: rx.shell(text("title")),
        heading: text("title"),
        text: text("text"),
        next: text("next"),
        request: rx.cx().request.to_string(),
    };
    let mut response =
        respond::page_with(rx, failure.status(), &template).unwrap_or_else(|_| failure.status().into_response());
    if let Failure::TooMany(seconds) = failure {
        response.headers_mut().insert(header::RETRY_AFTER, (*seconds).into());
    }
    response
}

fn seconds(failure: &Failure) -> i64 {
    match failure {
        Failure::TooMany(seconds) => i64::try_from(*seconds).unwrap_or(60),
        _ => 0,
    }
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage {
    shell: Shell,
}

async fn privacy(rx: Rx) -> respond::Answer {
    let mut shell = rx.shell(rx.t("privacy-title"));
    shell.breadcrumb = rx.crumbs(&[("privacy-title", None)]);
    respond::page(&rx, &PrivacyPage { shell })
}
