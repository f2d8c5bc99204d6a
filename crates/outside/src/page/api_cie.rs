//! CIE id, for scripts.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::api_spid::{PersonEntry, people};
use crate::cie::{Behaviour, GrantInfo, RegisterError};
use crate::world::World;

#[derive(Serialize)]
pub(super) struct CieState {
    anchor: String,
    anchor_jwks: serde_json::Value,
    provider: String,
    behaviour: Behaviour,
    behaviours: [Behaviour; Behaviour::ALL.len()],
    people: Vec<PersonEntry>,
    relying_parties: Vec<String>,
    grants: Vec<GrantInfo>,
}

pub(super) async fn state(State(world): State<World>) -> Json<CieState> {
    let cie = world.cie();
    Json(CieState {
        anchor: cie.anchor(),
        anchor_jwks: cie.anchor_jwks(),
        provider: cie.provider(),
        behaviour: cie.behaviour(),
        behaviours: Behaviour::ALL,
        people: people(cie.people()),
        relying_parties: cie.relying_parties(),
        grants: cie.grants(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Switch {
    behaviour: Behaviour,
}

pub(super) async fn switch(State(world): State<World>, Json(switch): Json<Switch>) -> Json<CieState> {
    world.cie().set_behaviour(switch.behaviour);
    state(State(world)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Party {
    entity_id: String,
}

/// What a relying party has to publish in its configuration.
#[derive(Serialize)]
struct Mark {
    trust_mark_type: String,
    trust_mark: String,
}

pub(super) async fn register(State(world): State<World>, Json(party): Json<Party>) -> Response {
    match world.cie().register_by_configuration(&party.entity_id).await {
        Ok((trust_mark_type, trust_mark)) => Json(Mark { trust_mark_type, trust_mark }).into_response(),
        Err(error) => super::api::refuse(&why(&error)),
    }
}

/// The error with its causes, since whoever reads it has no log.
fn why(error: &RegisterError) -> String {
    let first: Option<&dyn std::error::Error> = Some(error);
    let causes = std::iter::successors(first, |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Takes a consent back.
pub(super) async fn end(State(world): State<World>, Path(id): Path<String>) -> Response {
    if !world.cie().end_grant(&id) {
        return StatusCode::NOT_FOUND.into_response();
    }
    state(State(world)).await.into_response()
}
