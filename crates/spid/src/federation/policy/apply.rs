//! A policy put to work on metadata, operator by operator in the order of section 6.1.3.1.

use serde_json::Value;

use super::super::json::Object;
use super::operators::{items, within};
use super::{Operators, PolicyError};

impl Operators {
    pub(super) fn apply(&self, parameter: &str, metadata: &mut Object) -> Result<(), PolicyError> {
        let unsatisfied = |operator| PolicyError::Unsatisfied { parameter: parameter.to_owned(), operator };
        let mut current = metadata.remove(parameter);
        if let Some(value) = &self.value {
            current = Some(rewrite(parameter, value)).filter(|value| !value.is_null());
        }
        if let Some(add) = &self.add {
            let mut values = list(parameter, current.as_ref()).ok_or_else(|| unsatisfied("add"))?.unwrap_or_default();
            let new: Vec<Value> = add.iter().filter(|item| !values.contains(item)).cloned().collect();
            values.extend(new);
            current = Some(write(parameter, values));
        }
        if current.is_none() {
            current = self.default.as_ref().map(|value| rewrite(parameter, value));
        }
        if let (Some(one_of), Some(value)) = (&self.one_of, &current)
            && !one_of.contains(value)
        {
            return Err(unsatisfied("one_of"));
        }
        if let Some(subset) = &self.subset_of
            && let Some(values) = list(parameter, current.as_ref()).ok_or_else(|| unsatisfied("subset_of"))?
        {
            current = Some(write(parameter, values.into_iter().filter(|item| subset.contains(item)).collect()));
        }
        if let Some(superset) = &self.superset_of
            && let Some(values) = list(parameter, current.as_ref()).ok_or_else(|| unsatisfied("superset_of"))?
            && !within(superset, &values)
        {
            return Err(unsatisfied("superset_of"));
        }
        if self.essential == Some(true) && current.is_none() {
            return Err(unsatisfied("essential"));
        }
        metadata.extend(current.map(|value| (parameter.to_owned(), value)));
        Ok(())
    }
}

/// The parameter as a list: `None` when it is something else, `Some(None)` when it is absent.
fn list(parameter: &str, value: Option<&Value>) -> Option<Option<Vec<Value>>> {
    match value {
        None => Some(None),
        Some(value) => items(parameter, value).map(Some),
    }
}

/// A list as the parameter is written.
fn write(parameter: &str, values: Vec<Value>) -> Value {
    if parameter != "scope" {
        return Value::Array(values);
    }
    let words: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    Value::from(words.join(" "))
}

/// A policy may give `scope` as a list, while the parameter is a text.
fn rewrite(parameter: &str, value: &Value) -> Value {
    match (parameter, value) {
        ("scope", Value::Array(values)) => write(parameter, values.clone()),
        _ => value.clone(),
    }
}
