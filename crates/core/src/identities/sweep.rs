use ::store::args;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::begin::hex;
use super::model::Proved;
use super::{cie, store};
use crate::access::Operation;
use crate::jobs::{self, Job, JobError, Lane, Schedule};
use crate::{Cx, row};

const EVERY: SignedDuration = SignedDuration::from_hours(1);

row! {
    struct Outcome { token: Vec<u8>, identity: Vec<u8> }
}

fn proved(cx: &Cx, outcome: &Outcome) -> Option<Proved> {
    let plain = cx.app.vault().open("identity", &hex(&outcome.token), &outcome.identity).ok()?;
    serde_json::from_slice(&plain).ok()
}

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
        // What was proved and led nowhere opens nothing at the provider any more.
        for outcome in tx.list::<Outcome>(store::OVERDUE_OUTCOMES, args![cx.now_ms()]).await? {
            if let Some(proved) = proved(cx, &outcome) {
                cie::revoke_with(cx, &mut tx, &proved).await?;
            }
        }
        for statement in [store::SWEEP_REQUESTS, store::SWEEP_OUTCOMES, store::SWEEP_ASSERTIONS, store::SWEEP_LOG] {
            tx.execute(statement, args![cx.now_ms()]).await?;
        }
        tx.commit_unaudited().await?;
        let next = cx.now().checked_add(EVERY).unwrap_or_else(|_| cx.now());
        Ok(jobs::enqueue_alone(cx, &Self {}, Schedule::at(next).unique("identities")).await?)
    }
}
