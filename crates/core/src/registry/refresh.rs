//! Answers that grow old are asked for again when the source has nothing better to do.

use ::store::args;
use italia::FiscalCode;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::follow::Follow;
use super::model::QueueLane;
use super::{arrive, source, store};
use crate::access::Operation;
use crate::error::Error;
use crate::jobs::{self, Job, JobError, Lane, Schedule};
use crate::{Cx, Tx, row};

/// At most so many in one go.
const MOST: i64 = 500;
const PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// No answer is kept for longer.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 365);
/// What happened in a minute is kept for so many minutes: eight days.
const MINUTES_KEPT: i64 = 8 * 24 * 60;

/// Asks again about firms whose address was once the one on file, when that answer may soon no longer be served; forgets
/// what is too old.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefreshAnswers {}

row! {
    struct Code { code: String }
}

impl Job for RefreshAnswers {
    const NAME: &'static str = "register.refresh";
    const LANE: Lane = Lane::Background;
    const TRIES: i64 = i64::MAX;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let name = source::name_of(cx);
        let Some(source) = cx.app.source(&name) else { return Ok(()) };
        // A day before, so that there is time to ask.
        let age = (source.limits.serve_for - SignedDuration::from_hours(24)).max(SignedDuration::from_hours(1));
        let old = cx.now_ms() - i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
        let due: Vec<Code> = cx.list(store::GROWN_OLD, args![name.as_str(), old, MOST]).await?;
        let mut tx = cx.begin(Operation::LookUp).await?;
        for code in due.iter().filter_map(|c| FiscalCode::parse(&c.code).ok()) {
            arrive::join(cx, &mut tx, &name, &code, QueueLane::Background).await?;
        }
        forget(cx, &mut tx, &name).await?;
        if !due.is_empty() {
            arrive::wake(cx, &mut tx, &name).await?;
        }
        let again = cx.now().checked_add(PAUSE).unwrap_or_else(|_| cx.now());
        jobs::enqueue(cx, &mut tx, &Self {}, Schedule::at(again).unique("answers")).await?;
        // A node with an older program gives up a job that it does not know; this one it knows.
        jobs::enqueue(cx, &mut tx, &Follow {}, Schedule::at(again).unique("follow")).await?;
        Ok(tx.commit_unaudited().await?)
    }
}

async fn forget(cx: &Cx, tx: &mut Tx, source: &str) -> Result<(), Error> {
    let year = i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
    tx.shared().execute(store::FORGET_ANSWERS, args![cx.now_ms() - year]).await?;
    let minute = cx.now_ms() / 60_000 - MINUTES_KEPT;
    tx.shared().execute(store::FORGET_MINUTES, args![source, minute]).await?;
    Ok(())
}
