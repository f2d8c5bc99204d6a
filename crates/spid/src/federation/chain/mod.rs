//! Trust chains: from an entity that nobody here knows, statement by statement, up to an anchor that the operator
//! configured (OpenID Federation 1.0 sections 4 and 10).
//!
//! *Invariants:* the anchor's keys come from the configuration and from nowhere else; every other key is vouched for by
//! the statement above it; a chain ends with the first of its statements to end. [`collect`] walks and fetches,
//! [`TrustChain::verify`] is pure and decides alone, also about chains that came from a cache or a resolver.

mod collect;
mod constraints;
mod verify;

pub use collect::{CollectError, collect};
pub use constraints::{ConstraintError, Constraints};
pub use verify::{ChainError, TrustChain};

use super::entity::EntityId;
use super::jose::JwkSet;

/// An entity that is trusted by configuration.
#[derive(Debug, Clone)]
pub struct TrustAnchor {
    /// Its name.
    pub id: EntityId,
    /// Its federation keys, obtained outside the federation.
    pub keys: JwkSet,
    /// Whether a chain needs a trust mark.
    pub trust_marks: TrustMarkRule,
}

/// Whether a chain's subject must have a trust mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrustMarkRule {
    /// At least one that is recognised: what a provider must ask of a relying party.
    AtLeastOne,
    /// None is needed: what a relying party may do for providers, some of which publish no mark.
    Optional,
}
