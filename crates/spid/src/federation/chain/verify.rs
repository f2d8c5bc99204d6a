//! The verdict on a chain.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::entity::EntityId;
use super::super::fault::Remedy;
use super::super::jose::JwkSet;
use super::super::json::{ClaimError, Members as _, Object};
use super::super::policy::{MetadataPolicy, PolicyError, check_critical};
use super::super::statement::{EntityStatement, StatementError};
use super::super::trust_mark::{Issuers, TrustMark};
use super::{ConstraintError, Constraints, TrustAnchor, TrustMarkRule};

/// The most statements of a chain.
const LONGEST: usize = 10;

/// A chain that was verified, and what follows from it. To be kept by the caller until it [expires](Self::expires) and,
/// with its statements, for the 24 months that the Italian rules demand.
///
/// Whoever reads one back from a store trusts the store: [`TrustChain::verify`] makes it anew from its statements.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TrustChain {
    statements: Vec<String>,
    subject: EntityId,
    anchor: EntityId,
    expires: Timestamp,
    metadata: Object,
    trust_marks: Vec<TrustMark>,
}

/// A chain that does not hold.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// Too few or too many statements, or one entity twice.
    #[error("the statements are no chain")]
    Form,
    /// A statement is not accepted.
    #[error("statement {at} of the chain, counted from the subject, is not accepted")]
    Statement {
        /// Which: 0 is the subject's own configuration.
        at: usize,
        /// Why.
        #[source]
        cause: StatementError,
    },
    /// The subject does not know the superior that vouches for it.
    #[error("the subject does not name {0} as its superior")]
    Hint(EntityId),
    /// A bound is broken.
    #[error("a superior's constraint is broken")]
    Constraint(#[from] ConstraintError),
    /// Policies contradict one another or the metadata.
    #[error("the metadata policy of {entity_type} fails")]
    Policy {
        /// Of which entity type.
        entity_type: String,
        /// Why.
        #[source]
        cause: PolicyError,
    },
    /// Metadata of another shape.
    #[error("the metadata cannot be read")]
    Metadata(#[from] ClaimError),
    /// No trust mark that is recognised.
    #[error("the subject has no trust mark that is recognised")]
    NoTrustMark,
}

impl ChainError {
    /// What to tell the user.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Statement { cause: StatementError::Time(_), .. } => Remedy::TryLater,
            Self::Statement { .. } | Self::Form => Remedy::Refuse,
            _ => Remedy::TellOperator,
        }
    }
}

impl TrustChain {
    /// Verifies statements in the order of section 4: the subject's configuration, the statement about the subject, those
    /// about each superior, and the anchor's configuration.
    ///
    /// # Errors
    /// [`ChainError`] for the first thing that does not hold.
    pub fn verify(
        statements: Vec<String>,
        subject: &EntityId,
        anchor: &TrustAnchor,
        now: Timestamp,
    ) -> Result<Self, ChainError> {
        let links = Links::verify(&statements, subject, anchor, now)?;
        let mut metadata = links.metadata()?;
        for (at, bounds) in links.constraints() {
            bounds.check(&links.entities[at + 1..])?;
            bounds.restrict(&mut metadata);
        }
        links.apply_policies(&mut metadata)?;
        let trust_marks = links.trust_marks(now);
        let mut expires = links.expires();
        if anchor.trust_marks == TrustMarkRule::AtLeastOne {
            let last = trust_marks.iter().map(|mark| mark.expires.unwrap_or(Timestamp::MAX)).max();
            expires = expires.min(last.ok_or(ChainError::NoTrustMark)?);
        }
        Ok(Self { statements, subject: subject.clone(), anchor: anchor.id.clone(), expires, metadata, trust_marks })
    }

    /// Whom the chain is about.
    #[must_use]
    pub fn subject(&self) -> &EntityId {
        &self.subject
    }

    /// The anchor from which the trust comes.
    #[must_use]
    pub fn anchor(&self) -> &EntityId {
        &self.anchor
    }

    /// When the first of its statements ends.
    #[must_use]
    pub fn expires(&self) -> Timestamp {
        self.expires
    }

    /// Whether it still holds.
    #[must_use]
    pub fn is_valid_at(&self, now: Timestamp) -> bool {
        now < self.expires
    }

    /// The subject's metadata of one entity type, with all policies applied.
    #[must_use]
    pub fn metadata(&self, entity_type: &str) -> Option<&Object> {
        self.metadata.get(entity_type).and_then(Value::as_object)
    }

    /// The subject's metadata of every entity type that it may have, with all policies applied.
    #[must_use]
    pub fn all_metadata(&self) -> &Object {
        &self.metadata
    }

    /// The subject's trust marks that were recognised; any other is left out.
    #[must_use]
    pub fn trust_marks(&self) -> &[TrustMark] {
        &self.trust_marks
    }

    /// The statements, subject first.
    #[must_use]
    pub fn statements(&self) -> &[String] {
        &self.statements
    }
}

/// The statements of a chain after their signatures were verified.
struct Links {
    /// The anchor's own configuration.
    anchor: EntityStatement,
    /// What each superior says about the next, from the anchor down.
    below: Vec<EntityStatement>,
    /// The subject's own configuration.
    leaf: EntityStatement,
    /// The anchor, the intermediates, the subject.
    entities: Vec<EntityId>,
}

impl Links {
    fn verify(
        statements: &[String],
        subject: &EntityId,
        anchor: &TrustAnchor,
        now: Timestamp,
    ) -> Result<Self, ChainError> {
        if !(3..=LONGEST).contains(&statements.len()) {
            return Err(ChainError::Form);
        }
        let wrong = |at| move |cause| ChainError::Statement { at, cause };
        let top = statements.len() - 1;
        let own = EntityStatement::verify(&statements[top], &anchor.id, &anchor.id, &anchor.keys, now);
        let own = own.map_err(wrong(top))?;
        let (mut keys, mut entities, mut below) = (own.keys.clone(), vec![anchor.id.clone()], Vec::new());
        for at in (1..top).rev() {
            let issuer = &entities[entities.len() - 1];
            let about = if at == 1 { subject.clone() } else { subject_of(&statements[at]).map_err(wrong(at))? };
            let link = EntityStatement::verify(&statements[at], issuer, &about, &keys, now).map_err(wrong(at))?;
            if entities.contains(&about) {
                return Err(ChainError::Form);
            }
            keys = link.keys.clone();
            entities.push(about);
            below.push(link);
        }
        let leaf = EntityStatement::verify(&statements[0], subject, subject, &keys, now).map_err(wrong(0))?;
        let superior = &entities[entities.len() - 2];
        if leaf.authority_hints.contains(superior) {
            Ok(Self { anchor: own, below, leaf, entities })
        } else {
            Err(ChainError::Hint(superior.clone()))
        }
    }

    fn expires(&self) -> Timestamp {
        let all = self.below.iter().chain([&self.anchor]).map(|statement| statement.expires);
        all.fold(self.leaf.expires, Ord::min)
    }

    /// Every set of bounds, with the place in `entities` of whoever set it. The Italian anchor states its own in its
    /// configuration.
    fn constraints(&self) -> impl Iterator<Item = (usize, &Constraints)> {
        let own = [(0, &self.anchor.constraints)];
        own.into_iter().chain(self.below.iter().map(|statement| &statement.constraints).enumerate())
    }

    /// What the subject says of itself, corrected by its immediate superior (section 6.1.4.2).
    fn metadata(&self) -> Result<Object, ClaimError> {
        let mut metadata = self.leaf.metadata.clone();
        let corrections = self.below.last().into_iter().flat_map(|statement| &statement.metadata);
        for (kind, correction) in corrections {
            let correction = correction.as_object().ok_or(ClaimError::Shape("metadata"))?;
            if let Some(Value::Object(own)) = metadata.get_mut(kind) {
                own.extend(correction.clone());
            }
        }
        Ok(metadata)
    }

    /// Merges the policies of every entity type, also of those that the subject does not have: superiors that contradict
    /// one another make no chain.
    fn apply_policies(&self, metadata: &mut Object) -> Result<(), ChainError> {
        let mut kinds: BTreeSet<&String> = metadata.keys().collect();
        kinds.extend(self.below.iter().flat_map(|statement| statement.metadata_policy.keys()));
        let mut policies = Vec::new();
        for kind in kinds {
            let policy = self.policy(kind);
            let policy = policy.map_err(|cause| ChainError::Policy { entity_type: kind.clone(), cause })?;
            policies.push((kind.clone(), policy));
        }
        for (kind, policy) in policies {
            let Some(value) = metadata.get_mut(&kind) else { continue };
            let object = value.as_object_mut().ok_or(ClaimError::Shape("metadata"))?;
            policy.apply(object).map_err(|cause| ChainError::Policy { entity_type: kind, cause })?;
        }
        Ok(())
    }

    /// The policies of one entity type, merged from the anchor down.
    fn policy(&self, kind: &str) -> Result<MetadataPolicy, PolicyError> {
        let mut merged = MetadataPolicy::default();
        for statement in &self.below {
            check_critical(&statement.critical_operators)?;
            if let Some(policy) = statement.metadata_policy.get(kind) {
                merged = merged.merge(MetadataPolicy::read(policy.as_object().ok_or(PolicyError::Form)?)?)?;
            }
        }
        Ok(merged)
    }

    /// The subject's marks that hold; keys are those of the anchor and of the intermediates, as vouched for.
    fn trust_marks(&self, now: Timestamp) -> Vec<TrustMark> {
        let above = self.below.len() - 1;
        let mut keys: Vec<(EntityId, JwkSet)> = vec![(self.anchor.subject.clone(), self.anchor.keys.clone())];
        keys.extend(self.below[..above].iter().map(|link| (link.subject.clone(), link.keys.clone())));
        let (allowed, owned) = (&self.anchor.trust_mark_issuers, &self.anchor.trust_mark_owners);
        let issuers = Issuers { allowed, owned, keys: &keys };
        let marks = self.leaf.trust_marks.iter().chain(&self.below[above].trust_marks);
        let mut verified: Vec<TrustMark> =
            marks.filter_map(|mark| TrustMark::verify(mark, &self.leaf.subject, &issuers, now).ok()).collect();
        verified.dedup();
        verified
    }
}

/// Whom a statement is about, to know what to verify it as.
fn subject_of(jwt: &str) -> Result<EntityId, StatementError> {
    let statement = super::super::jose::Unverified::parse(jwt)?;
    Ok(EntityId::parse(statement.claims().text("sub")?)?)
}
