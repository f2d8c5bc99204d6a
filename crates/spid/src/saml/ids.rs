//! Identifiers of messages and of entities.

use std::fmt;

/// The `ID` of a message or an assertion, an `xs:ID`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(String);

impl MessageId {
    /// Makes an identifier from chance that the caller gives: 160 bits, as SAML V2.0 Core 1.3.4 recommends.
    pub fn from_random(chance: [u8; 20]) -> Self {
        let mut id = String::with_capacity(41);
        // An xs:ID does not begin with a digit.
        id.push('_');
        for byte in chance {
            id.push_str(&format!("{byte:02x}"));
        }
        Self(id)
    }

    /// Reads an identifier: a letter or `_`, then letters, digits, `_`, `-` and `.`, at most 256 bytes.
    ///
    /// # Errors
    /// [`IdError`] when it is something else.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let mut characters = text.chars();
        let first = characters.next().ok_or(IdError::Empty)?;
        let good_start = first.is_alphabetic() || first == '_';
        let good_rest = characters.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if text.len() > 256 || !good_start || !good_rest { Err(IdError::Form) } else { Ok(Self(text.to_owned())) }
    }

    /// The identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The `entityID` of a provider: an address that is a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(String);

impl EntityId {
    /// Reads a name: 1 to 1024 characters without blanks (SAML V2.0 Core 8.3.6).
    ///
    /// # Errors
    /// [`IdError`] when it is something else.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        let wrong = |c: char| c.is_whitespace() || c.is_control();
        if text.chars().count() > 1024 || text.contains(wrong) { Err(IdError::Form) } else { Ok(Self(text.to_owned())) }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// There is nothing.
    #[error("the identifier is empty")]
    Empty,
    /// It is too long or has a character that it must not have.
    #[error("the identifier has not the form of one")]
    Form,
}
