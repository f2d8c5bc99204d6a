//! The first key, with the link that came by mail. Looking uses nothing up: the form does.

use askama::Template;
use axum::extract::Path;
use http::StatusCode;
use sportello_core::committenti::{self, InvitationError, Issued, KeyError};
use web::shell::Shell;
use web::{Answer, Failure, Rx};

#[derive(Template)]
#[template(path = "committenti/invitation.html")]
struct Invitation {
    shell: Shell,
    name: String,
    good: bool,
}

fn render(rx: &Rx, name: Option<String>) -> Answer {
    let mut shell = rx.shell(rx.t("committenti-invitation-title"));
    shell.breadcrumb = rx.crumbs(&[("committenti-invitation-title", None)]);
    let good = name.is_some();
    let template = Invitation { shell, name: name.unwrap_or_default(), good };
    web::page_with(rx, if good { StatusCode::OK } else { StatusCode::NOT_FOUND }, &template)
}

pub(super) async fn page(rx: Rx, Path(token): Path<String>) -> Answer {
    rx.count_visit()?;
    match committenti::check(rx.cx(), &token).await {
        Ok(committente) => render(&rx, Some(committente.name)),
        Err(error) => refused(&rx, error),
    }
}

pub(super) async fn accept(rx: Rx, Path(token): Path<String>) -> Answer {
    match committenti::accept(rx.cx(), &token, &rx.t("committenti-first-key")).await {
        Ok(issued) => show(&rx, &issued),
        Err(error) => refused(&rx, error),
    }
}

fn refused(rx: &Rx, error: InvitationError) -> Answer {
    match error {
        InvitationError::Gone | InvitationError::Key(KeyError::TooMany | KeyError::Unknown) => render(rx, None),
        InvitationError::Ground(error) | InvitationError::Key(KeyError::Ground(error)) => Err(Failure::from(error)),
    }
}

#[derive(Template)]
#[template(path = "committenti/key.html")]
struct Key {
    shell: Shell,
    key: String,
    until: String,
    next: String,
}

/// A key, this once.
pub(super) fn show(rx: &Rx, issued: &Issued) -> Answer {
    let mut shell = rx.shell(rx.t("committenti-key-made"));
    shell.breadcrumb = rx.crumbs(&[("committenti-key-made", None)]);
    let template = Key {
        shell,
        key: issued.key.expose().to_owned(),
        until: rx.moment(issued.expires_at),
        next: rx.url(if rx.committente().is_ok() { "/committenti/chiavi" } else { "/committenti/accesso" }),
    };
    web::page(rx, &template)
}
