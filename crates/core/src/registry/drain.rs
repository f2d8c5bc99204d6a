use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use super::claim::{self, Next};
use super::source::RegisterSource;
use super::{asking, listing};
use crate::Cx;
use crate::clock::instant;
use crate::error::{Error, chain};
use crate::jobs::{self, Job, JobError, Lane, Schedule};

/// A job that asks for so long lets another one go on, before its lease ends.
const LONGEST: Duration = Duration::from_secs(120);
/// So many lists are fetched at the same time at most.
const MOST: usize = 16;

/// What is under way. Tasks of their own: one that holds the database's writer must not wait for this job, which may itself
/// be waiting for the writer.
type Flights = JoinSet<Result<(), Error>>;

/// Asks a source what waits, as far as its budget allows, and comes again for the rest. Several may run at the same time:
/// what each of them does is claimed in the database.
#[derive(Debug, Serialize, Deserialize)]
pub struct Drain {
    /// The source.
    pub source: String,
}

impl Job for Drain {
    const NAME: &'static str = "register.drain";
    const LANE: Lane = Lane::Person;
    const TRIES: i64 = i64::MAX;
    const LONGEST_PAUSE: jiff::SignedDuration = jiff::SignedDuration::from_secs(30);

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        // No longer configured: the questions wait.
        let Some(source) = cx.app.source(&self.source).cloned() else { return Ok(()) };
        let end = tokio::time::Instant::now() + LONGEST;
        let mut flights = Flights::new();
        let mut failed = None;
        loop {
            let more = tokio::time::Instant::now() < end && failed.is_none();
            let again = if more { fill(cx, &source, &mut flights).await? } else { Some(cx.now_ms()) };
            if let Some(at) = again {
                // Before anything is waited for: whatever hangs, somebody looks at the queue in time.
                let schedule = Schedule::at(instant(at)).unique(&source.name).sooner();
                jobs::enqueue_alone(cx, &Self { source: source.name.clone() }, schedule).await?;
            }
            match flights.join_next().await {
                // The others end as they would have.
                Some(done) => {
                    failed = done.map_err(|e| e.to_string()).and_then(|d| d.map_err(|e| chain(&e))).err().or(failed);
                }
                None => return failed.map_or(Ok(()), |reason| Err(JobError::retry(reason))),
            }
        }
    }
}

/// Begins everything that may be done now; says when there is more to do.
async fn fill(cx: &Cx, source: &Arc<RegisterSource>, flights: &mut Flights) -> Result<Option<i64>, Error> {
    let mut again = None;
    while flights.len() < MOST
        && let Some(list) = listing::claim(cx, source).await?
    {
        flights.spawn(listing::fetch(cx.clone(), Arc::clone(source), list));
    }
    loop {
        match claim::next(cx, source).await? {
            Next::Ask(question) => {
                flights.spawn(asking::ask(cx.clone(), Arc::clone(source), question));
            }
            Next::At(at) => {
                again = Some(at);
                break;
            }
            Next::Nothing => break,
        }
    }
    Ok(again)
}
