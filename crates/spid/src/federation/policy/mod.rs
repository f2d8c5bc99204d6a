//! Metadata policies (OpenID Federation 1.0 section 6.1): what superiors allow, fill in and forbid in the metadata of
//! those below, merged from the trust anchor down and applied once.

mod apply;
mod combine;
mod merge;
mod operators;

pub use operators::Operators;

use std::collections::BTreeMap;

use super::json::Object;

/// The most parameters that a policy may speak of.
const MOST_PARAMETERS: usize = 256;

/// The policy of one entity type: operators by metadata parameter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MetadataPolicy(BTreeMap<String, Operators>);

/// A policy that cannot be read, merged or satisfied: the trust chain is invalid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// An operator's value is of a type that it does not take.
    #[error("the policy of {parameter} has an operator {operator} with a value of another shape")]
    Shape {
        /// The metadata parameter.
        parameter: String,
        /// The operator.
        operator: &'static str,
    },
    /// Two operators that contradict one another.
    #[error("the policy of {parameter} combines {first} and {second} in a way that is not allowed")]
    Combination {
        /// The metadata parameter.
        parameter: String,
        /// One operator.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// Two superiors that contradict one another.
    #[error("two superiors disagree on the {operator} of {parameter}")]
    Conflict {
        /// The metadata parameter.
        parameter: String,
        /// The operator.
        operator: &'static str,
    },
    /// The metadata is not what the policy demands.
    #[error("the metadata parameter {parameter} does not satisfy {operator}")]
    Unsatisfied {
        /// The metadata parameter.
        parameter: String,
        /// The operator.
        operator: &'static str,
    },
    /// An operator that must be understood and is not.
    #[error("the policy needs the operator {0:?}, which is not known here")]
    Unknown(String),
    /// Not an object of objects, or too large.
    #[error("the policy is not an object of operators, or is too large")]
    Form,
}

impl MetadataPolicy {
    /// Reads the policy of one entity type. Operators that are not known are passed over, as section 6.1.3.2 says.
    ///
    /// # Errors
    /// [`PolicyError`] when an operator has a wrong value, or two contradict one another.
    pub fn read(object: &Object) -> Result<Self, PolicyError> {
        if object.len() > MOST_PARAMETERS {
            return Err(PolicyError::Form);
        }
        let mut policy = BTreeMap::new();
        for (parameter, value) in object {
            let operators = Operators::read(parameter, value.as_object().ok_or(PolicyError::Form)?)?;
            operators.check_combination(parameter)?;
            policy.insert(parameter.clone(), operators);
        }
        Ok(Self(policy))
    }

    /// Merges the policy of the next superior, one step nearer to the subject, into this one.
    ///
    /// # Errors
    /// [`PolicyError`] when the two contradict one another.
    pub fn merge(mut self, lower: Self) -> Result<Self, PolicyError> {
        for (parameter, operators) in lower.0 {
            let merged = match self.0.remove(&parameter) {
                Some(upper) => upper.merge(operators, &parameter)?,
                None => operators,
            };
            merged.check_combination(&parameter)?;
            self.0.insert(parameter, merged);
        }
        Ok(self)
    }

    /// Applies the policy to the metadata of one entity type.
    ///
    /// # Errors
    /// [`PolicyError`] when the metadata does not satisfy it.
    pub fn apply(&self, metadata: &mut Object) -> Result<(), PolicyError> {
        // A parameter that is null is one that is absent (section 5).
        metadata.retain(|_, value| !value.is_null());
        for (parameter, operators) in &self.0 {
            operators.apply(parameter, metadata)?;
        }
        Ok(())
    }
}

/// Refuses operators that a superior calls critical and that are not known here (`metadata_policy_crit`).
///
/// # Errors
/// [`PolicyError::Unknown`] names the first.
pub fn check_critical(names: &[String]) -> Result<(), PolicyError> {
    match names.iter().find(|name| !operators::NAMES.contains(&name.as_str())) {
        Some(name) => Err(PolicyError::Unknown(name.chars().take(100).collect())),
        None => Ok(()),
    }
}
