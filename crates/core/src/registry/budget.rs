//! How much may be asked of a source at this moment.

use ::store::args;

use super::claim::Question;
use super::minutes::{self, Minute};
use super::source::{Counts, Mode, RegisterSource, State};
use super::store;
use crate::error::Error;
use crate::{Cx, Tx, row};

/// The period of the budget. A call counts from when it is sent until this long after its answer: whenever in between the
/// source counted it, its own minute is over. The quarter of a second is for the clocks of our nodes, which may differ.
pub(super) const PERIOD_MS: i64 = 60_250;
const DAY_MINUTES: i64 = 24 * 60 + 1;
/// So many failures in a row are no accident, not even at a source that fails one question in ten: it is left alone, then
/// asked one question at a time.
pub(super) const BREAKS_AT: i64 = 5;
/// What is free may stay so for this long while more of it comes free: codes that are asked for together come free
/// together, and many small questions are many chances to fail.
const GATHER_MS: i64 = 1_000;
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
    /// The same; a question about more of them is allowed very soon.
    Few {
        /// So many now.
        codes: usize,
        /// More then (milliseconds since 1970).
        more_at: i64,
    },
    /// None until then (milliseconds since 1970).
    Until(i64),
    /// None until an administrator resumes.
    Paused,
}

impl Allowance {
    /// How many codes may be asked for now.
    pub(super) fn codes(self) -> Option<usize> {
        match self {
            Self::Codes(codes) | Self::Few { codes, .. } => Some(codes),
            Self::Until(_) | Self::Paused => None,
        }
    }

    /// What it means while so many wait: if they are more than may be asked for now, they are asked for when there is more.
    pub(super) fn for_so_many(self, waiting: usize) -> Self {
        match self {
            Self::Few { codes, more_at } if waiting > codes => Self::Until(more_at),
            other => other,
        }
    }
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
    let held = state.blocked_until.max(state.spent_until);
    if held > now {
        return Ok(Allowance::Until(held));
    }
    let limit = call_limit_ms(source);
    let calls: Vec<Call> = tx.shared().list(store::CALLS, args![source.name.as_str(), now - PERIOD_MS - limit]).await?;
    if let Some(at) = crowded(&calls, source, state, now, limit) {
        return Ok(Allowance::Until(at));
    }
    let budget = i64::from(state.budget(Some(source)));
    let of_minute = match left(&calls, budget, now, limit) {
        Ok(free) => free,
        Err(at) => return Ok(Allowance::Until(at)),
    };
    let mut free = of_minute;
    if let Some(daily) = state.daily(Some(source)) {
        let minute = now / 60_000;
        let spent = spent_since(tx, &source.name, minute - DAY_MINUTES).await?;
        free = free.min(i64::from(daily) - spent);
        if free <= 0 {
            return Ok(Allowance::Until((minute + 1) * 60_000));
        }
    }
    let batch = if state.failures >= BREAKS_AT { 1 } else { i64::from(source.limits.batch.max(1)) };
    let codes = |number: i64| usize::try_from(number).unwrap_or(1);
    Ok(match source.limits.counts {
        Counts::Calls => Allowance::Codes(codes(batch)),
        // What comes free of the minute is of no use to whoever has spent the day.
        Counts::Codes if free >= batch || free < of_minute => Allowance::Codes(codes(free.min(batch))),
        Counts::Codes => match soon(&calls, free, now, limit) {
            Some(more_at) => Allowance::Few { codes: codes(free), more_at },
            None => Allowance::Codes(codes(free)),
        },
    })
}

/// Until when too many questions are under way.
fn crowded(calls: &[Call], source: &RegisterSource, state: &State, now: i64, limit: i64) -> Option<i64> {
    let most = if state.failures >= BREAKS_AT { 1 } else { source.limits.in_flight.max(1) as usize };
    let under_way = calls.iter().filter(|c| c.answered_at.is_none() && c.sent_at + limit > now);
    let ends: Vec<i64> = under_way.map(|c| c.sent_at + limit).collect();
    if ends.len() < most { None } else { ends.into_iter().min() }
}

impl Call {
    /// Of a call without an answer nobody knows when the source counted it, if its node died: at its limit at the latest.
    fn counts_until(&self, limit: i64) -> i64 {
        self.answered_at.unwrap_or(self.sent_at + limit) + PERIOD_MS
    }
}

/// How much of the minute's budget is left, or when some of it will be.
fn left(calls: &[Call], budget: i64, now: i64, limit: i64) -> Result<i64, i64> {
    let counted = calls.iter().filter(|c| c.counts_until(limit) > now);
    let spent: i64 = counted.clone().map(|c| c.spent).sum();
    if spent < budget {
        return Ok(budget - spent);
    }
    Err(counted.map(|c| c.counts_until(limit)).min().unwrap_or(now + PERIOD_MS))
}

/// When more of the minute's budget comes free, if what is `free` need not stay so for long until then.
fn soon(calls: &[Call], free: i64, now: i64, limit: i64) -> Option<i64> {
    let until = |call: &Call| call.counts_until(limit);
    let next = calls.iter().map(until).filter(|at| *at > now).min()?;
    let mut past: Vec<&Call> = calls.iter().filter(|call| until(call) <= now).collect();
    past.sort_by_key(|call| std::cmp::Reverse(until(call)));
    // What came free last is spent last: going back as far as what is free reaches, one comes to since when it is.
    let mut back = 0;
    let since = past.into_iter().find(|call| {
        back += call.spent;
        back >= free
    });
    since.map(until).filter(|since| next - since <= GATHER_MS).map(|_| next)
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

/// Gives back what was spent on a question that was never asked, because the door stayed shut: the source counted nothing.
pub(super) async fn give_back(tx: &mut Tx, source: &RegisterSource, question: &Question) -> Result<(), Error> {
    tx.shared().execute(store::UNSPEND, args![question.call]).await?;
    for item in &question.items {
        let less = Minute { spent: -1, ..Minute::default() };
        minutes::count(tx, &source.name, item.asked.lane, question.spent_at, less).await?;
    }
    Ok(())
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
    fn what_is_free_waits_a_second_for_what_comes_free() {
        let calls: Vec<Call> = (0..5).map(|n| call(n * 400, Some(n * 400), 1)).collect();
        // They come free at 60,250 and every 400 ms after.
        assert_eq!(soon(&calls, 1, 60_250, 25_000), Some(60_650));
        assert_eq!(soon(&calls, 2, 60_650, 25_000), Some(61_050));
        assert_eq!(soon(&calls, 3, 61_050, 25_000), None, "the first of them has waited long enough");
        assert_eq!(soon(&calls, 1, 61_050, 25_000), Some(61_450), "the others were spent");
        assert_eq!(soon(&calls, 1, 61_850, 25_000), None, "no more comes");
        assert_eq!(soon(&calls, 30, 60_250, 25_000), None, "it was free before");
        let few = Allowance::Few { codes: 2, more_at: 61_250 };
        assert_eq!(few.for_so_many(2), few, "nobody would gain by it");
        assert_eq!(few.for_so_many(3), Allowance::Until(61_250));
    }

    #[test]
    fn isolated_failures_cost_no_pause() {
        let pauses: Vec<_> = (BREAKS_AT - 2..BREAKS_AT + 5).map(pause_ms).collect();
        let expected = [None, None, Some(5_000), Some(10_000), Some(20_000), Some(30_000), Some(30_000)];
        assert_eq!(pauses, expected);
    }
}
