//! The pages of sign-in with an identity: choice of the provider, what the provider posts, what follows, logout, metadata.
//!
//! Handlers parse, call one operation of [`sportello_core::identities`], render. A desk shows
//! [`Providers`] on its sign-in page and merges [`routes`]; the two addresses to which providers' forms lead are
//! exempt from the check against other sites' forms, because that is what they are.

mod cards;
mod cie;
mod finish;
pub(crate) mod providers;
mod receive;
mod refused;

pub use cards::CardButton;
pub use providers::Providers;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use http::header;
use sportello_core::identities::{self, Reply};
use sportello_core::spid::sp::PostForm;

use crate::failure::Failure;
use crate::respond::{self, Answer};
use crate::rx::Rx;
use crate::state::State;

/// The largest form that a provider may post: a Response of 256 KiB in base64, and something to spare.
const LARGEST_MESSAGE: usize = 400 * 1024;

/// The pages that only our own pages lead to.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/accesso/spid", get(providers::choose))
        .route("/accesso/identita", get(finish::fetch).post(finish::choose))
        .route("/spid/metadata", get(metadata))
        .route("/accesso/livello", get(providers::raise))
        .route("/accesso/cie", get(cie::begin))
        .route("/accesso/cie/ritorno", get(cie::back))
        .route("/.well-known/openid-federation", get(cie::configuration))
        .route("/resolve", get(cie::resolve))
        .merge(cards::routes())
}

/// The addresses to which providers' forms lead.
pub(crate) fn for_providers() -> Router<State> {
    Router::new()
        .route("/accesso/spid/risposta", axum::routing::post(receive::response))
        .route("/accesso/spid/uscita", get(receive::logout_by_redirect).post(receive::logout_by_form))
        .layer(DefaultBodyLimit::max(LARGEST_MESSAGE))
}

/// What costs a signature counts against the limit of its network, though it is no form.
fn count(rx: &Rx) -> Result<(), Failure> {
    rx.count_visit()
}

async fn metadata(rx: Rx) -> Answer {
    count(&rx)?;
    let metadata = identities::metadata(rx.cx()).map_err(|error| {
        tracing::error!(error = sportello_core::chain(&error), "the metadata cannot be signed");
        Failure::Internal
    })?;
    let xml = metadata.ok_or(Failure::NotFound)?;
    let mut response = respond::file("metadata.xml", "application/samlmetadata+xml", xml.into_bytes());
    // Registries read them again and again; a page of ours never changes under them.
    response.headers_mut().insert(header::CACHE_CONTROL, http::HeaderValue::from_static("public, max-age=300"));
    Ok(response)
}

#[derive(askama::Template)]
#[template(path = "identity/carry.html")]
struct Carry {
    shell: crate::shell::Shell,
    action: String,
    fields: Vec<(&'static str, String)>,
}

/// Where a form goes, and its fields.
fn carried(form: PostForm) -> (String, Vec<(&'static str, String)>) {
    let mut fields = vec![(form.field, form.value)];
    fields.extend(form.relay_state.map(|relay| ("RelayState", relay.as_str().to_owned())));
    (form.action, fields)
}

/// A page whose form the browser carries to a provider; with scripts it leaves by itself.
fn carry(rx: &Rx, form: PostForm) -> Answer {
    let address = url::Url::parse(&form.action).map_err(|_| Failure::Internal)?;
    let shell = rx.shell(rx.t("identity-carry-title"));
    let (action, fields) = carried(form);
    let response = respond::page(rx, &Carry { shell, action, fields })?;
    Ok(respond::leading_to(response, &address))
}

/// A logout message on its way to the provider.
///
/// # Errors
/// [`Failure::Internal`] when the page cannot be made.
pub fn logout(rx: &Rx, reply: Reply) -> Answer {
    match reply {
        Reply::Redirect(url) => Ok(respond::found(&url)),
        Reply::Form(form) => carry(rx, form),
    }
}

#[derive(askama::Template)]
#[template(path = "identity/card-farewell.html")]
struct CardFarewell {
    shell: crate::shell::Shell,
}

#[derive(askama::Template)]
#[template(path = "identity/farewell.html")]
struct Farewell {
    shell: crate::shell::Shell,
    address: Option<String>,
    form: Option<(String, Vec<(&'static str, String)>)>,
}

/// The page for somebody who leaves and whose provider still keeps a session: whether to leave there too is theirs to
/// say. Who entered with a card is told to take it out. Nothing for everybody else. To be made before the session ends.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn farewell(rx: &Rx) -> Result<Option<axum::response::Response>, Failure> {
    // Leaving must not depend on it.
    if identities::cards::is_card_session(rx.cx(), rx.token()).await.unwrap_or(false) {
        let mut shell = rx.shell(rx.t("identity-farewell-title"));
        shell.user = None;
        return respond::page(rx, &CardFarewell { shell }).map(Some);
    }
    let reply = match identities::leave(rx.cx(), rx.token()).await {
        Ok(Some(reply)) => reply,
        Ok(None) => return Ok(None),
        // Leaving here must not depend on the provider.
        Err(error) => {
            tracing::warn!(error = sportello_core::chain(&error), "the provider cannot be told of a logout");
            return Ok(None);
        }
    };
    let mut shell = rx.shell(rx.t("identity-farewell-title"));
    shell.user = None;
    let (address, form) = match reply {
        Reply::Redirect(url) => (Some(url), None),
        Reply::Form(form) => {
            let (action, fields) = carried(form);
            (None, Some((action, fields)))
        }
    };
    let leads = form.as_ref().and_then(|(action, _)| url::Url::parse(action).ok());
    let page = respond::page(rx, &Farewell { shell, address, form })?;
    Ok(Some(match leads {
        Some(address) => respond::leading_to(page, &address),
        None => page,
    }))
}
