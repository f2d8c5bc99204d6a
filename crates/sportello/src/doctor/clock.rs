//! Whether the machine's clock can be right.

use jiff::{SignedDuration, Timestamp};
use store::{Db, args};

use super::finding::Finding;
use super::store::LAST_MIGRATION;

/// Clocks of nodes differ a little.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

pub async fn examine(db: &Db, now: Timestamp) -> Finding {
    let remedy = "set the clock, and keep it right with NTP: second factors and deadlines depend on it";
    let last = async { db.fetch_one(LAST_MIGRATION, args![]).await?.get::<i64>("n") };
    let last = match last.await {
        Ok(milliseconds) => sportello_core::clock::instant(milliseconds),
        Err(error) => return Finding::bad("clock", sportello_core::chain(&error), "check the database"),
    };
    if now + TOLERANCE < last {
        return Finding::bad("clock", format!("it is {now} here, but the database was changed at {last}"), remedy);
    }
    Finding::good("clock", format!("{now}, after everything in the database"))
}
