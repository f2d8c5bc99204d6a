//! Operators: who they are, adding one, new credentials, shutting one out. Administrators only.

use askama::Template;
use italia::EmailAddress;
use sportello_core::access::{Actor, Operation, Role};
use sportello_core::accounts::operators::{self, AddError, Operator, OperatorCredentials, OperatorId};
use web::form::{Choice, Choices, ErrorSummary, Field};
use web::parts::{Badge, SummaryRow, Tone};
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Failure, Fields, Rx};

use super::frame::{Id, Section, allow, enter, inner, shell};
use super::qr::Qr;

const LONGEST_NAME: u32 = 100;

#[derive(Template)]
#[template(path = "office/operators.html")]
struct List {
    shell: Shell,
    table: Table,
    add_href: String,
}

pub(super) async fn list(rx: Rx) -> Answer {
    enter(&rx, Section::Operators)?;
    let mut table = Table::new(rx.t("office-section-operators"))
        .column(rx.t("office-operator-name"))
        .column(rx.t("office-email"))
        .column(rx.t("office-operator-role"))
        .column(rx.t("office-state"));
    for operator in operators::all(rx.cx()).await? {
        table = table.row([
            Cell::link(&operator.name, rx.url(&path(operator.id))),
            Cell::text(&operator.email),
            Cell::text(rx.t(&format!("role-{}", operator.role))),
            Cell { badge: Some(state(&rx, &operator)), ..Cell::default() },
        ]);
    }
    let add_href = rx.url("/ufficio/operatori/nuovo");
    web::page(&rx, &List { shell: shell(&rx, Section::Operators), table, add_href })
}

fn path(id: OperatorId) -> String {
    format!("/ufficio/operatori/{id}")
}

fn state(rx: &Rx, operator: &Operator) -> Badge {
    if operator.active {
        Badge::new(Tone::Success, rx.t("office-operator-active"))
    } else {
        Badge::new(Tone::Neutral, rx.t("office-operator-inactive"))
    }
}

#[derive(Template)]
#[template(path = "office/operator-new.html")]
struct New {
    shell: Shell,
    errors: ErrorSummary,
    name: Field,
    email: Field,
    role: Choices,
    back: String,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Draft<'a> {
    name: &'a str,
    email: &'a str,
    role: &'a str,
    name_error: Option<String>,
    email_error: Option<String>,
    role_error: Option<String>,
}

fn render_new(rx: &Rx, draft: Draft<'_>) -> Answer {
    let name = Field::text("nome", rx.t("office-operator-name"))
        .autocomplete("off")
        .maxlength(LONGEST_NAME)
        .value(draft.name)
        .error(draft.name_error);
    let email = Field::email("email", rx.t("office-email"))
        .hint(rx.t("office-operator-email-hint"))
        .autocomplete("off")
        .value(draft.email)
        .error(draft.email_error);
    let choice = |(key, _): (&str, Role)| {
        Choice::new(key, rx.t(&format!("role-{key}"))).hint(rx.t(&format!("office-role-{key}-hint")))
    };
    let role = Choices::new("ruolo", rx.t("office-operator-role"))
        .choices(Role::OPERATORS.map(choice))
        .selected(draft.role)
        .error(draft.role_error);
    let errors = ErrorSummary::new().check(&name).check(&email).check(&role);
    let wrong = !errors.is_empty();
    let mut shell = inner(rx, Section::Operators, &rx.t("office-operator-add"), &[]);
    shell.has_errors = wrong;
    let template = New { shell, errors, name, email, role, back: rx.url(Section::Operators.path()) };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn form(rx: Rx) -> Answer {
    allow(&rx, Operation::ManageOperators)?;
    render_new(&rx, Draft::default())
}

pub(super) async fn add(rx: Rx, fields: Fields) -> Answer {
    allow(&rx, Operation::ManageOperators)?;
    let name: String = fields.get("nome").chars().filter(|c| !c.is_control()).take(LONGEST_NAME as usize).collect();
    let mut draft = Draft { name: &name, email: fields.get("email"), role: fields.get("ruolo"), ..Draft::default() };
    let email = EmailAddress::parse(draft.email);
    draft.name_error = name.is_empty().then(|| rx.t("office-operator-no-name"));
    draft.email_error = email.is_err().then(|| rx.t("office-operator-bad-email"));
    draft.role_error = Role::operator(draft.role).is_none().then(|| rx.t("office-operator-no-role"));
    let (Ok(email), None, None) = (email, &draft.name_error, &draft.role_error) else {
        return render_new(&rx, draft);
    };
    match operators::add(rx.cx(), &name, &email, draft.role).await {
        Ok(credentials) => show(&rx, &name, email.as_str(), &credentials),
        Err(AddError::Ground(error)) => Err(error.into()),
        Err(AddError::Exists) => {
            draft.email_error = Some(rx.t("office-operator-exists"));
            render_new(&rx, draft)
        }
        Err(AddError::Role) => {
            draft.role_error = Some(rx.t("office-operator-no-role"));
            render_new(&rx, draft)
        }
    }
}

#[derive(Template)]
#[template(path = "office/operator.html")]
struct Page {
    shell: Shell,
    name: String,
    rows: Vec<SummaryRow>,
    active: bool,
    own: bool,
}

async fn found(rx: &Rx, id: OperatorId) -> Result<Operator, Failure> {
    allow(rx, Operation::ManageOperators)?;
    let all = operators::all(rx.cx()).await?;
    all.into_iter().find(|operator| operator.id == id).ok_or(Failure::NotFound)
}

fn is_own(rx: &Rx, id: OperatorId) -> bool {
    matches!(rx.cx().actor, Actor::Operator { id: own, .. } if own == id)
}

pub(super) async fn page(rx: Rx, Id(id): Id<OperatorId>) -> Answer {
    let operator = found(&rx, id).await?;
    let rows = vec![
        SummaryRow::new(rx.t("office-email"), &operator.email).badge(state(&rx, &operator)),
        SummaryRow::new(rx.t("office-operator-role"), rx.t(&format!("role-{}", operator.role))),
    ];
    let template = Page {
        shell: inner(&rx, Section::Operators, &operator.name, &[]),
        name: operator.name,
        rows,
        active: operator.active,
        own: is_own(&rx, id),
    };
    web::page(&rx, &template)
}

pub(super) async fn change(rx: Rx, Id(id): Id<OperatorId>, fields: Fields) -> Answer {
    let operator = found(&rx, id).await?;
    let done = |tone, key| Ok(web::to_with_flash(&rx, &path(id), tone, key));
    match fields.get("azione") {
        "credenziali" => {
            let credentials = operators::renew(rx.cx(), &operator.email).await?;
            show(&rx, &operator.name, &operator.email, &credentials)
        }
        // Nobody locks themselves out: so at least one administrator is always left.
        "disattiva" if is_own(&rx, id) => done(Tone::Danger, "office-operator-own"),
        "disattiva" => {
            operators::set_active(rx.cx(), id, false).await?;
            done(Tone::Success, "office-operator-now-inactive")
        }
        "riattiva" => {
            operators::set_active(rx.cx(), id, true).await?;
            done(Tone::Success, "office-operator-now-active")
        }
        _ => Err(Failure::BadRequest),
    }
}

#[derive(Template)]
#[template(path = "office/credentials.html")]
struct Credentials {
    shell: Shell,
    name: String,
    email: String,
    password: String,
    otp_secret: String,
    qr: Option<Qr>,
    back: String,
}

/// The credentials, this once.
fn show(rx: &Rx, name: &str, email: &str, credentials: &OperatorCredentials) -> Answer {
    let template = Credentials {
        shell: inner(rx, Section::Operators, &rx.t("office-credentials-title"), &[]),
        name: name.to_owned(),
        email: email.to_owned(),
        password: credentials.password.expose().to_owned(),
        otp_secret: credentials.otp_secret.expose().to_owned(),
        qr: Qr::of(&credentials.otp_url),
        back: rx.url(Section::Operators.path()),
    };
    web::page(rx, &template)
}
