use ::store::args;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{idempotency, store};
use crate::Cx;
use crate::access::Operation;
use crate::jobs::{self, Job, JobError, Lane, Schedule};

const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// Figures of usage are kept so long.
const DAYS_KEPT: SignedDuration = SignedDuration::from_hours(24 * 730);
/// Minutes are of use while they last.
const MINUTES_KEPT: SignedDuration = SignedDuration::from_mins(10);

/// Removes what is over: answers to repeated requests, minutes, old figures, invitations; and comes again.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepCommittenti {}

impl Job for SweepCommittenti {
    const NAME: &'static str = "committenti.sweep";
    const LANE: Lane = Lane::Background;
    const TRIES: i64 = i64::MAX;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let before = |age: SignedDuration| cx.now().checked_sub(age).unwrap_or(jiff::Timestamp::MIN);
        let mut tx = cx.begin(Operation::Maintain).await?;
        tx.execute(store::SWEEP_IDEMPOTENCY, args![before(idempotency::KEPT).as_millisecond()]).await?;
        tx.execute(store::SWEEP_MINUTES, args![before(MINUTES_KEPT).as_millisecond() / 60_000]).await?;
        tx.execute(store::SWEEP_DAYS, args![crate::format::civil(before(DAYS_KEPT)).to_string()]).await?;
        tx.execute(store::SWEEP_INVITATIONS, args![cx.now_ms()]).await?;
        tx.commit_unaudited().await?;
        let next = cx.now().checked_add(EVERY).unwrap_or_else(|_| cx.now());
        Ok(jobs::enqueue_alone(cx, &Self {}, Schedule::at(next).unique("sweep")).await?)
    }
}
