//! Which operators may stand together in one parameter's policy (section 6.1.3.1).

use serde_json::Value;

use super::operators::{items, within};
use super::{Operators, PolicyError};

impl Operators {
    pub(super) fn check_combination(&self, parameter: &str) -> Result<(), PolicyError> {
        let refuse = |first, second| Err(PolicyError::Combination { parameter: parameter.to_owned(), first, second });
        if let Some(second) = self.against_value(parameter) {
            return refuse("value", second);
        }
        if self.one_of.is_some() {
            for (there, second) in [
                (self.add.is_some(), "add"),
                (self.subset_of.is_some(), "subset_of"),
                (self.superset_of.is_some(), "superset_of"),
            ] {
                if there {
                    return refuse("one_of", second);
                }
            }
        }
        if let Some(outer) = &self.subset_of {
            for (inner, second) in [(&self.add, "add"), (&self.superset_of, "superset_of")] {
                if inner.as_ref().is_some_and(|inner| !within(inner, outer)) {
                    return refuse("subset_of", second);
                }
            }
        }
        Ok(())
    }

    /// The operator with which `value` cannot stand.
    fn against_value(&self, parameter: &str) -> Option<&'static str> {
        let value = self.value.as_ref()?;
        let values = items(parameter, value);
        let inside = |outer: &Vec<Value>| values.as_ref().is_some_and(|values| within(values, outer));
        let around = |inner: &Vec<Value>| values.as_ref().is_some_and(|values| within(inner, values));
        let null = value.is_null();
        let wrong = [
            (self.add.as_ref().is_some_and(|add| !around(add)), "add"),
            (null && self.default.is_some(), "default"),
            (self.one_of.as_ref().is_some_and(|one_of| !one_of.contains(value)), "one_of"),
            (self.subset_of.as_ref().is_some_and(|outer| !inside(outer)), "subset_of"),
            (self.superset_of.as_ref().is_some_and(|inner| !around(inner)), "superset_of"),
            (null && self.essential == Some(true), "essential"),
        ];
        wrong.into_iter().find_map(|(wrong, operator)| wrong.then_some(operator))
    }
}
