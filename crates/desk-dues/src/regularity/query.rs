//! A question about one firm.

use italia::FiscalCode;
use jiff::{SignedDuration, Timestamp};
use sportello_core::access::{Actor, Operation};
use sportello_core::clock::instant;
use sportello_core::committenti::{CommittenteId, usage};
use sportello_core::registry::{self, OnFile, QueueLane, Wish};
use sportello_core::{Cx, Error, id, row};
use store::args;

use super::answer::{AddressFact, Answer};
use super::facts::{Calendar, answered, gather, not_answered, not_asked};
use super::store as sql;

id! {
    /// The id of a question.
    QueryId;
}

/// A question that waits for the register is answered without it after this long.
pub(super) const PATIENCE: SignedDuration = SignedDuration::from_hours(24);
/// When nobody can say how long the register takes, ask again after so many seconds.
const AGAIN: i64 = 60;

row! {
    /// A question with its answer when there is one.
    #[derive(Clone)]
    pub struct Query {
        /// Its id.
        pub id: QueryId,
        /// Who asks.
        pub committente_id: CommittenteId,
        /// The tax code, canonical.
        pub code: String,
        /// `waiting`, `answered` or `refused`.
        pub state: String,
        /// The answer, JSON; see [`Query::answer`].
        pub answer: Option<String>,
        /// When it was asked, in milliseconds since 1970.
        pub asked_at: i64,
        /// When it was answered.
        pub answered_at: Option<i64>,
    }
}

impl std::fmt::Debug for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Query").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

impl Query {
    /// The answer; none while it waits.
    pub fn answer(&self) -> Option<Answer> {
        self.answer.as_deref().and_then(|json| serde_json::from_str(json).ok())
    }
}

/// A question that is not taken.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Too many questions wait for the register, and the caller wants to wait too.
    #[error("too many questions wait for the register")]
    Full,
    /// Anything else.
    #[error("the question cannot be asked")]
    Ground(#[from] Error),
}

/// Whose questions these are.
pub(super) fn asker(cx: &Cx) -> Result<CommittenteId, Error> {
    cx.require(Operation::QueryRegularity)?;
    match cx.actor {
        Actor::Committente { id, .. } => Ok(id),
        _ => Err(Error::Forbidden { role: cx.actor.role(), operation: Operation::QueryRegularity }),
    }
}

/// Asks about a firm. The answer comes at once from the record, with what the register last said; when that is too old, or
/// nothing was ever said, the register is asked behind the counter. With `fresh` the question waits for its answer.
/// Asking again with the same id gives the same question. The second value is after how many seconds a waiting question
/// should be looked at again.
///
/// # Errors
/// [`AskError`].
pub async fn ask(cx: &Cx, id: QueryId, code: &FiscalCode, fresh: bool) -> Result<(Query, i64), AskError> {
    let committente = asker(cx)?;
    if let Some(query) = cx.find::<Query>(sql::QUERY, args![committente, id]).await? {
        return Ok((query, AGAIN));
    }
    let known = registry::on_file(cx, code).await?;
    let calendar = Calendar::read(cx).await?;
    let mut answer = gather(cx, &calendar, code, not_asked()).await?;
    let mut tx = cx.begin(Operation::QueryRegularity).await?;
    let wish = match known {
        Some(known) if known.fresh && !fresh => Address::Said(answered(known)),
        _ => wished(registry::wish(cx, &mut tx, code, QueueLane::ThirdParty).await?, cx.now(), fresh),
    };
    let again = match wish {
        Address::Said(fact) => {
            answer.certified_address = fact;
            None
        }
        Address::Waiting { seconds } => Some(seconds),
        Address::Full => return Err(AskError::Full),
    };
    let (state, answer) = match again {
        None => ("answered", Some(json(&answer))),
        Some(_) => ("waiting", None),
    };
    let answered_at = again.is_none().then(|| cx.now_ms());
    let made = args![id, committente, code.as_str(), state, again.is_some(), answer, cx.now_ms(), answered_at];
    tx.execute(sql::ASK, made).await?;
    usage::count_queries(cx, &mut tx, committente, 1).await?;
    tx.note("query", id.0).note("fresh", fresh);
    tx.commit().await?;
    let query = cx.find::<Query>(sql::QUERY, args![committente, id]).await?;
    Ok((query.ok_or(Error::Store(store::Error::NoRow))?, again.unwrap_or(AGAIN)))
}

pub(super) fn json(answer: &Answer) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}

/// What can be said about the certified address after the register was wished for.
pub(super) enum Address {
    Said(AddressFact),
    Waiting { seconds: i64 },
    Full,
}

/// `waits`: whether the caller would rather wait than hear that nothing was answered yet.
pub(super) fn wished(wish: Wish, since: Timestamp, waits: bool) -> Address {
    match wish {
        Wish::Waiting { minutes, .. } if waits => {
            Address::Waiting { seconds: minutes.map_or(AGAIN, |m| (m * 60).clamp(10, 3_600)) }
        }
        Wish::Waiting { .. } => Address::Said(not_answered(since)),
        Wish::Full if waits => Address::Full,
        Wish::Full | Wish::NoSource => Address::Said(not_asked()),
    }
}

/// What settles a question that waits since an instant: an answer that is younger, or the end of all patience.
pub(super) fn settles(known: Option<OnFile>, since: Timestamp, now: Timestamp) -> Option<AddressFact> {
    match known {
        Some(known) if known.at >= since => Some(answered(known)),
        _ if now.duration_since(since) >= PATIENCE => Some(not_answered(since)),
        _ => None,
    }
}

/// One of the caller's questions. One that waits is answered when the register has answered meanwhile.
///
/// # Errors
/// [`Error`].
pub async fn get(cx: &Cx, id: QueryId) -> Result<Option<Query>, Error> {
    let committente = asker(cx)?;
    let Some(query) = cx.find::<Query>(sql::QUERY, args![committente, id]).await? else { return Ok(None) };
    if query.state != "waiting" {
        return Ok(Some(query));
    }
    let Ok(code) = FiscalCode::parse(&query.code) else { return Ok(Some(query)) };
    let known = registry::on_file(cx, &code).await?;
    let Some(fact) = settles(known, instant(query.asked_at), cx.now()) else {
        wish_again(cx, &code).await?;
        return Ok(Some(query));
    };
    let answer = gather(cx, &Calendar::read(cx).await?, &code, fact).await?;
    let mut tx = cx.begin(Operation::QueryRegularity).await?;
    tx.execute(sql::SETTLE, args![id, json(&answer), cx.now_ms()]).await?;
    // The question is in the audit already.
    tx.commit_unaudited().await?;
    cx.find(sql::QUERY, args![committente, id]).await
}

/// A question that waits for an answer has its firm asked about also after the body has changed its register.
async fn wish_again(cx: &Cx, code: &FiscalCode) -> Result<(), Error> {
    if registry::is_asked(cx, code).await? {
        return Ok(());
    }
    let mut tx = cx.begin(Operation::QueryRegularity).await?;
    registry::wish(cx, &mut tx, code, QueueLane::ThirdParty).await?;
    tx.commit_unaudited().await
}

/// The caller's single questions older than one, newest first.
///
/// # Errors
/// [`Error`].
pub async fn latest(cx: &Cx, before: Option<QueryId>, most: i64) -> Result<Vec<Query>, Error> {
    let committente = asker(cx)?;
    cx.list(sql::LATEST, args![committente, before.map_or(i64::MAX, |id| id.0), most]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regularity::AddressState;

    fn state(address: Address) -> Result<AddressState, Option<i64>> {
        match address {
            Address::Said(fact) => Ok(fact.state),
            Address::Waiting { seconds } => Err(Some(seconds)),
            Address::Full => Err(None),
        }
    }

    #[test]
    fn every_wish_has_its_words() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        let waiting = |minutes| Wish::Waiting { ahead: 3, minutes };
        assert_eq!(state(wished(waiting(Some(2)), now, false)), Ok(AddressState::NotAnswered));
        assert_eq!(state(wished(waiting(Some(2)), now, true)), Err(Some(120)));
        assert_eq!(state(wished(waiting(Some(0)), now, true)), Err(Some(10)));
        assert_eq!(state(wished(waiting(None), now, true)), Err(Some(AGAIN)));
        assert_eq!(state(wished(Wish::Full, now, false)), Ok(AddressState::NotAsked));
        assert_eq!(state(wished(Wish::Full, now, true)), Err(None));
        assert_eq!(state(wished(Wish::NoSource, now, true)), Ok(AddressState::NotAsked));
    }

    #[test]
    fn only_an_answer_that_is_younger_settles_a_question() {
        let since = Timestamp::from_second(1_000_000).unwrap();
        let said = |seconds: i64| {
            Some(OnFile { has_address: true, at: since + SignedDuration::from_secs(seconds), fresh: true })
        };
        let soon = since + SignedDuration::from_mins(5);
        assert!(settles(None, since, soon).is_none());
        assert!(settles(said(-1), since, soon).is_none());
        assert_eq!(settles(said(0), since, soon).map(|f| f.state), Some(AddressState::OnFile));
        assert_eq!(settles(said(-1), since, since + PATIENCE).map(|f| f.state), Some(AddressState::NotAnswered));
    }
}
