//! Notices: messages that leave by certified or ordinary mail, with what became of them.
//!
//! A notice is composed in the transaction of the event that causes it, under a key that names the event: the same
//! event sends one message. A job hands it to the mail server under a `Message-ID` that never changes, so that a second
//! hand-over after a crash is recognised by the mailbox. Receipts come back through [`inbox`]; everything that
//! they certify is kept, and the notice's state follows from it: handed over, accepted, delivered, delayed, failed. The
//! reader sees each with its time.

mod delivery;
pub mod inbox;
mod model;
mod paper;
mod send;
pub mod store;

pub use model::{Attachment, Channel, NewNotice, Notice, NoticeId, NoticeState};
pub use paper::PaperMaker;
pub use send::SendNotice;

use ::store::args;
use pec::MessageId;

use crate::access::Operation;
use crate::error::Error;
use crate::jobs::{self, Schedule};
use crate::people::FirmId;
use crate::{Cx, Tx};

const BODY_PURPOSE: &str = "notice-body";

/// Composes a notice and enqueues its sending. A notice with the same key is not composed again: then `None`.
///
/// # Errors
/// [`Error::Store`].
pub async fn compose(cx: &Cx, tx: &mut Tx, new: NewNotice<'_>) -> Result<Option<NoticeId>, Error> {
    let id = NoticeId(cx.id());
    let sealed = cx.app.vault().seal(BODY_PURPOSE, &id.to_string(), new.text.as_bytes(), cx.chance())?;
    let attachment = new.attachment.map(|a| serde_json::to_string(&a).unwrap_or_default());
    let domain = cx.tenant.help.email.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let message_id = format!("<{id}.{}@{domain}>", cx.tenant.slug);
    let inserted = tx
        .execute(
            store::COMPOSE,
            args![
                id,
                new.key,
                new.kind,
                new.channel.key(),
                new.to.as_str(),
                new.subject,
                sealed,
                new.secret,
                attachment,
                message_id,
                new.firm,
                new.case,
                cx.now_ms(),
            ],
        )
        .await?;
    if inserted == 0 {
        return Ok(None);
    }
    jobs::enqueue(cx, tx, &SendNotice { notice: id }, Schedule::now()).await?;
    Ok(Some(id))
}

/// The notices about a firm, newest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn about_firm(cx: &Cx, firm: FirmId, limit: i64) -> Result<Vec<Notice>, Error> {
    cx.list(store::ABOUT_FIRM, args![firm, limit]).await
}

/// The notices of a registration, newest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn of_case(cx: &Cx, case: i64) -> Result<Vec<Notice>, Error> {
    cx.list(store::OF_CASE, args![case]).await
}

/// The notices that will not be delivered, newest first: an operator looks at them.
///
/// # Errors
/// [`Error`].
pub async fn failed(cx: &Cx, limit: i64) -> Result<Vec<Notice>, Error> {
    cx.require(Operation::SeeFirms)?;
    cx.list(store::FAILED_NOTICES, args![limit]).await
}

/// How many notices will not be delivered.
///
/// # Errors
/// [`Error`].
pub async fn failed_count(cx: &Cx) -> Result<i64, Error> {
    cx.require(Operation::SeeFirms)?;
    cx.count(store::COUNT_FAILED, args![]).await
}

/// Whether credentials were sent about a firm, and none of them arrived.
///
/// # Errors
/// [`Error::Store`].
pub async fn credentials_never_arrived(tx: &mut Tx, firm: FirmId) -> Result<bool, Error> {
    Ok(tx.count(store::NEVER_ARRIVED, args![firm]).await? > 0)
}

/// The notice with this id.
///
/// # Errors
/// [`Error::Store`].
pub async fn get(cx: &Cx, id: NoticeId) -> Result<Option<Notice>, Error> {
    cx.find(store::BY_ID, args![id]).await
}

/// Sends a failed notice again, to the address that the firm has now, unless it held credentials: those are issued
/// anew instead.
///
/// # Errors
/// [`Error`]. Returns whether there was something to send.
pub async fn resend(cx: &Cx, id: NoticeId, to: &italia::EmailAddress) -> Result<bool, Error> {
    let mut tx = cx.begin(Operation::Resend).await?;
    let domain = cx.tenant.help.email.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    // A message that is sent on purpose once more is another message for the mailbox.
    let message_id = format!("<{}.{}@{domain}>", cx.id(), cx.tenant.slug);
    let again = tx.execute(store::RESEND, args![id, to.as_str(), message_id]).await? == 1;
    if again {
        tx.note("notice", id.0);
        jobs::enqueue(cx, &mut tx, &SendNotice { notice: id }, Schedule::now()).await?;
    }
    tx.commit().await?;
    Ok(again)
}

/// The `Message-ID` of a notice as the mail library wants it.
pub(crate) fn message_id(text: &str) -> Option<MessageId> {
    MessageId::parse(text).ok()
}
