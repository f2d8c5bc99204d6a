use sportello_core::accounts::{AccountId, sessions};
use sportello_core::identities::cards::CardProblem;
use sportello_core::identities::{self, Candidate, FinishError, Finished};

use super::cards;
use crate::failure::Failure;
use crate::fields::Fields;
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
#[template(path = "identity/gone.html")]
struct Gone {
    shell: Shell,
}

/// The page after the provider: the browser fetches what waits for it.
pub(super) async fn fetch(rx: Rx) -> Answer {
    let token = rx.query().get("t").to_owned();
    go_on(&rx, &token, None).await
}

/// Somebody who may enter several accounts has said which.
pub(super) async fn choose(rx: Rx, fields: Fields) -> Answer {
    let account = fields.get("profilo").parse().ok().map(AccountId);
    go_on(&rx, fields.get("t"), account).await
}

async fn go_on(rx: &Rx, token: &str, account: Option<AccountId>) -> Answer {
    let Some(browser) = rx.identity_cookie() else { return gone(rx) };
    match identities::finish(rx.cx(), token, &browser, account, rx.agent()).await {
        Ok(Finished::SignedIn { token, back_to }) => {
            // Who signs in again leaves no session behind.
            if rx.session().is_some() {
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
        Err(FinishError::NoAccount { proved }) => {
            let shell = rx.shell(rx.t("identity-no-account-title"));
            respond::page(rx, &NoAccount { shell, name: proved.name.clone(), tax_code: proved.tax_code.clone() })
        }
        Err(FinishError::Gone) => gone(rx),
        Err(FinishError::SignedOut) => Err(Failure::SignIn(rx.url("/accesso"))),
        Err(FinishError::Ground(error)) => Err(error.into()),
    }
}

/// Whether the browser comes from the listener for cards.
fn with_card(rx: &Rx) -> bool {
    rx.path().starts_with("/accesso/cns")
}

fn gone(rx: &Rx) -> Answer {
    if with_card(rx) {
        return cards::refused(rx, CardProblem::Late, http::StatusCode::GONE, rx.cx().request.to_string());
    }
    let shell = rx.shell(rx.t("identity-refused-title"));
    respond::page_with(rx, http::StatusCode::GONE, &Gone { shell })
}
