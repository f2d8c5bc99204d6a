//! Jobs: side effects that leave in the transaction of the change that causes them.
//!
//! A job is a small struct with a name. It is enqueued with [`enqueue`] inside the operation's transaction, claimed by
//! a worker under a lease, and ends in one of three ways: done, tried again later, or dead with a reason that the
//! operator sees. **A job may run twice** (crash, expired lease): every handler is idempotent on a key of its own.

mod lease;
mod model;
pub mod store;
mod worker;

pub use model::{Handlers, Job, JobError, Lane, Schedule};
pub use worker::Worker;

use ::store::args;

use crate::error::Error;
use crate::{Cx, Tx};

/// Enqueues a job in the operation's transaction.
///
/// # Errors
/// [`Error::Store`].
pub async fn enqueue<J: Job>(cx: &Cx, tx: &mut Tx, job: &J, schedule: Schedule<'_>) -> Result<(), Error> {
    enqueue_for(cx, tx, &cx.tenant.slug, job, schedule).await
}

/// The same in the name of another tenant, for what tenants share.
pub(crate) async fn enqueue_for<J: Job>(
    cx: &Cx,
    tx: &mut Tx,
    tenant: &str,
    job: &J,
    schedule: Schedule<'_>,
) -> Result<(), Error> {
    let payload = serde_json::to_string(job).unwrap_or_default();
    let at = schedule.at.unwrap_or_else(|| cx.now()).as_millisecond();
    let statement = if schedule.sooner { store::ENQUEUE_SOONER } else { store::ENQUEUE };
    let args = args![cx.id(), J::LANE.key(), J::NAME, payload, at, schedule.unique, cx.now_ms()];
    tx.execute_for(tenant, statement, args).await?;
    tx.wakes = true;
    Ok(())
}

/// Enqueues a job by name, with its payload as JSON: for modules that call back whoever asked them.
///
/// # Errors
/// [`Error::Store`].
pub async fn enqueue_named(cx: &Cx, tx: &mut Tx, name: &str, lane: Lane, payload: &str) -> Result<(), Error> {
    enqueue_named_for(cx, tx, &cx.tenant.slug, name, lane, payload).await
}

/// The same in the name of another tenant.
pub(crate) async fn enqueue_named_for(
    cx: &Cx,
    tx: &mut Tx,
    tenant: &str,
    name: &str,
    lane: Lane,
    payload: &str,
) -> Result<(), Error> {
    let args = args![cx.id(), lane.key(), name, payload, cx.now_ms(), None::<&str>, cx.now_ms()];
    tx.execute_for(tenant, store::ENQUEUE, args).await?;
    tx.wakes = true;
    Ok(())
}

/// Enqueues a job in a transaction of its own: for recurring work that nothing else causes.
///
/// # Errors
/// [`Error::Store`].
pub async fn enqueue_alone<J: Job>(cx: &Cx, job: &J, schedule: Schedule<'_>) -> Result<(), Error> {
    let mut tx = cx.as_system("jobs").begin(crate::access::Operation::Maintain).await?;
    enqueue(cx, &mut tx, job, schedule).await?;
    tx.commit_unaudited().await
}

crate::row! {
    /// A job that has given up, as the operator sees it.
    #[derive(Clone, Debug)]
    pub struct DeadJob {
        /// Its id.
        pub id: i64,
        /// Its name.
        pub name: String,
        /// Why it gave up.
        pub last_error: Option<String>,
        /// How often it was tried.
        pub attempts: i64,
        /// When it was enqueued, in milliseconds since 1970.
        pub created_at: i64,
    }
}

/// The jobs that have given up, newest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn dead(cx: &Cx) -> Result<Vec<DeadJob>, Error> {
    cx.list(store::DEAD, args![]).await
}
