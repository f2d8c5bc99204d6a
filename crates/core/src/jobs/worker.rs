use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

use ::store::args;
use jiff::SignedDuration;
use tokio::task::JoinSet;

use super::model::{Entry, JobError, Lane, pause};
use super::{lease, store};
use crate::access::{Actor, Operation};
use crate::app::App;
use crate::error::{Error, chain};
use crate::{Cx, row};

/// How long running jobs may go on when the program stops.
const FAREWELL: Duration = Duration::from_secs(10);
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
    beat: Duration,
}

impl Worker {
    /// A worker of this program.
    pub fn new(app: App) -> Self {
        Self { app, beat: lease::BEAT }
    }

    /// The same, showing so often that it lives.
    #[must_use]
    pub fn beating(mut self, every: Duration) -> Self {
        self.beat = every;
        self
    }

    /// Runs due jobs until `stop` ends, then lets those that are running finish for a while. A job that is cut off runs
    /// again when its lease ends.
    pub async fn run(&self, stop: impl Future<Output = ()> + Send) {
        let mut running = Running::default();
        tokio::pin!(stop);
        loop {
            if let Err(error) = self.fill(&mut running).await {
                tracing::error!(error = chain(&error), "jobs cannot be claimed");
            }
            tokio::select! {
                () = &mut stop => break,
                () = running.next(), if !running.is_empty() => {}
                _ = tokio::time::timeout(LOOK, self.app.woken()) => {}
            }
        }
        let _ = tokio::time::timeout(FAREWELL, running.all()).await;
    }

    /// Claims as many due jobs as there are free slots, lane by lane.
    async fn fill(&self, running: &mut Running) -> Result<(), Error> {
        for lane in Lane::ALL {
            let free = running.free(lane);
            if free == 0 {
                continue;
            }
            for job in self.claim([lane; 3], i64::try_from(free).unwrap_or(1)).await? {
                running.start(lane, run(self.app.clone(), self.beat, job));
            }
        }
        Ok(())
    }

    /// Runs what is due now, in order and one after the other, until nothing is due: for tests.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn run_due(&self) -> Result<usize, Error> {
        let mut ran = 0;
        loop {
            let claimed = self.claim(Lane::ALL, 1).await?;
            let Some(job) = claimed.into_iter().next() else { return Ok(ran) };
            run(self.app.clone(), self.beat, job).await;
            ran += 1;
        }
    }

    async fn claim(&self, lanes: [Lane; 3], limit: i64) -> Result<Vec<Claimed>, Error> {
        let [first, second, third] = lanes.map(Lane::key);
        let now = self.app.clock().now();
        let lease = lease::until(now);
        let due: Option<i64> = self
            .app
            .db()
            .fetch_one(store::NEXT_CLAIM, args![now.as_millisecond(), first, second, third])
            .await?
            .get("n")?;
        if due.is_none_or(|n| n == 0) {
            // Looking costs no write, and an idle program should not write.
            return Ok(Vec::new());
        }
        let mut tx = self.app.db().begin().await?;
        let claimed = tx.list(store::CLAIM, args![now.as_millisecond(), lease, limit, first, second, third]).await?;
        tx.commit().await?;
        Ok(claimed)
    }
}

/// What is running, by lane.
#[derive(Default)]
struct Running {
    tasks: JoinSet<Lane>,
    count: HashMap<&'static str, usize>,
}

impl Running {
    fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    fn free(&self, lane: Lane) -> usize {
        lane.slots().saturating_sub(self.count.get(lane.key()).copied().unwrap_or(0))
    }

    fn start(&mut self, lane: Lane, job: impl Future<Output = ()> + Send + 'static) {
        *self.count.entry(lane.key()).or_default() += 1;
        self.tasks.spawn(async move {
            job.await;
            lane
        });
    }

    /// Waits for one to end.
    async fn next(&mut self) {
        // A job's own panic is caught further in; nothing else here panics.
        if let Some(Ok(lane)) = self.tasks.join_next().await
            && let Some(count) = self.count.get_mut(lane.key())
        {
            *count -= 1;
        }
    }

    async fn all(&mut self) {
        while !self.is_empty() {
            self.next().await;
        }
    }
}

async fn run(app: App, beat: Duration, job: Claimed) {
    if let Err(error) = run_and_record(&app, beat, &job).await {
        // The lease will end, and the job will run again.
        tracing::error!(job = job.name, id = job.id, error = chain(&error), "the end of a job cannot be recorded");
    }
}

/// Runs a handler. One that panics is tried again like one that fails, and in the end is seen by the operator.
async fn guarded(entry: &Entry, cx: &Cx, payload: &str) -> Result<(), JobError> {
    let mut one = JoinSet::new();
    one.spawn((entry.handler)(cx.clone(), payload.to_owned()));
    match one.join_next().await {
        Some(Ok(result)) => result,
        Some(Err(error)) => Err(JobError::retry(format!("the job panicked: {error}"))),
        None => Err(JobError::retry("the job never ran")),
    }
}

async fn run_and_record(app: &App, beat: Duration, job: &Claimed) -> Result<(), Error> {
    let Some(tenant) = app.tenant(&job.tenant) else {
        tracing::warn!(job = job.name, tenant = job.tenant, "job of a tenant that is not served here");
        return Ok(());
    };
    let cx = app.cx(tenant, Actor::System("job"), &format!("job-{}", job.id), tenant.language);
    let (result, tries, longest) = match app.handlers().get(&job.name) {
        Some(entry) => {
            let result = lease::kept(&cx, job.id, beat, guarded(entry, &cx, &job.payload)).await;
            (result, entry.tries, entry.longest_pause)
        }
        None => (Err(JobError::fail("no such job in this program")), 1, SignedDuration::ZERO),
    };
    let mut tx = cx.begin(Operation::Maintain).await?;
    match result {
        Ok(()) => tx.execute(store::DONE, args![job.id]).await?,
        Err(JobError::Retry { reason, after }) if job.attempts < tries => {
            tracing::info!(job = job.name, id = job.id, attempts = job.attempts, reason, "job will be tried again");
            let at = cx
                .now()
                .checked_add(after.unwrap_or_else(|| pause(job.attempts, longest)))
                .unwrap_or_else(|_| cx.now());
            tx.execute(store::RETRY, args![job.id, at.as_millisecond(), reason]).await?
        }
        Err(JobError::Retry { reason, .. } | JobError::Fail { reason }) => {
            tracing::error!(job = job.name, id = job.id, attempts = job.attempts, reason, "job has given up");
            tx.execute(store::KILL, args![job.id, reason]).await?
        }
    };
    tx.commit_unaudited().await
}
