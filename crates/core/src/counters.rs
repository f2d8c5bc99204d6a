//! Numbers that count up without gaps in committed transactions: matricole, notice numbers, receipt numbers.

use ::store::args;

use crate::Tx;
use crate::error::Error;

pub(crate) mod store {
    crate::statements! {
        NEXT = "INSERT INTO counters (tenant, name, value) VALUES ($1, $2, 1)
                ON CONFLICT (tenant, name) DO UPDATE SET value = counters.value + 1 RETURNING value AS n";
    }
}

/// The next number of a counter, from 1. It is given back when the transaction is not committed.
///
/// # Errors
/// [`Error::Store`].
pub async fn next(tx: &mut Tx, name: &str) -> Result<i64, Error> {
    tx.count(store::NEXT, args![name]).await
}
