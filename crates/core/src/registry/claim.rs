//! What is asked next: claimed, and paid for out of the budget, before it is sent.

use ::store::args;
use italia::FiscalCode;

use super::answers::Asked;
use super::budget::{self, Allowance};
use super::lanes::{self, Line, Taken, Waiting};
use super::minutes::{self, Minute};
use super::model::QueueLane;
use super::source::{self, LaneState, RegisterSource, State};
use super::store;
use crate::access::Operation;
use crate::error::Error;
use crate::{Cx, Tx, row};

/// A question that is asked.
#[derive(Clone, Debug)]
pub(super) struct Question {
    /// What was spent on it, and when, in milliseconds since 1970.
    pub(super) call: i64,
    pub(super) spent_at: i64,
    pub(super) items: Vec<Item>,
}

/// One code of it.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) asked: Asked,
    pub(super) code: FiscalCode,
    pub(super) attempts: i64,
}

/// What there is to do.
pub(super) enum Next {
    /// This is asked now.
    Ask(Question),
    /// Nothing before then (milliseconds since 1970).
    At(i64),
    /// Nothing waits, or nothing may be asked until somebody resumes.
    Nothing,
}

row! {
    /// From when on there is something to do for questions in each state, in milliseconds since 1970.
    #[derive(Default)]
    struct Due { waiting: Option<i64>, listed: Option<i64>, asked: Option<i64> }
}

/// Claims what is asked next.
pub(super) async fn next(cx: &Cx, source: &RegisterSource) -> Result<Next, Error> {
    let mut tx = cx.begin(Operation::LookUp).await?;
    let mut state = source::hold(&mut tx, &source.name).await?;
    let now = cx.now_ms();
    tx.shared().execute(store::GIVE_UP, args![source.name.as_str(), now]).await?;
    let due: Due = tx.shared().find(store::NEXT_AT, args![source.name.as_str()]).await?.unwrap_or_default();
    let mut allowed = budget::allowance(cx, &mut tx, source, &state).await?;
    if let (Some(most), Some(_)) = (allowed.codes(), due.waiting.filter(|at| *at <= now)) {
        let mut lines = lines(cx, &mut tx, source, most + 1).await?;
        allowed = allowed.for_so_many(lines.iter().map(Line::waiting).sum());
        if allowed.codes().is_some() {
            let taken = lanes::take(&mut lines, most, &mut state.pass);
            if !taken.is_empty() {
                let question = pay(cx, &mut tx, source, &state, &lines, taken).await?;
                tx.commit_unaudited().await?;
                return Ok(Next::Ask(question));
            }
        }
    }
    tx.commit_unaudited().await?;
    Ok(later(&state, &due, allowed, now))
}

/// When there is something to do.
fn later(state: &State, due: &Due, allowed: Allowance, now: i64) -> Next {
    let waiting = due.waiting.and_then(|at| match allowed {
        Allowance::Until(until) => Some(until.max(at)),
        // Either it waits for its own time, or the source drains and has nothing more to ask.
        Allowance::Codes(_) | Allowance::Few { .. } => (at > now).then_some(at),
        Allowance::Paused => None,
    });
    // Whoever is told to wait waits with everything.
    let listed = due.listed.map(|at| at.max(state.blocked_until));
    [waiting, listed, due.asked].into_iter().flatten().min().map_or(Next::Nothing, Next::At)
}

async fn lines(cx: &Cx, tx: &mut Tx, source: &RegisterSource, most: usize) -> Result<Vec<Line>, Error> {
    let tx = tx.shared();
    let states: Vec<LaneState> = tx.list(store::HOLD_LANES, args![source.name.as_str()]).await?;
    let limit = i64::try_from(most).unwrap_or(1);
    let mut lines = Vec::new();
    for state in &states {
        let Some(lane) = QueueLane::of(&state.lane) else { continue };
        let end = state.drains_to.unwrap_or(i64::MAX);
        let next = args![source.name.as_str(), lane.key(), end, cx.now_ms(), limit];
        let waiting: Vec<Waiting> = tx.list(store::NEXT, next).await?;
        lines.push(Line::new(source, lane, state, waiting));
    }
    Ok(lines)
}

/// Marks what was taken as asked and spends for it.
async fn pay(
    cx: &Cx,
    tx: &mut Tx,
    source: &RegisterSource,
    state: &State,
    lines: &[Line],
    taken: Vec<Taken>,
) -> Result<Question, Error> {
    let now = cx.now_ms();
    let given_up = now + budget::call_limit_ms(source);
    let mut items = Vec::new();
    for Taken { lane, waiting } in taken {
        tx.shared().execute(store::ASKED, args![waiting.id, given_up]).await?;
        let Ok(code) = FiscalCode::parse(&waiting.code) else {
            // Not "no": the question itself is broken, and somebody has to look at it.
            tracing::error!(question = waiting.id, "a stored question cannot be read");
            let back = args![waiting.id, "the question cannot be read", now + 3_600_000, true];
            tx.shared().execute(store::BACK, back).await?;
            continue;
        };
        let Waiting { id, missed, created_at, attempts, .. } = waiting;
        items.push(Item { asked: Asked { id, lane, missed, created_at }, code, attempts: attempts + 1 });
    }
    let call = budget::spend(cx, tx, source, i64::try_from(items.len()).unwrap_or(1)).await?;
    tx.shared().execute(store::STANDS, args![source.name.as_str(), state.pass]).await?;
    for line in lines.iter().filter(|l| l.asked > 0) {
        let moved = args![source.name.as_str(), line.lane.key(), line.taken, line.pass];
        tx.shared().execute(store::TAKEN, moved).await?;
        minutes::count(tx, &source.name, line.lane, now, Minute { spent: line.asked, ..Minute::default() }).await?;
    }
    Ok(Question { call, spent_at: now, items })
}
