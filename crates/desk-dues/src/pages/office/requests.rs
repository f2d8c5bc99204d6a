//! Requests for help: what was asked beside what the record says, and the decision.

use askama::Template;
use italia::PhoneNumber;
use sportello_core::access::Operation;
use sportello_core::accounts::{self, Account};
use sportello_core::people::{self, Firm};
use web::form::{Checkbox, ErrorSummary, Field};
use web::parts::{SummaryRow, Tone};
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Failure, Fields, Rx};

use super::frame::{Id, Section, allow, enter, inner, may, shell};
use super::reset::Draft;
use super::words;
use crate::help::{self, HelpRequest, HelpRequestId};
use crate::pages::parse;

/// An answer longer than this belongs in a letter.
const LONGEST_ANSWER: u32 = 2_000;

#[derive(Template)]
#[template(path = "office/requests.html")]
struct List {
    shell: Shell,
    table: Option<Table>,
}

pub(super) async fn list(rx: Rx) -> Answer {
    enter(&rx, Section::Requests)?;
    let waiting = help::waiting(rx.cx()).await?;
    let table = (!waiting.is_empty()).then(|| table(&rx, &waiting));
    web::page(&rx, &List { shell: shell(&rx, Section::Requests), table })
}

fn table(rx: &Rx, waiting: &[HelpRequest]) -> Table {
    let mut table = Table::new(rx.t("office-requests-caption"))
        .column(rx.t("office-request"))
        .column(rx.t("office-arrived"))
        .column(rx.t("office-from"))
        .column(rx.t("office-firm"))
        .column(rx.t("office-request-record"));
    for request in waiting {
        let (tone, key) = agreement(request);
        let subject = if request.subject.is_empty() { kind(rx, request) } else { request.subject.clone() };
        table = table.row([
            Cell::link(subject, rx.url(&path(request.id))).context(words::when(request.created_at)),
            Cell::text(words::when(request.created_at)),
            Cell::text(&request.sender),
            Cell::text(request.firm_name.clone().unwrap_or_else(|| "–".to_owned())),
            Cell::badge(tone, rx.t(key)),
        ]);
    }
    table
}

fn path(id: HelpRequestId) -> String {
    format!("/ufficio/richieste/{id}")
}

fn kind(rx: &Rx, request: &HelpRequest) -> String {
    rx.t(if request.kind == "reset" { "office-request-reset" } else { "office-request-other" })
}

fn agreement(request: &HelpRequest) -> (Tone, &'static str) {
    match (request.kind.as_str(), request.agrees) {
        (_, true) => (Tone::Success, "office-request-agrees"),
        ("reset", false) => (Tone::Warning, "office-request-differs"),
        _ => (Tone::Neutral, "office-request-no-data"),
    }
}

#[derive(Template)]
#[template(path = "office/request.html")]
struct Page {
    shell: Shell,
    errors: ErrorSummary,
    rows: Vec<SummaryRow>,
    message: String,
    comparison: Table,
    is_open: bool,
    firm_href: Option<String>,
    search_href: String,
    may_decide: bool,
    /// Where new credentials would go; none when there is no account.
    to: Option<String>,
    reason: Field,
    checked: Checkbox,
    answer: Field,
    back: String,
}

/// The request with the record that it names.
struct Dossier {
    request: HelpRequest,
    firm: Option<Firm>,
    account: Option<Account>,
}

async fn dossier(rx: &Rx, id: HelpRequestId) -> Result<Dossier, Failure> {
    let cx = rx.cx();
    let request = help::get(cx, id).await?.ok_or(Failure::NotFound)?;
    let (firm, account) = match request.firm_id {
        Some(firm) => (Some(people::get(cx, firm).await?), accounts::of_firm(cx, firm).await?),
        None => (None, None),
    };
    Ok(Dossier { request, firm, account })
}

fn render(rx: &Rx, dossier: &Dossier, draft: &Draft, typed: &str, answer_error: Option<String>) -> Answer {
    let request = &dossier.request;
    let (reason, checked) = draft.controls(rx);
    let answer = Field::textarea("risposta", rx.t("office-answer"))
        .hint(rx.t("office-request-answer-hint"))
        .maxlength(LONGEST_ANSWER)
        .value(typed)
        .error(answer_error);
    let errors = ErrorSummary::new().general(draft.general.clone()).check(&reason).check(&checked).check(&answer);
    let wrong = !errors.is_empty();
    let mut shell = inner(rx, Section::Requests, &kind(rx, request), &[]);
    shell.has_errors = wrong;
    let best = [&request.albo_number, &request.member_code, &request.phone].into_iter().flatten().next();
    let best = best.map_or(request.sender.as_str(), String::as_str);
    let best: String = url::form_urlencoded::byte_serialize(best.as_bytes()).collect();
    let template = Page {
        shell,
        errors,
        rows: rows(rx, request),
        message: request.message.clone(),
        comparison: comparison(rx, dossier),
        is_open: request.state == "open",
        firm_href: request.firm_id.map(|firm| rx.url(&format!("/ufficio/imprese/{firm}"))),
        search_href: rx.url(&format!("/ufficio/imprese?q={best}")),
        may_decide: may(rx, Operation::ResetPassword),
        to: dossier.account.as_ref().map(|account| account.email.clone()),
        reason,
        checked,
        answer,
        back: rx.url(Section::Requests.path()),
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

fn rows(rx: &Rx, request: &HelpRequest) -> Vec<SummaryRow> {
    let source = if request.source == "mail" { "office-source-mail" } else { "office-source-web" };
    let mut rows = vec![SummaryRow::new(rx.t("office-arrived"), rx.moment(request.created_at)).line(rx.t(source))];
    if !request.sender.is_empty() {
        rows.push(SummaryRow::new(rx.t("office-from"), &request.sender));
    }
    if !request.subject.is_empty() {
        rows.push(SummaryRow::new(rx.t("office-notice-subject"), &request.subject));
    }
    if let Some(name) = &request.firm_name {
        rows.push(SummaryRow::new(rx.t("office-firm"), name));
    }
    rows
}

/// What was asked beside what the record says (requirement A-40).
fn comparison(rx: &Rx, dossier: &Dossier) -> Table {
    let Dossier { request, firm, account } = dossier;
    let account = account.as_ref();
    let sender = (!request.sender.is_empty()).then(|| request.sender.clone());
    let lines = [
        ("office-member-code", request.member_code.clone(), account.map(|a| a.member_code.clone())),
        ("office-albo-number", request.albo_number.clone(), firm.as_ref().map(|f| f.albo_number.clone())),
        ("office-phone", request.phone.clone(), account.map(|a| a.phone.clone())),
        ("office-from", sender, account.map(|a| a.email.clone())),
    ];
    let mut table = Table::new(rx.t("office-comparison"))
        .column(rx.t("office-comparison-what"))
        .column(rx.t("office-comparison-asked"))
        .column(rx.t("office-comparison-record"))
        .column(rx.t("office-comparison-result"));
    for (key, asked, record) in lines {
        let (tone, result) = compared(asked.as_deref(), record.as_deref());
        let shown = |text: Option<String>| {
            let text = text.map(|text| if key == "office-phone" { parse::phone_shown(&text) } else { text });
            Cell::text(text.unwrap_or_else(|| "–".to_owned()))
        };
        table = table.row([Cell::text(rx.t(key)), shown(asked), shown(record), Cell::badge(tone, rx.t(result))]);
    }
    table
}

fn compared(asked: Option<&str>, record: Option<&str>) -> (Tone, &'static str) {
    let same = |a: &str, b: &str| {
        let phones = PhoneNumber::parse(a).ok().zip(PhoneNumber::parse(b).ok());
        a.eq_ignore_ascii_case(b) || phones.is_some_and(|(a, b)| a == b)
    };
    match (asked, record) {
        (None, _) => (Tone::Warning, "office-comparison-missing"),
        (Some(_), None) => (Tone::Neutral, "office-comparison-no-record"),
        (Some(asked), Some(record)) if same(asked, record) => (Tone::Success, "office-comparison-same"),
        _ => (Tone::Danger, "office-comparison-different"),
    }
}

pub(super) async fn page(rx: Rx, Id(id): Id<HelpRequestId>) -> Answer {
    enter(&rx, Section::Requests)?;
    render(&rx, &dossier(&rx, id).await?, &Draft::default(), "", None)
}

pub(super) async fn decide(rx: Rx, Id(id): Id<HelpRequestId>, fields: Fields) -> Answer {
    allow(&rx, Operation::ResetPassword)?;
    let dossier = dossier(&rx, id).await?;
    let done = |key| Ok(web::to_with_flash(&rx, Section::Requests.path(), Tone::Success, key));
    if fields.get("decisione") == "password" {
        let draft = Draft::of(&rx, &fields);
        if !draft.is_good() {
            return render(&rx, &dossier, &draft, "", None);
        }
        let firm = dossier.request.firm_id.ok_or(Failure::BadRequest)?;
        return match help::reset(rx.cx(), firm, &draft.reason, Some(id)).await {
            Ok(()) => done("office-reset-done"),
            Err(error) => render(&rx, &dossier, &draft.refused(&rx, error)?, "", None),
        };
    }
    let answer: String = fields.get("risposta").chars().take(LONGEST_ANSWER as usize).collect();
    match help::refuse(rx.cx(), id, &answer).await {
        Ok(()) => done("office-request-closed"),
        Err(help::ResetError::NoReason) => {
            render(&rx, &dossier, &Draft::default(), &answer, Some(rx.t("office-request-no-answer")))
        }
        Err(error) => render(&rx, &dossier, &Draft::default().refused(&rx, error)?, &answer, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_is_compared_as_people_would() {
        // req: A-40
        assert_eq!(compared(Some("a@B.it"), Some("A@b.it")), (Tone::Success, "office-comparison-same"));
        assert_eq!(compared(Some("06 1234 5678"), Some("+390612345678")), (Tone::Success, "office-comparison-same"));
        assert_eq!(compared(Some("RM/1/A"), Some("RM/2/A")), (Tone::Danger, "office-comparison-different"));
        assert_eq!(compared(None, Some("x")), (Tone::Warning, "office-comparison-missing"));
        assert_eq!(compared(Some("x"), None), (Tone::Neutral, "office-comparison-no-record"));
    }
}
