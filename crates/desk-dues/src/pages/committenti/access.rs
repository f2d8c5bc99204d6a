//! Signing in with a key.

use askama::Template;
use sportello_core::Secret;
use sportello_core::access::Actor;
use sportello_core::committenti;
use web::form::{ErrorSummary, Field};
use web::shell::Shell;
use web::{Answer, Fields, Rx, local_path};

#[derive(Template)]
#[template(path = "committenti/sign-in.html")]
struct SignIn {
    shell: Shell,
    errors: ErrorSummary,
    key: Field,
    back_to: String,
}

fn render(rx: &Rx, back_to: &str, error: Option<String>) -> Answer {
    let mut shell = rx.shell(rx.t("committenti-sign-in-title"));
    shell.breadcrumb = rx.crumbs(&[("committenti-sign-in-title", None)]);
    shell.has_errors = error.is_some();
    let wrong = error.is_some();
    let key = Field::password("chiave", rx.t("committenti-key"))
        .hint(rx.t("committenti-key-hint"))
        .autocomplete("current-password")
        .error(error);
    let errors = ErrorSummary::new().check(&key);
    let template = SignIn { shell, errors, key, back_to: back_to.to_owned() };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn form(rx: Rx) -> Answer {
    if rx.committente().is_ok() {
        return Ok(web::to(&rx, "/committenti"));
    }
    render(&rx, rx.query().get("poi"), None)
}

pub(super) async fn submit(rx: Rx, fields: Fields) -> Answer {
    let back_to = fields.get("poi");
    let key = Secret::new(fields.get("chiave"));
    let cx = rx.cx().acting_as(Actor::Anonymous);
    match committenti::sign_in(&cx, &key, rx.agent()).await? {
        Some(token) => Ok(web::with_session(&rx, web::to(&rx, local_path(back_to, "/committenti")), &token)),
        None => render(&rx, back_to, Some(rx.t("committenti-key-wrong"))),
    }
}
