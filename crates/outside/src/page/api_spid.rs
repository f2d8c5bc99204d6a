//! The providers of SPID, for scripts.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::spid::{Behaviour, Person, ProviderInfo};
use crate::world::World;

#[derive(Serialize)]
pub(super) struct SpidState {
    registry_url: String,
    providers: Vec<ProviderInfo>,
    people: Vec<PersonEntry>,
    services: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct PersonEntry {
    fiscal_code: String,
    name: String,
    family_name: String,
    email: String,
    company: Option<String>,
}

/// Who can sign in.
pub(super) fn people(people: &[Person]) -> Vec<PersonEntry> {
    let entry = |person: &Person| PersonEntry {
        fiscal_code: person.fiscal_code.clone(),
        name: person.name.clone(),
        family_name: person.family_name.clone(),
        email: person.email.clone(),
        company: person.company.as_ref().map(|company| company.name.clone()),
    };
    people.iter().map(entry).collect()
}

pub(super) async fn state(State(world): State<World>) -> Json<SpidState> {
    let spid = world.spid();
    Json(SpidState {
        registry_url: spid.registry_url(),
        providers: spid.providers(),
        people: people(spid.people()),
        services: spid.admitted(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Switch {
    behaviour: Behaviour,
}

pub(super) async fn switch(
    State(world): State<World>,
    Path(slug): Path<String>,
    Json(switch): Json<Switch>,
) -> Response {
    if !world.spid().set_behaviour(&slug, switch.behaviour) {
        return StatusCode::NOT_FOUND.into_response();
    }
    state(State(world)).await.into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Service {
    entity_id: String,
    metadata_url: String,
}

pub(super) async fn admit(State(world): State<World>, Json(service): Json<Service>) -> Response {
    if service.metadata_url.parse::<url::Url>().is_err() || service.entity_id.is_empty() {
        return super::api::refuse("give entity_id and the address of the metadata");
    }
    world.spid().admit(&service.entity_id, &service.metadata_url);
    state(State(world)).await.into_response()
}
