//! How the fee is computed, line by line and vehicle by vehicle.

use askama::Template;
use italia::Euro;
use sportello_core::charges::{Computation, Line};
use sportello_core::format;
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Rx};

use super::{is_full, own_charge, shell};

#[derive(Template)]
#[template(path = "dues/computation.html")]
struct ComputationPage {
    shell: Shell,
    lines: Table,
    vehicles: Table,
    count: usize,
    reference_date: String,
    act: String,
    year: i64,
}

/// The sum, line by line with its source, and vehicle by vehicle (requirements A-42..44, A-50).
pub(in crate::pages) async fn computation(rx: Rx) -> Answer {
    let charge = own_charge(&rx).await?;
    let computation = charge.computation();
    let mut shell = shell(&rx, rx.t("computation-title"));
    shell.breadcrumb = rx.crumbs(&[("nav-fee", Some("/quota")), ("computation-title", None)]);
    let lines = lines_table(&rx, &computation.lines, computation.total());
    let vehicles = vehicles_table(&rx, &computation);
    let reference_date =
        computation.reference_date.parse().map_or_else(|_| computation.reference_date.clone(), |d| rx.date(d));
    let template = ComputationPage {
        shell,
        lines,
        vehicles,
        count: computation.facts.len(),
        reference_date,
        act: computation.act.clone(),
        year: charge.year,
    };
    web::page(&rx, &template)
}

/// What a line says it is.
fn line_text(rx: &Rx, line: &Line) -> String {
    let band = match (line.from, line.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => rx.tr("fee-band", &[("from", from.into()), ("to", to.into())]),
        (Some(from), None) => rx.tr("fee-band-open", &[("from", from.into())]),
        _ => String::new(),
    };
    rx.tr(&format!("fee-line-{}", line.what), &[("band", band.into())])
}

fn lines_table(rx: &Rx, lines: &[Line], total: Euro) -> Table {
    let amount = |e: Euro| format::amount(rx.language(), e);
    let mut table = Table::new(rx.t("computation-lines"))
        .column(rx.t("computation-what"))
        .numbers(rx.t("computation-count"))
        .numbers(rx.t("computation-each"))
        .numbers(rx.t("computation-amount"))
        .column(rx.t("computation-source"));
    for line in lines {
        table = table.row([
            Cell::text(line_text(rx, line)),
            Cell::text(line.count.to_string()),
            Cell::text(amount(Euro::from_cents(line.each))),
            Cell::text(amount(line.amount())),
            Cell::text(&line.source),
        ]);
    }
    table.foot([
        Cell::text(rx.t("computation-total")),
        Cell::text(""),
        Cell::text(""),
        Cell::text(amount(total)),
        Cell::text(""),
    ])
}

/// A plate is the firm's own data: whoever has not proved to be the firm sees enough of it to recognise a vehicle.
fn shown_plate(rx: &Rx, plate: &str) -> String {
    if is_full(rx) || !plate.is_ascii() || plate.len() < 5 {
        return plate.to_owned();
    }
    format!("{}•••{}", &plate[..2], &plate[plate.len() - 2..])
}

pub(super) fn vehicles_table(rx: &Rx, computation: &Computation) -> Table {
    let mut table = Table::new(rx.t("computation-vehicles-caption"))
        .column(rx.t("vehicle-plate"))
        .column(rx.t("vehicle-kind"))
        .numbers(rx.t("vehicle-mass"))
        .numbers(rx.t("computation-amount"));
    for fact in &computation.facts {
        table = table.row([
            Cell::text(shown_plate(rx, &fact.plate)),
            Cell::text(rx.t(&format!("vehicle-{}", fact.kind))),
            Cell::text(format!("{} kg", fact.mass_kg)),
            Cell::text(format::amount(rx.language(), Euro::from_cents(fact.amount))),
        ]);
    }
    table
}
