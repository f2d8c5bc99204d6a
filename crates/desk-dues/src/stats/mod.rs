//! Figures: who has registered and who has paid, today and in all, and day by day (requirement A-71): what the
//! committee needs to decide on an extension of the term.
//!
//! Owns no table. Days are civil days in Rome.

mod days;
pub mod store;

use ::store::args;
use italia::Euro;
use jiff::civil::Date;
use sportello_core::access::Operation;
use sportello_core::{Cx, Error};

use crate::fee;
use crate::rules::{Dues, FeeYear};

/// Where registrations and payments stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The fee year that the figures of charges are about; none when the tenant has no fee years.
    pub year: Option<i64>,
    /// Firms that owe the fee of the year.
    pub firms: i64,
    /// Accounts that were opened today.
    pub registered_today: i64,
    /// All accounts.
    pub registered_total: i64,
    /// Charges of the year that were paid today.
    pub paid_today: i64,
    /// Charges of the year that are paid.
    pub paid_total: i64,
    /// What they came to.
    pub paid_amount: Euro,
    /// Charges of the year that are open.
    pub open: i64,
    /// What they come to.
    pub due_total: Euro,
}

impl Counts {
    /// Firms that owe the fee of the year and have not paid it (requirement A-53).
    pub fn unpaid(&self) -> i64 {
        (self.firms - self.paid_total).max(0)
    }
}

/// The counts of the current fee year.
///
/// # Errors
/// [`Error`].
pub async fn counts(cx: &Cx) -> Result<Counts, Error> {
    cx.require(Operation::SeeCounts)?;
    let today = days::start(cx.today());
    let mut counts = Counts {
        registered_today: cx.count(store::REGISTERED_SINCE, args![today]).await?,
        registered_total: cx.count(store::REGISTERED_SINCE, args![0]).await?,
        ..Counts::default()
    };
    if let Some(year) = cx.tenant.part::<Dues>().and_then(|dues| dues.current(cx.now())) {
        of_year(cx, year, today, &mut counts).await?;
    }
    Ok(counts)
}

async fn of_year(cx: &Cx, year: &FeeYear, today: i64, counts: &mut Counts) -> Result<(), Error> {
    let roll = year.roll_date().map(|day| day.to_string());
    counts.year = Some(year.year);
    counts.firms = cx.count(store::OWING, args![roll]).await?;
    counts.paid_today = cx.count(store::PAID_SINCE, args![fee::KIND, year.year, today]).await?;
    counts.paid_total = cx.count(store::CHARGES, args![fee::KIND, year.year, "paid"]).await?;
    counts.paid_amount = Euro::from_cents(cx.count(store::AMOUNT, args![fee::KIND, year.year, "paid"]).await?);
    counts.open = cx.count(store::CHARGES, args![fee::KIND, year.year, "open"]).await?;
    counts.due_total = Euro::from_cents(cx.count(store::AMOUNT, args![fee::KIND, year.year, "open"]).await?);
    Ok(())
}

/// Accounts opened and payments received on each day from `from` to `to`, both included; days without any too. At
/// most 400 days.
///
/// # Errors
/// [`Error`].
pub async fn daily(cx: &Cx, from: Date, to: Date) -> Result<Vec<(Date, i64, i64)>, Error> {
    cx.require(Operation::SeeCounts)?;
    let mut days = days::Days::between(from, to);
    let Some((start, end)) = days.bounds() else { return Ok(Vec::new()) };
    for hour in cx.list::<days::Hour>(store::REGISTERED_BY_HOUR, args![start, end]).await? {
        days.add(hour, |day| &mut day.1);
    }
    for hour in cx.list::<days::Hour>(store::PAID_BY_HOUR, args![start, end]).await? {
        days.add(hour, |day| &mut day.2);
    }
    Ok(days.list())
}
