//! The authority for smart cards: a card for the visitor's browser, and what becomes of it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::head::{Head, Visitor, when};
use super::texts::Texts;
use super::{back, render};
use crate::cns::{Issued, PASSWORD, Service, Sort};
use crate::world::World;

struct CardRow {
    serial: String,
    sort: &'static str,
    holder: String,
    fiscal_code: String,
    revoked: Option<String>,
}

struct Holder {
    name: String,
    fiscal_code: String,
}

#[derive(Template)]
#[template(path = "cards.html")]
struct CardsPage {
    head: Head,
    people: Vec<Holder>,
    sorts: Vec<(&'static str, &'static str)>,
    cards: Vec<CardRow>,
    password: &'static str,
    ocsp_down: bool,
    lists_down: bool,
}

fn label(sort: Sort, t: &'static Texts) -> &'static str {
    match sort {
        Sort::Cns => t.card_cns,
        Sort::Regional => t.card_regional,
        Sort::Cie => t.card_cie,
        Sort::Signing => t.card_signing,
        Sort::Lookalike => t.card_lookalike,
        Sort::Expired => t.card_expired,
        Sort::Unlisted => t.card_unlisted,
    }
}

pub(super) async fn page(State(world): State<World>, visitor: Visitor) -> Response {
    let head = visitor.head(&world, "cards");
    let (authority, t) = (world.cns(), head.t);
    let (ocsp, lists) = authority.services();
    let row = |card: Issued| CardRow {
        serial: card.serial,
        sort: label(card.sort, t),
        holder: card.holder,
        fiscal_code: card.fiscal_code,
        revoked: card.revoked.map(when),
    };
    let people = authority.people().iter().map(|person| Holder {
        name: format!("{} {}", person.name, person.family_name),
        fiscal_code: person.fiscal_code.clone(),
    });
    render(&CardsPage {
        people: people.collect(),
        sorts: Sort::ALL.map(|sort| (sort.name(), label(sort, t))).to_vec(),
        cards: authority.cards().into_iter().rev().map(row).collect(),
        password: PASSWORD,
        ocsp_down: ocsp == Service::Down,
        lists_down: lists == Service::Down,
        head,
    })
}

#[derive(Deserialize)]
pub(super) struct Wish {
    persona: String,
    tipo: String,
}

pub(super) async fn issue(State(world): State<World>, Form(wish): Form<Wish>) -> Redirect {
    let issued = Sort::named(&wish.tipo).map(|sort| world.cns().issue(&wish.persona, sort));
    back("/carte", matches!(issued, Some(Ok(_))))
}

#[derive(Deserialize)]
pub(super) struct Fate {
    stato: String,
}

pub(super) async fn revoke(State(world): State<World>, Path(serial): Path<String>, Form(fate): Form<Fate>) -> Redirect {
    back("/carte", world.cns().revoke(&serial, fate.stato == "sospesa"))
}

#[derive(Deserialize)]
pub(super) struct Services {
    #[serde(default)]
    ocsp: String,
    #[serde(default)]
    liste: String,
}

pub(super) async fn services(State(world): State<World>, Form(services): Form<Services>) -> Redirect {
    let service = |word: &str| if word == "ferme" { Service::Down } else { Service::Up };
    world.cns().set_ocsp(service(&services.ocsp));
    world.cns().set_lists(service(&services.liste));
    back("/carte", true)
}

/// `SERIAL.p12` for a browser, `SERIAL.pem` for programs: certificate, issuer and key.
pub(super) async fn file(State(world): State<World>, Path(name): Path<String>) -> Response {
    let Some((serial, kind)) = name.rsplit_once('.') else { return StatusCode::NOT_FOUND.into_response() };
    let card = world.cns().cards().into_iter().find(|card| card.serial == serial);
    let (Some(card), true) = (card, matches!(kind, "p12" | "pem")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (media, bytes) = match kind {
        "p12" => ("application/x-pkcs12", card.pkcs12),
        _ => ("application/x-pem-file", (card.certificate_pem + &card.key_pem).into_bytes()),
    };
    let disposition = format!("attachment; filename=\"carta-{}.{kind}\"", card.serial);
    ([(CONTENT_TYPE, media.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
