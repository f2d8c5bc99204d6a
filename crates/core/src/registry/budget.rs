//! How much may be asked of a source at this moment.

use ::store::args;

use super::source::{Counts, Mode, RegisterSource, State};
use super::store;
use crate::error::Error;
use crate::{Cx, Tx, row};

/// The period of the budget. A call counts from when it is sent until this long after its answer: whenever in between the
/// source counted it, its own minute is over. The quarter of a second is for the clocks of our nodes, which may differ.
const PERIOD_MS: i64 = 60_250;
const DAY_MINUTES: i64 = 24 * 60 + 1;
/// So many failures in a row are no accident: the source is left alone, then asked one question at a time.
pub(super) const BREAKS_AT: i64 = 3;
const FIRST_PAUSE_MS: i64 = 5_000;
const LONGEST_PAUSE_MS: i64 = 30_000;

row! {
    struct Call { sent_at: i64, answered_at: Option<i64>, spent: i64 }
}

/// What the budget allows at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowance {
    /// A question about so many codes.
    Codes(usize),
    /// None until then (milliseconds since 1970).
    Until(i64),
    /// None until an administrator resumes.
    Paused,
}

/// What may be asked now. The source is held.
pub(super) async fn allowance(
    cx: &Cx,
    tx: &mut Tx,
    source: &RegisterSource,
    state: &State,
) -> Result<Allowance, Error> {
    if state.mode() == Mode::Paused {
        return Ok(Allowance::Paused);
    }
    let now = cx.now_ms();
    if state.blocked_until > now {
        return Ok(Allowance::Until(state.blocked_until));
    }
    let limit = call_limit_ms(source);
    let calls: Vec<Call> = tx.shared().list(store::CALLS, args![source.name.as_str(), now - PERIOD_MS - limit]).await?;
    if let Some(at) = crowded(&calls, source, state, now, limit) {
        return Ok(Allowance::Until(at));
    }
    let budget = i64::from(state.budget(Some(source)));
    let mut free = match left(&calls, budget, now, limit) {
        Ok(free) => free,
        Err(at) => return Ok(Allowance::Until(at)),
    };
    if let Some(daily) = state.daily(Some(source)) {
        let minute = now / 60_000;
        let spent = spent_since(tx, &source.name, minute - DAY_MINUTES).await?;
        free = free.min(i64::from(daily) - spent);
        if free <= 0 {
            return Ok(Allowance::Until((minute + 1) * 60_000));
        }
    }
    let batch = if state.failures >= BREAKS_AT { 1 } else { i64::from(source.limits.batch.max(1)) };
    let codes = match source.limits.counts {
        Counts::Codes => free.min(batch),
        Counts::Calls => batch,
    };
    Ok(Allowance::Codes(usize::try_from(codes).unwrap_or(1)))
}

/// Until when too many questions are under way.
fn crowded(calls: &[Call], source: &RegisterSource, state: &State, now: i64, limit: i64) -> Option<i64> {
    let most = if state.failures >= BREAKS_AT { 1 } else { source.limits.in_flight.max(1) as usize };
    let under_way = calls.iter().filter(|c| c.answered_at.is_none() && c.sent_at + limit > now);
    let ends: Vec<i64> = under_way.map(|c| c.sent_at + limit).collect();
    if ends.len() < most { None } else { ends.into_iter().min() }
}

/// How much of the minute's budget is left, or when some of it will be.
fn left(calls: &[Call], budget: i64, now: i64, limit: i64) -> Result<i64, i64> {
    // Of a call without an answer nobody knows when the source counted it, if its node died: at its limit at the latest.
    let counts_until = |c: &Call| c.answered_at.unwrap_or(c.sent_at + limit) + PERIOD_MS;
    let counted = calls.iter().filter(|c| counts_until(c) > now);
    let spent: i64 = counted.clone().map(|c| c.spent).sum();
    if spent < budget {
        return Ok(budget - spent);
    }
    Err(counted.map(counts_until).min().unwrap_or(now + PERIOD_MS))
}

async fn spent_since(tx: &mut Tx, name: &str, minute: i64) -> Result<i64, Error> {
    let row = tx.shared().fetch_one(store::SPENT_SINCE, args![name, minute]).await?;
    Ok(row.get::<Option<i64>>("n")?.unwrap_or(0))
}

/// Spends on a call, before it is sent: a crash in between wastes budget, but never passes it. Returns the call's id.
pub(super) async fn spend(cx: &Cx, tx: &mut Tx, source: &RegisterSource, codes: i64) -> Result<i64, Error> {
    let (id, now) = (cx.id(), cx.now_ms());
    let spent = match source.limits.counts {
        Counts::Codes => codes,
        Counts::Calls => 1,
    };
    let tx = tx.shared();
    tx.execute(store::SPEND, args![id, source.name.as_str(), now, spent]).await?;
    tx.execute(store::FORGET_CALLS, args![source.name.as_str(), now - 600_000]).await?;
    Ok(id)
}

/// How long a call may take before it is given up, as the database counts it.
pub(super) fn call_limit_ms(source: &RegisterSource) -> i64 {
    i64::try_from(source.limits.call_limit.as_millis()).unwrap_or(60_000) + 5_000
}

/// How long a source is left alone after so many failures in a row; an accident now and then costs nothing.
pub(super) fn pause_ms(failures: i64) -> Option<i64> {
    (failures >= BREAKS_AT).then(|| (FIRST_PAUSE_MS << (failures - BREAKS_AT).clamp(0, 6)).min(LONGEST_PAUSE_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(sent_at: i64, answered_at: Option<i64>, spent: i64) -> Call {
        Call { sent_at, answered_at, spent }
    }

    #[test]
    fn a_call_counts_until_a_minute_after_its_answer() {
        let calls = [call(0, Some(4_000), 40), call(10_000, Some(10_100), 20)];
        assert_eq!(left(&calls, 60, 20_000, 25_000), Err(64_250));
        assert_eq!(left(&calls, 60, 64_250, 25_000), Ok(40));
        assert_eq!(left(&calls, 61, 20_000, 25_000), Ok(1));
    }

    #[test]
    fn a_call_whose_node_died_counts_from_its_limit() {
        let calls = [call(0, None, 60)];
        assert_eq!(left(&calls, 60, 80_000, 25_000), Err(85_250));
        assert_eq!(left(&calls, 60, 85_250, 25_000), Ok(60));
    }

    #[test]
    fn isolated_failures_cost_no_pause() {
        let pauses: Vec<_> = (0..8).map(pause_ms).collect();
        let expected = [None, None, None, Some(5_000), Some(10_000), Some(20_000), Some(30_000), Some(30_000)];
        assert_eq!(pauses, expected);
    }
}
