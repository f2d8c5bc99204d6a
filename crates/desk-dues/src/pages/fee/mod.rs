//! The pages about the fee: what is owed, how it is computed, how it is paid, and what if the fleet is another's.

mod claim;
mod computation;
mod pay;

use askama::Template;
use sportello_core::access::{Actor, Operation};
use sportello_core::charges::Charge;
use sportello_core::payments::{self, Standing};
use sportello_core::people::FirmId;
use sportello_core::{accounts, format};
use web::shell::{NavItem, Shell};
use web::{Answer, Failure, Rx};

use crate::fee::{self, Deadline, FeeError};
use crate::{claims, dues};

pub(super) use claim::{claim, claim_form};
pub(super) use computation::computation;
pub(super) use pay::{notice, pay, payments, receipt, returned};

/// A fee that cannot be shown.
pub(super) fn failure(error: FeeError) -> Failure {
    match error {
        FeeError::Ground(error) => error.into(),
        error => {
            tracing::error!(error = sportello_core::chain(&error), "the fee cannot be shown");
            Failure::Internal
        }
    }
}

/// The pages of a firm that has signed in.
pub(super) fn nav(rx: &Rx) -> Vec<NavItem> {
    let full = is_full(rx);
    let places = [
        ("nav-fee", "/quota", true),
        ("nav-payments", "/pagamenti", true),
        ("nav-firm", "/impresa", full),
        ("nav-profile", "/profilo", true),
    ];
    let item = |(key, path, _): (&str, &str, bool)| NavItem {
        label: rx.t(key),
        href: rx.url(path),
        active: rx.path().starts_with(path),
    };
    places.into_iter().filter(|(_, _, shown)| *shown).map(item).collect()
}

pub(super) fn shell(rx: &Rx, title: String) -> Shell {
    let mut shell = rx.shell(title);
    shell.nav = nav(rx);
    shell
}

/// Why there is nothing to pay, in the page's words; other errors are our own.
fn refusal(rx: &Rx, error: FeeError) -> Result<String, Failure> {
    match error {
        FeeError::Ground(error) => Err(error.into()),
        FeeError::NotOpen { opens } => Ok(rx.tr("fee-error-not-open", &[("date", rx.date(opens.date()).into())])),
        other => Ok(rx.t(other.text_key())),
    }
}

#[derive(Template)]
#[template(path = "dues/fee.html")]
struct Overview {
    shell: Shell,
    refusal: Option<String>,
    charge: Option<ChargeView>,
    due: String,
    days_left: i64,
    history: Vec<String>,
    full: bool,
    upgrade_open: bool,
    refuses_ordinary: bool,
    claim_open: bool,
    year: i64,
    act: String,
    demonstration: bool,
}

/// A charge as the page shows it.
struct ChargeView {
    amount: String,
    notice: String,
    state: &'static str,
    since: String,
    payment: Option<i64>,
    number: String,
}

async fn view(rx: &Rx, charge: &Charge) -> Result<ChargeView, Failure> {
    let standing = payments::standing(rx.cx(), charge).await?;
    let printed =
        pagopa::NoticeNumber::parse(&charge.notice_number).map(pagopa::NoticeNumber::printed).unwrap_or_default();
    let (state, since, payment, number) = match &standing {
        Standing::Due => ("due", String::new(), None, String::new()),
        Standing::ReceiptOnItsWay { since } => ("on-its-way", rx.time(*since), None, String::new()),
        Standing::Paid(payment) => ("paid", rx.moment(payment.paid_at), Some(payment.id.0), payment.number.clone()),
        Standing::Cancelled => ("cancelled", String::new(), None, String::new()),
    };
    Ok(ChargeView {
        amount: format::amount(rx.language(), charge.amount()),
        notice: printed,
        state,
        since,
        payment,
        number,
    })
}

async fn current(rx: &Rx) -> Result<(FirmId, i64, Deadline), Failure> {
    let (_, firm) = rx.firm()?;
    let year = dues(rx.cx())?.current(rx.cx().now()).ok_or(Failure::Internal)?.year;
    let deadline = fee::deadline(rx.cx(), year).await.map_err(failure)?;
    Ok((firm, year, deadline))
}

/// What is owed, until when, and how to pay it.
pub(super) async fn overview(rx: Rx) -> Answer {
    let (account, firm) = rx.firm()?;
    rx.level_for(Operation::PayFee)?;
    let (_, year, deadline) = current(&rx).await?;
    let rules = dues(rx.cx())?;
    let fee_year = rules.year(year).ok_or(Failure::Internal)?;
    let (charge, refusal) = match fee::charge_for(rx.cx(), firm, year).await {
        Ok(charge) => (Some(view(&rx, &charge).await?), None),
        Err(error) => (None, Some(refusal(&rx, error)?)),
    };
    let account = accounts::get(rx.cx(), account).await?;
    let claims = claims::of_firm(rx.cx(), firm).await?;
    let mut shell = shell(&rx, rx.tr("fee-title", &[("year", year.to_string().into())]));
    if charge.as_ref().is_some_and(|c| c.state == "on-its-way") {
        shell.refresh_seconds = Some(10);
    }
    let checkout = rx.cx().app.connections(&rx.cx().tenant).and_then(|c| c.checkout_origin.clone());
    let template = Overview {
        shell,
        refusal,
        charge,
        due: rx.date(deadline.due),
        days_left: deadline.days_left,
        history: deadline
            .history
            .iter()
            .map(|t| rx.tr("fee-term", &[("date", rx.date(t.due).into()), ("reason", t.reason.as_str().into())]))
            .collect(),
        full: account.level() == accounts::Level::Full,
        upgrade_open: rules.registration.upgrade_is_open(rx.cx().now()),
        refuses_ordinary: account.refuses_ordinary,
        claim_open: claims.iter().any(|c| c.year == year && c.state == "open"),
        year,
        act: fee_year.citation(),
        demonstration: fee_year.demonstration,
    };
    let response = web::page(&rx, &template)?;
    Ok(match checkout {
        Some(origin) => web::leading_to(response, &origin),
        None => response,
    })
}

/// The charge of the signed-in firm, made if it must be.
async fn own_charge(rx: &Rx) -> Result<Charge, Failure> {
    let (firm, year, _) = current(rx).await?;
    // The fee is computed for others too; who sees or pays it needs what the tenant demands for that.
    rx.cx().require(Operation::PayFee)?;
    fee::charge_for(rx.cx(), firm, year).await.map_err(|error| match error {
        FeeError::Ground(error) => error.into(),
        _ => Failure::NotFound,
    })
}

/// Whether the visitor has proved that the firm is theirs.
fn is_full(rx: &Rx) -> bool {
    matches!(rx.cx().actor, Actor::Firm { full: true, .. })
}
