//! The switches of the node.

use serde::{Deserialize, Serialize};

use super::outcome::Outcome;

/// What visitors and tests can change while the node runs; also JSON at `control`.
///
/// A `POST` may name only the switches it changes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NodeControl {
    /// What the button "pay" does when the visitor chooses nothing else.
    pub default_outcome: Outcome,
    /// How much later every receipt leaves, in seconds of the world's clock. An outcome that says more wins.
    pub receipt_delay_seconds: u32,
    /// How many more copies of every receipt are sent than its outcome says.
    pub duplicates: u32,
    /// Whether the node is out of order: carts get status 503, nothing can be paid, receipts wait.
    pub node_down: bool,
    /// How many milliseconds of real time every page and every cart takes longer.
    pub slow_milliseconds: u32,
}

impl NodeControl {
    /// Changes the switches that `patch`, a JSON object, names.
    pub(super) fn patched(&self, patch: &[u8]) -> Result<Self, serde_json::Error> {
        let patch: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(patch)?;
        let mut whole = serde_json::to_value(self)?;
        if let Some(object) = whole.as_object_mut() {
            object.extend(patch);
        }
        serde_json::from_value(whole)
    }
}
