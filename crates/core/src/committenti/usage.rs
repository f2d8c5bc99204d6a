//! How much a committente asks: the limit of a minute, and the figures of each day.

use ::store::args;

use super::model::{CommittenteId, Known};
use super::store;
use crate::access::Operation;
use crate::error::Error;
use crate::{Cx, Tx, row};

const MINUTE_MS: i64 = 60_000;

/// Where the minute of a committente stands after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Requests in a minute.
    pub most: i64,
    /// Requests that are left in this one; negative when this request was one too many.
    pub left: i64,
    /// Seconds until the next minute begins.
    pub reset: i64,
}

row! {
    /// What a committente asked on a day.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Day {
        /// The day, in Rome.
        pub day: String,
        /// Requests.
        pub requests: i64,
        /// Firms that were asked about.
        pub queries: i64,
    }
}

row! {
    struct Counted { requests: i64 }
}

/// Counts a request before it is served. All nodes count together.
///
/// # Errors
/// [`Error::Store`].
pub async fn count(cx: &Cx, known: &Known) -> Result<Limit, Error> {
    let (now, id) = (cx.now_ms(), known.committente_id);
    let mut tx = cx.as_system("api").begin(Operation::Maintain).await?;
    let counted = tx.list::<Counted>(store::COUNT_REQUEST, args![id, now / MINUTE_MS]).await?;
    tx.execute(store::COUNT_DAY, args![id, cx.today().to_string(), 1, 0]).await?;
    if known.used_at.is_none_or(|used| now - used >= MINUTE_MS) {
        tx.execute(store::KEY_USED, args![known.key_id, now]).await?;
    }
    tx.commit_unaudited().await?;
    let used = counted.first().map_or(1, |c| c.requests);
    Ok(Limit {
        most: known.per_minute,
        left: known.per_minute - used,
        reset: (MINUTE_MS - now % MINUTE_MS + 999) / 1_000,
    })
}

/// Counts firms that were asked about, in the transaction that answers.
///
/// # Errors
/// [`Error::Store`].
pub async fn count_queries(cx: &Cx, tx: &mut Tx, id: CommittenteId, queries: i64) -> Result<(), Error> {
    tx.execute(store::COUNT_DAY, args![id, cx.today().to_string(), 0, queries]).await?;
    Ok(())
}

/// The latest days on which a committente asked anything, newest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn days(cx: &Cx, id: CommittenteId, most: i64) -> Result<Vec<Day>, Error> {
    cx.list(store::DAYS, args![id, most]).await
}
