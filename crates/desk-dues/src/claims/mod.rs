//! Claims: "this is not my fleet" (requirement A-50). A firm says which vehicles it had on the reference date; an
//! operator decides; the firm is told.
//!
//! Invariants: one open claim a firm and year; none once the fee is paid; accepting a claim, replacing the fleet,
//! making the new charge and composing the answer are one transaction; a decision is taken once.

mod decide;
mod file;
mod model;
pub mod store;

pub use decide::decide;
pub use file::file;
pub use model::{Claim, ClaimError, ClaimId, ClaimState, Comparison, Decision, Difference, OpenClaim, difference};

use ::store::args;
use sportello_core::access::{Actor, Operation};
use sportello_core::charges;
use sportello_core::people::FirmId;
use sportello_core::{Cx, Error};

use crate::{fee, fleet};

/// The claims of a firm, newest first: the firm's own, or any for an operator.
///
/// # Errors
/// [`Error`].
pub async fn of_firm(cx: &Cx, firm: FirmId) -> Result<Vec<Claim>, Error> {
    if !matches!(&cx.actor, Actor::Firm { firm: own, .. } if *own == firm) {
        cx.require(Operation::SeeFirms)?;
    }
    cx.list(store::OF_FIRM, args![firm]).await
}

/// The open claims with the firms' names, oldest first.
///
/// # Errors
/// [`Error`].
pub async fn open(cx: &Cx) -> Result<Vec<OpenClaim>, Error> {
    cx.require(Operation::SeeFirms)?;
    cx.list(store::OPEN, args![]).await
}

/// A claim beside the fleet on record, with what accepting it would change.
///
/// # Errors
/// [`ClaimError`].
pub async fn compare(cx: &Cx, id: ClaimId) -> Result<Comparison, ClaimError> {
    cx.require(Operation::SeeFirms)?;
    let claim: Claim = cx.find(store::BY_ID, args![id]).await?.ok_or(ClaimError::NoSuchClaim)?;
    let on_record = fleet::of(cx, claim.firm_id, claim.year).await?;
    let declared = claim.fleet()?;
    let charge = charges::living(cx, claim.firm_id, fee::KIND, claim.year).await?;
    let if_accepted = fee::compute_fleet(cx, claim.year, &declared)?.total();
    let difference = difference(&on_record, &declared);
    Ok(Comparison { claim, on_record, declared, difference, charge, if_accepted })
}
