//! Lists that a source prepares, fetched when they are ready.

use std::sync::Arc;

use ::store::args;
use italia::FiscalCode;
use registries::{Answered, PecAnswer, PecEntry, RequestId, Stamp};

use super::answers::{self, Asked};
use super::asking::{failed, in_time};
use super::model::QueueLane;
use super::source::{self, RegisterSource};
use super::{budget, store};
use crate::access::Operation;
use crate::error::{Error, chain};
use crate::{Cx, row};

/// A list that is not ready after so many questions is asked for anew (PagoPA's client of the same register: 24).
const POLLS: i64 = 24;
/// The pauses between questions about a list that is not ready: a second at first, then up to the half minute that PagoPA's
/// client of the same register leaves.
const LONGEST_POLL_MS: i64 = 30_000;

row! {
    struct Due { request: String, polls: i64 }
}

row! {
    struct Listed { id: i64, code: String, lane: String, missed: bool, created_at: i64 }
}

impl Listed {
    fn asked(&self) -> Option<Asked> {
        let lane = QueueLane::of(&self.lane)?;
        Some(Asked { id: self.id, lane, missed: self.missed, created_at: self.created_at })
    }
}

/// A list that is fetched.
pub(super) struct List {
    request: String,
    polls: i64,
    asked: Vec<Listed>,
}

/// Claims the list that waits longest to be fetched.
pub(super) async fn claim(cx: &Cx, source: &RegisterSource) -> Result<Option<List>, Error> {
    let (name, now) = (source.name.as_str(), cx.now_ms());
    if source::state(&cx.app, name).await?.blocked_until > now {
        // Whoever is told to wait waits with everything.
        return Ok(None);
    }
    loop {
        let due: Option<Due> = cx.app.db().find(store::DUE_LIST, args![name, now]).await?;
        let Some(due) = due else { return Ok(None) };
        let mut tx = cx.begin(Operation::LookUp).await?;
        let until = now + budget::call_limit_ms(source);
        let claimed = args![name, due.request.as_str(), until, now];
        let asked: Vec<Listed> = tx.shared().list(store::CLAIM_LIST, claimed).await?;
        tx.commit_unaudited().await?;
        if !asked.is_empty() {
            return Ok(Some(List { request: due.request, polls: due.polls + 1, asked }));
        }
    }
}

/// Fetches a list and tells whoever waits for what is in it.
pub(super) async fn fetch(cx: Cx, source: Arc<RegisterSource>, list: List) -> Result<(), Error> {
    let (cx, source) = (&cx, &*source);
    let Ok(request) = RequestId::parse(&list.request) else {
        return put_back(cx, source, &list, "the request's id cannot be read").await;
    };
    let jti = cx.chance().token();
    let answer = in_time(source, source.client.poll(&request, Stamp { now: cx.now(), jti: &jti })).await;
    match answer {
        Ok(Answered { value: PecAnswer::Ready(value), quota }) => {
            ready(cx, source, &list, &Answered { value, quota }).await
        }
        Ok(_) if list.polls >= POLLS => put_back(cx, source, &list, "the list is never ready").await,
        Ok(_) => later(cx, source, &list, None).await,
        Err(error) if error.is_temporary() && list.polls < POLLS => later(cx, source, &list, Some(&error)).await,
        Err(error) => {
            // The source does not know the request any more: the questions go back to their places.
            put_back(cx, source, &list, &chain(&error)).await?;
            let mut tx = cx.begin(Operation::LookUp).await?;
            let state = source::hold(&mut tx, &source.name).await?;
            failed(cx, &mut tx, source, &state, &error).await?;
            tx.commit_unaudited().await
        }
    }
}

async fn ready(cx: &Cx, source: &RegisterSource, list: &List, entries: &Answered<Vec<PecEntry>>) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::LookUp).await?;
    source::hold(&mut tx, &source.name).await?;
    let read = |row: &Listed| Some((row.asked()?, FiscalCode::parse(&row.code).ok()?));
    let asked: Vec<_> = list.asked.iter().filter_map(read).collect();
    answers::tell_all(cx, &mut tx, source, &asked, entries).await?;
    tx.commit_unaudited().await
}

/// The list is asked for again after a while.
async fn later(cx: &Cx, source: &RegisterSource, list: &List, error: Option<&registries::Error>) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::LookUp).await?;
    let state = source::hold(&mut tx, &source.name).await?;
    let pause = (1_000 << (list.polls - 1).clamp(0, 5)).min(LONGEST_POLL_MS);
    let at = cx.now_ms() + pause;
    tx.shared().execute(store::POLL_LATER, args![source.name.as_str(), list.request.as_str(), at]).await?;
    if let Some(error) = error {
        failed(cx, &mut tx, source, &state, error).await?;
    }
    tx.commit_unaudited().await
}

async fn put_back(cx: &Cx, source: &RegisterSource, list: &List, reason: &str) -> Result<(), Error> {
    let mut tx = cx.begin(Operation::LookUp).await?;
    source::hold(&mut tx, &source.name).await?;
    for asked in &list.asked {
        let back = args![asked.id, reason, cx.now_ms(), false];
        tx.shared().execute(store::BACK, back).await?;
        if let Some(asked) = asked.asked() {
            answers::not_answered(cx, &mut tx, source, asked).await?;
        }
    }
    tx.commit_unaudited().await
}
