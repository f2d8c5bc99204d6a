use std::collections::HashMap;
use std::sync::Arc;

use ::store::args;
use jiff::SignedDuration;
use pec::imap::{Cursor, FetchError, Listed, Mailbox};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use super::cause::{Cause, Why};
use super::keep::{complete, quarantine};
use super::model::{self, Arrived, Inbox, Trouble};
use super::{leases, store};
use crate::access::Operation;
use crate::error::{Error, chain};
use crate::jobs::{Job, JobError, Lane, Schedule, enqueue_alone};
use crate::{Cx, row};

/// How often a mailbox that no node keeps open is looked into.
const EVERY: SignedDuration = SignedDuration::from_mins(1);
/// A message that made reading fail so often is quarantined.
const TRIES: i64 = 5;

row! {
    struct Place { uid_validity: i64, uid: i64 }
}
row! {
    struct Failed { uid: i64, fetched: bool, tries: i64, reason: String }
}

/// Looks into a mailbox that no node keeps open, and comes again.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReadMailbox {
    /// Its name.
    pub mailbox: String,
}

impl Job for ReadMailbox {
    const NAME: &'static str = "mailbox.read";
    const LANE: Lane = Lane::Mail;
    const TRIES: i64 = i64::MAX;
    const LONGEST_PAUSE: SignedDuration = SignedDuration::from_secs(30);

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let Some(inbox) = model::of(cx).find(|inbox| inbox.name == self.mailbox) else { return Ok(()) };
        if !leases::is_watched(cx, inbox.name).await? {
            read_now(cx, inbox).await.map_err(|error| JobError::retry(chain(&error)))?;
        }
        let next = cx.now().checked_add(EVERY).unwrap_or_else(|_| cx.now());
        Ok(enqueue_alone(cx, &self, Schedule::at(next).unique(inbox.name)).await?)
    }
}

/// Enqueues the looking into a tenant's mailboxes. Harmless when it is enqueued already.
///
/// # Errors
/// [`Error::Store`].
pub async fn start(cx: &Cx) -> Result<(), Error> {
    for inbox in model::of(cx) {
        let job = ReadMailbox { mailbox: inbox.name.to_owned() };
        enqueue_alone(cx, &job, Schedule::now().unique(inbox.name)).await?;
    }
    Ok(())
}

/// Reads everything that is new in a mailbox; returns how many messages.
///
/// # Errors
/// [`Trouble`]; what was read until then is kept.
pub async fn read_now(cx: &Cx, inbox: Inbox) -> Result<usize, Trouble> {
    let Some(config) = (inbox.config)(cx) else { return Ok(0) };
    let mut mailbox = Mailbox::open(config).await?;
    let read = read_new(cx, inbox, &mut mailbox, || false).await?;
    if let Err(error) = mailbox.close().await {
        tracing::debug!(error = chain(&error), "the mailbox did not say goodbye");
    }
    Ok(read)
}

/// Reads what came after the place in the database, until `stopped`.
pub(super) async fn read_new(
    cx: &Cx,
    inbox: Inbox,
    mailbox: &mut Mailbox,
    stopped: impl Fn() -> bool,
) -> Result<usize, Trouble> {
    let listing = mailbox.uids_after(cursor(cx, inbox).await?).await?;
    if listing.epoch_changed {
        tracing::warn!(mailbox = inbox.name, "the mailbox numbers its messages anew; all are read again");
        complete(cx, inbox.name).await?;
    }
    if listing.messages.is_empty() {
        return Ok(0);
    }
    let failed: Vec<Failed> = cx.list(store::FAILURES, args![inbox.name, listing.uidvalidity]).await?;
    let failed: HashMap<i64, Failed> = failed.into_iter().map(|failed| (failed.uid, failed)).collect();
    let mut read = 0;
    for message in listing.messages {
        if stopped() {
            break;
        }
        let failed = failed.get(&i64::from(message.uid)).filter(|failed| failed.tries >= TRIES);
        if let Some(arrived) = arrived(cx, inbox, mailbox, message, failed).await? {
            take(cx, inbox, arrived).await?;
            read += 1;
        }
    }
    Ok(read)
}

async fn cursor(cx: &Cx, inbox: Inbox) -> Result<Option<Cursor>, Error> {
    let place: Option<Place> = cx.find(store::CURSOR, args![inbox.name]).await?;
    Ok(place.and_then(|place| {
        Some(Cursor { uidvalidity: place.uid_validity.try_into().ok()?, uid: place.uid.try_into().ok()? })
    }))
}

/// One message with what can be had of it; `None` when it is gone. `failed` says that it was tried often enough.
async fn arrived(
    cx: &Cx,
    inbox: Inbox,
    mailbox: &mut Mailbox,
    message: Listed,
    failed: Option<&Failed>,
) -> Result<Option<Arrived>, Trouble> {
    let mut arrived = Arrived {
        mailbox: inbox.name,
        uidvalidity: mailbox.uidvalidity(),
        uid: message.uid,
        size: message.size,
        bytes: Vec::new(),
        trouble: failed.map(|failed| Why::new(Cause::Repeated, failed.reason.as_str())),
        evidence: None,
    };
    // Asking for it once more would only cost the connection again.
    if failed.is_some_and(|failed| !failed.fetched) {
        return Ok(Some(arrived));
    }
    match fetch(mailbox, message, &mut arrived).await {
        Ok(true) => Ok(Some(arrived)),
        Ok(false) => Ok(None),
        Err(error) => {
            note_failure(cx, &arrived, false, &chain(&error)).await?;
            Err(error)
        }
    }
}

/// Fetches a message, or of one that the limit or the server forbids the header. Returns whether it is there.
pub(super) async fn fetch(mailbox: &mut Mailbox, message: Listed, into: &mut Arrived) -> Result<bool, Trouble> {
    let limit = u64::try_from(pec::LARGEST_MESSAGE).unwrap_or(u64::MAX);
    match mailbox.fetch(message, limit).await {
        Ok(bytes) => into.bytes = bytes,
        Err(FetchError::Gone) => return Ok(false),
        Err(FetchError::Connection(error)) => return Err(error.into()),
        Err(error) => {
            into.trouble = Some(Why::new(&error, error.to_string()));
            // Of a message that is not given there may be no header either.
            into.bytes = mailbox.fetch_header(message.uid).await.unwrap_or_default();
        }
    }
    Ok(true)
}

/// Has something done with a message. One that cannot be had, or that makes its reader panic, is quarantined.
pub(super) async fn take(cx: &Cx, inbox: Inbox, arrived: Arrived) -> Result<(), Trouble> {
    if let Some(trouble) = &arrived.trouble {
        return Ok(quarantine(cx, &arrived, trouble).await?);
    }
    let arrived = Arc::new(arrived);
    let mut one = JoinSet::new();
    let (context, message) = (cx.clone(), Arc::clone(&arrived));
    one.spawn(async move { (inbox.take)(&context, &message).await });
    match one.join_next().await {
        Some(Ok(Ok(()))) => Ok(()),
        Some(Ok(Err(error))) => {
            if arrived.evidence.is_none() {
                note_failure(cx, &arrived, true, &chain(&error)).await?;
            }
            Err(error.into())
        }
        Some(Err(_)) | None => {
            Ok(quarantine(cx, &arrived, &Why::new(Cause::Broke, "reading it broke the program off")).await?)
        }
    }
}

async fn note_failure(cx: &Cx, message: &Arrived, fetched: bool, reason: &str) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::Deliver).await?;
    let args = args![message.mailbox, message.uidvalidity, message.uid, fetched, reason, cx.now_ms()];
    tx.execute(store::FAILED, args).await?;
    tx.commit_unaudited().await
}
