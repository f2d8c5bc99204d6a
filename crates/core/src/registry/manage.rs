//! The brake and the pace in an administrator's hand.

use ::store::args;

use super::model::QueueLane;
use super::source::{self, Mode};
use super::{arrive, store};
use crate::Cx;
use crate::access::Operation;
use crate::error::Error;

/// What is changed about a source, without a restart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Whether it is asked.
    Mode(Mode),
    /// Look-ups a minute and a day; absent for what is configured.
    Budget {
        /// In any 60 seconds.
        per_minute: Option<u32>,
        /// In any 24 hours.
        per_day: Option<u32>,
    },
    /// A lane's share, in proportion to the others'; absent for what is configured.
    Share(QueueLane, Option<u32>),
}

/// Changes something about the tenant's source.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Store`].
pub async fn change(cx: &Cx, change: Change) -> Result<(), Error> {
    let name = source::name_of(cx);
    let name = name.as_str();
    let mut tx = cx.begin(Operation::ManageRegister).await?;
    tx.note("source", name);
    source::hold(&mut tx, name).await?;
    match change {
        Change::Mode(mode) => {
            tx.note("mode", mode.key());
            tx.shared().execute(store::SET_MODE, args![name, mode.key()]).await?;
            for lane in QueueLane::ALL {
                tx.shared().execute(store::ENSURE_LANE, args![name, lane.key()]).await?;
            }
            let limit = if mode == Mode::Draining { store::DRAIN_TO_HERE } else { store::DRAIN_NO_MORE };
            tx.shared().execute(limit, args![name]).await?;
        }
        Change::Budget { per_minute, per_day } => {
            tx.note("per_minute", per_minute).note("per_day", per_day);
            tx.shared().execute(store::SET_BUDGET, args![name, per_minute, per_day]).await?;
        }
        Change::Share(lane, share) => {
            tx.note("lane", lane.key()).note("share", share);
            tx.shared().execute(store::ENSURE_LANE, args![name, lane.key()]).await?;
            tx.shared().execute(store::SET_SHARE, args![name, lane.key(), share]).await?;
        }
    }
    arrive::wake(cx, &mut tx, name).await?;
    tx.commit().await
}
