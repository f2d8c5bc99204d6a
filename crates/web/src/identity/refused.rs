//! The page of a sign-in that did not succeed: what happened, whose fault it is, what to do.

use http::StatusCode;
use sportello_core::identities::Refusal;
use sportello_core::spid::saml::ErrorCode;
use sportello_core::spid::sp::response::ResponseError;

use crate::respond::{self, Answer};
use crate::rx::Rx;
use crate::shell::Shell;

#[derive(askama::Template)]
#[template(path = "identity/refused.html")]
struct Refused {
    shell: Shell,
    text: String,
    next: String,
    request: String,
}

pub(super) fn page(rx: &Rx, refusal: &Refusal) -> Answer {
    let key = key(refusal);
    let mut shell = rx.shell(rx.t("identity-refused-title"));
    shell.breadcrumb = rx.crumbs(&[("identity-choose-title", Some("/accesso/spid")), ("identity-refused-title", None)]);
    let template = Refused {
        shell,
        text: rx.t(&format!("identity-{key}-text")),
        next: rx.t(&format!("identity-{key}-next")),
        request: rx.cx().request.to_string(),
    };
    respond::page_with(rx, StatusCode::FORBIDDEN, &template)
}

/// The middle of the text keys: one for each thing that somebody can do about it.
fn key(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Unsolicited | Refusal::Replay => "late",
        Refusal::NoTaxCode => "no-tax-code",
        Refusal::Status(code) => by_code(*code),
        Refusal::Response(error) if matches!(**error, ResponseError::Level { .. }) => "level",
        Refusal::Response(_) | Refusal::Ground(_) => "provider-fault",
    }
}

fn by_code(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::WrongCredentials => "wrong-credentials",
        ErrorCode::NoCredentialsOfLevel => "level",
        ErrorCode::Timeout => "timeout",
        ErrorCode::ConsentDenied => "consent",
        ErrorCode::Blocked => "blocked",
        ErrorCode::Cancelled => "cancelled",
        ErrorCode::WrongKindOfIdentity => "kind",
        ErrorCode::Other => "provider-fault",
        _ => "our-fault",
    }
}
