//! Payments: the creditor's side of pagoPA, and what the payer's browser does meanwhile.
//!
//! Invariants: a charge is paid when its receipt is here and not before — the return page of the checkout proves
//! nothing; a receipt has one effect however often and however many at a time it comes, under its own id; money that is
//! received is never refused, only marked for an operator when it was not expected.

mod checkout;
mod model;
mod node;
pub mod store;

pub use checkout::{CheckoutFailure, checkout, returned};
pub use model::{OnItsWay, Payment, PaymentId, Standing};
pub use node::{Announce, Paid, Position, answer};

use ::store::args;

use crate::Cx;
use crate::access::Operation;
use crate::charges::Charge;
use crate::error::Error;
use crate::people::FirmId;

/// The payments of a firm, newest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn of_firm(cx: &Cx, firm: FirmId) -> Result<Vec<Payment>, Error> {
    cx.list(store::OF_FIRM, args![firm]).await
}

/// A payment by its id.
///
/// # Errors
/// [`Error::Store`].
pub async fn get(cx: &Cx, id: PaymentId) -> Result<Option<Payment>, Error> {
    cx.find(store::BY_ID, args![id]).await
}

/// Payments that an operator must look at: of another amount, or of a charge that was already paid or withdrawn.
///
/// # Errors
/// [`Error`].
pub async fn surplus(cx: &Cx) -> Result<Vec<Payment>, Error> {
    cx.require(Operation::SeeFirms)?;
    cx.list(store::SURPLUS, args![]).await
}

/// Where the payment of a charge stands, for its owner.
///
/// # Errors
/// [`Error::Store`].
pub async fn standing(cx: &Cx, charge: &Charge) -> Result<Standing, Error> {
    let paid: Option<Payment> = cx.find(store::OF_CHARGE, args![charge.id]).await?;
    if let Some(payment) = paid {
        return Ok(Standing::Paid(payment));
    }
    let on_its_way: Option<OnItsWay> = cx.find(store::RETURNED_OK, args![charge.id]).await?;
    Ok(match on_its_way {
        Some(way) => Standing::ReceiptOnItsWay { since: way.returned_at },
        None if charge.state == "cancelled" => Standing::Cancelled,
        None => Standing::Due,
    })
}
