use ::store::args;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::sessions::IDLE;
use super::store;
use crate::Cx;
use crate::access::Operation;
use crate::jobs::{self, Job, JobError, Lane, Schedule};

/// How often it is swept.
const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// Wrong tries that led to nothing are forgotten after this long; suspended names stay.
const TRIES_LIVE: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Removes sessions and links that are over, and comes again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const NAME: &'static str = "accounts.sweep";
    const LANE: Lane = Lane::Background;
    const TRIES: i64 = i64::MAX;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let before = |age: SignedDuration| cx.now().checked_sub(age).unwrap_or(jiff::Timestamp::MIN).as_millisecond();
        let mut tx = cx.begin(Operation::Maintain).await?;
        tx.execute(store::SWEEP_SESSIONS, args![cx.now_ms(), before(IDLE)]).await?;
        tx.execute(store::SWEEP_LINKS, args![cx.now_ms()]).await?;
        tx.execute(store::SWEEP_TRIES, args![before(TRIES_LIVE), cx.tenant.accounts.max_failures]).await?;
        tx.commit_unaudited().await?;
        let next = cx.now().checked_add(EVERY).unwrap_or_else(|_| cx.now());
        Ok(jobs::enqueue_alone(cx, &Self {}, Schedule::at(next).unique("sweep")).await?)
    }
}
