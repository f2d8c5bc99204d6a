//! One policy out of two superiors' (section 6.1.3.1, "Operator value merge").

use serde_json::Value;

use super::{Operators, PolicyError};

impl Operators {
    pub(super) fn merge(self, lower: Self, parameter: &str) -> Result<Self, PolicyError> {
        let conflict = |operator| PolicyError::Conflict { parameter: parameter.to_owned(), operator };
        let one_of = both(self.one_of, lower.one_of, intersection);
        if one_of.as_ref().is_some_and(Vec::is_empty) {
            return Err(conflict("one_of"));
        }
        Ok(Self {
            value: same(self.value, lower.value).ok_or_else(|| conflict("value"))?,
            add: both(self.add, lower.add, union),
            default: same(self.default, lower.default).ok_or_else(|| conflict("default"))?,
            one_of,
            subset_of: both(self.subset_of, lower.subset_of, intersection),
            superset_of: both(self.superset_of, lower.superset_of, union),
            essential: both(self.essential, lower.essential, |upper, lower| upper || lower),
        })
    }
}

/// The operator of whoever has one, or both made one.
fn both<T>(upper: Option<T>, lower: Option<T>, make: impl FnOnce(T, T) -> T) -> Option<T> {
    match (upper, lower) {
        (Some(upper), Some(lower)) => Some(make(upper, lower)),
        (upper, lower) => upper.or(lower),
    }
}

/// The operator of whoever has one; `None` when both have one and they differ.
fn same(upper: Option<Value>, lower: Option<Value>) -> Option<Option<Value>> {
    match (upper, lower) {
        (Some(upper), Some(lower)) => (upper == lower).then_some(Some(upper)),
        (upper, lower) => Some(upper.or(lower)),
    }
}

fn intersection(upper: Vec<Value>, lower: Vec<Value>) -> Vec<Value> {
    upper.into_iter().filter(|item| lower.contains(item)).collect()
}

fn union(mut upper: Vec<Value>, lower: Vec<Value>) -> Vec<Value> {
    for item in lower {
        if !upper.contains(&item) {
            upper.push(item);
        }
    }
    upper
}
