//! What a source last said about a firm, for those who are content with that: committenti, and the portal itself.

use italia::FiscalCode;
use jiff::Timestamp;

use super::model::QueueLane;
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
        /// Questions before it in its lane.
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
    let _ = (cx, code);
    Ok(None)
}

/// Has a source asked about a firm, for nobody who waits at a page; its answer becomes the last good one.
///
/// # Errors
/// [`Error::Store`].
pub async fn wish(cx: &Cx, tx: &mut Tx, code: &FiscalCode, lane: QueueLane) -> Result<Wish, Error> {
    let _ = (cx, tx, code, lane);
    Ok(Wish::NoSource)
}
