//! Keys: made, shown once, compared by digest, revoked.

use ::store::args;
use jiff::SignedDuration;

use super::model::{ApiKey, CommittenteId, Issued, KeyId, Known};
use super::store;
use crate::access::{Actor, Operation};
use crate::accounts::sessions::{self, NewSession};
use crate::error::Error;
use crate::secret::Secret;
use crate::vault::digest;
use crate::{Cx, Tx};

/// What every key begins with, so that scanners of leaked secrets know one.
const MARK: &str = "spk_";
/// So many first characters are kept readable.
const SHOWN: usize = 12;
/// A key lives so long at most.
const LONGEST_DAYS: i64 = 365;
/// Keys that are good at the same time.
const MOST: i64 = 5;

/// A key that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Too many are good already.
    #[error("a committente has at most {MOST} keys that are good")]
    TooMany,
    /// There is no such committente.
    #[error("there is no such committente")]
    Unknown,
    /// Anything else.
    #[error("the key cannot be made")]
    Ground(#[from] Error),
}

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// It opens.
    Good,
    /// It opens, and ends within thirty days.
    Expiring,
    /// It has ended.
    Expired,
    /// It was revoked.
    Revoked,
}

impl ApiKey {
    /// Where it stands at an instant, in milliseconds since 1970.
    pub fn state(&self, now: i64) -> KeyState {
        match self.revoked_at {
            Some(_) => KeyState::Revoked,
            None if self.expires_at <= now => KeyState::Expired,
            None if self.expires_at <= now + days(30) => KeyState::Expiring,
            None => KeyState::Good,
        }
    }
}

fn days(count: i64) -> i64 {
    SignedDuration::from_hours(24 * count).as_secs() * 1_000
}

/// Makes a key that lives so many days, at most 365.
///
/// # Errors
/// [`KeyError`].
pub async fn issue(cx: &Cx, id: CommittenteId, label: &str, life_days: i64) -> Result<Issued, KeyError> {
    own(cx, id)?;
    let mut tx = cx.begin(Operation::ManageKeys).await?;
    let issued = issue_in(cx, &mut tx, id, label, life_days).await?;
    tx.commit().await?;
    Ok(issued)
}

/// The same within an operation's transaction, which has checked the actor.
pub(super) async fn issue_in(
    cx: &Cx,
    tx: &mut Tx,
    id: CommittenteId,
    label: &str,
    life_days: i64,
) -> Result<Issued, KeyError> {
    let now = cx.now_ms();
    // Held until the end, so that two that come together are counted one after the other.
    if tx.execute(store::HOLD, args![id]).await? == 0 {
        return Err(KeyError::Unknown);
    }
    if tx.count(store::GOOD_KEYS, args![id, now]).await? >= MOST {
        return Err(KeyError::TooMany);
    }
    let text = format!("{MARK}{}", cx.chance().token());
    let label: String = label.chars().filter(|c| !c.is_control()).take(60).collect();
    let (key, expires_at) = (KeyId(cx.id()), now + days(life_days.clamp(1, LONGEST_DAYS)));
    tx.note("committente", id.0).note("key", &text[..SHOWN]).note("made", true);
    tx.execute(store::ADD_KEY, args![key, id, &text[..SHOWN], digest(&text), label, now, expires_at]).await?;
    Ok(Issued { id: key, key: Secret::new(text), expires_at })
}

/// The keys of a committente, newest first.
///
/// # Errors
/// [`Error`].
pub async fn of(cx: &Cx, id: CommittenteId) -> Result<Vec<ApiKey>, Error> {
    cx.require(Operation::ManageKeys)?;
    own(cx, id)?;
    cx.list(store::KEYS, args![id]).await
}

/// Revokes a key at once, with the sessions that were opened with it. Whether there was one to revoke.
///
/// # Errors
/// [`Error`].
pub async fn revoke(cx: &Cx, id: CommittenteId, key: KeyId) -> Result<bool, Error> {
    own(cx, id)?;
    let mut tx = cx.begin(Operation::ManageKeys).await?;
    tx.note("committente", id.0).note("revoked", key.0);
    let revoked = tx.execute(store::REVOKE_KEY, args![id, key, cx.now_ms()]).await? == 1;
    tx.execute(store::END_KEY_SESSIONS, args![key]).await?;
    tx.commit().await?;
    Ok(revoked)
}

/// Who shows a key, when it is good and nobody has suspended its holder.
///
/// # Errors
/// [`Error::Store`].
pub async fn authenticate(cx: &Cx, key: &Secret) -> Result<Option<Known>, Error> {
    // Found by its digest: how long that takes tells nothing about any key.
    cx.find(store::KNOWN, args![digest(key.expose()), cx.now_ms()]).await
}

/// Opens a session in the browser of whoever holds a key.
///
/// # Errors
/// [`Error`].
pub async fn sign_in(cx: &Cx, key: &Secret, agent: &str) -> Result<Option<Secret>, Error> {
    let Some(known) = authenticate(cx, key).await? else { return Ok(None) };
    let cx = cx.acting_as(Actor::Committente { id: known.committente_id, key: known.key_id });
    let mut tx = cx.begin(Operation::SignIn).await?;
    tx.note("key", known.prefix.as_str());
    let session = NewSession { key: Some(known.key_id), agent, ..NewSession::default() };
    let token = sessions::open(&cx, &mut tx, &session).await?;
    tx.execute(store::KEY_USED, args![known.key_id, cx.now_ms()]).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// The keys of active committenti that end within so many days.
///
/// # Errors
/// [`Error`].
pub async fn expiring(cx: &Cx, within_days: i64) -> Result<Vec<ApiKey>, Error> {
    cx.require(Operation::ManageKeys)?;
    cx.list(store::EXPIRING, args![cx.now_ms(), cx.now_ms() + days(within_days)]).await
}

/// A committente touches its own keys only; those of others do not exist for it.
fn own(cx: &Cx, asked: CommittenteId) -> Result<(), Error> {
    match &cx.actor {
        Actor::Committente { id, .. } if *id != asked => Err(Error::Store(::store::Error::NoRow)),
        _ => Ok(()),
    }
}
