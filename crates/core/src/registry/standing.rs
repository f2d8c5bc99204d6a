//! What a source last said about a firm, for those who are content with that: committenti, and the portal itself.

use ::store::args;
use italia::FiscalCode;
use jiff::Timestamp;

use super::model::QueueLane;
use super::source::{LaneState, RegisterSource, State};
use super::{answers, arrive, lanes, source, store};
use crate::error::Error;
use crate::{Cx, Tx};

/// What the source said when it last answered about a firm. Never an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnFile {
    /// Whether a certified address is on file.
    pub has_address: bool,
    /// When the source said so.
    pub at: Timestamp,
    /// Whether it may still be served without asking again (`serve_for_days`).
    pub fresh: bool,
}

/// What became of the wish that a source be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The question waits, or is under way; so many wait before it.
    Waiting {
        /// Questions before it in its lane, if it is the last.
        ahead: i64,
        /// About when it is answered; unknown while the source does not answer.
        minutes: Option<i64>,
    },
    /// Too many questions of this lane wait already, and nobody asks about this firm yet; nothing was enqueued.
    Full,
    /// The tenant has no source.
    NoSource,
}

/// The last good answer about a firm.
///
/// # Errors
/// [`Error::Store`].
pub async fn on_file(cx: &Cx, code: &FiscalCode) -> Result<Option<OnFile>, Error> {
    let name = source::name_of(cx);
    let Some(source) = cx.app.source(&name) else { return Ok(None) };
    let last = answers::last_outside(cx, &name, code).await?;
    Ok(last.map(|last| OnFile {
        has_address: last.on_file,
        at: last.at,
        fresh: cx.now().duration_since(last.at) < source.limits.serve_for,
    }))
}

/// Has a source asked about a firm, for nobody who waits at a page; its answer becomes the last good one.
///
/// # Errors
/// [`Error::Store`].
pub async fn wish(cx: &Cx, tx: &mut Tx, code: &FiscalCode, lane: QueueLane) -> Result<Wish, Error> {
    let name = source::name_of(cx);
    let Some(source) = cx.app.source(&name) else { return Ok(Wish::NoSource) };
    if is_full(tx, source, lane).await? && !arrive::is_asked(tx, &name, code).await? {
        return Ok(Wish::Full);
    }
    arrive::join(cx, tx, &name, code, lane).await?;
    arrive::wake(cx, tx, &name).await?;
    waiting(tx, source, lane).await
}

/// Whether the tenant's source is asked about a firm already, or will be.
///
/// # Errors
/// [`Error::Store`].
pub async fn is_asked(cx: &Cx, code: &FiscalCode) -> Result<bool, Error> {
    let open = args![source::name_of(cx), code.as_str()];
    Ok(cx.app.db().fetch_optional(store::OPEN, open).await?.is_some())
}

async fn is_full(tx: &mut Tx, source: &RegisterSource, lane: QueueLane) -> Result<bool, Error> {
    let most = i64::from(source.limits.third_party_waiting);
    let open = args![source.name.as_str(), lane.key(), most];
    Ok(tx.shared().fetch_one(store::WAITING_IN_LANE, open).await?.get::<i64>("n")? >= most)
}

/// Where the last of a lane stands, read in the transaction that holds the lane: with the lane's own share, which is the
/// longest that it takes.
async fn waiting(tx: &mut Tx, source: &RegisterSource, lane: QueueLane) -> Result<Wish, Error> {
    let tx = tx.shared();
    let state: State = tx.find(store::SOURCE, args![source.name.as_str()]).await?.unwrap_or_default();
    let lanes: Vec<LaneState> = tx.list(store::LANES, args![source.name.as_str()]).await?;
    let of = |lane: QueueLane| lanes.iter().find(|l| l.lane == lane.key());
    let share = |lane: QueueLane| lanes::share(source, lane, of(lane).and_then(|l| l.share));
    let ahead = of(lane).map_or(0, |l| (l.arrived - l.taken - 1).max(0));
    let all: i64 = QueueLane::ALL.into_iter().map(share).sum();
    let rate = i64::from(state.budget(Some(source))) * share(lane);
    let minutes = (state.answers() && rate > 0).then(|| (ahead + 1) * all / rate + 1);
    Ok(Wish::Waiting { ahead, minutes })
}
