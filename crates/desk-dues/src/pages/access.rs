use askama::Template;
use sportello_core::Secret;
use sportello_core::accounts::sessions;
use sportello_core::accounts::{self, SignIn, SignInError};
use web::form::{ErrorSummary, Field};
use web::identity::{CardButton, Providers};
use web::shell::Shell;
use web::{Answer, Failure, Fields, Rx, local_path};

#[derive(Template)]
#[template(path = "dues/sign-in.html")]
struct SignInPage {
    shell: Shell,
    errors: ErrorSummary,
    suspended: bool,
    member_code: Field,
    password: Field,
    back_to: String,
    providers: Providers,
    card: CardButton,
}

async fn sign_in_page(rx: &Rx, typed: &str, back_to: &str, problem: Option<String>, suspended: bool) -> Answer {
    let mut shell = rx.shell(rx.t("sign-in-title"));
    shell.breadcrumb = rx.crumbs(&[("sign-in-title", None)]);
    shell.has_errors = problem.is_some();
    let member_code = Field::text("matricola", rx.t("sign-in-code"))
        .hint(rx.t("sign-in-code-hint"))
        .autocomplete("username")
        .value(typed)
        .width("w-medium");
    let password = Field::password("password", rx.t("sign-in-password"));
    let wrong = problem.is_some();
    let template = SignInPage {
        shell,
        errors: ErrorSummary::new().general(problem),
        suspended,
        member_code,
        password,
        back_to: back_to.to_owned(),
        providers: Providers::to_sign_in(rx, local_path(back_to, "/quota")).await?,
        card: CardButton::to_sign_in(rx, local_path(back_to, "/quota")),
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn form(rx: Rx) -> Answer {
    if rx.firm().is_ok() {
        return Ok(web::to(&rx, "/quota"));
    }
    let query = rx.query();
    sign_in_page(&rx, "", query.get("poi"), None, false).await
}

pub(super) async fn submit(rx: Rx, fields: Fields) -> Answer {
    let typed = fields.get("matricola");
    let back_to = fields.get("poi");
    let input = SignIn { member_code: typed, password: Secret::new(fields.raw("password")), agent: rx.agent() };
    let cx = rx.cx().acting_as(sportello_core::access::Actor::Anonymous);
    match accounts::sign_in(&cx, input).await {
        Ok(signed_in) => {
            let path = if signed_in.account.must_change { "/password" } else { local_path(back_to, "/quota") };
            Ok(web::with_session(&rx, web::to(&rx, path), &signed_in.token))
        }
        Err(error) => {
            let (problem, suspended) = match error {
                SignInError::Wrong { left } => (rx.tr("sign-in-wrong", &[("left", left.into())]), false),
                SignInError::Suspended => (rx.t("sign-in-suspended"), true),
                SignInError::Delayed => (rx.t("sign-in-delayed"), true),
                SignInError::Expired => (rx.t("sign-in-expired"), true),
                SignInError::Busy => return Err(Failure::Busy),
                SignInError::Ground(error) => return Err(error.into()),
            };
            sign_in_page(&rx, typed, back_to, Some(problem), suspended).await
        }
    }
}

pub(super) async fn sign_out(rx: Rx) -> Answer {
    let farewell = web::identity::farewell(&rx).await?;
    if rx.session().is_some() {
        sessions::end(rx.cx(), rx.token()).await?;
    }
    let answer = match farewell {
        Some(page) => page,
        None => web::to_with_flash(&rx, "/", web::parts::Tone::Success, "signed-out"),
    };
    Ok(web::without_session(&rx, answer))
}
