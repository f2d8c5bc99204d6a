//! One question to a source, and what becomes of it when there is no answer.

use std::future::Future;
use std::sync::Arc;

use ::store::args;
use registries::{Answered, Reply, Stamp};

use super::claim::{Item, Question};
use super::source::{self, RegisterSource, State};
use super::{answers, budget, store};
use crate::access::Operation;
use crate::error::{Error, chain};
use crate::{Cx, Tx};

/// The pauses of a question that the source rejects by itself grow to this.
const LONGEST_REJECTED_MS: i64 = 3_600_000;

/// Asks, and writes down what became of it. A crash before that is seen when the call's time is over.
pub(super) async fn ask(cx: Cx, source: Arc<RegisterSource>, question: Question) -> Result<(), Error> {
    let (cx, source) = (&cx, &*source);
    if question.items.is_empty() {
        return Ok(());
    }
    let codes: Vec<_> = question.items.iter().map(|item| item.code).collect();
    let jti = cx.chance().token();
    let stamp = Stamp { now: cx.now(), jti: &jti };
    let mut opened = false;
    let call = async {
        source.client.open(stamp).await?;
        opened = true;
        source.client.ask(&codes, stamp).await
    };
    let answer = in_time(source, call).await;
    let mut tx = cx.begin(Operation::LookUp).await?;
    let state = source::hold(&mut tx, &source.name).await?;
    tx.shared().execute(store::CALL_ANSWERED, args![question.call, cx.now_ms()]).await?;
    match answer {
        Ok(Answered { value: Reply::Request(request), quota }) => {
            for item in &question.items {
                tx.shared().execute(store::LISTED, args![item.asked.id, request.as_str(), cx.now_ms()]).await?;
            }
            answers::obey(cx, &mut tx, source, quota).await?;
        }
        Ok(Answered { value: Reply::Entries(value), quota }) => {
            let asked: Vec<_> = question.items.iter().map(|item| (item.asked, item.code)).collect();
            answers::tell_all(cx, &mut tx, source, &asked, &Answered { value, quota }).await?;
        }
        Err(error) => {
            if !opened {
                budget::give_back(&mut tx, source, &question).await?;
            }
            put_back(cx, &mut tx, source, &question.items, &error).await?;
            if !rejected(&error) {
                failed(cx, &mut tx, source, &state, &error).await?;
            }
        }
    }
    tx.commit_unaudited().await
}

/// A call with its time limit: also for one that waits for a token first.
pub(super) async fn in_time<T>(
    source: &RegisterSource,
    call: impl Future<Output = Result<T, registries::Error>>,
) -> Result<T, registries::Error> {
    let limit = tokio::time::timeout(source.limits.call_limit, call).await;
    limit.unwrap_or(Err(registries::Error::TimedOut { stage: registries::Stage::Answer }))
}

/// The source says that it will never answer this question.
pub(super) fn rejected(error: &registries::Error) -> bool {
    matches!(error, registries::Error::Rejected { .. } | registries::Error::BatchSize { .. })
}

/// Questions without an answer go back to their places. Those of a question that was rejected are asked one by one from
/// then on, so that one bad code spoils nobody else's answer.
async fn put_back(
    cx: &Cx,
    tx: &mut Tx,
    source: &RegisterSource,
    items: &[Item],
    error: &registries::Error,
) -> Result<(), Error> {
    let reason = chain(error);
    for item in items {
        let pause = if rejected(error) && items.len() == 1 {
            (60_000 << item.attempts.clamp(0, 6)).min(LONGEST_REJECTED_MS)
        } else {
            0
        };
        let back = args![item.asked.id, reason.as_str(), cx.now_ms() + pause, rejected(error)];
        tx.shared().execute(store::BACK, back).await?;
        answers::not_answered(cx, tx, source, item.asked).await?;
    }
    Ok(())
}

/// A failure of the source: what it asks for is obeyed; when failures follow each other it is left alone for a while.
pub(super) async fn failed(
    cx: &Cx,
    tx: &mut Tx,
    source: &RegisterSource,
    state: &State,
    error: &registries::Error,
) -> Result<(), Error> {
    let failures = state.failures + 1;
    let wished = error
        .retry_after()
        .map(|d| i64::try_from(d.as_millis()).unwrap_or(60_000).clamp(500, answers::LONGEST_PAUSE_MS));
    let pause = wished.or_else(|| budget::pause_ms(failures));
    tracing::info!(source = source.name, error = chain(error), pause_ms = pause, "no answer from the source");
    tx.shared().execute(store::FAILED, args![source.name.as_str()]).await?;
    if let Some(pause) = pause {
        tx.shared().execute(store::BLOCK, args![source.name.as_str(), cx.now_ms() + pause]).await?;
    }
    Ok(())
}
