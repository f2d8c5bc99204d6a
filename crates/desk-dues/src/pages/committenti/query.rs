//! One firm: the question, the answer, the statement.

use askama::Template;
use axum::response::IntoResponse as _;
use http::header;
use sportello_core::committenti;
use web::form::{Checkbox, ErrorSummary, Field};
use web::parts::{Badge, Tone};
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Failure, Fields, Rx};

use super::super::parse;
use super::bulk;
use super::frame::{Id, shell, verdict};
use crate::papers::{statement_file, statement_pdf};
use crate::regularity::{self, AskError, Fact, Query, QueryId, Statement, code_shown, facts};

/// Questions and lists on the first page.
const SHOWN: i64 = 20;

#[derive(Template)]
#[template(path = "committenti/overview.html")]
struct Overview {
    shell: Shell,
    errors: ErrorSummary,
    name: String,
    code: Field,
    fresh: Checkbox,
    file: Field,
    queries: Option<Table>,
    bulks: Option<Table>,
    docs: String,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
pub(super) struct Draft<'a> {
    pub(super) code: &'a str,
    pub(super) fresh: bool,
    pub(super) code_error: Option<String>,
    pub(super) file_error: Option<String>,
}

pub(super) async fn overview(rx: Rx) -> Answer {
    render(&rx, Draft::default()).await
}

pub(super) async fn render(rx: &Rx, draft: Draft<'_>) -> Answer {
    let id = rx.committente()?;
    let committente = committenti::get(rx.cx(), id).await?.ok_or(Failure::NotFound)?;
    let code = Field::text("codice_fiscale", rx.t("regularity-tax-code"))
        .hint(rx.t("committenti-code-hint"))
        .autocomplete("off")
        .maxlength(30)
        .width("w-medium")
        .value(draft.code)
        .error(draft.code_error);
    let fresh =
        Checkbox::new("attendi", rx.t("committenti-fresh")).hint(rx.t("committenti-fresh-hint")).checked(draft.fresh);
    let file = Field::file("file", rx.t("committenti-file"))
        .hint(rx.t("committenti-file-hint"))
        .accept(".csv,.txt,text/csv,text/plain")
        .error(draft.file_error);
    let errors = ErrorSummary::new().check(&code).check(&file);
    let wrong = !errors.is_empty();
    let mut shell = shell(rx, &rx.t("committenti-title"), &[("committenti-nav-queries", None)]);
    shell.has_errors = wrong;
    let queries = regularity::latest(rx.cx(), None, SHOWN).await?;
    let bulks = regularity::bulks(rx.cx(), None, SHOWN).await?;
    let template = Overview {
        shell,
        errors,
        name: committente.name,
        code,
        fresh,
        file,
        queries: (!queries.is_empty()).then(|| table(rx, &queries)),
        bulks: (!bulks.is_empty()).then(|| bulk::table(rx, &bulks)),
        docs: rx.url("/api/v1/openapi.json"),
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

fn path(id: QueryId) -> String {
    format!("/committenti/domande/{id}")
}

fn state(rx: &Rx, query: &Query) -> Badge {
    match query.answer() {
        Some(answer) => verdict(rx, &answer),
        None => Badge::new(Tone::Info, rx.t("committenti-waiting")),
    }
}

fn table(rx: &Rx, queries: &[Query]) -> Table {
    let mut table = Table::new(rx.t("committenti-latest"))
        .column(rx.t("regularity-tax-code"))
        .column(rx.t("regularity-firm"))
        .column(rx.t("committenti-asked-at"))
        .column(rx.t("committenti-outcome"));
    for query in queries {
        let name = query.answer().and_then(|a| a.firm).map_or_else(|| "–".to_owned(), |firm| firm.name);
        table = table.row([
            Cell::link(&query.code, rx.url(&path(query.id))).context(rx.moment(query.asked_at)),
            Cell::text(name),
            Cell::text(rx.moment(query.asked_at)),
            Cell { badge: Some(state(rx, query)), ..Cell::default() },
        ]);
    }
    table
}

pub(super) async fn ask(rx: Rx, fields: Fields) -> Answer {
    rx.committente()?;
    let typed = fields.get("codice_fiscale");
    let fresh = fields.ticked("attendi");
    let draft = |error| Draft { code: typed, fresh, code_error: Some(error), ..Draft::default() };
    let code = match parse::tax_code(&rx, typed) {
        Ok(code) => code,
        Err(error) => return render(&rx, draft(error)).await,
    };
    match regularity::ask(rx.cx(), QueryId(rx.cx().id()), &code, fresh).await {
        Ok((query, _)) => Ok(web::to(&rx, &path(query.id))),
        Err(AskError::Full) => render(&rx, draft(rx.t("committenti-register-full"))).await,
        Err(AskError::Ground(error)) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "committenti/query.html")]
struct Page {
    shell: Shell,
    code: String,
    waiting: bool,
    verdict: Option<Badge>,
    reasons: Vec<String>,
    facts: Vec<Fact>,
    paper: String,
    signed: String,
}

async fn found(rx: &Rx, id: QueryId) -> Result<Query, Failure> {
    rx.committente()?;
    regularity::get(rx.cx(), id).await?.ok_or(Failure::NotFound)
}

pub(super) async fn page(rx: Rx, Id(id): Id<QueryId>) -> Answer {
    let query = found(&rx, id).await?;
    let answer = query.answer();
    let title = rx.tr("committenti-query-title", &[("code", query.code.as_str().into())]);
    let place = [("committenti-nav-queries", Some("/committenti")), ("committenti-outcome", None)];
    let mut shell = shell(&rx, &title, &place);
    shell.refresh_seconds = answer.is_none().then_some(10);
    let template = Page {
        shell,
        code: query.code.clone(),
        waiting: answer.is_none(),
        verdict: answer.as_ref().map(|a| verdict(&rx, a)),
        reasons: answer
            .iter()
            .flat_map(|a| &a.reasons)
            .map(|r| rx.t(&format!("regularity-reason-{}", r.key())))
            .collect(),
        facts: answer.map(|a| facts(rx.cx().texts(), rx.language(), &a)).unwrap_or_default(),
        paper: rx.url(&format!("{}/attestazione.pdf", path(id))),
        signed: rx.url(&format!("{}/attestazione.jws", path(id))),
    };
    web::page(&rx, &template)
}

async fn statement(rx: &Rx, id: QueryId) -> Result<Statement, Failure> {
    let query = found(rx, id).await?;
    regularity::state(rx.cx(), &query).await?.ok_or(Failure::NotFound)
}

pub(super) async fn paper(rx: Rx, Id(id): Id<QueryId>) -> Answer {
    let statement = statement(&rx, id).await?;
    let code = code_shown(rx.cx(), statement.id)?;
    let shown = regularity::by_code(rx.cx(), &code).await?.ok_or(Failure::Internal)?;
    Ok(web::file(&statement_file(rx.cx(), &shown), "application/pdf", statement_pdf(rx.cx(), &shown).await?))
}

pub(super) async fn signed(rx: Rx, Id(id): Id<QueryId>) -> Answer {
    let statement = statement(&rx, id).await?;
    let name = format!("attachment; filename=\"attestazione-{}.jws\"", statement.id);
    let head = [(header::CONTENT_TYPE, "application/jose"), (header::CONTENT_DISPOSITION, name.as_str())];
    Ok((head, statement.jws).into_response())
}
