//! The authority for smart cards, for scripts.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::api::refuse;
use crate::cns::{CnsError, Issued, PASSWORD, Published, Service, Sort};
use crate::world::World;

#[derive(Serialize)]
pub(super) struct CnsState {
    trust_list: String,
    published: Published,
    signer: String,
    site_authority: String,
    ocsp: Service,
    lists: Service,
    sorts: [Sort; 7],
    people: Vec<PersonEntry>,
    cards: Vec<CardEntry>,
}

#[derive(Serialize)]
struct PersonEntry {
    fiscal_code: String,
    name: String,
    family_name: String,
}

#[derive(Serialize)]
struct CardEntry {
    serial: String,
    sort: Sort,
    fiscal_code: String,
    holder: String,
    revoked: Option<Timestamp>,
}

/// A card with its key: only invented people have one.
#[derive(Serialize)]
struct WholeCard {
    #[serde(flatten)]
    card: CardEntry,
    certificate_pem: String,
    key_pem: String,
    pkcs12_base64: String,
    pkcs12_password: &'static str,
}

fn entry(card: &Issued) -> CardEntry {
    CardEntry {
        serial: card.serial.clone(),
        sort: card.sort,
        fiscal_code: card.fiscal_code.clone(),
        holder: card.holder.clone(),
        revoked: card.revoked,
    }
}

pub(super) async fn state(State(world): State<World>) -> Json<CnsState> {
    let authority = world.cns();
    let (ocsp, lists) = authority.services();
    let person = |person: &crate::spid::Person| PersonEntry {
        fiscal_code: person.fiscal_code.clone(),
        name: person.name.clone(),
        family_name: person.family_name.clone(),
    };
    Json(CnsState {
        trust_list: authority.trust_list_url(),
        published: authority.published(),
        signer: format!("{}/firma.pem", authority.base()),
        site_authority: format!("{}/siti.pem", authority.base()),
        ocsp,
        lists,
        sorts: Sort::ALL,
        people: authority.people().iter().map(person).collect(),
        cards: authority.cards().iter().map(entry).collect(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    fiscal_code: String,
    #[serde(default = "cns")]
    sort: Sort,
}

fn cns() -> Sort {
    Sort::Cns
}

pub(super) async fn issue(State(world): State<World>, Json(wish): Json<Wish>) -> Response {
    match world.cns().issue(&wish.fiscal_code, wish.sort) {
        Ok(card) => Json(WholeCard {
            card: entry(&card),
            certificate_pem: card.certificate_pem,
            key_pem: card.key_pem,
            pkcs12_base64: STANDARD.encode(&card.pkcs12),
            pkcs12_password: PASSWORD,
        })
        .into_response(),
        Err(CnsError::NoPerson) => refuse("nobody of the demonstration has this tax code"),
        Err(error) => {
            tracing::error!(%error, "a card could not be issued");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fate {
    state: Taken,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Taken {
    Revoked,
    Suspended,
}

pub(super) async fn revoke(State(world): State<World>, Path(serial): Path<String>, Json(fate): Json<Fate>) -> Response {
    if !world.cns().revoke(&serial, matches!(fate.state, Taken::Suspended)) {
        return StatusCode::NOT_FOUND.into_response();
    }
    state(State(world)).await.into_response()
}

/// Any of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Services {
    ocsp: Option<Service>,
    lists: Option<Service>,
    trust_list: Option<Published>,
}

pub(super) async fn services(State(world): State<World>, Json(services): Json<Services>) -> Json<CnsState> {
    if let Some(service) = services.ocsp {
        world.cns().set_ocsp(service);
    }
    if let Some(service) = services.lists {
        world.cns().set_lists(service);
    }
    if let Some(published) = services.trust_list {
        world.cns().publish(published);
    }
    state(State(world)).await
}
