//! Committenti: who they are, adding one, keys and usage, shutting one out. Administrators only.

use askama::Template;
use italia::{EmailAddress, FiscalCode};
use sportello_core::access::Operation;
use sportello_core::committenti::{
    self, AddError, ApiKey, Committente, CommittenteId, KeyId, KeyState, NewCommittente, usage,
};
use web::form::{ErrorSummary, Field};
use web::parts::{Badge, SummaryRow, Tone};
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Failure, Fields, Rx};

use super::super::parse;
use super::frame::{Id, Section, allow, enter, inner, shell};
use crate::pages::committenti::key_state;

const LONGEST_NAME: u32 = 120;
const USUAL_LIMIT: &str = "60";
const MOST_PER_MINUTE: u32 = 6_000;
/// Days of usage on the page.
const DAYS: i64 = 31;

#[derive(Template)]
#[template(path = "office/committenti.html")]
struct List {
    shell: Shell,
    table: Option<Table>,
    add_href: String,
}

fn path(id: CommittenteId) -> String {
    format!("/ufficio/committenti/{id}")
}

fn state(rx: &Rx, committente: &Committente) -> Badge {
    match committente.suspended_at {
        None => Badge::new(Tone::Success, rx.t("office-committente-active")),
        Some(_) => Badge::new(Tone::Danger, rx.t("office-committente-suspended")),
    }
}

pub(super) async fn list(rx: Rx) -> Answer {
    enter(&rx, Section::Committenti)?;
    let all = committenti::all(rx.cx()).await?;
    let mut table = Table::new(rx.t("office-section-committenti"))
        .column(rx.t("office-committente-name"))
        .column(rx.t("office-tax-code"))
        .column(rx.t("office-email"))
        .column(rx.t("office-state"));
    for committente in &all {
        table = table.row([
            Cell::link(&committente.name, rx.url(&path(committente.id))),
            Cell::text(&committente.tax_code),
            Cell::text(&committente.email),
            Cell { badge: Some(state(&rx, committente)), ..Cell::default() },
        ]);
    }
    let add_href = rx.url("/ufficio/committenti/nuovo");
    let table = (!all.is_empty()).then_some(table);
    web::page(&rx, &List { shell: shell(&rx, Section::Committenti), table, add_href })
}

#[derive(Template)]
#[template(path = "office/committente-new.html")]
struct New {
    shell: Shell,
    errors: ErrorSummary,
    name: Field,
    tax_code: Field,
    email: Field,
    per_minute: Field,
    back: String,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Draft {
    name: String,
    tax_code: String,
    email: String,
    per_minute: String,
    name_error: Option<String>,
    tax_code_error: Option<String>,
    email_error: Option<String>,
    limit_error: Option<String>,
}

fn limit_field(rx: &Rx, typed: &str, error: Option<String>) -> Field {
    Field::text("al_minuto", rx.t("office-committente-per-minute"))
        .hint(rx.t("office-committente-per-minute-hint"))
        .inputmode("numeric")
        .autocomplete("off")
        .width("w-short")
        .value(typed)
        .error(error)
}

fn limit(rx: &Rx, typed: &str) -> Result<u32, String> {
    let wrong = || rx.tr("office-committente-bad-limit", &[("most", i64::from(MOST_PER_MINUTE).into())]);
    typed.parse().ok().filter(|n| (1..=MOST_PER_MINUTE).contains(n)).ok_or_else(wrong)
}

fn render_new(rx: &Rx, draft: Draft) -> Answer {
    let text = |name, key| Field::text(name, rx.t(key)).autocomplete("off");
    let name =
        text("nome", "office-committente-name").maxlength(LONGEST_NAME).value(draft.name).error(draft.name_error);
    let tax_code =
        text("codice_fiscale", "office-tax-code").width("w-medium").value(draft.tax_code).error(draft.tax_code_error);
    let email = Field::email("email", rx.t("office-email"))
        .hint(rx.t("office-committente-email-hint"))
        .autocomplete("off")
        .value(draft.email)
        .error(draft.email_error);
    let per_minute = limit_field(rx, &draft.per_minute, draft.limit_error);
    let errors = ErrorSummary::new().check(&name).check(&tax_code).check(&email).check(&per_minute);
    let wrong = !errors.is_empty();
    let mut shell = inner(rx, Section::Committenti, &rx.t("office-committente-add"), &[]);
    shell.has_errors = wrong;
    let back = rx.url(Section::Committenti.path());
    let template = New { shell, errors, name, tax_code, email, per_minute, back };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn form(rx: Rx) -> Answer {
    allow(&rx, Operation::ManageCommittenti)?;
    render_new(&rx, Draft { per_minute: USUAL_LIMIT.to_owned(), ..Draft::default() })
}

pub(super) async fn add(rx: Rx, fields: Fields) -> Answer {
    allow(&rx, Operation::ManageCommittenti)?;
    let name: String = fields.get("nome").chars().filter(|c| !c.is_control()).take(LONGEST_NAME as usize).collect();
    let code = parse::tax_code(&rx, fields.get("codice_fiscale"));
    let email = EmailAddress::parse(fields.get("email")).map_err(|_| rx.t("office-operator-bad-email"));
    let per_minute = limit(&rx, fields.get("al_minuto"));
    let mut draft = Draft {
        name_error: name.is_empty().then(|| rx.t("office-committente-no-name")),
        name,
        tax_code: fields.get("codice_fiscale").to_owned(),
        email: fields.get("email").to_owned(),
        per_minute: fields.get("al_minuto").to_owned(),
        tax_code_error: code.as_ref().err().cloned(),
        email_error: email.as_ref().err().cloned(),
        limit_error: per_minute.as_ref().err().cloned(),
    };
    let (Ok(code), Ok(email), Ok(per_minute), None) = (code, email, per_minute, &draft.name_error) else {
        return render_new(&rx, draft);
    };
    match enrol(&rx, &draft.name, &code, &email, per_minute).await {
        Ok(id) => Ok(web::to_with_flash(&rx, &path(id), Tone::Success, "office-committente-invited")),
        Err(AddError::Ground(error)) => Err(error.into()),
        Err(AddError::Exists) => {
            draft.tax_code_error = Some(rx.t("office-committente-exists"));
            render_new(&rx, draft)
        }
    }
}

/// Adds a committente and invites it.
async fn enrol(
    rx: &Rx,
    name: &str,
    tax_code: &FiscalCode,
    email: &EmailAddress,
    per_minute: u32,
) -> Result<CommittenteId, AddError> {
    let id = committenti::add(rx.cx(), &NewCommittente { name, tax_code, email, per_minute }).await?;
    committenti::invite(rx.cx(), id).await?;
    Ok(id)
}

/// One key on the page.
struct Key {
    id: KeyId,
    label: String,
    prefix: String,
    about: String,
    state: Badge,
    good: bool,
}

fn key(rx: &Rx, key: &ApiKey) -> Key {
    let used = key.used_at.map_or_else(|| rx.t("committenti-key-never-used"), |at| rx.moment(at));
    let until = rx.moment(key.expires_at);
    Key {
        id: key.id,
        label: key.label.clone(),
        prefix: key.prefix.clone(),
        about: rx.tr("office-committente-key-about", &[("until", until.into()), ("used", used.into())]),
        state: key_state(rx, key),
        good: matches!(key.state(rx.cx().now_ms()), KeyState::Good | KeyState::Expiring),
    }
}

#[derive(Template)]
#[template(path = "office/committente.html")]
struct Page {
    shell: Shell,
    errors: ErrorSummary,
    name: String,
    rows: Vec<SummaryRow>,
    keys: Vec<Key>,
    active: bool,
    per_minute: Field,
    usage: Option<Table>,
}

async fn found(rx: &Rx, id: CommittenteId) -> Result<Committente, Failure> {
    allow(rx, Operation::ManageCommittenti)?;
    committenti::get(rx.cx(), id).await?.ok_or(Failure::NotFound)
}

async fn render(rx: &Rx, committente: &Committente, typed: Option<&str>, error: Option<String>) -> Answer {
    let keys = committenti::of(rx.cx(), committente.id).await?;
    let days = usage::days(rx.cx(), committente.id, DAYS).await?;
    let set = committente.per_minute.to_string();
    let per_minute = limit_field(rx, typed.unwrap_or(&set), error);
    let errors = ErrorSummary::new().check(&per_minute);
    let wrong = !errors.is_empty();
    let mut shell = inner(rx, Section::Committenti, &committente.name, &[]);
    shell.has_errors = wrong;
    let template = Page {
        shell,
        errors,
        name: committente.name.clone(),
        rows: vec![
            SummaryRow { lines: Vec::new(), ..SummaryRow::new(rx.t("office-state"), "") }.badge(state(rx, committente)),
            SummaryRow::new(rx.t("office-tax-code"), &committente.tax_code),
            SummaryRow::new(rx.t("office-email"), &committente.email),
            SummaryRow::new(rx.t("office-committente-since"), rx.moment(committente.created_at)),
        ],
        keys: keys.iter().map(|k| key(rx, k)).collect(),
        active: committente.suspended_at.is_none(),
        per_minute,
        usage: (!days.is_empty()).then(|| usage_table(rx, &days)),
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

fn usage_table(rx: &Rx, days: &[usage::Day]) -> Table {
    let mut table = Table::new(rx.t("office-committente-usage"))
        .column(rx.t("office-committente-day"))
        .numbers(rx.t("office-committente-requests"))
        .numbers(rx.t("office-committente-queries"));
    for day in days {
        let cells = [super::words::civil(rx, &day.day), day.requests.to_string(), day.queries.to_string()];
        table = table.row(cells.map(Cell::text));
    }
    table
}

pub(super) async fn page(rx: Rx, Id(id): Id<CommittenteId>) -> Answer {
    let committente = found(&rx, id).await?;
    render(&rx, &committente, None, None).await
}

pub(super) async fn change(rx: Rx, Id(id): Id<CommittenteId>, fields: Fields) -> Answer {
    let committente = found(&rx, id).await?;
    let done = match fields.get("azione") {
        "invita" => {
            committenti::invite(rx.cx(), id).await?;
            "office-committente-invited"
        }
        "sospendi" => {
            committenti::set_suspended(rx.cx(), id, true).await?;
            "office-committente-now-suspended"
        }
        "riattiva" => {
            committenti::set_suspended(rx.cx(), id, false).await?;
            "office-committente-now-active"
        }
        "revoca" => {
            let key: KeyId = fields.get("chiave").parse().map_err(|_| Failure::BadRequest)?;
            committenti::revoke(rx.cx(), id, key).await?;
            "committenti-key-now-revoked"
        }
        "limite" => match limit(&rx, fields.get("al_minuto")) {
            Err(error) => return render(&rx, &committente, Some(fields.get("al_minuto")), Some(error)).await,
            Ok(per_minute) => {
                committenti::set_limit(rx.cx(), id, per_minute).await?;
                "office-committente-limit-set"
            }
        },
        _ => return Err(Failure::BadRequest),
    };
    Ok(web::to_with_flash(&rx, &path(id), Tone::Success, done))
}
