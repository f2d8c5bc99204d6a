//! The audit: one line for every mutating operation, written by [`Tx::commit`] in the same transaction.
//!
//! Invariants: lines are never changed or deleted by the product, and details never hold secrets.

pub mod store;

use std::sync::Arc;

use ::store::args;
use serde_json::{Map, Value};

use crate::access::Operation;
use crate::error::Error;
use crate::people::FirmId;
use crate::tx::Tx;
use crate::{Cx, row};

/// The line that an operation is about to write.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: i64,
    pub(crate) at: i64,
    pub(crate) actor_kind: String,
    pub(crate) actor_id: Option<i64>,
    pub(crate) operation: &'static str,
    pub(crate) firm: Option<i64>,
    pub(crate) detail: Map<String, Value>,
    pub(crate) request: Arc<str>,
}

row! {
    /// A line of the audit as it is shown.
    #[derive(Clone, Debug)]
    pub struct Line {
        /// When, in milliseconds since 1970.
        pub at: i64,
        /// `anonymous`, `account`, `operator` or `system:…`.
        pub actor_kind: String,
        /// The operator's name, when an operator did it.
        pub actor_name: Option<String>,
        /// The operation's key.
        pub operation: String,
        /// Details, a JSON object.
        pub detail: String,
    }
}

pub(crate) async fn write(tx: &mut Tx) -> Result<(), Error> {
    let entry = &tx.entry;
    let args = args![
        entry.id,
        entry.at,
        &entry.actor_kind,
        entry.actor_id,
        entry.operation,
        entry.firm,
        Value::Object(entry.detail.clone()).to_string(),
        entry.request.as_ref(),
    ];
    tx.execute(store::WRITE, args).await?;
    Ok(())
}

/// The lines about a firm, newest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn about_firm(cx: &Cx, firm: FirmId, limit: i64) -> Result<Vec<Line>, Error> {
    cx.list(store::ABOUT_FIRM, args![firm, limit]).await
}

/// The latest lines, newest first.
///
/// # Errors
/// [`Error::Forbidden`] or [`Error::Store`].
pub async fn latest(cx: &Cx, limit: i64) -> Result<Vec<Line>, Error> {
    cx.require(Operation::SeeAudit)?;
    cx.list(store::LATEST, args![limit]).await
}
