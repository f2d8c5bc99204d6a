//! The pages of the desk: handlers parse, call one operation, render.

mod access;
mod api;
mod committenti;
mod fee;
mod firm;
mod home;
mod node;
pub mod office;
mod parse;
mod password;
mod profile;
mod registration;
mod status;
mod upload;
mod verify;

pub use api::DESCRIPTION as API_DESCRIPTION;

use axum::Router;
use axum::routing::{get, post};
use web::State;

/// The routes of one tenant.
pub fn router() -> Router<State> {
    Router::new()
        .route("/", get(home::home))
        .route("/istruzioni", get(home::instructions))
        .route("/registrazione", get(registration::choose).post(registration::chosen))
        .route("/registrazione/dati", get(registration::form).post(registration::check))
        .route("/registrazione/invio", post(registration::submit))
        .route("/registrazione/stato/{token}", get(status::status))
        .route("/accesso", get(access::form).post(access::submit))
        .route("/uscita", post(access::sign_out))
        .route("/password", get(password::form).post(password::change))
        .route("/password/dimenticata", get(password::forgotten).post(password::link))
        .route("/password/richiesta", get(password::request).post(password::ask))
        .route("/password/nuova/{token}", get(password::new).post(password::choose))
        .route("/quota", get(fee::overview))
        .route("/quota/calcolo", get(fee::computation))
        .route("/quota/avviso.pdf", get(fee::notice))
        .route("/quota/paga", post(fee::pay))
        .route("/quota/ritorno", get(fee::returned))
        .route("/quota/contestazione", get(fee::claim_form).post(fee::claim))
        .route("/pagamenti", get(fee::payments))
        .route("/pagamenti/{id}/ricevuta.pdf", get(fee::receipt))
        .route("/profilo", get(profile::overview))
        .route("/profilo/telefono", get(profile::phone_form).post(profile::phone))
        .route("/profilo/email", get(profile::email_form).post(profile::email))
        .route("/profilo/email/conferma", get(profile::confirm_form).post(profile::confirm))
        .route("/profilo/completo", get(profile::upgrade_form).post(profile::upgrade))
        .route("/profilo/sessioni", post(profile::end_others))
        .route("/profilo/identita", post(profile::unlink))
        .route("/impresa", get(firm::data))
        .route("/pagopa/nodo/{secret}", post(node::serve))
        .route("/verifica", get(verify::form).post(verify::check))
        .route("/verifica/{code}", get(verify::shown))
        .route("/.well-known/jwks.json", get(verify::keys))
        .merge(api::routes())
        .merge(committenti::routes())
        .merge(web::identity::routes())
        .merge(office::routes())
}
