use ::store::args;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::store;
use crate::Cx;
use crate::access::Operation;
use crate::jobs::{self, Job, JobError, Lane, Schedule};

const EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Destroys what is over: requests without answer, identities nobody fetched, assertions that nobody would accept again,
/// and lines of the log after 24 months. Comes again.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepIdentities {}

impl Job for SweepIdentities {
    const NAME: &'static str = "identities.sweep";
    const LANE: Lane = Lane::Background;
    const TRIES: i64 = i64::MAX;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin(Operation::Maintain).await?;
        for statement in [store::SWEEP_REQUESTS, store::SWEEP_OUTCOMES, store::SWEEP_ASSERTIONS, store::SWEEP_LOG] {
            tx.execute(statement, args![cx.now_ms()]).await?;
        }
        tx.commit_unaudited().await?;
        let next = cx.now().checked_add(EVERY).unwrap_or_else(|_| cx.now());
        Ok(jobs::enqueue_alone(cx, &Self {}, Schedule::at(next).unique("identities")).await?)
    }
}
