//! How questions arrive: one for each code at a source, however many ask it.

use ::store::args;
use italia::FiscalCode;

use super::drain::Drain;
use super::minutes::{self, Minute};
use super::model::QueueLane;
use super::source::{self, LaneState};
use super::store;
use crate::error::Error;
use crate::jobs::{self, Schedule};
use crate::{Cx, Tx, row};

row! {
    struct Open { id: i64, lane: String, state: String }
}

/// Joins the open question about a code, or makes one, and returns its id. Whoever waits at a page takes a question along
/// that committenti or nobody waited for.
///
/// Locks are taken in one order everywhere: source, lanes by name, questions, minutes, jobs.
pub(super) async fn join(cx: &Cx, tx: &mut Tx, source: &str, code: &FiscalCode, lane: QueueLane) -> Result<i64, Error> {
    loop {
        let found: Option<Open> = tx.shared().find(store::OPEN, args![source, code.as_str()]).await?;
        let lower = found.as_ref().filter(|q| q.state == "waiting").and_then(|q| QueueLane::of(&q.lane));
        let lower = lower.filter(|other| *other > lane);
        let place = hold(tx, source, lane, lower).await?;
        if let Some(question) = found {
            if let Some(lower) = lower {
                promote(tx, source, question.id, lower, lane, &place).await?;
            }
            if tx.shared().execute(store::JOIN, args![question.id]).await? == 1 {
                return Ok(question.id);
            }
            // It was answered in between.
            continue;
        }
        let id = cx.id();
        let number = place.arrived + 1;
        let new = args![id, source, code.as_str(), lane.key(), number, cx.now_ms()];
        if tx.shared().execute(store::NEW, new).await? == 1 {
            tx.shared().execute(store::ARRIVED, args![source, lane.key(), number]).await?;
            minutes::count(tx, source, lane, cx.now_ms(), Minute { arrived: 1, ..Minute::default() }).await?;
            return Ok(id);
        }
    }
}

/// Whether somebody asks about a code already.
pub(super) async fn is_asked(tx: &mut Tx, source: &str, code: &FiscalCode) -> Result<bool, Error> {
    let open: Option<Open> = tx.shared().find(store::OPEN, args![source, code.as_str()]).await?;
    Ok(open.is_some())
}

/// Holds the lane, and the other one if a question leaves it.
async fn hold(tx: &mut Tx, source: &str, lane: QueueLane, other: Option<QueueLane>) -> Result<LaneState, Error> {
    let mut lanes: Vec<&str> = [Some(lane), other].into_iter().flatten().map(QueueLane::key).collect();
    lanes.sort_unstable();
    let mut held = None;
    for name in lanes {
        tx.shared().execute(store::ENSURE_LANE, args![source, name]).await?;
        let state: Option<LaneState> = tx.shared().find(store::HOLD_LANE, args![source, name]).await?;
        held = if name == lane.key() { state } else { held };
    }
    held.ok_or(Error::Store(::store::Error::NoRow))
}

/// Moves a question that nobody has asked yet to the end of a better lane.
async fn promote(
    tx: &mut Tx,
    source: &str,
    question: i64,
    from: QueueLane,
    to: QueueLane,
    place: &LaneState,
) -> Result<(), Error> {
    let number = place.arrived + 1;
    let moved = args![question, to.key(), number, from.key()];
    if tx.shared().execute(store::PROMOTE, moved).await? == 1 {
        tx.shared().execute(store::ARRIVED, args![source, to.key(), number]).await?;
        tx.shared().execute(store::LEFT, args![source, from.key()]).await?;
    }
    Ok(())
}

/// Has a source's queue looked at now, in the name of the tenant that drives it. Without a source nobody does: the question
/// waits for one.
pub(super) async fn wake(cx: &Cx, tx: &mut Tx, source: &str) -> Result<(), Error> {
    let Some(tenant) = source::driver(&cx.app, source) else { return Ok(()) };
    let schedule = Schedule::now().unique(source).sooner();
    jobs::enqueue_for(cx, tx, &tenant.slug, &Drain { source: source.to_owned() }, schedule).await
}
