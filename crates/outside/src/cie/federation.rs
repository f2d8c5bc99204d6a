//! The addresses of the federation: configurations, and what the anchor says of others.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::json;
use spid::federation::EntityId;
use spid::federation::chain::{TrustChain, TrustMarkRule};
use spid::federation::fault::{Fault, FaultCode};
use spid::federation::jose::{self, SigningAlgorithm, SigningKey};

use super::Cie;
use super::behaviour::Behaviour;
use super::kit::{STATEMENT_LIFETIME, object};
use super::op::report;

const STATEMENT: &str = "application/entity-statement+jwt";
const RESOLVED: &str = "application/resolve-response+jwt";

pub(super) fn router() -> Router<Cie> {
    Router::new()
        .route("/registro/resolve", get(resolve_at_anchor))
        .route("/registro/{*tail}", get(ask_anchor).post(ask_anchor))
}

/// Hands a request to the anchor under the name that it goes by, wherever the router is mounted.
async fn ask_anchor(
    State(world): State<Cie>,
    Path(tail): Path<String>,
    RawQuery(query): RawQuery,
    method: Method,
    body: Bytes,
) -> Response {
    let uri = format!("{}/{tail}?{}", world.inner.names.anchor, query.unwrap_or_default());
    let Ok(request) = Request::builder().method(method).uri(uri).body(body.to_vec()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    // Statements that have ended are those that were made when they would have ended by now.
    let age = match world.behaviour() {
        Behaviour::ExpiredChain => STATEMENT_LIFETIME + SignedDuration::from_hours(1),
        _ => SignedDuration::ZERO,
    };
    let answer = world.kit().authority().answer(&request, world.now() - age);
    answer.map(Body::from)
}

pub(super) async fn provider_configuration(State(world): State<Cie>) -> Response {
    let marked = world.behaviour() != Behaviour::Unmarked;
    match world.kit().provider_configuration(&world.inner.names, marked, world.now()) {
        Ok(statement) => ([(CONTENT_TYPE, STATEMENT)], statement).into_response(),
        Err(error) => out_of_order(&error),
    }
}

/// Whose chain is asked for. Version 1.0 says `trust_anchor`; the Italian rules still say `anchor`.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    sub: EntityId,
    trust_anchor: Option<String>,
    anchor: Option<String>,
}

async fn resolve_at_anchor(State(world): State<Cie>, Query(question): Query<Question>) -> Response {
    let chain = world.resolved(&question).await;
    let authority = world.kit().authority();
    answer_with_chain(&world, chain, &authority.id, &authority.keys[0])
}

pub(super) async fn resolve_at_provider(State(world): State<Cie>, Query(question): Query<Question>) -> Response {
    let chain = world.resolved(&question).await;
    let provider = &world.kit().provider;
    answer_with_chain(&world, chain, &provider.id, &provider.federation_keys[0])
}

impl Cie {
    /// The chain of whoever is registered; nobody else is worth a walk through the federation.
    async fn resolved(&self, question: &Question) -> Option<TrustChain> {
        let ours = [&question.trust_anchor, &question.anchor].into_iter().flatten().all(|name| *name == self.anchor());
        let registered = self.kit().authority().subordinates.iter().any(|below| below.id == question.sub);
        if !ours || !registered {
            return None;
        }
        self.chain(&question.sub, TrustMarkRule::Optional).await.ok()
    }
}

fn answer_with_chain(world: &Cie, chain: Option<TrustChain>, issuer: &EntityId, key: &SigningKey) -> Response {
    let Some(chain) = chain else { return report(&Fault::new(FaultCode::NotFound)) };
    let claims = object(json!({
        "iss": issuer.as_str(),
        "sub": chain.subject().as_str(),
        "iat": world.now().as_second(),
        "exp": chain.expires().as_second(),
        "metadata": chain.all_metadata(),
        "trust_chain": chain.statements(),
    }));
    match jose::sign(&claims, Some("resolve-response+jwt"), SigningAlgorithm::Rs256, key) {
        Ok(response) => ([(CONTENT_TYPE, RESOLVED)], response).into_response(),
        Err(error) => out_of_order(&error),
    }
}

fn out_of_order(error: &(dyn std::error::Error + 'static)) -> Response {
    tracing::error!(error, "the federation is out of order");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
