//! The page of a sign-in that did not succeed: what happened, whose fault it is, what to do.

use http::StatusCode;
use sportello_core::chain;
use sportello_core::identities::cie::FederationError;
use sportello_core::identities::{Intent, Refusal, Refused};
use sportello_core::spid::federation::fault::Remedy;
use sportello_core::spid::saml::ErrorCode;
use sportello_core::spid::sp::response::ResponseError;

use super::providers;
use crate::respond::{self, Answer};
use crate::rx::Rx;
use crate::shell::Shell;

/// With what somebody wanted to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Spid,
    Cie,
}

impl Way {
    fn path(self) -> &'static str {
        match self {
            Self::Spid => "/accesso/spid",
            Self::Cie => "/accesso/cie",
        }
    }

    /// Its name, which is the same in both languages.
    fn name(self) -> &'static str {
        match self {
            Self::Spid => "SPID",
            Self::Cie => "CIE",
        }
    }
}

#[derive(askama::Template)]
#[template(path = "identity/refused.html")]
struct RefusedPage {
    shell: Shell,
    text: String,
    next: String,
    again: String,
    way: &'static str,
    request: String,
}

/// The page of a refusal; what is ours to mend is a failure of the program.
pub(super) fn answer(rx: &Rx, way: Way, refused: Refused) -> Answer {
    if let Refusal::Ground(error) = refused.refusal {
        return Err(error.into());
    }
    tracing::warn!(error = chain(&refused.refusal), "a sign-in was refused");
    page(rx, way, &refused.refusal, refused.begun.as_ref())
}

/// The page of a refusal; who begins again from there goes where they wanted to go.
pub(super) fn page(rx: &Rx, way: Way, refusal: &Refusal, begun: Option<&(Intent, String)>) -> Answer {
    let key = key(refusal);
    let title = rx.tr("identity-refused-title", &[("way", way.name().into())]);
    let mut shell = rx.shell(title);
    shell.breadcrumb = rx.crumbs(&[("shell-sign-in", Some("/accesso")), ("identity-refused-crumb", None)]);
    let template = RefusedPage {
        shell,
        text: rx.t(&format!("identity-{key}-text")),
        next: rx.t(&format!("identity-{key}-next")),
        again: rx.url(&again(way, begun)),
        way: way.name(),
        request: rx.cx().request.to_string(),
    };
    respond::page_with(rx, StatusCode::FORBIDDEN, &template)
}

fn again(way: Way, begun: Option<&(Intent, String)>) -> String {
    let Some((intent, back_to)) = begun else { return way.path().to_owned() };
    // The page that demands the level knows which one, and leads here again.
    if *intent == Intent::Raise {
        return back_to.clone();
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(providers::purpose(*intent));
    format!("{}?{}", way.path(), query.append_pair("poi", back_to).finish())
}

/// The middle of the text keys: one for each thing that somebody can do about it.
fn key(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Unsolicited | Refusal::Replay => "late",
        Refusal::NoTaxCode => "no-tax-code",
        Refusal::Status(code) => by_code(*code),
        Refusal::Federation(error) => by_remedy(error),
        Refusal::Response(error) if matches!(**error, ResponseError::Level { .. }) => "level",
        Refusal::Response(_) | Refusal::Ground(_) => "provider-fault",
    }
}

fn by_remedy(error: &FederationError) -> &'static str {
    match error.remedy() {
        Remedy::SignInAgain if error.is_denial() => "cancelled",
        Remedy::SignInAgain => "late",
        Remedy::TryLater => "silent",
        Remedy::UseHigherLevel => "level",
        Remedy::GiveConsent => "consent",
        Remedy::TellOperator => "our-fault",
        Remedy::Refuse => "provider-fault",
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
