//! The yearly fee: how much a firm owes, until when, and the charge that freezes the answer.
//!
//! Owns the computation, the charges of the kind [`KIND`], and their deadline. Invariants: a computation is a pure
//! function of tariff and fleet; a charge holds the computation it was made from, and when the fleet changes it is
//! replaced under another notice number, never altered; a charge is computed only when the year's fleets are known.

mod announce;
mod bulk;
mod compute;
mod deadline;
mod error;
pub mod store;

pub use announce::{ANNOUNCE, object};
pub use bulk::{Batch, ComputeAll, compute_all, compute_batch};
pub use compute::{compute, compute_masses};
pub use deadline::{Deadline, Term, deadline, deadline_name};
pub use error::FeeError;

use ::store::args;
use sportello_core::access::{Actor, Operation};
use sportello_core::charges::{self, Charge, ChargeError, ChargeState, Computation};
use sportello_core::people::{self, Firm, FirmId};
use sportello_core::{Cx, Error, Tx};

use crate::fleet;
use crate::rules::{Dues, FeeYear, Tariff};

/// The kind of the charges of this desk.
pub const KIND: &str = "annual-fee";

/// The living charge of a firm for a year, or a new one, computed from the fleet and frozen.
///
/// # Errors
/// [`FeeError`]. A firm may ask for its own only, and only while the year is open.
pub async fn charge_for(cx: &Cx, firm: FirmId, year: i64) -> Result<Charge, FeeError> {
    cx.require(Operation::ComputeFee)?;
    own(cx, firm)?;
    if let Some(charge) = charges::living(cx, firm, KIND, year).await? {
        return Ok(charge);
    }
    let (fee_year, tariff) = rules(cx, year)?;
    payable(cx, fee_year)?;
    owed(&people::get(cx, firm).await?, fee_year)?;
    let mut tx = cx.begin(Operation::ComputeFee).await?;
    let computation = computed(&mut tx, firm, fee_year, tariff).await?;
    tx.about(firm).note("year", year);
    match charges::make(cx, &mut tx, firm, KIND, year, &computation).await {
        Ok(charge) => {
            tx.commit().await?;
            Ok(charge)
        }
        // Another request has made it between our look and our write.
        Err(ChargeError::Ground(Error::Store(error))) if error.is_unique("") => {
            tx.rollback().await?;
            charges::living(cx, firm, KIND, year).await?.ok_or(FeeError::Ground(Error::Store(error)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Computes the fee of a firm anew: when the fleet has changed, the open charge is cancelled and another is made under
/// a new notice number; when it has not, the charge stays.
///
/// # Errors
/// [`FeeError`]; [`FeeError::Paid`] when there is nothing left to compute.
pub async fn recompute(cx: &Cx, firm: FirmId, year: i64) -> Result<Charge, FeeError> {
    own(cx, firm)?;
    owed(&people::get(cx, firm).await?, rules(cx, year)?.0)?;
    let mut tx = cx.begin(Operation::ComputeFee).await?;
    tx.about(firm).note("year", year);
    let charge = recompute_in(cx, &mut tx, firm, year).await?;
    tx.commit().await?;
    Ok(charge)
}

/// The same within an operation's transaction, which has checked the actor.
pub(crate) async fn recompute_in(cx: &Cx, tx: &mut Tx, firm: FirmId, year: i64) -> Result<Charge, FeeError> {
    let (fee_year, tariff) = rules(cx, year)?;
    let living: Option<Charge> = tx.find(store::LOCK_LIVING, args![firm, KIND, year]).await?;
    let computation = computed(tx, firm, fee_year, tariff).await?;
    if let Some(charge) = living {
        if charge.state() == ChargeState::Paid {
            return Err(FeeError::Paid);
        }
        if charge.computation() == computation {
            return Ok(charge);
        }
        if !charges::cancel(cx, tx, charge.id).await? {
            return Err(FeeError::Paid);
        }
        tx.note("cancelled", charge.id.0);
    }
    Ok(charges::make(cx, tx, firm, KIND, year, &computation).await?)
}

/// What a firm would owe for a fleet that is not the stored one.
///
/// # Errors
/// [`FeeError::NoRules`] or [`FeeError::NoSuchYear`].
pub fn compute_fleet(cx: &Cx, year: i64, vehicles: &[fleet::Vehicle]) -> Result<Computation, FeeError> {
    let (fee_year, tariff) = rules(cx, year)?;
    Ok(compute(tariff, &fee_year.citation(), fee_year.reference_date, vehicles))
}

/// Whether a firm owes the fee of a year: it was on the register on the last day of the year before.
pub fn owes(firm: &Firm, year: &FeeYear) -> bool {
    let Some(day) = year.roll_date() else { return false };
    // Civil dates of the database compare as texts.
    let day = day.to_string();
    firm.enrolled_on <= day && firm.removed_on.as_ref().is_none_or(|removed| *removed > day)
}

/// The tenant's rules.
pub(crate) fn dues(cx: &Cx) -> Result<&Dues, FeeError> {
    cx.tenant.part::<Dues>().ok_or(FeeError::NoRules)
}

/// The rules of a year.
pub(crate) fn rules(cx: &Cx, year: i64) -> Result<(&FeeYear, &Tariff), FeeError> {
    let dues = dues(cx)?;
    dues.year(year).zip(dues.tariff(year)).ok_or(FeeError::NoSuchYear(year))
}

async fn computed(tx: &mut Tx, firm: FirmId, year: &FeeYear, tariff: &Tariff) -> Result<Computation, FeeError> {
    let vehicles = fleet::of_in(tx, firm, year.year).await?;
    if vehicles.is_empty() && !fleet::any(tx, year.year).await? {
        return Err(FeeError::NoFleets(year.year));
    }
    Ok(compute(tariff, &year.citation(), year.reference_date, &vehicles))
}

fn owed(firm: &Firm, year: &FeeYear) -> Result<(), FeeError> {
    if owes(firm, year) { Ok(()) } else { Err(FeeError::NotOwed(year.year)) }
}

/// A firm pays while the year is open; the body may compute at any time.
fn payable(cx: &Cx, year: &FeeYear) -> Result<(), FeeError> {
    match cx.actor {
        Actor::Firm { .. } if !year.has_opened(cx.now()) => Err(FeeError::NotOpen { opens: year.opens }),
        Actor::Firm { .. } if !year.is_open(cx.now()) => Err(FeeError::Closed),
        _ => Ok(()),
    }
}

fn own(cx: &Cx, asked: FirmId) -> Result<(), Error> {
    match &cx.actor {
        Actor::Firm { firm, .. } if *firm != asked => {
            Err(Error::Forbidden { role: cx.actor.role(), operation: Operation::ComputeFee })
        }
        _ => Ok(()),
    }
}
