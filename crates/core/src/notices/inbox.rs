//! Certified mail that comes back: receipts move the notices that they are about; broken messages are put aside.

use ::store::args;
use italia::EmailAddress;
use pec::{Bounce, BounceAction, Effect, Incoming, MessageId, Receipt, ReceiptType, Sent};

use super::delivery::{Concerned, Shown};
use super::store;
use crate::access::Operation;
use crate::accounts;
use crate::error::{Error, chain};
use crate::mailboxes::{Arrived, Inbox, Kept, Taking, Why, keep};
use crate::tenancy::Connections;
use crate::{Cx, Tx};

/// The certified mailbox in which receipts arrive.
pub const PEC: Inbox = Inbox {
    name: "pec",
    config: |cx| cx.app.connections(&cx.tenant).and_then(|connections| connections.pec_inbox.as_ref()),
    take,
};

fn take<'a>(cx: &'a Cx, message: &'a Arrived) -> Taking<'a> {
    Box::pin(async move {
        let connections = cx.app.connections(&cx.tenant).ok_or(Error::Stopped("certified mail"))?;
        // Before the transaction: everybody waits behind it.
        let incoming = pec::read(&message.bytes, &connections.trust, cx.now());
        let mut tx = cx.begin(Operation::Deliver).await?;
        match incoming {
            Ok(Incoming::Receipt(receipt)) if receipt.signature.is_valid() => {
                let notice = apply(&mut tx, &receipt, connections).await?;
                let odd = receipt.irregularities.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
                let irregularities = (!odd.is_empty()).then_some(odd.as_str());
                keep(cx, &mut tx, message, Kept { kind: "receipt", notice, irregularities, ..Kept::default() }).await?;
            }
            Ok(Incoming::Receipt(receipt)) => {
                let why = Why::new(&receipt.signature, receipt.signature.to_string());
                put_aside(cx, &mut tx, message, &why).await?;
            }
            Ok(Incoming::Bounce(bounce)) => {
                let notice = bounced(&mut tx, &bounce, cx.now_ms()).await?;
                keep(cx, &mut tx, message, Kept { kind: "bounce", notice, ..Kept::default() }).await?;
            }
            Ok(_) => {
                keep(cx, &mut tx, message, Kept { kind: "other", ..Kept::default() }).await?;
            }
            Err(error) => put_aside(cx, &mut tx, message, &Why::new(&error, chain(&error))).await?,
        }
        tx.commit_unaudited().await
    })
}

async fn put_aside(cx: &Cx, tx: &mut Tx, message: &Arrived, why: &Why) -> Result<(), Error> {
    tracing::warn!(uid = message.uid, reason = why.detail, "a message of the certified mailbox was put aside");
    keep(cx, tx, message, Kept::quarantined(why)).await?;
    Ok(())
}

/// Moves the notice that a receipt is about: found by the reference to our own `Message-ID`, or by the provider's
/// identifier where it quotes none; never by the subject.
async fn apply(tx: &mut Tx, receipt: &Receipt, connections: &Connections) -> Result<Option<i64>, Error> {
    let Some(notice) = concerned(tx, receipt).await? else { return Ok(None) };
    let Some(sent) = sent(&notice, receipt, connections) else { return Ok(Some(notice.id)) };
    let mut delivery = notice.delivery();
    match delivery.apply(receipt, &sent) {
        Effect::Known | Effect::Silent => {}
        Effect::Refused(refusal) => {
            tracing::warn!(notice = notice.id, reason = %refusal, "a PEC receipt that quotes our identifier is not applied");
        }
        Effect::Changed => {
            let Shown { state, reason, accepted_at, delivered_at, failed_at } = Shown::of(&delivery);
            let json = serde_json::to_string(&delivery).unwrap_or_default();
            let named = matches!(receipt.kind, ReceiptType::Acceptance) && !receipt.identifier.is_empty();
            let provider_id = named.then_some(receipt.identifier.as_str());
            let args = args![notice.id, json, state, reason, accepted_at, delivered_at, failed_at, provider_id];
            tx.execute(store::CERTIFIED, args).await?;
        }
    }
    Ok(Some(notice.id))
}

async fn concerned(tx: &mut Tx, receipt: &Receipt) -> Result<Option<Concerned>, Error> {
    match &receipt.reference_message_id {
        Some(id) => tx.find(store::BY_MESSAGE, args![id.to_string()]).await,
        None if receipt.identifier.is_empty() => Ok(None),
        None => tx.find(store::BY_PROVIDER_ID, args![receipt.identifier.as_str()]).await,
    }
}

/// Ordinary mail that came back later. Nobody signs such a notification, so it must quote the identifier and the
/// recipient of a message that left by ordinary mail, and it moves nothing but that. Returns the notice that it is about.
///
/// # Errors
/// [`Error::Store`].
pub async fn bounced(tx: &mut Tx, bounce: &Bounce, now: i64) -> Result<Option<i64>, Error> {
    let Some(id) = &bounce.original_message_id else { return Ok(None) };
    let found: Option<Concerned> = tx.find(store::BY_MESSAGE, args![id.to_string()]).await?;
    let Some(notice) = found else { return Ok(None) };
    let failed = bounce.recipients.iter().any(|fate| {
        let ours = fate.recipient.as_ref().is_none_or(|to| to.as_str().eq_ignore_ascii_case(&notice.recipient));
        ours && fate.action == BounceAction::Failed
    });
    if failed && tx.execute(store::BOUNCED, args![notice.id, "refused", now]).await? == 1 {
        accounts::set_refuses_ordinary(tx, &notice.recipient, true).await?;
    }
    Ok(Some(notice.id))
}

/// What we sent, as far as receipts quote it.
fn sent(notice: &Concerned, receipt: &Receipt, connections: &Connections) -> Option<Sent> {
    let from = match &notice.sender {
        Some(sender) => EmailAddress::parse(sender).ok()?,
        // Earlier versions did not keep the sender. Without a way to send, everything that quotes an identifier of ours
        // was sent by us.
        None => connections.pec.as_ref().map(|way| way.from.clone()).or_else(|| receipt.sender.clone())?,
    };
    Some(Sent {
        message_id: MessageId::parse(&notice.message_id).ok()?,
        transaction: notice.provider_id.clone(),
        from,
        recipient: EmailAddress::parse(&notice.recipient).ok()?,
    })
}
