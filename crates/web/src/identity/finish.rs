use sportello_core::Secret;
use sportello_core::accounts::ChangeError;
use sportello_core::accounts::{AccountId, sessions};
use sportello_core::identities::cards::CardProblem;
use sportello_core::identities::{self, Candidate, Choice, FinishError, Finished};

use super::cards;
use crate::failure::Failure;
use crate::fields::Fields;
use crate::form::{ErrorSummary, Field};
use crate::parts::Tone;
use crate::respond::{self, Answer};
use crate::rx::Rx;
use crate::shell::Shell;

#[derive(askama::Template)]
#[template(path = "identity/accounts.html")]
struct Accounts {
    shell: Shell,
    action: String,
    token: String,
    accounts: Vec<Candidate>,
}

#[derive(askama::Template)]
#[template(path = "identity/no-account.html")]
struct NoAccount {
    shell: Shell,
    name: String,
    tax_code: String,
}

#[derive(askama::Template)]
#[template(path = "identity/confirm.html")]
struct Confirm {
    shell: Shell,
    lead: String,
    action: String,
    token: String,
    errors: ErrorSummary,
    field: Field,
}

#[derive(askama::Template)]
#[template(path = "identity/other-person.html")]
struct OtherPerson {
    shell: Shell,
}

#[derive(askama::Template)]
#[template(path = "identity/gone.html")]
struct Gone {
    shell: Shell,
}

/// The page after the provider: the browser fetches what waits for it.
pub(super) async fn fetch(rx: Rx) -> Answer {
    let token = rx.query().get("t").to_owned();
    go_on(&rx, &token, Choice::default()).await
}

/// Somebody who may enter several accounts has said which, or somebody confirms with the PIN that a person may enter.
pub(super) async fn choose(rx: Rx, fields: Fields) -> Answer {
    let account = fields.get("profilo").parse().ok().map(AccountId);
    let pin = Some(fields.raw("pin")).filter(|pin| !pin.is_empty()).map(Secret::new);
    go_on(&rx, fields.get("t"), Choice { account, pin: pin.as_ref() }).await
}

async fn go_on(rx: &Rx, token: &str, choice: Choice<'_>) -> Answer {
    let Some(browser) = rx.identity_cookie() else { return gone(rx) };
    match identities::finish(rx.cx(), token, &browser, choice, rx.agent()).await {
        Ok(Finished::SignedIn { token, back_to }) => {
            // Who signs in again leaves no session behind.
            if rx.session().is_some() {
                identities::replace(rx.cx(), rx.token()).await?;
                sessions::end(rx.cx(), rx.token()).await?;
            }
            Ok(respond::with_session(rx, respond::to(rx, &back_to), &token))
        }
        Ok(Finished::Choose(accounts)) => {
            let shell = rx.shell(rx.t("identity-accounts-title"));
            respond::page(rx, &Accounts { shell, action: rx.url(rx.path()), token: token.to_owned(), accounts })
        }
        Ok(Finished::Linked { back_to }) => {
            let key = if with_card(rx) { "identity-card-linked" } else { "identity-linked" };
            Ok(respond::to_with_flash(rx, &back_to, Tone::Success, key))
        }
        Ok(Finished::Confirm { name }) => confirm(rx, token, &name, None),
        Err(FinishError::NoAccount { proved }) => {
            let shell = rx.shell(rx.t("identity-no-account-title"));
            respond::page(rx, &NoAccount { shell, name: proved.name.clone(), tax_code: proved.tax_code.clone() })
        }
        Err(FinishError::Pin { name, source }) => {
            let problem = match source {
                ChangeError::WrongPin { left } => rx.tr("identity-pin-wrong", &[("left", left.into())]),
                ChangeError::Busy => return Err(Failure::Busy),
                ChangeError::Ground(error) => return Err(error.into()),
                _ => rx.t("identity-pin-suspended"),
            };
            confirm(rx, token, &name, Some(problem))
        }
        Err(FinishError::OtherPerson) => {
            let shell = rx.shell(rx.t("identity-other-person-title"));
            respond::page_with(rx, http::StatusCode::FORBIDDEN, &OtherPerson { shell })
        }
        Err(FinishError::Gone) => gone(rx),
        Err(FinishError::SignedOut) => Err(Failure::SignIn(rx.url("/accesso"))),
        Err(FinishError::Ground(error)) => Err(error.into()),
    }
}

/// The page on which the PIN confirms that a person may enter from now on.
fn confirm(rx: &Rx, token: &str, name: &str, problem: Option<String>) -> Answer {
    let lead = rx.tr("identity-confirm-lead", &[("name", name.into())]);
    let mut shell = rx.shell(rx.t("identity-confirm-title"));
    let wrong = problem.is_some();
    shell.has_errors = wrong;
    let field =
        Field::code("pin", rx.t("identity-pin")).hint(rx.t("identity-pin-hint")).autocomplete("off").error(problem);
    let errors = ErrorSummary::new().check(&field);
    let page = Confirm { shell, lead, action: rx.url(rx.path()), token: token.to_owned(), errors, field };
    if wrong { respond::form_again(rx, &page) } else { respond::page(rx, &page) }
}

/// Whether the browser comes from the listener for cards.
fn with_card(rx: &Rx) -> bool {
    rx.path().starts_with("/accesso/cns")
}

fn gone(rx: &Rx) -> Answer {
    if with_card(rx) {
        let request = rx.cx().request.to_string();
        return cards::refused(rx, CardProblem::Late, http::StatusCode::GONE, request, "/accesso/cns");
    }
    let shell = rx.shell(rx.t("identity-gone-title"));
    respond::page_with(rx, http::StatusCode::GONE, &Gone { shell })
}
