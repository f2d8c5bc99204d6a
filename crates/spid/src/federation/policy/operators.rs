//! The seven operators of one metadata parameter.

use serde_json::Value;

use super::super::json::Object;
use super::PolicyError;

/// Their names, in the order in which they are applied.
pub(super) const NAMES: &[&str] = &["value", "add", "default", "one_of", "subset_of", "superset_of", "essential"];

/// The operators of one parameter; `None` is one that is not there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Operators {
    /// The parameter becomes this; null removes it.
    pub value: Option<Value>,
    /// These are added to the parameter.
    pub add: Option<Vec<Value>>,
    /// The parameter becomes this when it is absent.
    pub default: Option<Value>,
    /// The parameter, if there, is one of these.
    pub one_of: Option<Vec<Value>>,
    /// The parameter, if there, is cut down to these.
    pub subset_of: Option<Vec<Value>>,
    /// The parameter, if there, has all of these.
    pub superset_of: Option<Vec<Value>>,
    /// The parameter must be there.
    pub essential: Option<bool>,
}

impl Operators {
    pub(super) fn read(parameter: &str, object: &Object) -> Result<Self, PolicyError> {
        let shape = |operator| PolicyError::Shape { parameter: parameter.to_owned(), operator };
        let list = |operator| match object.get(operator) {
            None => Ok(None),
            Some(value) => list(parameter, value).map(Some).ok_or_else(|| shape(operator)),
        };
        let default = match object.get("default") {
            Some(Value::Null) => return Err(shape("default")),
            default => default.cloned(),
        };
        let essential = match object.get("essential") {
            None => None,
            Some(Value::Bool(essential)) => Some(*essential),
            Some(_) => return Err(shape("essential")),
        };
        let one_of = list("one_of")?;
        if one_of.as_ref().is_some_and(Vec::is_empty) {
            return Err(shape("one_of"));
        }
        let value = object.get("value").cloned();
        let (add, subset_of, superset_of) = (list("add")?, list("subset_of")?, list("superset_of")?);
        Ok(Self { value, add, default, one_of, subset_of, superset_of, essential })
    }
}

/// An operator's list, each value once.
fn list(parameter: &str, value: &Value) -> Option<Vec<Value>> {
    let mut distinct = Vec::new();
    for item in items(parameter, value)? {
        if !distinct.contains(&item) {
            distinct.push(item);
        }
    }
    Some(distinct)
}

/// A list of values. `scope` is a list too, written as one text with blanks (section 6.1.3.1.8).
pub(super) fn items(parameter: &str, value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(items) if items.iter().all(|item| item.is_string() || item.is_number() || item.is_object()) => {
            Some(items.clone())
        }
        Value::String(text) if parameter == "scope" => Some(text.split_ascii_whitespace().map(Value::from).collect()),
        _ => None,
    }
}

/// Whether all of `inner` are among `outer`.
pub(super) fn within(inner: &[Value], outer: &[Value]) -> bool {
    inner.iter().all(|item| outer.contains(item))
}
