//! What went wrong and waits for a person: unexpected money, messages that did not arrive, jobs that gave up.

use askama::Template;
use sportello_core::jobs::{self, DeadJob};
use sportello_core::mailboxes;
use sportello_core::notices::{self, Notice};
use sportello_core::payments::{self, Payment};
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Rx};

use super::frame::{Section, enter, shell};
use super::{timeline, words};
use crate::pages::status::delivery;

/// So many failed messages are shown; the count on the first page has no bound.
const MOST: i64 = 200;

#[derive(Template)]
#[template(path = "office/anomalies.html")]
struct Anomalies {
    shell: Shell,
    payments: Option<Table>,
    notices: Option<Table>,
    jobs: Option<Table>,
    quarantined: Option<String>,
    mailboxes: String,
}

pub(super) async fn page(rx: Rx) -> Answer {
    enter(&rx, Section::Anomalies)?;
    let cx = rx.cx();
    let surplus = payments::surplus(cx).await?;
    let failed = notices::failed(cx, MOST).await?;
    let dead = jobs::dead(cx).await?;
    let count = mailboxes::quarantined_count(cx).await?;
    let template = Anomalies {
        shell: shell(&rx, Section::Anomalies),
        payments: (!surplus.is_empty()).then(|| payments_table(&rx, &surplus)),
        notices: (!failed.is_empty()).then(|| notices_table(&rx, &failed)),
        jobs: (!dead.is_empty()).then(|| jobs_table(&rx, &dead)),
        quarantined: (count > 0).then(|| rx.tr("office-quarantine-count", &[("count", count.into())])),
        mailboxes: rx.url("/ufficio/caselle"),
    };
    web::page(&rx, &template)
}

fn payments_table(rx: &Rx, surplus: &[Payment]) -> Table {
    let mut table = Table::new(rx.t("office-surplus-list"))
        .column(rx.t("office-receipt-number"))
        .column(rx.t("office-paid-on"))
        .numbers(rx.t("office-amount"))
        .column(rx.t("office-notice-number"))
        .column(rx.t("office-psp"))
        .column(rx.t("office-firm"));
    for payment in surplus {
        let firm = rx.url(&format!("/ufficio/imprese/{}", payment.firm_id));
        table = table.row([
            Cell::link(&payment.number, rx.url(&timeline::receipt_path(payment))).context(rx.t("office-receipt-pdf")),
            Cell::text(words::when(payment.paid_at)),
            Cell::text(words::amount(rx, payment.amount())),
            Cell::text(&payment.notice_number),
            Cell::text(&payment.psp),
            Cell::link(rx.t("office-open-firm"), firm).context(&payment.number),
        ]);
    }
    table
}

fn notices_table(rx: &Rx, failed: &[Notice]) -> Table {
    let mut table = Table::new(rx.t("office-failed-list"))
        .column(rx.t("office-when"))
        .column(rx.t("office-what"))
        .column(rx.t("office-notice-to"))
        .column(rx.t("office-failed-why"));
    for notice in failed {
        let (title, _, advice) = delivery(rx, notice);
        let when = words::when(notice.failed_at.unwrap_or(notice.created_at));
        let what = match notice.firm_id {
            Some(firm) => {
                let path = format!("/ufficio/imprese/{firm}/messaggi/{}", notice.id);
                Cell::link(title, rx.url(&path)).context(when.clone())
            }
            None => Cell::text(title),
        };
        let why = advice.unwrap_or_else(|| "–".to_owned());
        table = table.row([Cell::text(when), what, Cell::text(&notice.recipient), Cell::text(why)]);
    }
    table
}

fn jobs_table(rx: &Rx, dead: &[DeadJob]) -> Table {
    let mut table = Table::new(rx.t("office-dead-list"))
        .column(rx.t("office-when"))
        .column(rx.t("office-dead-name"))
        .numbers(rx.t("office-dead-tries"))
        .column(rx.t("office-dead-error"));
    for job in dead {
        let error = job.last_error.clone().unwrap_or_else(|| "–".to_owned());
        let cells = [words::when(job.created_at), job.name.clone(), job.attempts.to_string(), error];
        table = table.row(cells.map(Cell::text));
    }
    table
}
