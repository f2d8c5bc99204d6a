//! The back office: what operators and administrators see and decide.
//!
//! Handlers parse, call one operation, render. Who may do what is decided by the operations; pages hide what the role
//! may not do. Every address that takes a form answers a plain visit too, so that signing in leads back to a page.

mod access;
mod anomalies;
mod audit;
mod chart;
mod claims;
mod committenti;
mod dashboard;
mod deadlines;
mod fee;
mod firm;
mod firms;
mod frame;
mod imports;
mod mailboxes;
mod operators;
mod qr;
mod register;
mod register_chart;
mod register_form;
mod requests;
mod resend;
mod reset;
mod timeline;
mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use web::State;

/// The largest file that is taken for an import; other forms keep to the site's own limit.
const LARGEST_UPLOAD: usize = 64 * 1024 * 1024;

/// The routes of the back office, under `/ufficio`.
pub(crate) fn routes() -> Router<State> {
    let upload = get(imports::list).post(imports::upload).layer(DefaultBodyLimit::max(LARGEST_UPLOAD));
    Router::new()
        .route("/ufficio", get(dashboard::page))
        .route("/ufficio/accesso", get(access::form).post(access::submit))
        .route("/ufficio/uscita", get(access::back).post(access::sign_out))
        .route("/ufficio/imprese", get(firms::search))
        .route("/ufficio/imprese/{id}", get(firm::page))
        .route("/ufficio/imprese/{id}/password", get(reset::form).post(reset::submit))
        .route("/ufficio/imprese/{id}/quota", get(fee::page).post(fee::recompute))
        .route("/ufficio/imprese/{id}/messaggi/{notice}", get(resend::page).post(resend::submit))
        .route("/ufficio/imprese/{id}/ricevute/{payment}", get(fee::receipt))
        .route("/ufficio/richieste", get(requests::list))
        .route("/ufficio/richieste/{id}", get(requests::page).post(requests::decide))
        .route("/ufficio/contestazioni", get(claims::list))
        .route("/ufficio/contestazioni/{id}", get(claims::page).post(claims::decide))
        .route("/ufficio/da-controllare", get(anomalies::page))
        .route("/ufficio/caselle", get(mailboxes::page).post(mailboxes::decide))
        .route("/ufficio/importazioni", upload)
        .route("/ufficio/importazioni/{id}", get(imports::page).post(imports::decide))
        .route("/ufficio/importazioni/{id}/errori.csv", get(imports::errors))
        .route("/ufficio/scadenze", get(deadlines::list))
        .route("/ufficio/scadenze/{year}", get(deadlines::form).post(deadlines::extend))
        .route("/ufficio/registro", get(register::page).post(register::manage))
        .route("/ufficio/operatori", get(operators::list))
        .route("/ufficio/operatori/nuovo", get(operators::form).post(operators::add))
        .route("/ufficio/operatori/{id}", get(operators::page).post(operators::change))
        .route("/ufficio/committenti", get(committenti::list))
        .route("/ufficio/committenti/nuovo", get(committenti::form).post(committenti::add))
        .route("/ufficio/committenti/{id}", get(committenti::page).post(committenti::change))
        .route("/ufficio/registro-attivita", get(audit::page))
}
