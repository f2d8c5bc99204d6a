//! Jobs of the tests: one that panics, one that hangs, one that fails, one that takes its time. Every test is a process of
//! its own, so what they count is the test's.

use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sportello_core::Cx;
use sportello_core::jobs::{Handlers, Job, JobError, Lane};
use sportello_core::notices::SendNotice;
use tokio::sync::Notify;

/// Told when [`Unhurried`] has begun.
pub static BEGUN: Notify = Notify::const_new();
/// Lets [`Unhurried`] end.
pub static GO_ON: Notify = Notify::const_new();
/// How often [`Unhurried`] has ended.
pub static ENDED: AtomicUsize = AtomicUsize::new(0);
/// How often [`Fails`] has run.
pub static FAILED: AtomicUsize = AtomicUsize::new(0);

pub(crate) fn handlers(handlers: Handlers) -> Handlers {
    handlers.with::<Panics>().with::<Hangs>().with::<Fails>().with::<Unhurried>()
}

/// The jobs of the product, without messages that leave.
pub(crate) fn silent() -> Handlers {
    handlers(desk_dues::handlers(Handlers::default())).with::<Unsent>()
}

/// A message that is not sent.
#[derive(Debug, Serialize, Deserialize)]
struct Unsent {}

impl Job for Unsent {
    const NAME: &'static str = SendNotice::NAME;
    const LANE: Lane = Lane::Mail;

    async fn run(self, _: &Cx) -> Result<(), JobError> {
        Ok(())
    }
}

/// Panics, twice at most.
#[derive(Debug, Serialize, Deserialize)]
pub struct Panics {}

impl Job for Panics {
    const NAME: &'static str = "test.panics";
    const LANE: Lane = Lane::Background;
    const TRIES: i64 = 2;

    async fn run(self, _: &Cx) -> Result<(), JobError> {
        panic!("on purpose")
    }
}

/// Never ends.
#[derive(Debug, Serialize, Deserialize)]
pub struct Hangs {}

impl Job for Hangs {
    const NAME: &'static str = "test.hangs";
    const LANE: Lane = Lane::Background;

    async fn run(self, _: &Cx) -> Result<(), JobError> {
        pending().await
    }
}

/// Fails, and may be waited for half a minute at most.
#[derive(Debug, Serialize, Deserialize)]
pub struct Fails {}

impl Job for Fails {
    const NAME: &'static str = "test.fails";
    const LANE: Lane = Lane::Mail;
    const TRIES: i64 = i64::MAX;
    const LONGEST_PAUSE: SignedDuration = SignedDuration::from_secs(30);

    async fn run(self, _: &Cx) -> Result<(), JobError> {
        FAILED.fetch_add(1, Ordering::Relaxed);
        Err(JobError::retry("on purpose"))
    }
}

/// Says that it has begun, and ends when it is let.
#[derive(Debug, Serialize, Deserialize)]
pub struct Unhurried {}

impl Job for Unhurried {
    const NAME: &'static str = "test.unhurried";
    const LANE: Lane = Lane::Person;

    async fn run(self, _: &Cx) -> Result<(), JobError> {
        BEGUN.notify_one();
        GO_ON.notified().await;
        ENDED.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}
