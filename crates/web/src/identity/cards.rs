//! The portal's side of sign-in with a smart card: the button, the way to the listener, and the page that explains.

use askama::Template;
use axum::Router;
use axum::routing::get;
use http::StatusCode;
use sportello_core::identities::cards::{self, CardProblem, CardWanted};

use super::{finish, providers};
use crate::failure::Failure;
use crate::respond::{self, Answer};
use crate::rx::Rx;
use crate::shell::Shell;
use crate::state::State;

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/accesso/cns", get(begin))
        .route("/accesso/cns/fine", get(finish::fetch).post(finish::choose))
        .route("/accesso/cns/esito", get(explain))
}

/// The button «Entra con CNS».
#[derive(Clone, Debug, Default)]
pub struct CardButton {
    /// What it says.
    pub title: String,
    /// Where it leads; nowhere when the tenant takes no cards.
    pub address: Option<String>,
}

impl CardButton {
    /// The button to sign in and go on to a path of the portal.
    pub fn to_sign_in(rx: &Rx, back_to: &str) -> Self {
        Self::with(rx, "identity-card-enter", &[("poi", back_to)])
    }

    /// The button to let the card's holder enter the account that is signed in from now on.
    pub fn to_link(rx: &Rx, back_to: &str) -> Self {
        Self::with(rx, "identity-card-link", &[("scopo", "collega"), ("poi", back_to)])
    }

    /// The button for whoever has signed in and needs a higher level to go on.
    pub fn to_raise(rx: &Rx, back_to: &str) -> Self {
        Self::with(rx, "identity-card-enter", &[("scopo", "alza"), ("poi", back_to)])
    }

    fn with(rx: &Rx, title: &str, query: &[(&str, &str)]) -> Self {
        if rx.cx().tenant.cns.is_none() || rx.cx().app.cards().is_none() {
            return Self::default();
        }
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        Self { title: rx.t(title), address: Some(rx.url(&format!("/accesso/cns?{query}"))) }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.address.is_none()
    }
}

/// Ties a request to this browser and sends it to the listener.
async fn begin(rx: Rx) -> Answer {
    let asked = providers::ask_for(&rx)?;
    super::count(&rx)?;
    let browser = rx.identity_cookie();
    let wanted = CardWanted { intent: asked.intent, back_to: &asked.back_to, browser: browser.as_deref() };
    let begun = cards::begin(rx.cx(), wanted).await?.ok_or(Failure::NotFound)?;
    Ok(providers::tied(&rx, respond::see_other(&begun.url), &begun.browser))
}

#[derive(Template)]
#[template(path = "identity/card-refused.html")]
struct Refused {
    shell: Shell,
    text: String,
    next: String,
    again: String,
    request: String,
}

/// What was wrong at the listener, whose fault it is, what to do.
async fn explain(rx: Rx) -> Answer {
    let query = rx.query();
    let problem = CardProblem::named(query.get("motivo")).ok_or(Failure::NotFound)?;
    let known = |id: &str| id.len() == 8 && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let request =
        Some(query.get("c")).filter(|id| known(id)).map_or_else(|| rx.cx().request.to_string(), str::to_owned);
    let mut again = url::form_urlencoded::Serializer::new(String::new());
    for name in ["scopo", "poi"] {
        if !query.get(name).is_empty() {
            again.append_pair(name, query.get(name));
        }
    }
    let again = format!("/accesso/cns?{}", again.finish());
    refused(&rx, problem, status(problem), request, &again)
}

pub(super) fn refused(rx: &Rx, problem: CardProblem, status: StatusCode, request: String, again: &str) -> Answer {
    let mut shell = rx.shell(rx.t("identity-card-refused-title"));
    shell.breadcrumb = rx.crumbs(&[("shell-sign-in", Some("/accesso")), ("identity-card-refused-title", None)]);
    let text = rx.t(&format!("identity-card-{}-text", problem.key()));
    let next = rx.t(&format!("identity-card-{}-next", problem.key()));
    respond::page_with(rx, status, &Refused { shell, text, next, again: rx.url(again), request })
}

fn status(problem: CardProblem) -> StatusCode {
    match problem {
        CardProblem::NotChecked | CardProblem::OurFault => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::FORBIDDEN,
    }
}
