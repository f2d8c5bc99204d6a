//! What happened at a source in each minute.

use ::store::args;

use super::model::QueueLane;
use super::store;
use crate::Tx;
use crate::error::Error;

/// What is added to a minute.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Minute {
    pub(super) arrived: i64,
    pub(super) spent: i64,
    pub(super) answered: i64,
    pub(super) failed: i64,
    pub(super) waited_ms: i64,
}

pub(super) async fn count(tx: &mut Tx, source: &str, lane: QueueLane, now_ms: i64, add: Minute) -> Result<(), Error> {
    let minute = now_ms / 60_000;
    let args = args![source, lane.key(), minute, add.arrived, add.spent, add.answered, add.failed, add.waited_ms];
    tx.shared().execute(store::COUNT, args).await?;
    Ok(())
}
