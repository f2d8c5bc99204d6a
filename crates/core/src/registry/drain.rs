use std::sync::Arc;

use ::store::args;
use italia::{EmailAddress, FiscalCode};
use registries::{BusinessRegister, PecAnswer, PecEntry, PecMatch, RequestId, Stamp, compare};
use serde::{Deserialize, Serialize};

use super::budget::{self, Allowance};
use super::model::LookUpId;
use super::{BUSINESS_REGISTER, store};
use crate::access::Operation;
use crate::clock::instant;
use crate::error::{Error, chain};
use crate::jobs::{self, Job, JobError, Lane, Schedule};
use crate::{Cx, row};

/// The register takes at most so many codes in one question.
pub(super) const BATCH: i64 = 20;
/// How long to wait before asking again for a list that the register still makes.
const POLL_MS: i64 = 1_000;
/// A question without an answer after this long is asked anew.
const ABANDON_MS: i64 = 10 * 60_000;

/// Drains the queue of look-ups as far as the budget allows, and comes again for the rest.
#[derive(Debug, Serialize, Deserialize)]
pub struct Drain {}

row! {
    struct Waiting { id: LookUpId, tax_code: String }
}
row! {
    struct Asked { id: LookUpId, tax_code: String, email: String, request: Option<String>, not_before: i64, then_job: String }
}

impl Job for Drain {
    const NAME: &'static str = "register.drain";
    const LANE: Lane = Lane::Person;
    const TRIES: i64 = i64::MAX;
    const LONGEST_PAUSE: jiff::SignedDuration = jiff::SignedDuration::from_secs(30);

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let register = cx.app.connections(&cx.tenant).and_then(|c| c.register.as_ref());
        let register = register.ok_or_else(|| JobError::retry("no register is configured"))?;
        let client = Arc::clone(&register.client);
        let asked = ask_waiting(cx, &client).await?;
        let polled = poll_asked(cx, &client).await?;
        if let Some(at) = [asked, polled].into_iter().flatten().min() {
            jobs::enqueue_alone(cx, &Self {}, Schedule::at(instant(at)).unique("drain")).await?;
        }
        Ok(())
    }
}

/// Asks for as many waiting codes as the budget allows; returns when to come again for the rest.
async fn ask_waiting(cx: &Cx, client: &BusinessRegister) -> Result<Option<i64>, JobError> {
    loop {
        let mut tx = cx.begin(Operation::LookUp).await?;
        tx.execute(store::ABANDON, args![BUSINESS_REGISTER, cx.now_ms() - ABANDON_MS]).await?;
        let allowed = match budget::allowance(cx, &mut tx, BUSINESS_REGISTER).await? {
            Allowance::Codes(n) => n,
            Allowance::Until(at) => {
                let waiting = tx.count(store::WAITING_IN_TX, args![BUSINESS_REGISTER]).await?;
                return Ok((waiting > 0).then_some(at));
            }
            // Resuming enqueues this job anew.
            Allowance::Paused => return Ok(None),
        };
        let waiting: Vec<Waiting> = tx.list(store::NEXT, args![BUSINESS_REGISTER, allowed]).await?;
        if waiting.is_empty() {
            return Ok(None);
        }
        // Spent before it is asked: a crash in between wastes budget, but never passes it.
        budget::spend(cx, &mut tx, BUSINESS_REGISTER, i64::try_from(waiting.len()).unwrap_or(BATCH)).await?;
        for look_up in &waiting {
            tx.execute(store::ASKED, args![look_up.id, cx.now_ms()]).await?;
        }
        tx.commit_unaudited().await?;
        ask_batch(cx, client, &waiting).await?;
    }
}

async fn ask_batch(cx: &Cx, client: &BusinessRegister, batch: &[Waiting]) -> Result<(), Error> {
    let codes: Vec<FiscalCode> = batch.iter().filter_map(|w| FiscalCode::parse(&w.tax_code).ok()).collect();
    let jti = cx.chance().token();
    let answer = client.request_pec_list(&codes, Stamp { now: cx.now(), jti: &jti }).await.map(|answer| answer.value);
    let mut tx = cx.begin(Operation::LookUp).await?;
    match answer {
        Ok(request) => {
            for look_up in batch {
                tx.execute(store::REQUESTED, args![look_up.id, request.as_str(), cx.now_ms()]).await?;
            }
        }
        Err(error) => {
            for look_up in batch {
                tx.execute(store::BACK, args![look_up.id, chain(&error)]).await?;
            }
            record_failure(cx, &mut tx, &error).await?;
        }
    }
    tx.commit_unaudited().await
}

async fn record_failure(cx: &Cx, tx: &mut crate::Tx, error: &registries::Error) -> Result<(), Error> {
    let source = budget::source(cx, BUSINESS_REGISTER).await?;
    let pause = error
        .retry_after()
        .map_or_else(|| budget::pause_ms(source.failures), |d| i64::try_from(d.as_millis()).unwrap_or(60_000));
    tracing::info!(error = chain(error), pause_ms = pause, "the register gives no answer");
    tx.execute(store::FAILED, args![BUSINESS_REGISTER]).await?;
    block(cx, tx, pause).await?;
    Ok(())
}

/// Asks nothing of the source for a while, not less than before, and a day at most; says until when.
async fn block(cx: &Cx, tx: &mut crate::Tx, pause_ms: i64) -> Result<i64, Error> {
    let until = cx.now_ms() + pause_ms.clamp(500, 24 * 3_600_000);
    tx.execute(store::BLOCK, args![BUSINESS_REGISTER, until]).await?;
    Ok(until)
}

/// Fetches the lists that the register has made; returns when to come again for those that it still makes.
async fn poll_asked(cx: &Cx, client: &BusinessRegister) -> Result<Option<i64>, JobError> {
    let asked: Vec<Asked> = cx.list(store::OPEN_REQUESTS, args![BUSINESS_REGISTER]).await?;
    // Whoever is told to wait waits with everything.
    let blocked = budget::source(cx, BUSINESS_REGISTER).await?.blocked_until;
    if blocked > cx.now_ms() {
        return Ok((!asked.is_empty()).then_some(blocked));
    }
    let mut next: Option<i64> = None;
    let mut rest = asked.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|a| a.request == first.request).count();
        let (batch, others) = rest.split_at(count);
        rest = others;
        let again =
            if first.not_before > cx.now_ms() { Some(first.not_before) } else { poll(cx, client, batch).await? };
        next = next.into_iter().chain(again).min();
    }
    Ok(next)
}

async fn poll(cx: &Cx, client: &BusinessRegister, batch: &[Asked]) -> Result<Option<i64>, Error> {
    let Some(request) = batch.first().and_then(|a| RequestId::parse(a.request.as_deref()?).ok()) else {
        return Ok(None);
    };
    let jti = cx.chance().token();
    let answer = client.pec_list(&request, Stamp { now: cx.now(), jti: &jti }).await.map(|answer| answer.value);
    let mut tx = cx.begin(Operation::LookUp).await?;
    let again = match answer {
        Ok(PecAnswer::Ready(list)) => {
            for asked in batch {
                answer_one(cx, &mut tx, asked, &list).await?;
            }
            tx.execute(store::ANSWERED_SOURCE, args![BUSINESS_REGISTER, cx.now_ms()]).await?;
            None
        }
        Ok(PecAnswer::Pending) => Some(later(cx, &mut tx, batch, POLL_MS).await?),
        Err(error) if error.is_temporary() => {
            let pause = error.retry_after().map(|d| i64::try_from(d.as_millis()).unwrap_or(60_000));
            if let Some(pause) = pause {
                block(cx, &mut tx, pause).await?;
            }
            Some(later(cx, &mut tx, batch, pause.unwrap_or(5_000)).await?)
        }
        Err(error) => {
            // The register does not know the request any more: the question goes back to its place in the queue.
            for asked in batch {
                tx.execute(store::BACK, args![asked.id, chain(&error)]).await?;
            }
            record_failure(cx, &mut tx, &error).await?;
            Some(cx.now_ms() + POLL_MS)
        }
    };
    tx.commit_unaudited().await?;
    Ok(again)
}

async fn later(cx: &Cx, tx: &mut crate::Tx, batch: &[Asked], pause_ms: i64) -> Result<i64, Error> {
    let at = cx.now_ms() + pause_ms;
    for asked in batch {
        tx.execute(store::LATER, args![asked.id, at]).await?;
    }
    Ok(at)
}

async fn answer_one(cx: &Cx, tx: &mut crate::Tx, asked: &Asked, list: &[PecEntry]) -> Result<(), Error> {
    let (Ok(code), Ok(declared)) = (FiscalCode::parse(&asked.tax_code), EmailAddress::parse(&asked.email)) else {
        // Not "no": the question itself is broken, and somebody has to look at it.
        tracing::error!(look_up = %asked.id, "a stored look-up cannot be read");
        tx.execute(store::LATER, args![asked.id, cx.now_ms() + 3_600_000]).await?;
        return Ok(());
    };
    let answer = PecEntry::find(list, &code).map_or(PecMatch::NoEntry, |entry| compare(entry, &declared));
    let (answer, masked) = match answer {
        PecMatch::Match => ("match", None),
        PecMatch::NoEntry => ("no-entry", None),
        PecMatch::AnotherAddress { masked } => ("another-address", Some(masked)),
    };
    if tx.execute(store::ANSWER, args![asked.id, answer, masked, cx.now_ms()]).await? == 1 {
        let payload = serde_json::json!({ "look_up": asked.id }).to_string();
        jobs::enqueue_named(cx, tx, &asked.then_job, Lane::Person, &payload).await?;
    }
    Ok(())
}
