//! Charges: what a firm owes, with the computation that explains it, under a pagoPA notice number.
//!
//! Invariants: a firm has at most one living charge of a kind and year; a charge never changes its amount — when the
//! facts change it is cancelled and another is made, under another number; a computation is frozen with the charge.

mod model;
pub mod store;

pub use model::{Charge, ChargeId, ChargeState, Computation, FrozenFact, Line};

use ::store::args;
use pagopa::{NoticeNumber, SegregationCode};

use crate::error::Error;
use crate::people::FirmId;
use crate::{Cx, Tx, counters};

/// A charge cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ChargeError {
    /// The tenant receives no payments.
    #[error("the tenant has no [creditor]")]
    NoCreditor,
    /// All notice numbers of the segregation code are used up.
    #[error("no notice number is left")]
    NoNumber(#[from] pagopa::NoticeNumberError),
    /// Anything else.
    #[error("the charge cannot be made")]
    Ground(#[from] Error),
}

/// Makes a charge. When the firm has a living one of the same kind and year, that one is returned instead.
///
/// # Errors
/// [`ChargeError`].
pub async fn make(
    cx: &Cx,
    tx: &mut Tx,
    firm: FirmId,
    kind: &str,
    year: i64,
    computation: &Computation,
) -> Result<Charge, ChargeError> {
    if let Some(charge) = tx.find(store::LIVING, args![firm, kind, year]).await? {
        return Ok(charge);
    }
    let creditor = cx.tenant.creditor.as_ref().ok_or(ChargeError::NoCreditor)?;
    let segregation = segregation(&creditor.segregation).ok_or(ChargeError::NoCreditor)?;
    let base = counters::next(tx, "notice-number").await?;
    let number = NoticeNumber::generate(segregation, u64::try_from(base).unwrap_or(u64::MAX))?;
    let id = ChargeId(cx.id());
    let json = serde_json::to_string(computation).unwrap_or_default();
    tx.execute(
        store::MAKE,
        args![id, firm, kind, year, computation.total().cents(), json, number.to_string(), cx.now_ms()],
    )
    .await?;
    tx.note("charge", id.0).note("amount", computation.total().to_string());
    tx.find(store::BY_ID_IN_TX, args![id]).await?.ok_or(ChargeError::Ground(Error::Store(::store::Error::NoRow)))
}

/// Cancels a charge that has not been paid. Returns whether it was open.
///
/// # Errors
/// [`Error::Store`].
pub async fn cancel(cx: &Cx, tx: &mut Tx, id: ChargeId) -> Result<bool, Error> {
    Ok(tx.execute(store::CANCEL, args![id, cx.now_ms()]).await? == 1)
}

/// The living charge of a firm, kind and year.
///
/// # Errors
/// [`Error::Store`].
pub async fn living(cx: &Cx, firm: FirmId, kind: &str, year: i64) -> Result<Option<Charge>, Error> {
    cx.find(store::LIVING, args![firm, kind, year]).await
}

/// All charges of a firm, newest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn of_firm(cx: &Cx, firm: FirmId) -> Result<Vec<Charge>, Error> {
    cx.list(store::OF_FIRM, args![firm]).await
}

/// A charge by its id.
///
/// # Errors
/// [`Error::Store`].
pub async fn get(cx: &Cx, id: ChargeId) -> Result<Option<Charge>, Error> {
    cx.find(store::BY_ID_IN_TX, args![id]).await
}

/// The segregation code that a tenant's file names.
pub(crate) fn segregation(text: &str) -> Option<SegregationCode> {
    SegregationCode::new(text.parse().ok()?).ok()
}
