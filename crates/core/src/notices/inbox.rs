//! Mail that comes back: PEC receipts move the notices that they are about; broken messages are put aside.

use ::store::args;
use italia::EmailAddress;
use pec::imap::{Cursor as Place, FetchError, Fetched, ImapConfig, Listed, Mailbox};
use pec::{DeliveryState, Effect, Failure, FailureEvent, Incoming, Reason, Receipt, Sent};
use serde::{Deserialize, Serialize};

use super::store;
use crate::access::Operation;
use crate::error::{Error, chain};
use crate::jobs::{self, Job, JobError, Lane, Schedule};
use crate::tenancy::Connections;
use crate::{Cx, Tx, row};

/// How many messages are read in one go.
const BATCH: usize = 200;
/// How often a mailbox is looked into.
pub const EVERY: jiff::SignedDuration = jiff::SignedDuration::from_secs(5);

row! {
    struct Cursor { uid_validity: i64, uid: i64 }
}
row! {
    struct Matched { id: i64, recipient: String }
}

/// The messages of a mailbox that have not been read yet.
///
/// # Errors
/// [`JobError::Retry`] when the mailbox cannot be reached.
pub async fn fetch(cx: &Cx, name: &str, config: &ImapConfig) -> Result<Vec<Fetched>, JobError> {
    let cursor: Option<Cursor> = cx.find(store::CURSOR, args![name]).await?;
    let place = cursor.and_then(|c| {
        Some(Place { uidvalidity: u32::try_from(c.uid_validity).ok()?, uid: u32::try_from(c.uid).ok()? })
    });
    let mut mailbox = Mailbox::open(config).await.map_err(|e| JobError::retry(chain(&e)))?;
    let listing = mailbox.uids_after(place).await.map_err(|e| JobError::retry(chain(&e)))?;
    let mut fetched = Vec::new();
    for message in listing.messages.into_iter().take(BATCH) {
        fetched.extend(fetch_one(&mut mailbox, message).await.map_err(|e| JobError::retry(chain(&e)))?);
    }
    if let Err(error) = mailbox.close().await {
        tracing::debug!(error = chain(&error), "the mailbox did not say goodbye");
    }
    Ok(fetched)
}

/// One message; of one that the limit forbids only the header, so that it can be put aside. `None` when it is gone.
async fn fetch_one(mailbox: &mut Mailbox, message: Listed) -> Result<Option<Fetched>, FetchError> {
    let uidvalidity = mailbox.uidvalidity();
    let limit = u64::try_from(pec::LARGEST_MESSAGE).unwrap_or(u64::MAX);
    let (bytes, truncated) = match mailbox.fetch(message, limit).await {
        Ok(bytes) => (bytes, false),
        Err(FetchError::Gone) => return Ok(None),
        Err(error) if error.is_about_the_message() => {
            (mailbox.fetch_header(message.uid).await.unwrap_or_default(), true)
        }
        Err(error) => return Err(error),
    };
    Ok(Some(Fetched { uid: message.uid, uidvalidity, bytes, truncated }))
}

/// Remembers that a message was read, and keeps it as evidence.
///
/// # Errors
/// [`Error::Store`]. Returns whether it is new.
pub async fn keep(cx: &Cx, tx: &mut Tx, name: &str, message: &Fetched, read: Kept<'_>) -> Result<bool, Error> {
    let args = args![
        cx.id(),
        name,
        message.uidvalidity,
        message.uid,
        read.kind,
        read.reason,
        read.notice,
        message.bytes.clone(),
        cx.now_ms(),
    ];
    let new = tx.execute(store::KEEP, args).await? == 1;
    tx.execute(store::MOVE_CURSOR, args![name, message.uidvalidity, message.uid]).await?;
    Ok(new)
}

/// What a message was read as.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept<'a> {
    /// Its kind.
    pub kind: &'a str,
    /// Why it was put aside.
    pub reason: Option<&'a str>,
    /// The notice that it is about.
    pub notice: Option<i64>,
}

/// Reads the certified mailbox and comes again.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReadPecInbox {}

impl Job for ReadPecInbox {
    const NAME: &'static str = "pec.read";
    const LANE: Lane = Lane::Mail;
    const TRIES: i64 = i64::MAX;
    const LONGEST_PAUSE: jiff::SignedDuration = jiff::SignedDuration::from_secs(30);

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let connections = cx.app.connections(&cx.tenant);
        let Some((config, connections)) = connections.and_then(|c| Some((c.pec_inbox.as_ref()?, c))) else {
            return Ok(());
        };
        loop {
            let fetched = fetch(cx, "pec", config).await?;
            let count = fetched.len();
            for message in &fetched {
                read_one(cx, message, connections).await?;
            }
            if count < BATCH {
                break;
            }
        }
        let next = cx.now().checked_add(EVERY).unwrap_or_else(|_| cx.now());
        Ok(jobs::enqueue_alone(cx, &Self {}, Schedule::at(next).unique("pec")).await?)
    }
}

async fn read_one(cx: &Cx, message: &Fetched, connections: &Connections) -> Result<(), Error> {
    let incoming = pec::read(&message.bytes, &connections.trust, cx.now());
    let mut tx = cx.begin(Operation::Deliver).await?;
    match incoming {
        Ok(Incoming::Receipt(receipt)) if receipt.signature.is_valid() => {
            let notice = apply(&mut tx, &receipt, connections.pec.as_ref().map(|way| &way.from)).await?;
            keep(cx, &mut tx, "pec", message, Kept { kind: "receipt", reason: None, notice }).await?;
        }
        Ok(Incoming::Receipt(receipt)) => {
            let reason = receipt.signature.to_string();
            tracing::warn!(reason, "a PEC receipt whose signature is not good was put aside");
            keep(cx, &mut tx, "pec", message, Kept { kind: "quarantined", reason: Some(&reason), notice: None })
                .await?;
        }
        Ok(_) => {
            keep(cx, &mut tx, "pec", message, Kept { kind: "other", ..Kept::default() }).await?;
        }
        Err(error) => {
            let reason = chain(&error);
            tracing::warn!(reason, "a message that cannot be read was put aside");
            keep(cx, &mut tx, "pec", message, Kept { kind: "quarantined", reason: Some(&reason), notice: None })
                .await?;
        }
    }
    tx.commit_unaudited().await
}

/// Moves the notice that a receipt is about: found by the reference to our own `Message-ID`, never by the subject.
async fn apply(tx: &mut Tx, receipt: &Receipt, from: Option<&EmailAddress>) -> Result<Option<i64>, Error> {
    let Some(message_id) = receipt.reference_message_id.clone() else { return Ok(None) };
    let matched: Option<Matched> = tx.find(store::BY_MESSAGE, args![message_id.to_string()]).await?;
    let Some(notice) = matched else { return Ok(None) };
    // Without a way to send, everything that quotes an identifier of ours was sent by us earlier.
    let from = from.cloned().or_else(|| receipt.sender.clone());
    let (Some(from), Ok(recipient)) = (from, EmailAddress::parse(&notice.recipient)) else {
        return Ok(Some(notice.id));
    };
    let mut news = DeliveryState::default();
    let effect = news.apply(receipt, &Sent { message_id, transaction: None, from, recipient });
    if let Effect::Refused(refusal) = effect {
        tracing::warn!(notice = notice.id, reason = %refusal, "a PEC receipt that quotes our identifier is not applied");
    }
    record(tx, notice.id, &news).await?;
    Ok(Some(notice.id))
}

async fn record(tx: &mut Tx, notice: i64, news: &DeliveryState) -> Result<(), Error> {
    if let Some(at) = news.accepted {
        tx.execute(store::ACCEPTED, args![notice, at.as_millisecond()]).await?;
    }
    if news.delayed.is_some() {
        tx.execute(store::DELAYED, args![notice, "twelve-hours"]).await?;
    }
    if let Some(failure) = &news.failed {
        tx.execute(store::FAILED, args![notice, reason_key(failure), failure.at.as_millisecond()]).await?;
    }
    if let Some(at) = news.delivered {
        tx.execute(store::DELIVERED, args![notice, at.as_millisecond()]).await?;
    }
    Ok(())
}

/// The key of the text that tells the reader why, and what to do.
fn reason_key(failure: &Failure) -> &'static str {
    match (failure.event, failure.reason) {
        (_, Reason::Virus) => "virus",
        (FailureEvent::NotAccepted, _) => "not-accepted",
        (FailureEvent::TimedOut, _) => "timed-out",
        (FailureEvent::Refused, Reason::UnknownDomain) => "no-such-domain",
        (FailureEvent::Refused, Reason::Full) => "box-full",
        (FailureEvent::Refused, Reason::Disabled | Reason::Revoked) => "box-disabled",
        (FailureEvent::Refused, Reason::UnknownBox | Reason::InvalidBox) => "no-such-box",
        (FailureEvent::Refused, _) => "refused",
    }
}
