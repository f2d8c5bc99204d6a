//! Stages on which something is other than usual.

use std::sync::Arc;
use std::time::Duration;

use sportello_core::Parts;
use sportello_core::accounts::hashing::{Cost, HashPool};

use crate::Stage;
use crate::stage::PATIENT;

/// How long very many wait for an answer that does not come, in real time.
const IMPATIENT: Duration = Duration::from_millis(150);

impl Stage {
    /// The product for very many firms: passwords cost nothing, and no message leaves.
    pub async fn of_a_crowd(engine: &str) -> Self {
        let light = |parts: &mut Parts| {
            parts.hashing = HashPool::at(Cost::SIMULATED, 2);
            parts.handlers = crate::jobs::silent();
        };
        Self::build_from(engine, "2017-02-20T10:00", None, IMPATIENT, |_| {}, light).await
    }

    /// The product at a register at which so few questions of committenti may wait.
    pub async fn with_room_for(engine: &str, third_parties: u32) -> Self {
        let short = |parts: &mut Parts| {
            for source in parts.sources.values_mut() {
                Arc::get_mut(source).unwrap().limits.third_party_waiting = third_parties;
            }
        };
        Self::build_from(engine, "2017-02-20T10:00", None, PATIENT, |_| {}, short).await
    }
}
