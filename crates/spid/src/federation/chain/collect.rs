//! The walk from a leaf to the anchor.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use super::super::client::{CallError, Client};
use super::super::entity::EntityId;
use super::super::fault::Remedy;
use super::super::statement::{EntityStatement, StatementError};
use super::{ChainError, TrustAnchor, TrustChain};
use crate::fetch::Fetch;

/// No chain was found.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// An endpoint gave no usable answer.
    #[error("the federation could not be asked")]
    Call(#[from] CallError),
    /// An entity's configuration is not accepted.
    #[error("the configuration of {entity} is not accepted")]
    Configuration {
        /// Whose.
        entity: EntityId,
        /// Why.
        #[source]
        cause: StatementError,
    },
    /// A way to the anchor was found, but the chain does not hold.
    #[error("the trust chain of {subject} does not hold")]
    Chain {
        /// Whose.
        subject: EntityId,
        /// Why.
        #[source]
        cause: ChainError,
    },
    /// No superior leads to the anchor.
    #[error("no superior of {0} leads to the trust anchor")]
    NoWay(EntityId),
    /// An entity names more superiors than are followed.
    #[error("{0} names more superiors than are followed")]
    TooManyHints(EntityId),
}

impl CollectError {
    /// What to tell the user.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Call(error) => error.remedy(),
            Self::Chain { cause, .. } => cause.remedy(),
            Self::Configuration { cause: StatementError::Time(_), .. } => Remedy::TryLater,
            Self::Configuration { .. } => Remedy::Refuse,
            Self::NoWay(_) | Self::TooManyHints(_) => Remedy::TellOperator,
        }
    }
}

/// An entity on the way, with its configuration as a signpost.
struct Step {
    jwt: String,
    statement: EntityStatement,
}

/// Finds the shortest chain from `subject` to `anchor` that holds, asking superiors in the order in which they are named.
///
/// # Errors
/// [`CollectError`]: the first thing that went wrong on any way, or that there is none.
pub async fn collect<F: Fetch>(
    client: &mut Client<'_, F>,
    subject: &EntityId,
    anchor: &TrustAnchor,
) -> Result<TrustChain, CollectError> {
    let mut seen = BTreeSet::from([subject.clone()]);
    let mut ways = VecDeque::from([vec![step(client, subject).await?]]);
    let mut problem = None;
    while let Some(way) = ways.pop_front() {
        let hints = &way[way.len() - 1].statement.authority_hints;
        if hints.len() > client.limits.authority_hints {
            return Err(CollectError::TooManyHints(way[way.len() - 1].statement.subject.clone()));
        }
        if hints.contains(&anchor.id) {
            match climb(client, &way, anchor).await {
                Ok(chain) => return Ok(chain),
                Err(error) => note(&mut problem, error)?,
            }
        }
        if way.len() >= client.limits.depth {
            continue;
        }
        for hint in hints.iter().filter(|hint| **hint != anchor.id) {
            // Whoever stands on the machine's own loopback belongs to a federation that is there as a whole.
            if hint.is_loopback() != anchor.id.is_loopback() || !seen.insert(hint.clone()) {
                continue;
            }
            match step(client, hint).await {
                Ok(next) => ways.push_back(way.iter().cloned().chain([next]).collect()),
                Err(error) => note(&mut problem, error)?,
            }
        }
    }
    Err(problem.unwrap_or_else(|| CollectError::NoWay(subject.clone())))
}

/// Remembers the first problem, and gives up when the budget is spent.
fn note(problem: &mut Option<CollectError>, error: CollectError) -> Result<(), CollectError> {
    if matches!(error, CollectError::Call(CallError::Spent(_))) {
        return Err(error);
    }
    problem.get_or_insert(error);
    Ok(())
}

async fn step<F: Fetch>(client: &mut Client<'_, F>, entity: &EntityId) -> Result<Arc<Step>, CollectError> {
    let jwt = client.configuration(entity).await?;
    let statement = EntityStatement::verify_configuration(&jwt, entity, client.now())
        .map_err(|cause| CollectError::Configuration { entity: entity.clone(), cause })?;
    Ok(Arc::new(Step { jwt, statement }))
}

/// Asks each superior about the one below and puts the chain together.
async fn climb<F: Fetch>(
    client: &mut Client<'_, F>,
    way: &[Arc<Step>],
    anchor: &TrustAnchor,
) -> Result<TrustChain, CollectError> {
    let top = step(client, &anchor.id).await?;
    let mut statements = vec![way[0].jwt.clone()];
    for (at, below) in way.iter().enumerate() {
        let superior = way.get(at + 1).unwrap_or(&top);
        statements.push(client.subordinate(&superior.statement, &below.statement.subject).await?);
    }
    statements.push(top.jwt.clone());
    let subject = &way[0].statement.subject;
    TrustChain::verify(statements, subject, anchor, client.now())
        .map_err(|cause| CollectError::Chain { subject: subject.clone(), cause })
}
