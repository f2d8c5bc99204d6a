//! The terms of the fee years, with how they came to be, and moving one (requirement A-45).

use askama::Template;
use sportello_core::access::Operation;
use sportello_core::deadlines::{self, ExtendError};
use web::form::{Checkbox, ErrorSummary, Field};
use web::parts::Tone;
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Fields, Rx};

use super::fee::fee_failure;
use super::frame::{Id, Section, allow, enter, inner, may, shell};
use super::words;
use crate::desk::dues;
use crate::fee::{self, Deadline};

const LONGEST_REASON: u32 = 500;

/// A year with the history of its term.
struct Year {
    year: i64,
    due: String,
    history: Table,
    href: String,
}

#[derive(Template)]
#[template(path = "office/deadlines.html")]
struct List {
    shell: Shell,
    years: Vec<Year>,
    may_extend: bool,
}

pub(super) async fn list(rx: Rx) -> Answer {
    enter(&rx, Section::Deadlines)?;
    let cx = rx.cx();
    let mut years = Vec::new();
    for year in dues(cx)?.years.iter().rev() {
        let deadline = fee::deadline(cx, year.year).await.map_err(fee_failure)?;
        years.push(Year {
            year: year.year,
            due: rx.date(deadline.due),
            history: history(&rx, &deadline),
            href: rx.url(&format!("/ufficio/scadenze/{}", year.year)),
        });
    }
    let may_extend = may(&rx, Operation::ExtendDeadline);
    web::page(&rx, &List { shell: shell(&rx, Section::Deadlines), years, may_extend })
}

fn history(rx: &Rx, deadline: &Deadline) -> Table {
    let caption = rx.tr("office-term-history", &[("year", deadline.year.to_string().into())]);
    let mut table = Table::new(caption).column(rx.t("office-term-day")).column(rx.t("office-term-reason"));
    for term in &deadline.history {
        table = table.row([Cell::text(rx.date(term.due)), Cell::text(&term.reason)]);
    }
    table
}

#[derive(Template)]
#[template(path = "office/deadline.html")]
struct Page {
    shell: Shell,
    errors: ErrorSummary,
    year: i64,
    due: String,
    date: Field,
    reason: Field,
    sure: Checkbox,
    history: Table,
    back: String,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Draft<'a> {
    date: &'a str,
    reason: &'a str,
    sure: bool,
    date_error: Option<String>,
    reason_error: Option<String>,
    sure_error: Option<String>,
}

fn render(rx: &Rx, deadline: &Deadline, draft: Draft<'_>) -> Answer {
    let date = Field::date("data", rx.t("office-term-new"))
        .hint(rx.t("office-term-new-hint"))
        .value(draft.date)
        .error(draft.date_error);
    let reason = Field::textarea("motivo", rx.t("office-term-act"))
        .hint(rx.t("office-term-act-hint"))
        .rows(3)
        .maxlength(LONGEST_REASON)
        .value(draft.reason)
        .error(draft.reason_error);
    let sure = Checkbox::new("conferma", rx.t("office-term-sure"))
        .hint(rx.t("office-term-sure-hint"))
        .checked(draft.sure)
        .error(draft.sure_error);
    let errors = ErrorSummary::new().check(&date).check(&reason).check(&sure);
    let wrong = !errors.is_empty();
    let title = rx.tr("office-term-extend-title", &[("year", deadline.year.to_string().into())]);
    let mut shell = inner(rx, Section::Deadlines, &title, &[]);
    shell.has_errors = wrong;
    let template = Page {
        shell,
        errors,
        year: deadline.year,
        due: rx.date(deadline.due),
        date,
        reason,
        sure,
        history: history(rx, deadline),
        back: rx.url(Section::Deadlines.path()),
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

pub(super) async fn form(rx: Rx, Id(year): Id<i64>) -> Answer {
    allow(&rx, Operation::ExtendDeadline)?;
    let deadline = fee::deadline(rx.cx(), year).await.map_err(fee_failure)?;
    render(&rx, &deadline, Draft::default())
}

pub(super) async fn extend(rx: Rx, Id(year): Id<i64>, fields: Fields) -> Answer {
    allow(&rx, Operation::ExtendDeadline)?;
    let cx = rx.cx();
    let deadline = fee::deadline(cx, year).await.map_err(fee_failure)?;
    let reason: String = fields.get("motivo").chars().take(LONGEST_REASON as usize).collect();
    let mut draft =
        Draft { date: fields.get("data"), reason: &reason, sure: fields.ticked("conferma"), ..Draft::default() };
    if reason.trim().is_empty() {
        draft.reason_error = Some(rx.t("office-term-no-reason"));
    }
    let Some(due) = words::typed_date(draft.date) else {
        draft.date_error = Some(rx.t("office-term-no-date"));
        return render(&rx, &deadline, draft);
    };
    if !draft.sure {
        draft.sure_error = Some(rx.tr("office-term-not-sure", &[("date", rx.date(due).into())]));
        return render(&rx, &deadline, draft);
    }
    match deadlines::extend(cx, &fee::deadline_name(year), deadline.due, due, &reason).await {
        Ok(()) => return Ok(web::to_with_flash(&rx, Section::Deadlines.path(), Tone::Success, "office-term-extended")),
        Err(ExtendError::NotLater) => {
            draft.date_error = Some(rx.tr("office-term-not-later", &[("date", rx.date(deadline.due).into())]));
        }
        Err(ExtendError::NoReason) => draft.reason_error = Some(rx.t("office-term-no-reason")),
        Err(ExtendError::Ground(error)) => return Err(error.into()),
    }
    render(&rx, &deadline, draft)
}
