//! Sessions: rows that can be listed and ended, looked up at every request, so that what is ended is ended at once.

use ::store::args;
use jiff::SignedDuration;

use super::operators::OperatorId;
use super::{AccountId, store};
use crate::access::{Actor, Operation, Role};
use crate::committenti::{CommittenteId, KeyId};
use crate::error::Error;
use crate::people::FirmId;
use crate::secret::Secret;
use crate::vault::digest;
use crate::{Cx, Tx, row};

/// A session ends after this long without a request.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// A session ends after this long in any case.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(8);
/// The last request is remembered to within this time, so that reading a page does not write.
const GRAIN_MS: i64 = 60_000;

/// A session to be opened.
#[derive(Debug, Default)]
pub(crate) struct NewSession<'a> {
    pub(crate) account: Option<AccountId>,
    pub(crate) operator: Option<OperatorId>,
    pub(crate) key: Option<KeyId>,
    pub(crate) agent: &'a str,
}

row! {
    struct Found {
        account_id: Option<AccountId>,
        operator_id: Option<OperatorId>,
        seen_at: i64,
        proved: i64,
        firm_id: Option<FirmId>,
        level: Option<String>,
        must_change: Option<bool>,
        role: Option<String>,
        name: Option<String>,
        label: Option<String>,
        committente_id: Option<CommittenteId>,
        key_id: Option<KeyId>,
    }
}

/// Who has signed in, for the page's head.
#[derive(Clone, Debug)]
pub struct Session {
    /// In whose name requests run.
    pub actor: Actor,
    /// The name to show: the firm's or the operator's.
    pub name: String,
    /// A detail to show: the matricola or the role.
    pub label: String,
    /// The level at which the holder proved who they are: 1 to 3; 0 for a password.
    pub level: i64,
}

row! {
    /// A session as its owner sees it.
    #[derive(Clone, Debug)]
    pub struct OwnSession {
        /// What names it on the page.
        pub id: i64,
        /// When it began.
        pub created_at: i64,
        /// Its last request, to within a minute.
        pub seen_at: i64,
        /// What the browser calls itself.
        pub agent: String,
    }
}

pub(crate) async fn open(cx: &Cx, tx: &mut Tx, new: &NewSession<'_>) -> Result<Secret, Error> {
    let token = cx.chance().token();
    let until = cx.now().checked_add(LONGEST).unwrap_or(jiff::Timestamp::MAX).as_millisecond();
    let agent: String = new.agent.chars().filter(|c| !c.is_control()).take(120).collect();
    tx.execute(
        store::OPEN_SESSION,
        args![cx.id(), digest(&token), new.account, new.operator, cx.now_ms(), until, agent, new.key],
    )
    .await?;
    Ok(Secret::new(token))
}

/// Whose session a token is, and that it was used just now.
///
/// # Errors
/// [`Error::Store`].
pub async fn look_up(cx: &Cx, token: &str) -> Result<Option<Session>, Error> {
    let now = cx.now_ms();
    let idle = now - i64::try_from(IDLE.as_millis()).unwrap_or(0);
    let Some(found) = cx.find::<Found>(store::SESSION, args![digest(token), now, idle]).await? else { return Ok(None) };
    if now - found.seen_at > GRAIN_MS {
        let mut tx = cx.as_system("sessions").begin(Operation::Maintain).await?;
        tx.execute(store::SEEN, args![digest(token), now]).await?;
        tx.commit_unaudited().await?;
    }
    Ok(session(found))
}

fn session(found: Found) -> Option<Session> {
    let committente = found.committente_id.zip(found.key_id);
    let actor = match (found.account_id, found.firm_id, found.operator_id) {
        (None, None, None) => committente.map(|(id, key)| Actor::Committente { id, key })?,
        (Some(account), Some(firm), None) => Actor::Firm {
            account,
            firm,
            full: found.level.as_deref() == Some("full"),
            // Who proved an identity needs no password, and may not be stopped by one that was never changed.
            must_change: found.proved == 0 && found.must_change.unwrap_or(true),
            level: u8::try_from(found.proved).unwrap_or(0),
        },
        (None, None, Some(id)) => Actor::Operator { id, role: Role::operator(found.role.as_deref()?)? },
        _ => return None,
    };
    let label = found.label.or(found.role).unwrap_or_default();
    Some(Session { actor, name: found.name.unwrap_or_default(), label, level: found.proved })
}

/// Ends the session of a token.
///
/// # Errors
/// [`Error::Store`].
pub async fn end(cx: &Cx, token: &str) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::SignOut).await?;
    tx.execute(store::END_SESSION, args![digest(token)]).await?;
    tx.commit().await
}

/// The sessions of an account, the latest first; `current` names the one of this token.
///
/// # Errors
/// [`Error::Store`].
pub async fn own(cx: &Cx, account: AccountId) -> Result<Vec<OwnSession>, Error> {
    let idle = cx.now_ms() - i64::try_from(IDLE.as_millis()).unwrap_or(0);
    cx.list(store::OWN_SESSIONS, args![account, cx.now_ms(), idle]).await
}

/// The id of the session of a token.
///
/// # Errors
/// [`Error::Store`].
pub async fn id_of(cx: &Cx, token: &str) -> Result<i64, Error> {
    cx.count(store::SESSION_ID, args![digest(token)]).await
}

/// Ends all sessions of an account but the one of this token.
///
/// # Errors
/// [`Error::Store`].
pub async fn end_others(cx: &Cx, account: AccountId, token: &str) -> Result<u64, Error> {
    let mut tx = cx.begin(Operation::SignOut).await?;
    let ended = tx.execute(store::END_OTHERS, args![account, digest(token)]).await?;
    tx.note("ended", ended);
    tx.commit().await?;
    Ok(ended)
}
