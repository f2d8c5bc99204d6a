use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cx::Cx;
use crate::error::{Error, chain};

/// Which line a job waits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Somebody is looking at a page and waits for it.
    Person,
    /// Messages.
    Mail,
    /// Everything else.
    Background,
}

impl Lane {
    /// All lanes, those with somebody waiting first.
    pub const ALL: [Self; 3] = [Self::Person, Self::Mail, Self::Background];

    /// How many jobs of this lane one worker runs at a time. A lane's slots are its own: whatever hangs elsewhere, somebody
    /// who looks at a page does not wait for it.
    pub(super) fn slots(self) -> usize {
        match self {
            Self::Person => 4,
            Self::Mail => 3,
            Self::Background => 2,
        }
    }

    /// The lane's name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Mail => "mail",
            Self::Background => "background",
        }
    }
}

/// When a job runs, and whether it is the only one of its kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Schedule<'a> {
    pub(super) at: Option<Timestamp>,
    pub(super) unique: Option<&'a str>,
    pub(super) sooner: bool,
}

impl<'a> Schedule<'a> {
    /// As soon as possible.
    pub fn now() -> Self {
        Self::default()
    }

    /// Not before an instant.
    pub fn at(at: Timestamp) -> Self {
        Self { at: Some(at), ..Self::default() }
    }

    /// Only if no job of the same name and key is waiting.
    pub fn unique(self, key: &'a str) -> Self {
        Self { unique: Some(key), ..self }
    }

    /// If one is waiting, it runs at the earlier of both times.
    pub fn sooner(self) -> Self {
        Self { sooner: true, ..self }
    }
}

/// How a job ends when it does not succeed.
#[derive(Debug)]
pub enum JobError {
    /// Try again: after the given time, or with growing pauses.
    Retry {
        /// Why, for the log and the operator.
        reason: String,
        /// When the world said so itself (`Retry-After`).
        after: Option<SignedDuration>,
    },
    /// Never try again.
    Fail {
        /// Why.
        reason: String,
    },
}

impl JobError {
    /// Try again with growing pauses.
    pub fn retry(reason: impl Into<String>) -> Self {
        Self::Retry { reason: reason.into(), after: None }
    }

    /// Never try again.
    pub fn fail(reason: impl Into<String>) -> Self {
        Self::Fail { reason: reason.into() }
    }
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        Self::retry(chain(&error))
    }
}

/// A side effect: a small struct that is stored and run later.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its name in the database; never reused for another meaning.
    const NAME: &'static str;
    /// Which line it waits in.
    const LANE: Lane;
    /// After so many tries it is dead.
    const TRIES: i64 = 48;
    /// The pauses between tries grow to this. Short for what somebody waits for.
    const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);

    /// Does it. Must be idempotent.
    fn run(self, cx: &Cx) -> impl Future<Output = Result<(), JobError>> + Send;
}

type Run = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;
type Handler = Arc<dyn Fn(Cx, String) -> Run + Send + Sync>;

/// The jobs that a program can run, by name.
#[derive(Clone, Default)]
pub struct Handlers(HashMap<&'static str, Entry>);

/// How a job is run and tried again.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) handler: Handler,
    pub(super) tries: i64,
    pub(super) longest_pause: SignedDuration,
}

impl std::fmt::Debug for Handlers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Handlers {
    /// Adds a job.
    #[must_use]
    pub fn with<J: Job>(mut self) -> Self {
        let handler: Handler = Arc::new(|cx, payload| {
            Box::pin(async move {
                let job: J = serde_json::from_str(&payload).map_err(|e| JobError::fail(format!("payload: {e}")))?;
                job.run(&cx).await
            })
        });
        self.0.insert(J::NAME, Entry { handler, tries: J::TRIES, longest_pause: J::LONGEST_PAUSE });
        self
    }

    pub(super) fn get(&self, name: &str) -> Option<&Entry> {
        self.0.get(name)
    }
}

/// The pause before the next try: 2 s, doubling up to the longest.
pub(super) fn pause(attempts: i64, longest: SignedDuration) -> SignedDuration {
    let doublings = u32::try_from(attempts.clamp(1, 12) - 1).unwrap_or(0);
    SignedDuration::from_secs(2_i64 << doublings).min(longest)
}
