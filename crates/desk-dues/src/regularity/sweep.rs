use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sportello_core::Cx;
use sportello_core::access::Operation;
use sportello_core::jobs::{self, Job, JobError, Lane, Schedule};
use store::args;

use super::store as sql;

const EVERY: SignedDuration = SignedDuration::from_hours(6);
/// Questions and their answers are kept so long.
const QUERIES_KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);
/// Statements are kept so long.
const STATEMENTS_KEPT: SignedDuration = SignedDuration::from_hours(24 * 365 * 5);

/// Removes questions, bulks and statements that are old enough, and comes again.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepQueries {}

impl Job for SweepQueries {
    const NAME: &'static str = "regularity.sweep";
    const LANE: Lane = Lane::Background;
    const TRIES: i64 = i64::MAX;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let before = |age: SignedDuration| cx.now().checked_sub(age).unwrap_or(jiff::Timestamp::MIN).as_millisecond();
        let mut tx = cx.begin(Operation::Maintain).await?;
        tx.execute(sql::SWEEP_QUERIES, args![before(QUERIES_KEPT)]).await?;
        tx.execute(sql::SWEEP_BULKS, args![before(QUERIES_KEPT)]).await?;
        tx.execute(sql::SWEEP_STATEMENTS, args![before(STATEMENTS_KEPT)]).await?;
        tx.commit_unaudited().await?;
        let next = cx.now().checked_add(EVERY).unwrap_or_else(|_| cx.now());
        Ok(jobs::enqueue_alone(cx, &Self {}, Schedule::at(next).unique("sweep")).await?)
    }
}
