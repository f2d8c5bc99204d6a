//! How messages travel: base64 in a form, deflated in a query.

use std::borrow::Cow;
use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::names;
use crate::xml::read::MAX_BYTES;

/// How a message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Binding {
    /// In a form that posts itself.
    Post,
    /// In the query of a redirection.
    Redirect,
}

impl Binding {
    /// The name in metadata.
    pub fn uri(self) -> &'static str {
        match self {
            Self::Post => names::BINDING_POST,
            Self::Redirect => names::BINDING_REDIRECT,
        }
    }

    /// The binding with this name.
    pub fn from_uri(uri: &str) -> Option<Self> {
        [Self::Post, Self::Redirect].into_iter().find(|binding| binding.uri() == uri)
    }
}

/// Why the value of a parameter holds no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BindingError {
    /// Not base64.
    #[error("the message is not in base64")]
    Base64,
    /// An escape of the query is wrong.
    #[error("the message is not escaped as a query is")]
    Escape,
    /// Not deflated.
    #[error("the message is not deflated")]
    Deflate,
    /// More than a document may have.
    #[error("the message is larger than any that is read")]
    TooLarge,
}

/// Encodes a message for a form.
pub fn to_form(xml: &str) -> String {
    STANDARD.encode(xml)
}

/// Decodes the value of a form. Line ends and blanks in base64 do not matter.
///
/// # Errors
/// [`BindingError`] when it is not base64 or too large.
pub fn from_form(value: &str) -> Result<Vec<u8>, BindingError> {
    let compact = without_blanks(value);
    if compact.len() / 4 * 3 > MAX_BYTES + 3 {
        return Err(BindingError::TooLarge);
    }
    STANDARD.decode(&*compact).map_err(|_| BindingError::Base64)
}

/// Most values have no blanks, and are not copied.
fn without_blanks(value: &str) -> Cow<'_, [u8]> {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    match value.as_bytes().iter().any(is_blank) {
        true => value.bytes().filter(|byte| !is_blank(byte)).collect(),
        false => Cow::Borrowed(value.as_bytes()),
    }
}

/// Encodes a message for a query: deflated, base64, escaped.
pub fn to_query(xml: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail; should it, the other side would see a message that it cannot read.
    let deflated = encoder.write_all(xml.as_bytes()).and_then(|()| encoder.finish()).unwrap_or_default();
    percent_encode(&STANDARD.encode(deflated))
}

/// Decodes the raw value of a query.
///
/// # Errors
/// [`BindingError`] when a step fails, or the text would have more bytes than a document may.
pub fn from_query(raw: &str) -> Result<Vec<u8>, BindingError> {
    let value = percent_decode(raw).ok_or(BindingError::Escape)?;
    let deflated = from_form(&value)?;
    let mut xml = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    DeflateDecoder::new(deflated.as_slice()).take(limit).read_to_end(&mut xml).map_err(|_| BindingError::Deflate)?;
    if xml.len() > MAX_BYTES { Err(BindingError::TooLarge) } else { Ok(xml) }
}

/// What travels beside a message and comes back with the answer. It must tell nothing about the person or the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayState(String);

impl RelayState {
    /// Takes a value of 1 to 80 bytes (SAML V2.0 Bindings 3.4.3) that is no address (*Regole tecniche*: not
    /// intelligible).
    ///
    /// # Errors
    /// [`RelayStateError`] when it is longer, empty, has a control character, or contains `http`.
    pub fn new(value: &str) -> Result<Self, RelayStateError> {
        if value.is_empty() || value.len() > 80 {
            return Err(RelayStateError::Length);
        }
        if value.to_ascii_lowercase().contains("http") {
            return Err(RelayStateError::Address);
        }
        if value.contains(char::is_control) { Err(RelayStateError::Control) } else { Ok(Self(value.to_owned())) }
    }

    /// The value.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a value is no relay state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RelayStateError {
    /// Nothing, or more than 80 bytes.
    #[error("a relay state has 1 to 80 bytes")]
    Length,
    /// An address in clear.
    #[error("a relay state must not hold an address")]
    Address,
    /// A control character.
    #[error("a relay state must not hold control characters")]
    Control,
}

/// Encodes a value of a query as Python's `quote_plus` does, which is how some verifiers build it again: letters,
/// digits and `_.-~` stay, a blank becomes `+`, everything else `%` and two upper-case digits.
pub fn percent_encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len() * 3 / 2);
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            _ => {
                out.push('%');
                out.push(hex(byte >> 4));
                out.push(hex(byte & 15));
            }
        }
    }
    out
}

fn hex(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase()
}

/// Decodes a value of a query; `None` when an escape is wrong or the result is not UTF-8.
pub fn percent_decode(value: &str) -> Option<String> {
    let mut bytes = value.bytes();
    let mut out = Vec::with_capacity(value.len());
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_unpacks_to_what_was_packed_and_never_to_more_than_a_document() {
        assert_eq!(from_query(&to_query("<a>è</a>")).unwrap(), "<a>è</a>".as_bytes());
        assert_eq!(from_query(&to_query(&"x".repeat(10_000_000))), Err(BindingError::TooLarge));
        assert_eq!(from_query("%4"), Err(BindingError::Escape));
        assert_eq!(from_query("AAAA%20"), Err(BindingError::Deflate));
        assert_eq!(percent_encode("a/b+c=d ~è"), "a%2Fb%2Bc%3Dd+~%C3%A8");
        assert_eq!(percent_decode("a%2fb+%C3%A8").as_deref(), Some("a/b è"));
    }
}
