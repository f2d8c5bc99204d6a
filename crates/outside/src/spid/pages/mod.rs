//! What people see: plain HTML, in Italian, usable without a script.

use askama::Template;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use spid::idp::request::{AcceptedRequest, PageCode};
use spid::saml::{Comparison, Level};

use super::Spid;
use super::answer::Answer;
use super::kit::Kit;
use super::outcome::Outcome;
use super::people::Person;
use super::state::OpenSession;

const STYLE: &str = include_str!("../../pagopa/pages/style.css");
/// Sends the only form of the page; whoever has no scripts finds a button.
const SCRIPT: &str = "document.forms[0].submit();\n";

/// Nothing from elsewhere. `form-action` is left open on purpose: the answer goes to a service at another address.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'",
);

pub(super) const OUT_OF_ORDER: &str = "Sistema di autenticazione non disponibile. Riprovare più tardi.";
pub(super) const CHOOSE: &str = "Scegliere una persona e come deve finire l'accesso.";
pub(super) const GONE: &str = "Questo accesso è già concluso. Tornare al servizio e ricominciare.";

/// What AgID's table wants a page to say.
pub(super) fn sentence(code: PageCode) -> &'static str {
    match code {
        PageCode::System => OUT_OF_ORDER,
        PageCode::QuerySignature => {
            "Impossibile stabilire l'autenticità della richiesta di autenticazione. Contattare il gestore del servizio."
        }
        PageCode::WrongBinding => "Formato richiesta non ricevibile. Contattare il gestore del servizio.",
        PageCode::Binding | PageCode::PostSignature | PageCode::Issuer => {
            "Formato richiesta non corretto. Contattare il gestore del servizio."
        }
    }
}

pub(crate) async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

pub(super) async fn script() -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}

#[derive(Template)]
#[template(path = "spid/login.html")]
struct Login<'a> {
    provider: &'a str,
    service: &'a str,
    client: &'a str,
    level: u8,
    comparison: &'static str,
    attributes: Vec<&'static str>,
    people: &'a [Person],
    signed_in: Option<&'a Person>,
    action: String,
    consent: Outcome,
    others: &'a [Outcome],
}

/// The sign-in page.
pub(super) fn login(
    world: &Spid,
    kit: &Kit,
    id: &str,
    request: &AcceptedRequest,
    open: Option<&OpenSession>,
) -> Response {
    let usable = open.filter(|_| request.level == Level::One && !request.force_authn);
    render(
        StatusCode::OK,
        &Login {
            provider: kit.profile.name,
            service: request.service_name("it").unwrap_or_else(|| request.client().as_str()),
            client: request.client().as_str(),
            level: level_number(request.level),
            comparison: comparison_text(request.comparison),
            attributes: request.attributes.iter().map(spid::saml::Attribute::name).collect(),
            people: world.people(),
            signed_in: usable.and_then(|open| world.person(&open.person)),
            action: format!("/spid/{}/accesso/{id}", kit.profile.slug),
            consent: Outcome::Consent,
            others: Outcome::ALL.get(1..).unwrap_or_default(),
        },
    )
}

fn level_number(level: Level) -> u8 {
    match level {
        Level::One => 1,
        Level::Two => 2,
        Level::Three => 3,
    }
}

fn comparison_text(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Exact => "esattamente",
        Comparison::Minimum => "almeno",
        Comparison::Better => "superiore a",
        Comparison::Maximum => "al massimo",
    }
}

#[derive(Template)]
#[template(path = "spid/answer.html")]
struct AnswerPage<'a> {
    provider: &'a str,
    answer: Answer,
}

/// A form that sends itself where there are scripts, and has a button where there are none.
pub(super) fn post_form(provider: &str, answer: Answer) -> Response {
    render(StatusCode::OK, &AnswerPage { provider, answer })
}

#[derive(Template)]
#[template(path = "spid/message.html")]
struct Message<'a> {
    title: &'a str,
    text: &'a str,
    is_error: bool,
}

pub(super) fn error(status: StatusCode, text: &str) -> Response {
    render(status, &Message { title: "Accesso non riuscito", text, is_error: true })
}

pub(super) fn signed_out(kit: &Kit, everywhere: bool) -> Response {
    let text = match everywhere {
        true => format!("La sessione presso {} è terminata, anche presso tutti i servizi.", kit.profile.name),
        false => format!("La sessione presso {} è terminata, ma non tutti i servizi hanno risposto.", kit.profile.name),
    };
    render(StatusCode::OK, &Message { title: "Uscita", text: &text, is_error: false })
}

#[derive(Template)]
#[template(path = "spid/session.html")]
struct SessionPage<'a> {
    provider: &'a str,
    person: Option<&'a Person>,
    services: Vec<&'a str>,
    action: String,
}

/// The session at the provider, and the way out of it.
pub(super) fn session(world: &Spid, kit: &Kit, open: Option<&OpenSession>) -> Response {
    let services = open.map_or_else(Vec::new, |open| {
        open.session.participants().iter().map(|participant| participant.client.as_str()).collect()
    });
    render(
        StatusCode::OK,
        &SessionPage {
            provider: kit.profile.name,
            person: open.and_then(|open| world.person(&open.person)),
            services,
            action: format!("/spid/{}/sessione", kit.profile.slug),
        },
    )
}

pub(crate) fn render(status: StatusCode, page: &impl Template) -> Response {
    let Ok(html) = page.render() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let fixed: [(HeaderName, HeaderValue); 5] = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (status, HeaderMap::from_iter(fixed), html).into_response()
}
