use ::store::args;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::cause::Why;
use super::model::{Arrived, Kept};
use super::store;
use crate::access::Operation;
use crate::error::Error;
use crate::{Cx, Tx, row};

/// Old evidence that is given its digest in one transaction.
const BATCH: i64 = 100;

row! {
    struct Undigested { id: i64, raw: Vec<u8> }
}

/// Keeps a message as evidence of what it was read as, and moves the place in the mailbox to it. Returns whether it is
/// new: otherwise it was read before, perhaps under another number.
///
/// # Errors
/// [`Error::Store`].
pub async fn keep(cx: &Cx, tx: &mut Tx, message: &Arrived, read: Kept<'_>) -> Result<bool, Error> {
    let truncated = message.trouble.is_some();
    let size = i64::try_from(message.size).unwrap_or(i64::MAX);
    let (raw, now) = (message.bytes.clone(), cx.now_ms());
    let Kept { kind, why, notice, irregularities } = read;
    let (reason, cause) = (why.map(|why| why.detail.as_str()), why.map(|why| why.cause.key()));
    if let Some(id) = message.evidence {
        let args = args![id, kind, reason, notice, irregularities, raw, truncated, now, cause];
        return Ok(tx.execute(store::KEEP_AGAIN, args).await? == 1);
    }
    let (name, epoch, uid) = (message.mailbox, message.uidvalidity, message.uid);
    let digest = mark(message);
    let args = args![
        cx.id(),
        name,
        epoch,
        uid,
        kind,
        reason,
        notice,
        raw,
        now,
        digest,
        size,
        truncated,
        irregularities,
        cause
    ];
    let new = tx.execute(store::KEEP, args).await? == 1;
    tx.execute(store::MOVE_CURSOR, args![name, epoch, uid]).await?;
    tx.execute(store::FORGET_FAILURE, args![name, epoch, uid]).await?;
    Ok(new)
}

/// Puts a message aside by itself.
pub(super) async fn quarantine(cx: &Cx, message: &Arrived, why: &Why) -> Result<(), Error> {
    tracing::warn!(mailbox = message.mailbox, uid = message.uid, reason = why.detail, "a message was put aside");
    let mut tx = cx.begin(Operation::Deliver).await?;
    keep(cx, &mut tx, message, Kept::quarantined(why)).await?;
    tx.commit_unaudited().await
}

/// By what a message is known again when its mailbox numbers everything anew.
fn mark(message: &Arrived) -> String {
    match &message.trouble {
        None => of(&message.bytes),
        // Without even a header there is only the number.
        Some(_) if message.bytes.is_empty() => format!("{}/{}", message.uidvalidity, message.uid),
        Some(_) => format!("{}/{}", of(&message.bytes), message.size),
    }
}

fn of(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, bytes))
}

/// Gives evidence of earlier versions its digest, so that a mailbox that numbers everything anew repeats nothing of it.
pub(super) async fn complete(cx: &Cx, mailbox: &str) -> Result<(), Error> {
    loop {
        let old: Vec<Undigested> = cx.list(store::UNDIGESTED, args![mailbox, BATCH]).await?;
        if old.is_empty() {
            return Ok(());
        }
        let mut tx = cx.begin(Operation::Deliver).await?;
        for Undigested { id, raw } in old {
            tx.execute(store::DIGEST, args![id, mailbox, of(&raw)]).await?;
        }
        tx.commit_unaudited().await?;
    }
}
