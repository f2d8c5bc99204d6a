//! Imports of firms and fleets: upload, what was found, and the decision to apply or to drop.

use askama::Template;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::header;
use axum::response::IntoResponse as _;
use sportello_core::access::Operation;
use sportello_core::jobs::{self, Schedule};
use web::form::{Choice, Choices, ErrorSummary, Field};
use web::parts::{Badge, SummaryRow, Tone};
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Failure, Fields, Rx};

use super::super::upload::Upload;
use super::frame::{Id, Section, allow, enter, inner, shell};
use super::words;
use crate::desk::dues;
use crate::import::{self, ApplyImport, Import, ImportError, ImportId, ImportKind, ImportState, Report};

/// So many errors are shown; the file with all kept ones is offered beside them.
const SHOWN_ERRORS: usize = 25;
/// Larger files are applied in the background, so that no browser waits for them.
const MANY_ROWS: i64 = 50_000;

#[derive(Template)]
#[template(path = "office/imports.html")]
struct List {
    shell: Shell,
    errors: ErrorSummary,
    kind: Choices,
    year: Choices,
    file: Field,
    columns: Vec<(String, String, String)>,
    table: Option<Table>,
}

/// What is wrong with the form.
#[derive(Default)]
struct Problems {
    kind: Option<String>,
    year: Option<String>,
    file: Option<String>,
}

async fn render(rx: &Rx, kind: &str, year: &str, problems: Problems) -> Answer {
    let years = dues(rx.cx())?.years.iter().rev().map(|y| y.year.to_string());
    let kind = Choices::new("contenuto", rx.t("office-import-kind"))
        .choice(Choice::new("firms", rx.t("office-import-firms")).hint(rx.t("office-import-firms-hint")))
        .choice(Choice::new("fleet", rx.t("office-import-fleet")).hint(rx.t("office-import-fleet-hint")))
        .selected(kind)
        .error(problems.kind);
    let year = Choices::new("anno", rx.t("office-import-year"))
        .hint(rx.t("office-import-year-hint"))
        .choices(years.map(|y| Choice::new(y.clone(), y)))
        .selected(year)
        .optional()
        .error(problems.year);
    let file = Field::file("file", rx.t("office-import-file"))
        .hint(rx.t("office-import-file-hint"))
        .accept(".csv,text/csv")
        .error(problems.file);
    let errors = ErrorSummary::new().check(&kind).check(&year).check(&file);
    let wrong = !errors.is_empty();
    let mut shell = shell(rx, Section::Imports);
    shell.has_errors = wrong;
    let columns = [("office-import-firms", ImportKind::Firms), ("office-import-fleet", ImportKind::Fleet)];
    let latest = import::latest(rx.cx()).await.map_err(failure)?;
    let template = List {
        shell,
        errors,
        kind,
        year,
        file,
        columns: columns
            .map(|(key, kind)| (rx.t(key), kind.columns().join(";"), kind.further_columns().join(";")))
            .to_vec(),
        table: (!latest.is_empty()).then(|| table(rx, &latest)),
    };
    if wrong { web::form_again(rx, &template) } else { web::page(rx, &template) }
}

/// What a page says when an import is not there, or something else went wrong.
fn failure(error: ImportError) -> Failure {
    match error {
        ImportError::Ground(error) => error.into(),
        _ => Failure::NotFound,
    }
}

fn path(id: ImportId) -> String {
    format!("/ufficio/importazioni/{id}")
}

fn kind_words(rx: &Rx, import: &Import) -> String {
    match import.year {
        Some(year) => rx.tr("office-import-fleet-of", &[("year", year.to_string().into())]),
        None => rx.t("office-import-firms"),
    }
}

fn state(rx: &Rx, import: &Import) -> Badge {
    match import.state() {
        ImportState::Preview => Badge::new(Tone::Warning, rx.t("office-import-preview")),
        ImportState::Applied => Badge::new(Tone::Success, rx.t("office-import-applied")),
        ImportState::Dropped => Badge::new(Tone::Neutral, rx.t("office-import-dropped")),
    }
}

fn table(rx: &Rx, latest: &[Import]) -> Table {
    let mut table = Table::new(rx.t("office-imports-latest"))
        .column(rx.t("office-file"))
        .column(rx.t("office-import-kind"))
        .column(rx.t("office-arrived"))
        .numbers(rx.t("office-import-good"))
        .numbers(rx.t("office-import-bad"))
        .column(rx.t("office-state"));
    for import in latest {
        table = table.row([
            Cell::link(&import.file_name, rx.url(&path(import.id))).context(words::when(import.created_at)),
            Cell::text(kind_words(rx, import)),
            Cell::text(words::when(import.created_at)),
            Cell::text(import.good.to_string()),
            Cell::text(import.bad.to_string()),
            Cell { badge: Some(state(rx, import)), ..Cell::default() },
        ]);
    }
    table
}

pub(super) async fn list(rx: Rx) -> Answer {
    enter(&rx, Section::Imports)?;
    render(&rx, "", "", Problems::default()).await
}

pub(super) async fn upload(rx: Rx, form: Result<Multipart, MultipartRejection>) -> Answer {
    // Before a long body is read.
    allow(&rx, Operation::Import)?;
    let upload = Upload::read(form, "file").await?;
    let (kind, year) = (upload.get("contenuto").to_owned(), upload.get("anno").to_owned());
    let mut problems = Problems::default();
    let parsed = ImportKind::from_key(&kind);
    if parsed.is_none() {
        problems.kind = Some(rx.t("office-import-no-kind"));
    }
    if upload.bytes.is_empty() {
        problems.file = Some(rx.t("office-import-no-file"));
    }
    let (Some(parsed), false) = (parsed, upload.bytes.is_empty()) else {
        return render(&rx, &kind, &year, problems).await;
    };
    match import::preview(rx.cx(), parsed, year.parse().ok(), &upload.file_name, upload.bytes.into()).await {
        Ok(import) => Ok(web::to(&rx, &path(import.id))),
        Err(ImportError::Ground(error)) => Err(error.into()),
        Err(error) => {
            let text = Some(rx.tr(error.text_key(), &[("detail", error.detail().into())]));
            match error {
                ImportError::NoYear | ImportError::NoSuchYear(_) => problems.year = text,
                _ => problems.file = text,
            }
            render(&rx, &kind, &year, problems).await
        }
    }
}

#[derive(Template)]
#[template(path = "office/import.html")]
struct Page {
    shell: Shell,
    name: String,
    rows: Vec<SummaryRow>,
    errors_table: Option<Table>,
    errors_shown: usize,
    errors_total: i64,
    errors_href: String,
    left: i64,
    left_firms: Vec<(String, String)>,
    open_charges: i64,
    good: i64,
    is_preview: bool,
    running: bool,
}

pub(super) async fn page(rx: Rx, Id(id): Id<ImportId>) -> Answer {
    enter(&rx, Section::Imports)?;
    let import = import::get(rx.cx(), id).await.map_err(failure)?.ok_or(Failure::NotFound)?;
    let report = import.report();
    let is_preview = import.state() == ImportState::Preview;
    let running = is_preview && rx.query().get("in-corso") == "si";
    let mut shell = inner(&rx, Section::Imports, &import.file_name, &[]);
    shell.refresh_seconds = running.then_some(3);
    let firm = |left: &import::LeftFleet| {
        let label = rx.tr("office-import-line", &[("line", left.line.to_string().into())]);
        (label, rx.url(&format!("/ufficio/imprese/{}", left.firm)))
    };
    let template = Page {
        shell,
        name: import.file_name.clone(),
        rows: rows(&rx, &import, &report),
        errors_table: (!report.errors.is_empty()).then(|| errors_table(&rx, &report)),
        errors_shown: report.errors.len().min(SHOWN_ERRORS),
        errors_total: report.errors_total,
        errors_href: rx.url(&format!("{}/errori.csv", path(id))),
        left: report.left_total,
        left_firms: report.left.iter().take(SHOWN_ERRORS).map(firm).collect(),
        open_charges: report.open_charges,
        good: import.good,
        is_preview,
        running,
    };
    web::page(&rx, &template)
}

fn rows(rx: &Rx, import: &Import, report: &Report) -> Vec<SummaryRow> {
    let mut rows = vec![
        SummaryRow::new(rx.t("office-import-kind"), kind_words(rx, import)).badge(state(rx, import)),
        SummaryRow::new(rx.t("office-arrived"), rx.moment(import.created_at)),
        SummaryRow::new(rx.t("office-import-good"), import.good.to_string()),
        SummaryRow::new(rx.t("office-import-bad"), import.bad.to_string()),
    ];
    if let Some(at) = import.applied_at {
        rows.push(SummaryRow::new(rx.t("office-import-applied-on"), rx.moment(at)));
    }
    if report.removed > 0 {
        rows.push(SummaryRow::new(rx.t("office-import-removed"), report.removed.to_string()));
    }
    rows
}

fn errors_table(rx: &Rx, report: &Report) -> Table {
    let mut table = Table::new(rx.tr("office-import-errors-title", &[("count", report.errors_total.into())]))
        .column(rx.t("office-import-row"))
        .column(rx.t("office-import-column"))
        .column(rx.t("office-import-found"))
        .column(rx.t("office-import-reason"));
    for error in report.errors.iter().take(SHOWN_ERRORS) {
        let cells = [error.line.to_string(), error.column.clone(), error.found.clone(), rx.t(&error.reason)];
        table = table.row(cells.map(Cell::text));
    }
    table
}

pub(super) async fn decide(rx: Rx, Id(id): Id<ImportId>, fields: Fields) -> Answer {
    allow(&rx, Operation::Import)?;
    let cx = rx.cx();
    let done = |tone, key| Ok(web::to_with_flash(&rx, &path(id), tone, key));
    let applies = match fields.get("azione") {
        "applica" => true,
        "scarta" => false,
        _ => return Err(Failure::BadRequest),
    };
    let outcome = if !applies {
        import::drop_preview(cx, id).await.map(|()| "office-import-now-dropped")
    } else {
        let import = import::get(cx, id).await.map_err(failure)?.ok_or(Failure::NotFound)?;
        if import.good > MANY_ROWS && import.state() == ImportState::Preview {
            let unique = id.to_string();
            jobs::enqueue_alone(cx, &ApplyImport { import: id }, Schedule::now().unique(&unique)).await?;
            return Ok(web::to(&rx, &format!("{}?in-corso=si", path(id))));
        }
        import::apply(cx, id).await.map(|_| "office-import-now-applied")
    };
    match outcome {
        Ok(key) => done(Tone::Success, key),
        Err(ImportError::Dropped) => done(Tone::Danger, "office-import-was-dropped"),
        Err(ImportError::Applied) => done(Tone::Danger, "office-import-was-applied"),
        Err(error) => Err(failure(error)),
    }
}

/// The errors as a file for a spreadsheet.
pub(super) async fn errors(rx: Rx, Id(id): Id<ImportId>) -> Answer {
    enter(&rx, Section::Imports)?;
    let import = import::get(rx.cx(), id).await.map_err(failure)?.ok_or(Failure::NotFound)?;
    let name = format!("attachment; filename=\"{}-{id}.csv\"", rx.t("office-import-errors-file"));
    let csv = import::errors_csv(rx.cx(), &import);
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, name.as_str())], csv)
        .into_response())
}
