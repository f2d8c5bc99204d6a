use std::time::Duration;

use ::store::args;
use jiff::SignedDuration;
use tokio::task::JoinSet;

use super::model::{JobError, pause};
use super::store;
use crate::access::{Actor, Operation};
use crate::app::App;
use crate::error::{Error, chain};
use crate::row;

/// A claimed job is another worker's after this long without a result.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// How many jobs one worker runs at a time.
const AT_ONCE: i64 = 8;
/// How often a worker looks for due jobs when nothing wakes it (another node may have enqueued one).
const LOOK: Duration = Duration::from_millis(500);

row! {
    struct Claimed {
        tenant: String,
        id: i64,
        name: String,
        payload: String,
        attempts: i64,
    }
}

/// Runs jobs until it is told to stop.
#[derive(Clone, Debug)]
pub struct Worker {
    app: App,
}

impl Worker {
    /// A worker of this program.
    pub fn new(app: App) -> Self {
        Self { app }
    }

    /// Runs due jobs for ever; stop it by dropping the future between jobs, or with the whole process: a job that is
    /// cut off runs again when its lease ends.
    pub async fn run(&self) {
        loop {
            match self.run_once().await {
                Ok(0) => {
                    let _ = tokio::time::timeout(LOOK, self.app.woken()).await;
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(error = chain(&error), "jobs cannot be claimed");
                    tokio::time::sleep(LOOK).await;
                }
            }
        }
    }

    /// Runs what is due now, in order and one after the other, until nothing is due: for tests.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn run_due(&self) -> Result<usize, Error> {
        let mut ran = 0;
        loop {
            let claimed = self.claim(1).await?;
            let Some(job) = claimed.into_iter().next() else { return Ok(ran) };
            run(self.app.clone(), job).await;
            ran += 1;
        }
    }

    async fn run_once(&self) -> Result<usize, Error> {
        let claimed = self.claim(AT_ONCE).await?;
        let count = claimed.len();
        let mut running = JoinSet::new();
        for job in claimed {
            running.spawn(run(self.app.clone(), job));
        }
        while running.join_next().await.is_some() {}
        Ok(count)
    }

    async fn claim(&self, limit: i64) -> Result<Vec<Claimed>, Error> {
        let now = self.app.clock().now();
        let lease = now.checked_add(LEASE).unwrap_or(now).as_millisecond();
        let due: Option<i64> =
            self.app.db().fetch_one(store::NEXT_CLAIM, args![now.as_millisecond()]).await?.get("n")?;
        if due.is_none_or(|n| n == 0) {
            // Looking costs no write, and an idle program should not write.
            return Ok(Vec::new());
        }
        let mut tx = self.app.db().begin().await?;
        let claimed = tx.list(store::CLAIM, args![now.as_millisecond(), lease, limit]).await?;
        tx.commit().await?;
        Ok(claimed)
    }
}

async fn run(app: App, job: Claimed) {
    if let Err(error) = run_and_record(&app, &job).await {
        // The lease will end, and the job will run again.
        tracing::error!(job = job.name, id = job.id, error = chain(&error), "the end of a job cannot be recorded");
    }
}

async fn run_and_record(app: &App, job: &Claimed) -> Result<(), Error> {
    let Some(tenant) = app.tenant(&job.tenant) else {
        tracing::warn!(job = job.name, tenant = job.tenant, "job of a tenant that is not served here");
        return Ok(());
    };
    let cx = app.cx(tenant, Actor::System("job"), &format!("job-{}", job.id), tenant.language);
    let (result, tries) = match app.handlers().get(&job.name) {
        Some((handler, tries)) => (handler(cx.clone(), job.payload.clone()).await, *tries),
        None => (Err(JobError::fail("no such job in this program")), 1),
    };
    let mut tx = cx.begin(Operation::Maintain).await?;
    match result {
        Ok(()) => tx.execute(store::DONE, args![job.id]).await?,
        Err(JobError::Retry { reason, after }) if job.attempts < tries => {
            tracing::info!(job = job.name, id = job.id, attempts = job.attempts, reason, "job will be tried again");
            let at = cx.now().checked_add(after.unwrap_or_else(|| pause(job.attempts))).unwrap_or_else(|_| cx.now());
            tx.execute(store::RETRY, args![job.id, at.as_millisecond(), reason]).await?
        }
        Err(JobError::Retry { reason, .. } | JobError::Fail { reason }) => {
            tracing::error!(job = job.name, id = job.id, attempts = job.attempts, reason, "job has given up");
            tx.execute(store::KILL, args![job.id, reason]).await?
        }
    };
    tx.commit_unaudited().await
}
