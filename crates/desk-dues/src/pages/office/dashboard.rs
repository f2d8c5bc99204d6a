//! The first page of the office: figures, the term, the register, and what waits for somebody.

use askama::Template;
use jiff::ToSpan as _;
use sportello_core::access::Operation;
use sportello_core::{jobs, notices, payments, registry};
use web::parts::{Badge, SummaryRow, Task, Tone};
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Failure, Rx};

use super::chart::{self, Chart};
use super::fee::fee_failure;
use super::frame::{Section, enter, may, shell};
use super::register::gauge_rows;
use super::words;
use crate::fee::{self, Deadline};
use crate::stats::{self, Counts};
use crate::{claims, help};

/// So many days are drawn.
const DAYS: i32 = 30;

/// A number with its name.
struct Figure {
    label: String,
    number: String,
    note: String,
}

#[derive(Template)]
#[template(path = "office/dashboard.html")]
struct Dashboard {
    shell: Shell,
    figures: Vec<Figure>,
    deadline: Option<Term>,
    work: Vec<Task>,
    register: Vec<SummaryRow>,
    register_href: String,
    chart: Option<Chart>,
    chart_height: i64,
    daily: Table,
}

/// The term as the page shows it.
struct Term {
    title: String,
    due: String,
    left: String,
    href: String,
    may_extend: bool,
}

pub(super) async fn page(rx: Rx) -> Answer {
    enter(&rx, Section::Dashboard)?;
    let cx = rx.cx();
    let counts = stats::counts(cx).await?;
    let today = cx.today();
    let daily = stats::daily(cx, today.saturating_sub((DAYS - 1).days()), today).await?;
    let deadline = match counts.year {
        Some(year) => Some(term(&rx, &fee::deadline(cx, year).await.map_err(fee_failure)?)),
        None => None,
    };
    let sees_firms = may(&rx, Operation::SeeFirms);
    let template = Dashboard {
        shell: shell(&rx, Section::Dashboard),
        figures: figures(&rx, &counts),
        deadline,
        work: if sees_firms { work(&rx).await? } else { Vec::new() },
        register: if sees_firms { gauge_rows(&rx, &registry::gauge(cx).await?) } else { Vec::new() },
        register_href: rx.url(Section::Register.path()),
        chart: Chart::of(&daily),
        chart_height: chart::HEIGHT,
        daily: table(&rx, &daily),
    };
    web::page(&rx, &template)
}

fn figures(rx: &Rx, counts: &Counts) -> Vec<Figure> {
    let figure = |key: &str, number: i64, note: String| Figure { label: rx.t(key), number: number.to_string(), note };
    let today = |n: i64| rx.tr("office-figure-today", &[("count", n.into())]);
    let sum = |key: &str, amount| rx.tr(key, &[("amount", words::amount(rx, amount).into())]);
    let mut figures = vec![figure("office-figure-registered", counts.registered_total, today(counts.registered_today))];
    if counts.year.is_some() {
        figures.extend([
            figure("office-figure-paid", counts.paid_total, today(counts.paid_today)),
            figure(
                "office-figure-unpaid",
                counts.unpaid(),
                rx.tr("office-figure-of-firms", &[("count", counts.firms.into())]),
            ),
            figure("office-figure-open", counts.open, sum("office-figure-open-amount", counts.due_total)),
        ]);
        figures.push(Figure {
            label: rx.t("office-figure-received"),
            number: words::amount(rx, counts.paid_amount),
            note: String::new(),
        });
    }
    figures
}

fn term(rx: &Rx, deadline: &Deadline) -> Term {
    let (key, days) = match deadline.days_left {
        0 => ("office-term-today", 0),
        days if days > 0 => ("office-term-left", days),
        days => ("office-term-over", -days),
    };
    Term {
        title: rx.tr("office-term", &[("year", deadline.year.to_string().into())]),
        due: rx.date(deadline.due),
        left: rx.tr(key, &[("days", days.into())]),
        href: rx.url(&format!("/ufficio/scadenze/{}", deadline.year)),
        may_extend: may(rx, Operation::ExtendDeadline),
    }
}

/// What waits for somebody, each with where to go.
async fn work(rx: &Rx) -> Result<Vec<Task>, Failure> {
    let cx = rx.cx();
    let dead = jobs::dead(cx).await?.len();
    let failed = usize::try_from(notices::failed_count(cx).await?).unwrap_or_default();
    let anomalies = Section::Anomalies.path();
    let list = [
        ("office-work-requests", Section::Requests.path().to_owned(), help::waiting(cx).await?.len()),
        ("office-work-claims", Section::Claims.path().to_owned(), claims::open(cx).await?.len()),
        ("office-work-surplus", format!("{anomalies}#pagamenti"), payments::surplus(cx).await?.len()),
        ("office-work-failed", format!("{anomalies}#messaggi"), failed),
        ("office-work-dead", format!("{anomalies}#lavori"), dead),
    ];
    Ok(list.into_iter().map(|(key, path, count)| task(rx, key, &path, count)).collect())
}

fn task(rx: &Rx, key: &str, path: &str, count: usize) -> Task {
    let badge = match count {
        0 => Badge::new(Tone::Success, rx.t("office-work-none")),
        count => Badge::new(Tone::Warning, rx.tr("office-work-count", &[("count", count.into())])),
    };
    Task { label: rx.t(key), hint: rx.t(&format!("{key}-hint")), href: Some(rx.url(path)), badge }
}

fn table(rx: &Rx, daily: &[(jiff::civil::Date, i64, i64)]) -> Table {
    let mut table = Table::new(rx.t("office-daily"))
        .column(rx.t("office-day"))
        .numbers(rx.t("office-registered"))
        .numbers(rx.t("office-paid"));
    // The newest day first: it is the one that is looked for.
    for (day, registered, paid) in daily.iter().rev() {
        let cells = [rx.date(*day), registered.to_string(), paid.to_string()];
        table = table.row(cells.map(Cell::text));
    }
    table
}
