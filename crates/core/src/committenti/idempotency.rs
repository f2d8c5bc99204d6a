//! Repeated requests (draft-ietf-httpapi-idempotency-key-header): the same key gets the same answer.
//!
//! A request claims its key before it does anything. The claim has an id, and what the request makes gets that id: a
//! request that comes again after a crash finds what the first one made. The answer is kept beside the claim.

use ::store::args;
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{Context, SHA256};
use jiff::SignedDuration;

use super::model::CommittenteId;
use super::store;
use crate::access::Operation;
use crate::error::Error;
use crate::vault::digest;
use crate::{Cx, row};

/// Answers are kept so long.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// A claim without an answer is given up after this long, which is more than any request lasts.
const BUSY: SignedDuration = SignedDuration::from_mins(1);

/// An answer to be given again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The status.
    pub status: u16,
    /// The headers, as names and values in JSON.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

/// What became of a claim.
#[derive(Debug)]
pub enum Claim {
    /// The request goes on; what it makes gets this id.
    Mine(i64),
    /// The same request was answered like this.
    Answered(Kept),
    /// The same request is under way.
    UnderWay,
    /// The key was used for another request.
    Another,
}

/// A digest of everything that makes two requests the same.
pub fn fingerprint(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    for part in parts {
        // With its length before it, so that no part runs over into the next.
        context.update(&part.len().to_be_bytes());
        context.update(part);
    }
    context.finish().as_ref().to_vec()
}

row! {
    struct Record {
        claim_id: i64,
        fingerprint: Vec<u8>,
        busy_until: i64,
        created_at: i64,
        status: Option<i64>,
        head: Option<String>,
        body: Option<Vec<u8>>,
    }
}

/// Claims a key for a request. `fingerprint` is a digest of everything that makes requests equal.
///
/// # Errors
/// [`Error::Store`].
pub async fn claim(cx: &Cx, id: CommittenteId, key: &str, fingerprint: &[u8]) -> Result<Claim, Error> {
    let (name, now) = (digest(key), cx.now_ms());
    let after = |time: SignedDuration| now + time.as_secs() * 1_000;
    let mut tx = cx.as_system("api").begin(Operation::Maintain).await?;
    tx.execute(store::FORGET_ANSWER, args![id, name.clone(), now - KEPT.as_secs() * 1_000]).await?;
    let claim_id = cx.id();
    let made =
        tx.execute(store::CLAIM, args![id, name.clone(), claim_id, fingerprint.to_vec(), after(BUSY), now]).await?;
    let claim = if made == 1 {
        Claim::Mine(claim_id)
    } else {
        match tx.find::<Record>(store::CLAIMED, args![id, name.clone()]).await? {
            None => Claim::UnderWay,
            Some(record) => {
                let again = args![id, name, record.busy_until, after(BUSY), now];
                match judge(record, fingerprint, now) {
                    // Of two that find a claim given up, one takes it over.
                    Claim::Mine(_) if tx.execute(store::TAKE_OVER, again).await? == 0 => Claim::UnderWay,
                    judged => judged,
                }
            }
        }
    };
    tx.commit_unaudited().await?;
    Ok(claim)
}

fn judge(record: Record, fingerprint: &[u8], now: i64) -> Claim {
    if verify_slices_are_equal(&record.fingerprint, fingerprint).is_err() {
        return Claim::Another;
    }
    match (record.status.and_then(|s| u16::try_from(s).ok()), record.busy_until > now) {
        (Some(status), _) => Claim::Answered(Kept {
            status,
            head: record.head.unwrap_or_default(),
            body: record.body.unwrap_or_default(),
        }),
        // A clock that was set back keeps nobody out.
        (None, true) if record.created_at <= now => Claim::UnderWay,
        (None, _) => Claim::Mine(record.claim_id),
    }
}

/// Keeps the answer to a request.
///
/// # Errors
/// [`Error::Store`].
pub async fn keep(cx: &Cx, id: CommittenteId, key: &str, answer: &Kept) -> Result<(), Error> {
    let mut tx = cx.as_system("api").begin(Operation::Maintain).await?;
    let args = args![id, digest(key), i64::from(answer.status), answer.head.as_str(), answer.body.clone()];
    tx.execute(store::KEEP, args).await?;
    tx.commit_unaudited().await
}

/// Gives a claim up, when the request made nothing and may be tried again.
///
/// # Errors
/// [`Error::Store`].
pub async fn release(cx: &Cx, id: CommittenteId, key: &str) -> Result<(), Error> {
    let mut tx = cx.as_system("api").begin(Operation::Maintain).await?;
    tx.execute(store::RELEASE, args![id, digest(key)]).await?;
    tx.commit_unaudited().await
}
