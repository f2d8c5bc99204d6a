use ::store::args;
use pec::imap::{Listed, Mailbox};
use serde::{Deserialize, Serialize};

use super::cause::{Cause, Why};
use super::model::{self, Arrived, Inbox};
use super::read::{fetch, take};
use super::store;
use crate::access::Operation;
use crate::error::{Error, chain};
use crate::jobs::{self, Job, JobError, Lane, Schedule};
use crate::people::FirmId;
use crate::{Cx, row};

row! {
    /// A message that could not be read, as the operator sees it.
    #[derive(Clone, Debug)]
    pub struct Quarantined {
        /// Its id.
        pub id: i64,
        /// The mailbox.
        pub mailbox: String,
        /// Its size in bytes.
        pub size: i64,
        /// At most its header is kept.
        pub truncated: bool,
        /// Why, as the name of a [`Cause`]; none if an earlier version put it aside.
        pub cause: Option<String>,
        /// Why, as the program says it.
        pub reason: Option<String>,
        /// When it was found, in milliseconds since 1970.
        pub received_at: i64,
        /// How often it was tried.
        pub tries: i64,
        /// When it was tried again.
        pub tried_at: Option<i64>,
    }
}
row! {
    /// A receipt that counts although something about it is odd.
    #[derive(Clone, Debug)]
    pub struct Irregular {
        /// When it was read, in milliseconds since 1970.
        pub received_at: i64,
        /// What is odd, one a line.
        pub irregularities: String,
        /// The notice that it is about.
        pub notice_id: Option<i64>,
        /// The firm that the notice is about.
        pub firm_id: Option<FirmId>,
    }
}
row! {
    struct Evidence { mailbox: String, uid_validity: i64, uid: i64, size: i64, truncated: bool, raw: Vec<u8> }
}

/// The messages that wait for a person, newest first.
///
/// # Errors
/// [`Error`].
pub async fn quarantined(cx: &Cx, limit: i64) -> Result<Vec<Quarantined>, Error> {
    cx.require(Operation::SeeFirms)?;
    cx.list(store::QUARANTINED, args![limit]).await
}

/// How many messages wait for a person.
///
/// # Errors
/// [`Error::Store`].
pub async fn quarantined_count(cx: &Cx) -> Result<i64, Error> {
    cx.count(store::COUNT_QUARANTINED, args![]).await
}

/// The receipts that count and are odd, newest first.
///
/// # Errors
/// [`Error`].
pub async fn irregular(cx: &Cx, limit: i64) -> Result<Vec<Irregular>, Error> {
    cx.require(Operation::SeeFirms)?;
    cx.list(store::IRREGULAR, args![limit]).await
}

/// Has a quarantined message tried again, by a job.
///
/// # Errors
/// [`Error`].
pub async fn try_again(cx: &Cx, id: i64) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::ManageMailboxes).await?;
    tx.note("message", id).note("decision", "again");
    let key = id.to_string();
    jobs::enqueue(cx, &mut tx, &TryAgain { evidence: id }, Schedule::now().unique(&key)).await?;
    tx.commit().await
}

/// Lets a quarantined message lie: it stays as evidence and waits for nobody. Returns whether it was waiting.
///
/// # Errors
/// [`Error`].
pub async fn set_aside(cx: &Cx, id: i64) -> Result<bool, Error> {
    let mut tx = cx.begin(Operation::ManageMailboxes).await?;
    tx.note("message", id).note("decision", "aside");
    let was = tx.execute(store::SET_ASIDE, args![id]).await? == 1;
    tx.commit().await?;
    Ok(was)
}

/// Tries a quarantined message again: with today's trust and today's limits, and from the mailbox if it was not fetched.
#[derive(Debug, Serialize, Deserialize)]
pub struct TryAgain {
    /// Which.
    pub evidence: i64,
}

impl Job for TryAgain {
    const NAME: &'static str = "mailbox.try-again";
    const LANE: Lane = Lane::Mail;
    const TRIES: i64 = 5;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let found: Option<Evidence> = cx.find(store::QUARANTINED_ONE, args![self.evidence]).await?;
        let Some(found) = found else { return Ok(()) };
        let Some(inbox) = model::of(cx).find(|inbox| inbox.name == found.mailbox) else {
            return Err(JobError::fail("the mailbox is not configured any more"));
        };
        let message = Listed { uid: number(found.uid), size: u64::try_from(found.size).unwrap_or(0) };
        let mut arrived = Arrived {
            mailbox: inbox.name,
            uidvalidity: number(found.uid_validity),
            uid: message.uid,
            size: message.size,
            bytes: found.raw,
            trouble: None,
            evidence: Some(self.evidence),
        };
        if found.truncated && !refetch(cx, inbox, message, &mut arrived).await? {
            return Ok(
                note(cx, self.evidence, &Why::new(Cause::Gone, "the message is not in the mailbox any more")).await?
            );
        }
        take(cx, inbox, arrived).await.map_err(|error| JobError::retry(chain(&error)))
    }
}

fn number(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or(0)
}

/// Asks the mailbox once more for a message. Returns whether it is still there.
async fn refetch(cx: &Cx, inbox: Inbox, message: Listed, arrived: &mut Arrived) -> Result<bool, JobError> {
    let Some(config) = (inbox.config)(cx) else { return Ok(false) };
    let mut mailbox = Mailbox::open(config).await.map_err(|error| JobError::retry(chain(&error)))?;
    // Under another epoch the number is somebody else's.
    let same = mailbox.uidvalidity() == arrived.uidvalidity;
    let there = match same {
        true => fetch(&mut mailbox, message, arrived).await.map_err(|error| JobError::retry(chain(&error)))?,
        false => false,
    };
    if let Err(error) = mailbox.close().await {
        tracing::debug!(error = chain(&error), "the mailbox did not say goodbye");
    }
    Ok(there)
}

async fn note(cx: &Cx, id: i64, why: &Why) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::Deliver).await?;
    tx.execute(store::TRIED, args![id, why.detail.as_str(), cx.now_ms(), why.cause.key()]).await?;
    tx.commit_unaudited().await
}
