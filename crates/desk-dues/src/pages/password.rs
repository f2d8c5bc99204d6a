use askama::Template;
use axum::extract::Path;
use italia::MemberCode;
use sportello_core::Secret;
use sportello_core::access::Actor;
use sportello_core::accounts::passwords::Change;
use sportello_core::accounts::policy::{Policy, Unmet};
use sportello_core::accounts::{self, Account, ChangeError, LinkError};
use web::form::{ErrorSummary, Field, PasswordRule, PasswordRules, RuleTest};
use web::parts::Tone;
use web::shell::Shell;
use web::{Answer, Failure, Fields, Rx};

use super::parse;
use crate::help::{self, NewRequest};

#[derive(Template)]
#[template(path = "dues/password.html")]
struct ChangePage {
    shell: Shell,
    errors: ErrorSummary,
    first: bool,
    pin: Option<Field>,
    present: Field,
    new: Field,
    rules: PasswordRules,
    again: Field,
    history: i64,
}

/// What is wrong with a new password, field by field.
#[derive(Default)]
struct Problems {
    pin: Option<String>,
    present: Option<String>,
    new: Option<String>,
    again: Option<String>,
    general: Option<String>,
    unmet: Vec<Unmet>,
}

impl Problems {
    fn of(rx: &Rx, error: ChangeError) -> Result<Self, Failure> {
        let mut problems = Self::default();
        match error {
            ChangeError::WrongPassword => problems.present = Some(rx.t("password-wrong")),
            ChangeError::WrongPin { left } => problems.pin = Some(rx.tr("pin-wrong", &[("left", left.into())])),
            ChangeError::Suspended => problems.general = Some(rx.t("sign-in-suspended")),
            ChangeError::Unmet(unmet) => {
                problems.new = Some(rx.t("password-unmet"));
                problems.unmet = unmet;
            }
            ChangeError::Differ => problems.again = Some(rx.t("password-differ")),
            ChangeError::UsedBefore => {
                problems.new =
                    Some(rx.tr("password-used-before", &[("count", rx.cx().tenant.accounts.history.into())]));
            }
            ChangeError::Busy => return Err(Failure::Busy),
            ChangeError::Ground(error) => return Err(error.into()),
        }
        Ok(problems)
    }
}

fn rules(rx: &Rx, policy: &Policy, unmet: &[Unmet]) -> PasswordRules {
    let rule = |rule: &Unmet| {
        let length = i64::try_from(policy.min_length).unwrap_or(8);
        let text = rx.tr(rule.text_key(), &[("length", length.into())]);
        let test = match rule {
            Unmet::Length => RuleTest::Min(u32::try_from(policy.min_length).unwrap_or(8)),
            Unmet::Digit => RuleTest::Has("[0-9]".to_owned()),
            Unmet::Capital => RuleTest::Has("\\p{Lu}".to_owned()),
            Unmet::Special => RuleTest::Has("[^\\p{L}\\p{N}]".to_owned()),
            Unmet::Common | Unmet::TooLong => RuleTest::Server,
        };
        PasswordRule::new(text, test).unmet(unmet.contains(rule))
    };
    PasswordRules::new("nuova", policy.rules().iter().map(rule).collect())
}

fn change_page(rx: &Rx, account: &Account, problems: Problems) -> Answer {
    let policy = &rx.cx().tenant.accounts;
    let first = account.must_change;
    let mut shell = rx.shell(rx.t(if first { "password-first-title" } else { "password-title" }));
    shell.breadcrumb = rx.crumbs(&[("password-title", None)]);
    let pin = (first && account.temporary_until.is_some()).then(|| {
        Field::code("pin", rx.t("pin-label")).hint(rx.t("pin-hint")).autocomplete("off").error(problems.pin.clone())
    });
    let present = Field::password("attuale", rx.t(if first { "password-temporary" } else { "password-present" }))
        .error(problems.present);
    let new = Field::new_password("nuova", rx.t("password-new")).error(problems.new).no_paste(policy.no_paste);
    let mut again = Field::password("conferma", rx.t("password-again"))
        .autocomplete("new-password")
        .error(problems.again)
        .no_paste(policy.no_paste);
    if policy.no_paste {
        again = again.hint(rx.t("password-no-paste"));
    }
    let mut errors = ErrorSummary::new().general(problems.general);
    if let Some(pin) = &pin {
        errors = errors.check(pin);
    }
    errors = errors.check(&present).check(&new).check(&again);
    let wrong = !errors.is_empty();
    shell.has_errors = wrong;
    let rules = rules(rx, policy, &problems.unmet);
    let template = ChangePage { shell, errors, first, pin, present, new, rules, again, history: policy.history };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

async fn signed_in(rx: &Rx) -> Result<Account, Failure> {
    match rx.cx().actor {
        Actor::Firm { account, .. } => Ok(accounts::get(rx.cx(), account).await?),
        _ => Err(Failure::SignIn(rx.url("/accesso"))),
    }
}

pub(super) async fn form(rx: Rx) -> Answer {
    change_page(&rx, &signed_in(&rx).await?, Problems::default())
}

pub(super) async fn change(rx: Rx, fields: Fields) -> Answer {
    let account = signed_in(&rx).await?;
    let change = Change {
        present: Secret::new(fields.raw("attuale")),
        pin: Some(Secret::new(fields.raw("pin"))),
        new: Secret::new(fields.raw("nuova")),
        again: Secret::new(fields.raw("conferma")),
        session: rx.token(),
    };
    match accounts::change_password(rx.cx(), &account, change).await {
        Ok(()) => Ok(web::to_with_flash(&rx, "/quota", Tone::Success, "password-changed")),
        Err(error) => change_page(&rx, &account, Problems::of(&rx, error)?),
    }
}

#[derive(Template)]
#[template(path = "dues/forgotten.html")]
struct Forgotten {
    shell: Shell,
    self_service: bool,
    sent: bool,
    member_code: Field,
}

fn forgotten_page(rx: &Rx, sent: bool) -> Answer {
    let mut shell = rx.shell(rx.t("forgotten-title"));
    shell.breadcrumb = rx.crumbs(&[("sign-in-title", Some("/accesso")), ("forgotten-title", None)]);
    let member_code = Field::text("matricola", rx.t("sign-in-code"))
        .hint(rx.t("sign-in-code-hint"))
        .autocomplete("username")
        .width("w-medium");
    let self_service = rx.cx().tenant.accounts.self_service;
    web::page(rx, &Forgotten { shell, self_service, sent, member_code })
}

pub(super) async fn forgotten(rx: Rx) -> Answer {
    forgotten_page(&rx, rx.query().get("inviato") == "1")
}

/// The same answer whether the matricola exists or not.
pub(super) async fn link(rx: Rx, fields: Fields) -> Answer {
    help::self_service(rx.cx(), fields.get("matricola")).await?;
    Ok(web::to(&rx, "/password/dimenticata?inviato=1"))
}

#[derive(Template)]
#[template(path = "dues/reset-request.html")]
struct RequestPage {
    shell: Shell,
    errors: ErrorSummary,
    sent: bool,
    member_code: Field,
    albo: Field,
    phone: Field,
    message: Field,
}

fn request_page(rx: &Rx, fields: &Fields, sent: bool, problems: [Option<String>; 3]) -> Answer {
    let mut shell = rx.shell(rx.t("request-title"));
    shell.breadcrumb = rx.crumbs(&[("sign-in-title", Some("/accesso")), ("request-title", None)]);
    let [code, albo, phone] = problems;
    let member_code = Field::text("matricola", rx.t("sign-in-code"))
        .hint(rx.t("sign-in-code-hint"))
        .value(fields.get("matricola"))
        .error(code)
        .width("w-medium");
    let albo = Field::text("numero_albo", rx.t("register-albo"))
        .hint(rx.t("register-albo-hint"))
        .value(fields.get("numero_albo"))
        .error(albo)
        .width("w-medium");
    let phone = Field::tel("telefono", rx.t("register-phone"))
        .hint(rx.t("request-phone-hint"))
        .value(fields.get("telefono"))
        .error(phone);
    let message = Field::textarea("messaggio", rx.t("request-message")).value(fields.get("messaggio")).optional();
    let errors = ErrorSummary::new().check(&member_code).check(&albo).check(&phone);
    let wrong = !errors.is_empty();
    shell.has_errors = wrong;
    let template = RequestPage { shell, errors, sent, member_code, albo, phone, message };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn request(rx: Rx) -> Answer {
    let query = rx.query();
    request_page(&rx, &Fields::default(), query.get("inviato") == "1", [None, None, None])
}

/// The guide's letter as a form (requirements ).
pub(super) async fn ask(rx: Rx, fields: Fields) -> Answer {
    let code = MemberCode::parse(fields.get("matricola")).map_err(|_| rx.t("request-code-wrong"));
    let albo = parse::albo_number(&rx, fields.get("numero_albo"));
    let phone = parse::phone(&rx, fields.get("telefono"));
    match (code, albo, phone) {
        (Ok(code), Ok(albo), Ok(phone)) => {
            let new = NewRequest {
                reset: true,
                source: "web",
                subject: "RESET PASSWORD".to_owned(),
                message: fields.get("messaggio").to_owned(),
                member_code: Some(code),
                albo_number: Some(albo),
                phone: Some(phone),
                ..NewRequest::default()
            };
            help::ask(rx.cx(), &new).await?;
            Ok(web::to(&rx, "/password/richiesta?inviato=1"))
        }
        (code, albo, phone) => request_page(&rx, &fields, false, [code.err(), albo.err(), phone.err()]),
    }
}

#[derive(Template)]
#[template(path = "dues/new-password.html")]
struct NewPage {
    shell: Shell,
    errors: ErrorSummary,
    gone: bool,
    new: Field,
    rules: PasswordRules,
    again: Field,
}

fn new_page(rx: &Rx, gone: bool, problems: Problems) -> Answer {
    let policy = &rx.cx().tenant.accounts;
    let mut shell = rx.shell(rx.t("password-choose-title"));
    shell.breadcrumb = rx.crumbs(&[("password-choose-title", None)]);
    let new = Field::new_password("nuova", rx.t("password-new")).error(problems.new).no_paste(policy.no_paste);
    let again = Field::password("conferma", rx.t("password-again"))
        .autocomplete("new-password")
        .error(problems.again)
        .no_paste(policy.no_paste);
    let errors = ErrorSummary::new().general(problems.general).check(&new).check(&again);
    let wrong = !errors.is_empty();
    shell.has_errors = wrong;
    let template = NewPage { shell, errors, gone, new, rules: rules(rx, policy, &problems.unmet), again };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn new(rx: Rx, Path(token): Path<String>) -> Answer {
    match accounts::check_link(rx.cx(), &token).await {
        Ok(_) => new_page(&rx, false, Problems::default()),
        Err(LinkError::Gone) => new_page(&rx, true, Problems::default()),
        Err(LinkError::Change(error)) => new_page(&rx, false, Problems::of(&rx, error)?),
        Err(LinkError::Ground(error)) => Err(error.into()),
    }
}

pub(super) async fn choose(rx: Rx, Path(token): Path<String>, fields: Fields) -> Answer {
    let cx = rx.cx().acting_as(Actor::Anonymous);
    let chosen =
        accounts::use_link(&cx, &token, &Secret::new(fields.raw("nuova")), &Secret::new(fields.raw("conferma"))).await;
    match chosen {
        Ok(_) => Ok(web::to_with_flash(&rx, "/accesso", Tone::Success, "password-chosen")),
        Err(LinkError::Gone) => new_page(&rx, true, Problems::default()),
        Err(LinkError::Change(error)) => new_page(&rx, false, Problems::of(&rx, error)?),
        Err(LinkError::Ground(error)) => Err(error.into()),
    }
}
