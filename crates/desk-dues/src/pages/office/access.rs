//! How operators sign in and out.

use askama::Template;
use sportello_core::Secret;
use sportello_core::access::Actor;
use sportello_core::accounts::operators::{self, OperatorSignIn};
use sportello_core::accounts::{SignInError, sessions};
use web::form::{ErrorSummary, Field};
use web::parts::Tone;
use web::shell::Shell;
use web::{Answer, Failure, Fields, Rx};

const OFFICE: &str = "/ufficio";
const DOOR: &str = "/ufficio/accesso";

#[derive(Template)]
#[template(path = "office/sign-in.html")]
struct SignIn {
    shell: Shell,
    errors: ErrorSummary,
    email: Field,
    password: Field,
    code: Field,
    back_to: String,
}

fn sign_in(rx: &Rx, typed: &str, back_to: &str, problem: Option<String>) -> Answer {
    let mut shell = rx.shell(rx.t("office-sign-in-title"));
    shell.sign_in_url = None;
    let wrong = problem.is_some();
    shell.has_errors = wrong;
    let template = SignIn {
        shell,
        errors: ErrorSummary::new().general(problem),
        email: Field::email("email", rx.t("office-sign-in-email")).autocomplete("username").value(typed),
        password: Field::password("password", rx.t("office-sign-in-password")),
        code: Field::code("codice", rx.t("office-sign-in-code")).hint(rx.t("office-sign-in-code-hint")),
        back_to: back_to.to_owned(),
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn form(rx: Rx) -> Answer {
    let query = rx.query();
    let back_to = local(query.get("poi"));
    if rx.operator().is_ok() {
        return Ok(web::to(&rx, back_to));
    }
    sign_in(&rx, "", back_to, None)
}

pub(super) async fn submit(rx: Rx, fields: Fields) -> Answer {
    let email = fields.get("email");
    let back_to = local(fields.get("poi"));
    let password = Secret::new(fields.raw("password"));
    let input = OperatorSignIn { email, password, code: fields.get("codice"), agent: rx.agent() };
    // Whoever is signed in already, in whatever name, signs in as anybody else does.
    let cx = rx.cx().acting_as(Actor::Anonymous);
    match operators::sign_in(&cx, input).await {
        Ok(token) => Ok(web::with_session(&rx, web::to(&rx, back_to), &token)),
        Err(SignInError::Busy) => Err(Failure::Busy),
        Err(SignInError::Ground(error)) => Err(error.into()),
        Err(SignInError::Delayed) => sign_in(&rx, email, back_to, Some(rx.t("office-sign-in-delayed"))),
        // Whatever was wrong, the words are the same.
        Err(SignInError::Wrong { .. } | SignInError::Suspended | SignInError::Expired) => {
            sign_in(&rx, email, back_to, Some(rx.t("office-sign-in-wrong")))
        }
    }
}

/// A visit to the address of a form that has nothing to show.
pub(super) async fn back(rx: Rx) -> Answer {
    Ok(web::to(&rx, OFFICE))
}

pub(super) async fn sign_out(rx: Rx) -> Answer {
    if rx.session().is_some() {
        sessions::end(rx.cx(), rx.token()).await?;
    }
    Ok(web::without_session(&rx, web::to_with_flash(&rx, DOOR, Tone::Success, "office-signed-out")))
}

/// Where to go after signing in: a page of the office, and nothing else.
fn local(path: &str) -> &str {
    let inside = path == OFFICE || path.starts_with("/ufficio/") || path.starts_with("/ufficio?");
    let plain = path.len() < 300 && path.is_ascii() && !path.contains(|c: char| c.is_ascii_control() || c == '\\');
    let straight = !path.contains("//") && !path.contains("..");
    let door = path.starts_with(DOOR) || path.starts_with("/ufficio/uscita");
    if inside && plain && straight && !door { path } else { OFFICE }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn signing_in_leads_to_a_page_of_the_office_only() {
        for good in ["/ufficio", "/ufficio?lang=en", "/ufficio/imprese?q=Rossi+%26+figli&pagina=2"] {
            assert_eq!(local(good), good);
        }
        let bad = [
            "",
            "/",
            "/quota",
            "/ufficiale",
            "//evil.example",
            "https://evil.example/ufficio",
            "/ufficio//evil.example",
            "/ufficio/../quota",
            "/ufficio/\\evil",
            "/ufficio/a\r\nSet-Cookie: x",
            "/ufficio/accesso?poi=/ufficio",
            "/ufficio/uscita",
            "/ufficio/è",
        ];
        for bad in bad {
            assert_eq!(local(bad), "/ufficio", "{bad:?}");
        }
    }
}
