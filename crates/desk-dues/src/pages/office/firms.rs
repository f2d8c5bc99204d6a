//! The search for a firm.

use askama::Template;
use sportello_core::people::{self, FoundFirm};
use web::form::Field;
use web::parts::{Badge, Tone};
use web::shell::Shell;
use web::table::{Cell, Pages, Table};
use web::{Answer, Rx};

use super::frame::{Section, enter, shell};

const SHOWN: usize = 25;
const PAGE: i64 = 25;
/// Nobody leafs further; a better word finds the firm.
const LAST_PAGE: i64 = 400;

#[derive(Template)]
#[template(path = "office/firms.html")]
struct Firms {
    shell: Shell,
    field: Field,
    searched: bool,
    table: Option<Table>,
    pages: Pages,
}

pub(super) async fn search(rx: Rx) -> Answer {
    enter(&rx, Section::Firms)?;
    let query = rx.query();
    let text: String = query.get("q").chars().take(120).collect();
    let page = query.get("pagina").parse().unwrap_or(1).clamp(1, LAST_PAGE);
    let searched = text.chars().any(char::is_alphanumeric);
    // One more than is shown tells whether there is another page.
    let mut found = match searched {
        true => people::search(rx.cx(), &text, (page - 1) * PAGE, PAGE + 1).await?,
        false => Vec::new(),
    };
    let more = found.len() > SHOWN && page < LAST_PAGE;
    found.truncate(SHOWN);
    let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let total = usize::try_from(page + i64::from(more)).unwrap_or(1);
    let pages = Pages { current: usize::try_from(page).unwrap_or(1), total, href: format!("?q={encoded}&pagina=") };
    let field =
        Field::search("q", rx.t("office-search-label")).hint(rx.t("office-search-hint")).maxlength(120).value(text);
    let table = (!found.is_empty()).then(|| table(&rx, &found));
    web::page(&rx, &Firms { shell: shell(&rx, Section::Firms), field, searched, table, pages })
}

fn table(rx: &Rx, found: &[FoundFirm]) -> Table {
    let mut table = Table::new(rx.t("office-search-results"))
        .column(rx.t("office-firm-name"))
        .column(rx.t("office-tax-code"))
        .column(rx.t("office-albo-number"))
        .column(rx.t("office-member-code"))
        .column(rx.t("office-account"));
    for firm in found {
        let code = firm.member_code.clone().unwrap_or_else(|| "–".to_owned());
        let level = Cell { badge: Some(level(rx, firm.level.as_deref())), ..Cell::default() };
        table = table.row([
            Cell::link(&firm.name, rx.url(&format!("/ufficio/imprese/{}", firm.id))),
            Cell::text(&firm.tax_code),
            Cell::text(&firm.albo_number),
            Cell::text(code),
            level,
        ]);
    }
    table
}

/// What a firm's account may do, if it has one.
pub(super) fn level(rx: &Rx, level: Option<&str>) -> Badge {
    match level {
        Some("full") => Badge::new(Tone::Success, rx.t("office-level-full")),
        Some(_) => Badge::new(Tone::Info, rx.t("office-level-payment-only")),
        None => Badge::new(Tone::Neutral, rx.t("office-level-none")),
    }
}
