use askama::Template;
use sportello_core::access::Operation;
use sportello_core::{accounts, format, people};
use web::parts::SummaryRow;
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Rx};

use super::fee::shell;
use super::parse;
use crate::{dues, fleet};

#[derive(Template)]
#[template(path = "dues/firm.html")]
struct FirmPage {
    shell: Shell,
    rows: Vec<SummaryRow>,
    fleets: Vec<Table>,
}

/// All the firm's data, for a full profile (requirement A-06).
pub(super) async fn data(rx: Rx) -> Answer {
    let (account, firm) = rx.firm()?;
    let cx = rx.cx();
    cx.require(Operation::SeeOwnData)?;
    let firm = people::get(cx, firm).await?;
    let account = accounts::get(cx, account).await?;
    let date = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |d| format::date(cx.language, d));
    let rows = vec![
        SummaryRow::new(rx.t("firm-name"), &firm.name),
        SummaryRow::new(rx.t("firm-address"), &firm.address),
        SummaryRow::new(rx.t("register-tax-code"), &firm.tax_code),
        SummaryRow::new(rx.t("register-albo"), &firm.albo_number),
        SummaryRow::new(rx.t("firm-enrolled"), date(&firm.enrolled_on)),
        SummaryRow::new(rx.t("sign-in-code"), &account.member_code),
        SummaryRow::new(rx.t("register-email"), &account.email),
        SummaryRow::new(rx.t("register-phone"), parse::phone_shown(&account.phone)),
    ];
    let mut fleets = Vec::new();
    for year in dues(cx)?.years.iter().rev().map(|y| y.year) {
        let vehicles = fleet::of(cx, firm.id, year).await?;
        if !vehicles.is_empty() {
            fleets.push(table(&rx, year, &vehicles));
        }
    }
    let mut shell = shell(&rx, rx.t("nav-firm"));
    shell.breadcrumb = rx.crumbs(&[("nav-firm", None)]);
    web::page(&rx, &FirmPage { shell, rows, fleets })
}

fn table(rx: &Rx, year: i64, vehicles: &[fleet::Vehicle]) -> Table {
    let mut table =
        Table::new(rx.tr("firm-fleet", &[("year", year.to_string().into()), ("count", vehicles.len().into())]))
            .column(rx.t("vehicle-plate"))
            .column(rx.t("vehicle-kind"))
            .numbers(rx.t("vehicle-mass"));
    for vehicle in vehicles {
        table = table.row([
            Cell::text(vehicle.plate.to_string()),
            Cell::text(rx.t(&format!("vehicle-{}", vehicle.kind.key()))),
            Cell::text(format!("{} kg", vehicle.mass_kg)),
        ]);
    }
    table
}
