//! One visit: a token comes, the browser goes.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::IncomingStream;
use http::{HeaderValue, Method, StatusCode, header};
use sportello_core::access::Actor;
use sportello_core::identities::Intent;
use sportello_core::identities::cards::{self, CardProblem, CardRefusal, CardRefused};
use sportello_core::{App, Cx, chain};
use tokio_rustls::rustls::pki_types::CertificateDer;

use super::door::Door;
use super::listener::CardListener;
use crate::fields::Fields;
use crate::identity::providers;
use crate::respond;

/// Who visits, and what the handshake showed.
#[derive(Clone, Debug)]
struct Visitor {
    peer: SocketAddr,
    chain: Vec<CertificateDer<'static>>,
}

impl Connected<IncomingStream<'_, CardListener>> for Visitor {
    fn connect_info(stream: IncomingStream<'_, CardListener>) -> Self {
        Self { peer: *stream.remote_addr(), chain: stream.io().chain() }
    }
}

#[derive(Clone, Debug)]
struct Site {
    app: App,
    door: Arc<Door>,
}

/// Serves the listener until `stop` ends.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    app: App,
    listener: CardListener,
    door: Arc<Door>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let router = Router::new()
        .route("/{tenant}/accesso/cns", get(visit))
        .fallback(async || plain(StatusCode::NOT_FOUND))
        .with_state(Site { app, door });
    let service = router.into_make_service_with_connect_info::<Visitor>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}

async fn visit(
    State(site): State<Site>,
    ConnectInfo(visitor): ConnectInfo<Visitor>,
    Path(slug): Path<String>,
    mut request: Request,
) -> Response {
    // A look ahead must not use the token up.
    if request.method() != Method::GET {
        return plain(StatusCode::METHOD_NOT_ALLOWED);
    }
    let tenant = site.app.tenant(&slug).filter(|tenant| tenant.cns.is_some());
    let Some(tenant) = tenant.cloned() else { return plain(StatusCode::NOT_FOUND) };
    let id = site.app.chance().characters(8, b"abcdefghjkmnpqrstuvwxyz23456789");
    let cx = site.app.cx(&tenant, Actor::Anonymous, &id, tenant.language);
    let query = Fields::parse(request.uri().query().unwrap_or_default().as_bytes());
    let shown = match &*site.door {
        Door::Tls(_) => visitor.chain,
        Door::Proxy(door) => match door.shown(request.headers_mut(), visitor.peer.ip()) {
            Ok(shown) => shown,
            Err(error) => {
                tracing::error!(request = %cx.request, error = chain(&error), "the proxy's header cannot be used");
                return explain(&cx, CardProblem::OurFault, None);
            }
        },
    };
    match cards::accept(&cx, query.get("r"), &shown).await {
        Ok(accepted) => back(&cx, &format!("/accesso/cns/fine?t={}", accepted.token.expose())),
        Err(refused) => refuse(&cx, &refused),
    }
}

fn refuse(cx: &Cx, refused: &CardRefused) -> Response {
    let refusal = &refused.refusal;
    let (problem, error) = (refusal.problem().key(), refusal.for_log());
    match refusal {
        CardRefusal::Ground(_) => tracing::error!(request = %cx.request, error, "a card could not be dealt with"),
        _ => tracing::info!(request = %cx.request, problem, error, "a card was refused"),
    }
    explain(cx, refusal.problem(), refused.begun.as_ref())
}

/// To the portal's page that says what is wrong. Names of problems are ours, so nobody can make it say something else.
fn explain(cx: &Cx, problem: CardProblem, begun: Option<&(Intent, String)>) -> Response {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("motivo", problem.key()).append_pair("c", &cx.request);
    if let Some((intent, back_to)) = begun {
        query.extend_pairs(providers::purpose(*intent)).append_pair("poi", back_to);
    }
    back(cx, &format!("/accesso/cns/esito?{}", query.finish()))
}

/// To the portal, at the address that the configuration gives it: what the visitor says of hosts is not looked at.
fn back(cx: &Cx, path: &str) -> Response {
    dressed(respond::see_other(&format!("{}{path}", cx.app.tenant_url(&cx.tenant))))
}

fn plain(status: StatusCode) -> Response {
    dressed(status.into_response())
}

fn dressed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'"));
    // The connection has shown its certificate and is of no further use.
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
