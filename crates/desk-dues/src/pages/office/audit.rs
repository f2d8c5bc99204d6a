//! The latest lines of the audit: who did what, and why.

use askama::Template;
use sportello_core::audit;
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Rx};

use super::frame::{Section, enter, shell};
use super::words;

const MOST: i64 = 300;

#[derive(Template)]
#[template(path = "office/audit.html")]
struct Audit {
    shell: Shell,
    table: Option<Table>,
    most: i64,
}

pub(super) async fn page(rx: Rx) -> Answer {
    enter(&rx, Section::Audit)?;
    let lines = audit::latest(rx.cx(), MOST).await?;
    let names = words::operator_names(rx.cx()).await?;
    let mut table = Table::new(rx.t("office-audit-caption"))
        .column(rx.t("office-when"))
        .column(rx.t("office-what"))
        .column(rx.t("office-who"))
        .column(rx.t("office-details"));
    for line in &lines {
        let details = words::details(&rx, &line.detail, &names);
        let details = if details.is_empty() { "–".to_owned() } else { details };
        let cells = [words::when(line.at), words::operation(&rx, &line.operation), words::actor(&rx, line), details];
        table = table.row(cells.map(Cell::text));
    }
    let table = (!lines.is_empty()).then_some(table);
    web::page(&rx, &Audit { shell: shell(&rx, Section::Audit), table, most: MOST })
}
