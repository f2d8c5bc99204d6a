//! Whose a running job is: its worker's, for as long as that worker shows that it lives.

use std::future::Future;
use std::time::Duration;

use ::store::args;
use jiff::{SignedDuration, Timestamp};

use super::store;
use crate::Cx;
use crate::access::Operation;
use crate::error::{Error, chain};

/// A job of a worker that has died is another worker's after so long.
const LEASE: SignedDuration = SignedDuration::from_secs(45);
/// How often a worker shows that it lives, in real time: two may be missed.
pub(super) const BEAT: Duration = Duration::from_secs(15);
/// After five minutes a job that hangs is given to others, although its worker lives.
const BEATS: usize = 20;

/// Until when a job that is claimed or kept now belongs to its worker.
pub(super) fn until(now: Timestamp) -> i64 {
    now.checked_add(LEASE).unwrap_or(now).as_millisecond()
}

/// Does a job's work, and keeps the job meanwhile.
pub(super) async fn kept<T>(cx: &Cx, job: i64, beat: Duration, work: impl Future<Output = T>) -> T {
    tokio::pin!(work);
    for _ in 0..BEATS {
        match tokio::time::timeout(beat, &mut work).await {
            Ok(done) => return done,
            Err(_) => keep(cx, job).await,
        }
    }
    work.await
}

async fn keep(cx: &Cx, job: i64) {
    let kept = async {
        let mut tx = cx.begin(Operation::Maintain).await?;
        tx.execute(store::KEEP, args![job, until(cx.now())]).await?;
        tx.commit_unaudited().await
    };
    // At worst another worker does it again, which every job allows.
    if let Err(error) = kept.await as Result<(), Error> {
        tracing::warn!(id = job, error = chain(&error), "a running job cannot be kept");
    }
}
