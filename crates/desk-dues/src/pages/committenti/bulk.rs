//! Many firms: a file of tax codes, how far it has come, the results as a file.

use askama::Template;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::header;
use axum::response::IntoResponse as _;
use csv::{QuoteStyle, ReaderBuilder, WriterBuilder};
use web::parts::{Badge, Tone};
use web::shell::Shell;
use web::table::{Cell, Pages, Table};
use web::{Answer, Failure, Rx};

use super::super::upload::Upload;
use super::frame::{Id, shell, verdict};
use super::query::{Draft, render};
use crate::import::guarded;
use crate::regularity::{self, Bulk, BulkError, BulkId, Item, MOST_ITEMS};

const PAGE: i64 = 50;
/// More than a bulk can hold.
const ALL: i64 = 10_000;

fn path(id: BulkId) -> String {
    format!("/committenti/elenchi/{id}")
}

pub(super) fn table(rx: &Rx, bulks: &[Bulk]) -> Table {
    let mut table = Table::new(rx.t("committenti-bulks"))
        .column(rx.t("committenti-asked-at"))
        .numbers(rx.t("committenti-codes"))
        .numbers(rx.t("committenti-answered"))
        .numbers(rx.t("committenti-bulk-refused"));
    for bulk in bulks {
        table = table.row([
            Cell::link(rx.moment(bulk.created_at), rx.url(&path(bulk.id))),
            Cell::text(bulk.items.to_string()),
            Cell::text(bulk.answered.to_string()),
            Cell::text(bulk.refused.to_string()),
        ]);
    }
    table
}

/// A plain visit, after signing in again.
pub(super) async fn back(rx: Rx) -> Answer {
    Ok(web::to(&rx, "/committenti"))
}

pub(super) async fn upload(rx: Rx, form: Result<Multipart, MultipartRejection>) -> Answer {
    // Before a long body is read.
    rx.committente()?;
    let upload = Upload::read(form, "file").await?;
    let codes = codes(&upload.bytes);
    let again = |key| Draft { file_error: Some(rx.tr(key, &[("most", MOST_ITEMS.into())])), ..Draft::default() };
    match regularity::submit(rx.cx(), BulkId(rx.cx().id()), &codes, false).await {
        Ok(bulk) => Ok(web::to(&rx, &path(bulk.id))),
        Err(BulkError::Empty) => render(&rx, again("committenti-file-empty")).await,
        Err(BulkError::TooMany) => render(&rx, again("committenti-file-too-many")).await,
        Err(BulkError::Open) => render(&rx, again("committenti-bulks-open")).await,
        Err(BulkError::Ground(error)) => Err(error.into()),
    }
}

/// The first cell of every row that has one; a header is left out.
fn codes(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = if text.lines().next().is_some_and(|line| line.contains(';')) { b';' } else { b',' };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let cells = reader.records().filter_map(Result::ok).filter_map(|row| row.get(0).map(|cell| cell.trim().to_owned()));
    let mut codes: Vec<String> = cells.filter(|cell| !cell.is_empty()).take(MOST_ITEMS + 2).collect();
    let is_header = |cell: &String| !cell.chars().any(|c| c.is_ascii_digit());
    if codes.first().is_some_and(is_header) {
        codes.remove(0);
    }
    codes
}

#[derive(Template)]
#[template(path = "committenti/bulk.html")]
struct Page {
    shell: Shell,
    running: bool,
    done: i64,
    total: i64,
    table: Table,
    pages: Pages,
    results: String,
}

async fn found(rx: &Rx, id: BulkId) -> Result<Bulk, Failure> {
    rx.committente()?;
    regularity::bulk(rx.cx(), id).await?.ok_or(Failure::NotFound)
}

pub(super) async fn page(rx: Rx, Id(id): Id<BulkId>) -> Answer {
    let bulk = found(&rx, id).await?;
    let last = ((bulk.items + PAGE - 1) / PAGE).max(1);
    let number = rx.query().get("pagina").parse().unwrap_or(1_i64).clamp(1, last);
    let items = regularity::items(rx.cx(), id, (number - 1) * PAGE, PAGE).await?;
    let title = rx.t("committenti-bulk-title");
    let place = [("committenti-nav-queries", Some("/committenti")), ("committenti-bulk-title", None)];
    let mut shell = shell(&rx, &title, &place);
    let running = bulk.finished_at.is_none();
    shell.refresh_seconds = running.then_some(5);
    let count = |number: i64| usize::try_from(number).unwrap_or(1);
    let template = Page {
        shell,
        running,
        done: bulk.answered + bulk.refused,
        total: bulk.items,
        table: results_table(&rx, &items),
        pages: Pages { current: count(number), total: count(last), href: "?pagina=".to_owned() },
        results: rx.url(&format!("{}/risultati.csv", path(id))),
    };
    web::page(&rx, &template)
}

fn outcome(rx: &Rx, item: &Item) -> Badge {
    match (item.answer(), item.state.as_str()) {
        (Some(answer), _) => verdict(rx, &answer),
        (None, "refused") => Badge::new(Tone::Neutral, rx.t("committenti-refused")),
        (None, _) => Badge::new(Tone::Info, rx.t("committenti-waiting")),
    }
}

/// Why: the reasons of the judgement, or what is wrong with the code.
fn why(rx: &Rx, item: &Item) -> String {
    match (item.answer(), item.reason.as_deref()) {
        (Some(answer), _) => {
            let reasons = answer.reasons.iter().map(|r| rx.t(&format!("regularity-reason-{}", r.key())));
            reasons.collect::<Vec<_>>().join(" ")
        }
        (None, Some("duplicate")) => rx.t("committenti-duplicate"),
        (None, Some(reason)) => rx.t(&format!("tax-code-{reason}")),
        (None, None) => String::new(),
    }
}

fn results_table(rx: &Rx, items: &[Item]) -> Table {
    let mut table = Table::new(rx.t("committenti-results"))
        .column(rx.t("regularity-tax-code"))
        .column(rx.t("regularity-firm"))
        .column(rx.t("committenti-outcome"))
        .column(rx.t("committenti-why"));
    for item in items {
        let answer = item.answer();
        let code = match &answer {
            Some(_) => Cell::link(&item.code, rx.url(&format!("/committenti/domande/{}", item.id))),
            None => Cell::text(&item.code),
        };
        let name = answer.and_then(|a| a.firm).map_or_else(|| "–".to_owned(), |firm| firm.name);
        let badge = Cell { badge: Some(outcome(rx, item)), ..Cell::default() };
        let why = Some(why(rx, item)).filter(|why| !why.is_empty()).unwrap_or_else(|| "–".to_owned());
        table = table.row([code, Cell::text(name), badge, Cell::text(why)]);
    }
    table
}

/// The results as a file for a spreadsheet, in the reader's language. No cell can be taken for a formula.
pub(super) async fn results(rx: Rx, Id(id): Id<BulkId>) -> Answer {
    let bulk = found(&rx, id).await?;
    let items = regularity::items(rx.cx(), bulk.id, 0, ALL).await?;
    let mut writer = WriterBuilder::new().delimiter(b';').quote_style(QuoteStyle::Necessary).from_writer(Vec::new());
    let header = [
        "regularity-tax-code",
        "regularity-firm",
        "regularity-albo-number",
        "committenti-outcome",
        "committenti-why",
        "regularity-at",
    ];
    // Writing to memory does not fail.
    let _ = writer.write_record(header.map(|key| rx.t(key)));
    for item in &items {
        let answer = item.answer();
        let firm = answer.as_ref().and_then(|a| a.firm.clone());
        let (name, number) = firm.map(|f| (f.name, f.albo_number)).unwrap_or_default();
        let at = answer.map(|a| a.at.to_string()).unwrap_or_default();
        let cells = [item.code.clone(), name, number, outcome(&rx, item).label, why(&rx, item), at];
        let _ = writer.write_record(cells.map(guarded));
    }
    let body = [b"\xEF\xBB\xBF".as_slice(), &writer.into_inner().unwrap_or_default()].concat();
    let name = format!("attachment; filename=\"{}-{id}.csv\"", rx.t("paper-statement-file"));
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, name.as_str())], body)
        .into_response())
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn codes_are_the_first_cells_of_a_file() {
        let expected = ["00001015015", "PRVMRA71C12D620W"];
        for file in [
            "00001015015\nPRVMRA71C12D620W\n",
            "codice_fiscale\r\n00001015015\r\n\r\nPRVMRA71C12D620W\r\n",
            "\u{feff}Codice fiscale;Nome\n00001015015;Uno\nPRVMRA71C12D620W;Due\n;\n",
            " 00001015015 ,x\n\"PRVMRA71C12D620W\",y",
        ] {
            assert_eq!(codes(file.as_bytes()), expected, "{file:?}");
        }
        assert!(codes(b"").is_empty());
        assert_eq!(codes(b"\xff\xfe0"), ["\u{fffd}\u{fffd}0"], "what is no text is refused by itself, later");
    }
}
