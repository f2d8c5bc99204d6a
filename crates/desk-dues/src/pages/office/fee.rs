//! The fee of a firm: where it stands, how it was computed, and computing it again when the fleet has changed.

use askama::Template;
use italia::Euro;
use sportello_core::access::Operation;
use sportello_core::charges::{self, Charge, Computation};
use sportello_core::payments::{self, PaymentId, Standing};
use sportello_core::people::{self, Firm, FirmId};
use web::parts::{Badge, SummaryRow, Tone};
use web::shell::Shell;
use web::table::{Cell, Table};
use web::{Answer, Failure, Fields, Rx};

use super::frame::{Id, Ids, Section, allow, enter, inner, may};
use super::words;
use crate::desk::dues;
use crate::fee::{self, FeeError};
use crate::papers;
use crate::rules::FeeYear;

/// The fee of a firm for a year.
pub(super) struct FeeView {
    pub(super) year: i64,
    pub(super) rows: Vec<SummaryRow>,
    pub(super) lines: Option<Table>,
    pub(super) href: String,
}

/// What a page says when a rule of the fee cannot be found.
pub(super) fn fee_failure(error: FeeError) -> Failure {
    match error {
        FeeError::Ground(error) => error.into(),
        _ => Failure::NotFound,
    }
}

/// The fee of a firm for a year, as it stands.
pub(super) async fn view(rx: &Rx, firm: &Firm, year: &FeeYear) -> Result<FeeView, Failure> {
    let cx = rx.cx();
    let charge = charges::living(cx, firm.id, fee::KIND, year.year).await?;
    let deadline = fee::deadline(cx, year.year).await.map_err(fee_failure)?;
    let mut rows = match &charge {
        Some(charge) => charge_rows(rx, charge, &payments::standing(cx, charge).await?),
        None => {
            let key = if fee::owes(firm, year) { "office-fee-not-computed" } else { "office-fee-not-owed" };
            vec![SummaryRow::new(rx.t("office-state"), rx.t(key))]
        }
    };
    rows.push(SummaryRow::new(rx.t("office-fee-due"), rx.date(deadline.due)));
    rows.push(SummaryRow::new(rx.t("office-fee-act"), year.citation()));
    Ok(FeeView {
        year: year.year,
        rows,
        lines: charge.map(|charge| lines(rx, &charge.computation())),
        href: rx.url(&format!("/ufficio/imprese/{}/quota?anno={}", firm.id, year.year)),
    })
}

fn charge_rows(rx: &Rx, charge: &Charge, standing: &Standing) -> Vec<SummaryRow> {
    let (tone, state) = match standing {
        Standing::Due => (Tone::Warning, rx.t("office-fee-open")),
        Standing::ReceiptOnItsWay { since } => {
            (Tone::Info, rx.tr("office-fee-on-its-way", &[("time", rx.time(*since).into())]))
        }
        Standing::Paid(payment) => {
            (Tone::Success, rx.tr("office-fee-paid", &[("time", rx.moment(payment.paid_at).into())]))
        }
        Standing::Cancelled => (Tone::Neutral, rx.t("office-fee-cancelled")),
    };
    vec![
        SummaryRow::new(rx.t("office-amount"), words::amount(rx, charge.amount())).badge(Badge::new(tone, state)),
        SummaryRow::new(rx.t("office-notice-number"), &charge.notice_number),
        SummaryRow::new(rx.t("office-fee-computed-on"), rx.moment(charge.created_at)),
    ]
}

fn lines(rx: &Rx, computation: &Computation) -> Table {
    let mut table = Table::new(rx.t("office-fee-lines"))
        .column(rx.t("office-fee-line"))
        .numbers(rx.t("office-fee-count"))
        .numbers(rx.t("office-fee-each"))
        .numbers(rx.t("office-amount"))
        .column(rx.t("office-fee-source"));
    for line in &computation.lines {
        table = table.row([
            Cell::text(papers::line_text(rx.cx().texts(), line, computation.facts.len())),
            Cell::text(line.count.to_string()),
            Cell::text(words::amount(rx, Euro::from_cents(line.each))),
            Cell::text(words::amount(rx, line.amount())),
            Cell::text(&line.source),
        ]);
    }
    let total = words::amount(rx, computation.total());
    let blank = || Cell::text("");
    table.foot([Cell::text(rx.t("office-total")), blank(), blank(), Cell::text(total), blank()])
}

fn vehicles(rx: &Rx, computation: &Computation) -> Table {
    let mut table =
        Table::new(rx.tr("office-fleet-frozen", &[("date", words::civil(rx, &computation.reference_date).into())]))
            .column(rx.t("office-plate"))
            .column(rx.t("office-vehicle-kind"))
            .numbers(rx.t("office-mass"))
            .numbers(rx.t("office-amount"));
    for fact in &computation.facts {
        table = table.row([
            Cell::text(&fact.plate),
            Cell::text(vehicle_kind(rx, &fact.kind)),
            Cell::text(fact.mass_kg.to_string()),
            Cell::text(words::amount(rx, Euro::from_cents(fact.amount))),
        ]);
    }
    table
}

/// What a vehicle is, in words.
pub(super) fn vehicle_kind(rx: &Rx, kind: &str) -> String {
    match kind {
        "lorry" => rx.t("office-vehicle-lorry"),
        "tractor" => rx.t("office-vehicle-tractor"),
        "trailer" => rx.t("office-vehicle-trailer"),
        "semitrailer" => rx.t("office-vehicle-semitrailer"),
        other => other.to_owned(),
    }
}

#[derive(Template)]
#[template(path = "office/fee.html")]
struct FeePage {
    shell: Shell,
    firm: String,
    fee: FeeView,
    vehicles: Option<Table>,
    years: Vec<(i64, String)>,
    may_compute: bool,
}

/// The year that the address names, or the current one.
fn year<'a>(rx: &'a Rx, asked: &str) -> Result<&'a FeeYear, Failure> {
    let rules = dues(rx.cx())?;
    let year = match asked {
        "" => rules.current(rx.cx().now()),
        asked => asked.parse().ok().and_then(|year| rules.year(year)),
    };
    year.ok_or(Failure::NotFound)
}

pub(super) async fn page(rx: Rx, Id(id): Id<FirmId>) -> Answer {
    enter(&rx, Section::Firms)?;
    let cx = rx.cx();
    let firm = people::get(cx, id).await?;
    let query = rx.query();
    let year = year(&rx, query.get("anno"))?;
    let fee = view(&rx, &firm, year).await?;
    let charge = charges::living(cx, id, fee::KIND, year.year).await?;
    let way = [(firm.name.as_str(), format!("/ufficio/imprese/{id}"))];
    let title = rx.tr("office-fee-title", &[("year", year.year.to_string().into())]);
    let others = dues(cx)?.years.iter().map(|y| y.year).filter(|y| *y != year.year);
    let paid = charge.as_ref().is_some_and(|c| c.state() == charges::ChargeState::Paid);
    let template = FeePage {
        shell: inner(&rx, Section::Firms, &title, &way),
        firm: firm.name.clone(),
        vehicles: charge.map(|charge| charge.computation()).filter(|c| !c.facts.is_empty()).map(|c| vehicles(&rx, &c)),
        fee,
        years: others.map(|y| (y, rx.url(&format!("/ufficio/imprese/{id}/quota?anno={y}")))).collect(),
        may_compute: !paid && fee::owes(&firm, year) && may(&rx, Operation::ComputeFee),
    };
    web::page(&rx, &template)
}

pub(super) async fn recompute(rx: Rx, Id(id): Id<FirmId>, fields: Fields) -> Answer {
    allow(&rx, Operation::ComputeFee)?;
    let year = year(&rx, fields.get("anno"))?.year;
    let (tone, key) = match fee::recompute(rx.cx(), id, year).await {
        Ok(_) => (Tone::Success, "office-fee-recomputed"),
        Err(FeeError::Ground(error)) => return Err(error.into()),
        Err(error) => (Tone::Danger, fee_error(&error)),
    };
    Ok(web::to_with_flash(&rx, &format!("/ufficio/imprese/{id}/quota?anno={year}"), tone, key))
}

/// Why the fee is not computed.
pub(super) fn fee_error(error: &FeeError) -> &'static str {
    match error {
        FeeError::Paid => "office-fee-error-paid",
        FeeError::NotOwed(_) => "office-fee-error-not-owed",
        FeeError::NoFleets(_) => "office-fee-error-no-fleets",
        FeeError::NoRules | FeeError::NoSuchYear(_) => "office-fee-error-no-year",
        FeeError::NotOpen { .. } | FeeError::Closed => "office-fee-error-not-open",
        FeeError::BadMass(_) | FeeError::Charge(_) | FeeError::Ground(_) => "office-fee-error-no-charge",
    }
}

/// The receipt of a payment, as the firm has it.
pub(super) async fn receipt(rx: Rx, Ids(firm, id): Ids<FirmId, PaymentId>) -> Answer {
    enter(&rx, Section::Firms)?;
    let payment = payments::get(rx.cx(), id).await?.filter(|p| p.firm_id == firm).ok_or(Failure::NotFound)?;
    let pdf = papers::receipt_pdf(rx.cx(), id).await?;
    let name = format!("{}-{}.pdf", rx.t("office-receipt-file"), payment.number);
    Ok(web::file(&name, "application/pdf", pdf))
}
