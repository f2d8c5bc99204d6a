//! What all messages go through: XML, JSON, and the encodings in which they travel.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use spid::federation::json;
use spid::saml::binding::{from_form, from_query, percent_decode, percent_encode, to_form, to_query};
use spid::xml::{Document, canonicalize, parse};

/// The largest document that is read, and the longest canonical form that is made of one.
const LARGEST: usize = 256 * 1024;
const LONGEST: usize = 4 * LARGEST;

/// The canonical form of a document is a document, and its own canonical form; the form for a part has the elements of
/// that part, however many there are.
pub fn document(bytes: &[u8]) -> bool {
    let Ok(document) = parse(bytes) else { return false };
    let Some(canonical) = canonical(&document) else { return false };
    let text = String::from_utf8(canonical).unwrap();
    if text.len() <= LARGEST {
        let again = parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(self::canonical(&again).unwrap(), text.as_bytes());
        let count = |document: &Document<'_>| document.root().descendants().count();
        assert_eq!(count(&again), count(&document));
        assert_eq!(again.has_unique_ids(), document.has_unique_ids());
    }
    true
}

fn canonical(document: &Document<'_>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    canonicalize(document.root(), None, &["#default", "xs"], &mut out).ok()?;
    assert!(out.len() <= LONGEST, "{} bytes", out.len());
    Some(out)
}

/// What is encoded is decoded to the same, and what is decoded is within bounds.
pub fn binding(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let decoded = [from_form(text), from_query(text)];
    assert!(decoded.iter().flatten().all(|message| message.len() <= LARGEST + 3));
    assert_eq!(percent_decode(&percent_encode(text)).as_deref(), Some(text));
    if text.len() <= LARGEST {
        assert_eq!(from_form(&to_form(text)).unwrap(), bytes);
        assert_eq!(from_query(&to_query(text)).unwrap(), bytes);
    }
    let bomb = percent_encode(&STANDARD.encode(bytes));
    assert!(from_query(&bomb).map_or(0, |message| message.len()) <= LARGEST);
    decoded.iter().any(Result::is_ok)
}

/// What is read as JSON and written is read as the same.
pub fn json(bytes: &[u8]) -> bool {
    let Ok(value) = json::parse(bytes, LARGEST) else { return false };
    let text = serde_json::to_string(&value).unwrap();
    let again = json::parse(text.as_bytes(), text.len()).unwrap();
    // A fraction may come back with another last digit; nothing here is read from fractions.
    assert!(again == value || has_fraction(&value), "{value} became {again}");
    true
}

fn has_fraction(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(items) => items.iter().any(has_fraction),
        Value::Object(members) => members.values().any(has_fraction),
        _ => false,
    }
}
