//! JSON objects read strictly: every member once, few levels, few bytes.
//!
//! Two readers of a duplicate member may see two different documents, which is how a signature over one text comes to
//! vouch for another. RFC 7515 section 4 and RFC 7519 section 4 let a reader refuse them; this one does.

use std::fmt;

use jiff::Timestamp;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// A JSON object.
pub type Object = Map<String, Value>;

/// Objects and arrays inside one another. A trust chain's deepest branch has seven.
const DEPTH: usize = 24;

/// Text that is no JSON object this crate reads.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// More bytes than are read.
    #[error("the JSON text is longer than {limit} bytes")]
    TooLong {
        /// The greatest number of bytes.
        limit: usize,
    },
    /// Not JSON, a duplicate member, or too many levels.
    #[error("the text is not JSON as it is read here")]
    Malformed(#[source] serde_json::Error),
    /// JSON, but no object.
    #[error("the JSON text is not an object")]
    NotAnObject,
}

/// A member that is missing or has another shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// Not there.
    #[error("the claim {0} is missing")]
    Missing(&'static str),
    /// There, but of another type or out of range.
    #[error("the claim {0} has a value of another shape")]
    Shape(&'static str),
}

/// Reads a JSON value of at most `limit` bytes.
///
/// # Errors
/// [`JsonError`] for anything else.
pub fn parse(text: &[u8], limit: usize) -> Result<Value, JsonError> {
    if text.len() > limit {
        return Err(JsonError::TooLong { limit });
    }
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = Strict { levels: DEPTH }.deserialize(&mut reader).map_err(JsonError::Malformed)?;
    reader.end().map_err(JsonError::Malformed)?;
    Ok(value)
}

/// Reads a JSON object of at most `limit` bytes.
///
/// # Errors
/// [`JsonError`] for anything else.
pub fn parse_object(text: &[u8], limit: usize) -> Result<Object, JsonError> {
    match parse(text, limit)? {
        Value::Object(object) => Ok(object),
        _ => Err(JsonError::NotAnObject),
    }
}

/// Builds a [`Value`], counting levels down and refusing a member that stands twice.
struct Strict {
    levels: usize,
}

impl Strict {
    fn below<E: serde::de::Error>(&self) -> Result<Self, E> {
        match self.levels.checked_sub(1) {
            Some(levels) => Ok(Self { levels }),
            None => Err(E::custom("too many levels")),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        loop {
            match items.next_element_seed(self.below()?)? {
                Some(item) => array.push(item),
                None => return Ok(Value::Array(array)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(self.below()?)?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a member stands twice"));
            }
        }
        Ok(Value::Object(object))
    }
}

/// Typed looks at the members of an object.
pub trait Members {
    /// A text that must be there and not be empty.
    fn text(&self, name: &'static str) -> Result<&str, ClaimError>;
    /// A text that may be absent.
    fn optional_text(&self, name: &'static str) -> Result<Option<&str>, ClaimError>;
    /// A NumericDate (RFC 7519 section 2) that must be there.
    fn instant(&self, name: &'static str) -> Result<Timestamp, ClaimError>;
    /// A NumericDate that may be absent.
    fn optional_instant(&self, name: &'static str) -> Result<Option<Timestamp>, ClaimError>;
    /// An object that may be absent.
    fn optional_object(&self, name: &'static str) -> Result<Option<&Object>, ClaimError>;
    /// An array of texts; empty when absent.
    fn texts(&self, name: &'static str) -> Result<Vec<&str>, ClaimError>;
    /// A text, or an array of texts, as `aud` may be; empty when absent.
    fn text_or_texts(&self, name: &'static str) -> Result<Vec<&str>, ClaimError>;
}

impl Members for Object {
    fn text(&self, name: &'static str) -> Result<&str, ClaimError> {
        match self.optional_text(name)? {
            None => Err(ClaimError::Missing(name)),
            Some("") => Err(ClaimError::Shape(name)),
            Some(text) => Ok(text),
        }
    }

    fn optional_text(&self, name: &'static str) -> Result<Option<&str>, ClaimError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(ClaimError::Shape(name)),
        }
    }

    fn instant(&self, name: &'static str) -> Result<Timestamp, ClaimError> {
        self.optional_instant(name)?.ok_or(ClaimError::Missing(name))
    }

    fn optional_instant(&self, name: &'static str) -> Result<Option<Timestamp>, ClaimError> {
        let Some(value) = self.get(name) else { return Ok(None) };
        // A NumericDate may have a fraction, which says nothing that matters here.
        let seconds = value.as_i64().or_else(|| value.as_f64().filter(|f| f.abs() < 1e12).map(|f| f as i64));
        let instant = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
        instant.map(Some).ok_or(ClaimError::Shape(name))
    }

    fn optional_object(&self, name: &'static str) -> Result<Option<&Object>, ClaimError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Object(object)) => Ok(Some(object)),
            Some(_) => Err(ClaimError::Shape(name)),
        }
    }

    fn texts(&self, name: &'static str) -> Result<Vec<&str>, ClaimError> {
        match self.get(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => {
                items.iter().map(|item| item.as_str().ok_or(ClaimError::Shape(name))).collect()
            }
            Some(_) => Err(ClaimError::Shape(name)),
        }
    }

    fn text_or_texts(&self, name: &'static str) -> Result<Vec<&str>, ClaimError> {
        match self.get(name) {
            Some(Value::String(text)) => Ok(vec![text]),
            _ => self.texts(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_that_stands_twice_is_refused_at_any_level() {
        for text in [r#"{"a":1,"a":1}"#, r#"{"a":{"b":1,"b":2}}"#, r#"{"a":[{"b":1,"b":2}]}"#, r#"{"a":1,"\u0061":2}"#]
        {
            assert!(matches!(parse_object(text.as_bytes(), 100), Err(JsonError::Malformed(_))), "{text}");
        }
        assert!(parse_object(br#"{"a":{"b":1},"b":2}"#, 100).is_ok());
    }

    #[test]
    fn depth_and_length_are_bounded() {
        let deep = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse_object(deep(23).as_bytes(), 1000).is_ok());
        assert!(parse_object(deep(24).as_bytes(), 1000).is_err());
        assert!(parse_object(deep(100_000).as_bytes(), 1_000_000).is_err());
        assert!(matches!(parse_object(br#"{"a":1}"#, 6), Err(JsonError::TooLong { limit: 6 })));
        assert!(parse_object(br#"{"a":1} x"#, 100).is_err());
        assert!(matches!(parse_object(b"[]", 100), Err(JsonError::NotAnObject)));
    }

    #[test]
    fn dates_are_whole_seconds_within_range() {
        let object = parse_object(br#"{"a":1649590602,"b":1649590602.9,"c":"1","d":1e300,"e":9e15}"#, 200).unwrap();
        assert_eq!(object.instant("a").unwrap(), object.instant("b").unwrap());
        for bad in ["c", "d", "e"] {
            assert_eq!(object.instant(bad), Err(ClaimError::Shape(bad)));
        }
        assert_eq!(object.instant("f"), Err(ClaimError::Missing("f")));
    }
}
