//! What a source last said about a firm, for those who are content with that: committenti, and the portal itself.

use ::store::args;
use italia::FiscalCode;
use jiff::Timestamp;

use super::gauge::of_source;
use super::model::QueueLane;
use super::{answers, arrive, position, source, store};
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
    /// Too many questions of this lane wait already; nothing was enqueued.
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
    let open =
        tx.shared().fetch_one(store::WAITING_IN_LANE, args![name.as_str(), lane.key()]).await?.get::<i64>("n")?;
    if open >= i64::from(source.limits.third_party_waiting) {
        return Ok(Wish::Full);
    }
    arrive::join(cx, tx, &name, code, lane).await?;
    arrive::wake(cx, tx, &name).await?;
    let place = position::of_last(cx, &of_source(cx, &name).await?, lane);
    Ok(Wish::Waiting { ahead: place.ahead, minutes: place.minutes })
}
