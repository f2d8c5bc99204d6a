//! Deadlines as objects: one change redraws every page, notice and paper that shows them (requirement A-45).

pub mod store;

use ::store::args;
use jiff::civil::Date;

use crate::access::{Actor, Operation};
use crate::error::Error;
use crate::{Cx, row};

row! {
    struct Stored { id: i64, due: String, reason: String, set_at: i64 }
}

/// One state of a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The last day.
    pub due: Date,
    /// Why it was moved, with the act.
    pub reason: String,
    /// When it was moved, in milliseconds since 1970.
    pub set_at: i64,
}

/// A deadline was moved to a day that makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum ExtendError {
    /// The new day is not after the present one.
    #[error("the new day is not after the present one")]
    NotLater,
    /// A reason is missing.
    #[error("a reason is missing")]
    NoReason,
    /// Anything else.
    #[error("the deadline cannot be moved")]
    Ground(#[from] Error),
}

/// The extensions of a deadline that operators have set, oldest first.
///
/// # Errors
/// [`Error::Store`], or [`Error::Inconsistent`] for a date that cannot be read.
pub async fn extensions(cx: &Cx, name: &str) -> Result<Vec<Extension>, Error> {
    let stored: Vec<Stored> = cx.list(store::OF, args![name]).await?;
    stored.into_iter().map(extension).collect()
}

fn extension(stored: Stored) -> Result<Extension, Error> {
    let due = stored.due.parse().map_err(|_| Error::Inconsistent {
        table: "deadlines",
        column: "due",
        row: stored.id,
        value: stored.due.clone(),
    })?;
    Ok(Extension { due, reason: stored.reason, set_at: stored.set_at })
}

/// Moves a deadline.
///
/// # Errors
/// [`ExtendError`].
pub async fn extend(cx: &Cx, name: &str, present: Date, due: Date, reason: &str) -> Result<(), ExtendError> {
    let reason = reason.trim();
    if due <= present {
        return Err(ExtendError::NotLater);
    }
    if reason.is_empty() {
        return Err(ExtendError::NoReason);
    }
    let operator = match &cx.actor {
        Actor::Operator { id, .. } => Some(*id),
        _ => None,
    };
    let mut tx = cx.begin(Operation::ExtendDeadline).await?;
    tx.note("deadline", name).note("from", present.to_string()).note("to", due.to_string()).note("reason", reason);
    tx.execute(store::ADD, args![cx.id(), name, due.to_string(), reason, operator, cx.now_ms()]).await?;
    tx.commit().await?;
    Ok(())
}
