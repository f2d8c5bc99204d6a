//! How much may be asked of a source.

use ::store::args;

use super::store;
use crate::error::Error;
use crate::{Cx, Tx, row};

/// The period of the budget. A second longer than the minute that the register counts, because its clock and the way
/// there are not ours.
const PERIOD_MS: i64 = 61_000;

row! {
    /// The state of a source.
    #[derive(Clone, Debug)]
    pub(super) struct Source {
        pub(super) per_minute: Option<i64>,
        pub(super) paused: bool,
        pub(super) blocked_until: i64,
        pub(super) failures: i64,
        pub(super) last_answer_at: Option<i64>,
    }
}
row! {
    struct Call { at: i64, codes: i64 }
}

pub(super) async fn source(cx: &Cx, name: &str) -> Result<Source, Error> {
    let source = cx.find(store::SOURCE, args![name]).await?;
    Ok(source.unwrap_or(Source {
        per_minute: None,
        paused: false,
        blocked_until: 0,
        failures: 0,
        last_answer_at: None,
    }))
}

/// Look-ups a minute: what an administrator set, or what is configured.
pub(super) fn per_minute(cx: &Cx, source: &Source) -> u32 {
    let configured = cx.app.connections(&cx.tenant).and_then(|c| c.register.as_ref()).map_or(0, |r| r.per_minute);
    source.per_minute.and_then(|n| u32::try_from(n).ok()).unwrap_or(configured)
}

/// What the budget allows at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowance {
    /// So many look-ups.
    Codes(i64),
    /// None until then (milliseconds since 1970).
    Until(i64),
    /// None until an administrator resumes.
    Paused,
}

/// What may be asked now. Locks the source, so that two nodes do not spend the same budget.
pub(super) async fn allowance(cx: &Cx, tx: &mut Tx, name: &str) -> Result<Allowance, Error> {
    tx.execute(store::ENSURE_SOURCE, args![name]).await?;
    let Some(source) = tx.find::<Source>(store::LOCK_SOURCE, args![name]).await? else { return Ok(Allowance::Paused) };
    if source.paused {
        return Ok(Allowance::Paused);
    }
    let now = cx.now_ms();
    if source.blocked_until > now {
        return Ok(Allowance::Until(source.blocked_until));
    }
    let budget = i64::from(per_minute(cx, &source));
    let calls: Vec<Call> = tx.list(store::CALLS, args![name, now - PERIOD_MS]).await?;
    let spent: i64 = calls.iter().map(|c| c.codes).sum();
    if spent < budget {
        // A source that refuses large questions is asked smaller ones.
        let most = (super::drain::BATCH >> source.failures.clamp(0, 5)).max(1);
        return Ok(Allowance::Codes((budget - spent).min(most)));
    }
    let oldest = calls.first().map_or(now, |c| c.at);
    Ok(Allowance::Until(oldest + PERIOD_MS))
}

/// Spends so many look-ups.
pub(super) async fn spend(cx: &Cx, tx: &mut Tx, name: &str, codes: i64) -> Result<(), Error> {
    tx.execute(store::SPEND, args![cx.id(), name, cx.now_ms(), codes]).await?;
    tx.execute(store::FORGET_CALLS, args![name, cx.now_ms() - 24 * 3_600_000]).await?;
    Ok(())
}

/// The pause after so many failures in a row: 5 s, doubling, two minutes at most.
pub(super) fn pause_ms(failures: i64) -> i64 {
    (5_000 << failures.clamp(0, 6)).min(120_000)
}
