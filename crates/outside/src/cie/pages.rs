//! What people see: plain HTML, in Italian with the main words in English too, usable without a script.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use spid::federation::provider::Authorization;
use spid::federation::rp::Acr;

use super::Cie;
use super::attributes;
use super::clients::Known;
use super::kit::PROVIDER_NAME;
use super::outcome::Outcome;
use crate::spid::Person;
use crate::spid::pages::render;

pub(super) const CHOOSE: &str = "Scegliere una persona, come accede e come deve finire l'accesso.";
pub(super) const GONE: &str = "Questo accesso è già concluso. Tornare al servizio e ricominciare.";
pub(super) const UNKNOWN: &str = "Il servizio non fa parte della federazione, o la sua catena di fiducia non è valida. Contattare il gestore del servizio.";
pub(super) const MALFORMED: &str = "Formato richiesta non corretto. Contattare il gestore del servizio.";

#[derive(Template)]
#[template(path = "cie/login.html")]
struct Login<'a> {
    provider: &'a str,
    service: &'a str,
    client: &'a str,
    least: u8,
    attributes: Vec<&'static str>,
    people: &'a [Person],
    ways: Vec<Way>,
    action: String,
    consent: Outcome,
    others: &'a [Outcome],
}

/// How a person can sign in.
struct Way {
    level: u8,
    label: &'static str,
    english: &'static str,
    preferred: bool,
}

/// The sign-in page, which offers the levels that will do.
pub(super) fn login(world: &Cie, id: &str, authorization: &Authorization, known: &Known) -> Response {
    let least = authorization.levels.iter().min().copied().unwrap_or(Acr::L1);
    let preferred = authorization.levels.first().copied().unwrap_or(least);
    let ways = Acr::ALL.into_iter().filter(|level| *level >= least).map(|level| way(level, preferred));
    let page = Login {
        provider: PROVIDER_NAME,
        service: &known.name,
        client: known.client.id.as_str(),
        least: number(least),
        attributes: attributes::asked(authorization).iter().map(|attribute| attribute.label).collect(),
        people: world.people(),
        ways: ways.collect(),
        action: format!("{}/accesso/{id}", world.provider()),
        consent: Outcome::Consent,
        others: Outcome::ALL.get(1..).unwrap_or_default(),
    };
    render(StatusCode::OK, &page)
}

fn way(level: Acr, preferred: Acr) -> Way {
    let (label, english) = match level {
        Acr::L1 => ("nome utente e password", "user name and password"),
        Acr::L2 => ("password e codice dell'app", "password and the app's code"),
        Acr::L3 => ("carta d'identità e PIN", "identity card and PIN"),
    };
    Way { level: number(level), label, english, preferred: level == preferred }
}

fn number(level: Acr) -> u8 {
    match level {
        Acr::L1 => 1,
        Acr::L2 => 2,
        Acr::L3 => 3,
    }
}

/// The level that a form names.
pub(super) fn level(text: &str) -> Option<Acr> {
    Acr::ALL.into_iter().find(|level| number(*level).to_string() == text)
}

#[derive(Template)]
#[template(path = "cie/message.html")]
struct Message<'a> {
    title: &'a str,
    text: &'a str,
}

pub(super) fn error(status: StatusCode, text: &str) -> Response {
    render(status, &Message { title: "Accesso non riuscito", text })
}
