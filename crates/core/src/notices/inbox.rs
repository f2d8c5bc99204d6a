//! Mail that comes back: PEC receipts move the notices that they are about; broken messages are put aside.

use ::store::args;
use pec::imap::{Fetched, ImapConfig, Mailbox};
use pec::{DeliveryState, ErrorKind, FailureReason, Incoming, Receipt};
use serde::{Deserialize, Serialize};

use super::store;
use crate::access::Operation;
use crate::error::{Error, chain};
use crate::jobs::{self, Job, JobError, Lane, Schedule};
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
    let after = cursor.and_then(|c| Some((u32::try_from(c.uid_validity).ok()?, u32::try_from(c.uid).ok()?)));
    let mut mailbox = Mailbox::connect(config.clone()).await.map_err(|e| JobError::retry(chain(&e)))?;
    let fetched = mailbox.fetch_new(after, BATCH).await.map_err(|e| JobError::retry(chain(&e)))?;
    if let Err(error) = mailbox.close().await {
        tracing::debug!(error = chain(&error), "the mailbox did not say goodbye");
    }
    Ok(fetched)
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
        let Some((config, trust)) = connections.and_then(|c| Some((c.pec_inbox.as_ref()?, &c.trust))) else {
            return Ok(());
        };
        loop {
            let fetched = fetch(cx, "pec", config).await?;
            let count = fetched.len();
            for message in &fetched {
                read_one(cx, message, trust).await?;
            }
            if count < BATCH {
                break;
            }
        }
        let next = cx.now().checked_add(EVERY).unwrap_or_else(|_| cx.now());
        Ok(jobs::enqueue_alone(cx, &Self {}, Schedule::at(next).unique("pec")).await?)
    }
}

async fn read_one(cx: &Cx, message: &Fetched, trust: &pec::TrustAnchors) -> Result<(), Error> {
    let incoming = pec::read(&message.bytes, trust, cx.now());
    let mut tx = cx.begin(Operation::Deliver).await?;
    match incoming {
        Ok(Incoming::Receipt(receipt)) if receipt.signature.is_valid() => {
            let notice = apply(&mut tx, &receipt).await?;
            keep(cx, &mut tx, "pec", message, Kept { kind: "receipt", reason: None, notice }).await?;
        }
        Ok(Incoming::Receipt(receipt)) => {
            let reason = format!("signature: {:?}", receipt.signature);
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
async fn apply(tx: &mut Tx, receipt: &Receipt) -> Result<Option<i64>, Error> {
    let mut matched: Option<Matched> = None;
    for id in [&receipt.reference_message_id, &receipt.certified_message_id].into_iter().flatten() {
        matched = tx.find(store::BY_MESSAGE, args![format!("<{}>", id.as_str())]).await?;
        if matched.is_some() {
            break;
        }
    }
    let Some(notice) = matched else { return Ok(None) };
    let concerns = italia::EmailAddress::parse(&notice.recipient).is_ok_and(|r| receipt.concerns(&r));
    if !concerns {
        return Ok(Some(notice.id));
    }
    match DeliveryState::default().apply(receipt) {
        DeliveryState::Handed => {}
        DeliveryState::Accepted { at } => {
            tx.execute(store::ACCEPTED, args![notice.id, at.as_millisecond()]).await?;
        }
        DeliveryState::Delayed { .. } => {
            tx.execute(store::DELAYED, args![notice.id, "twelve-hours"]).await?;
        }
        DeliveryState::Delivered { at, .. } => {
            tx.execute(store::DELIVERED, args![notice.id, at.as_millisecond()]).await?;
        }
        DeliveryState::Failed { at, reason, .. } => {
            tx.execute(store::FAILED, args![notice.id, reason_key(&reason), at.as_millisecond()]).await?;
        }
    }
    Ok(Some(notice.id))
}

/// The key of the text that tells the reader why, and what to do.
fn reason_key(reason: &FailureReason) -> &'static str {
    match reason {
        FailureReason::NotAccepted { .. } => "not-accepted",
        FailureReason::Virus { .. } => "virus",
        FailureReason::TimedOut { .. } => "timed-out",
        FailureReason::Refused { error: ErrorKind::UnknownDomain, .. } => "no-such-domain",
        FailureReason::Refused { code: Some(code), .. } if (code.subject, code.detail) == (2, 2) => "box-full",
        FailureReason::Refused { code: Some(code), .. } if (code.subject, code.detail) == (2, 1) => "box-disabled",
        FailureReason::Refused { error: ErrorKind::UnknownRecipient, .. } => "no-such-box",
        FailureReason::Refused { .. } => "refused",
    }
}
