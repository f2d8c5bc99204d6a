//! The `Message-ID`, the only thing by which receipts are matched with what was sent.

use std::fmt;

/// A message identifier (RFC 5322, section 3.6.4), kept without its angle brackets.
///
/// Providers compare and quote identifiers octet by octet, so equality is case-sensitive.
///
/// ```
/// let id = pec::MessageId::parse("<20260110.7f3a@albo.example.it>")?;
/// assert_eq!(id.as_str(), "20260110.7f3a@albo.example.it");
/// assert_eq!(id.to_string(), "<20260110.7f3a@albo.example.it>");
/// # Ok::<(), pec::MessageIdError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MessageId(String);

/// The text cannot be a message identifier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MessageIdError {
    /// Not of the form `left@right` with both sides present.
    #[error("a message identifier has a left and a right side around one @")]
    Shape,
    /// A space, control character, bracket or non-ASCII character inside.
    #[error("a message identifier holds only visible ASCII characters without brackets")]
    Character,
    /// Longer than what fits on one header line (RFC 5322, section 2.1.1: 998 octets).
    #[error("a message identifier has at most 900 characters")]
    Length,
}

/// A header line may have 998 octets, name and brackets included.
const LONGEST: usize = 900;

impl MessageId {
    /// Reads an identifier with or without angle brackets, in the strict form that we ourselves send.
    ///
    /// # Errors
    /// When the text is not `left@right` in visible ASCII.
    pub fn parse(text: &str) -> Result<Self, MessageIdError> {
        let bare = strip(text);
        if bare.len() > LONGEST {
            return Err(MessageIdError::Length);
        }
        if !bare.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'(' | b')')) {
            return Err(MessageIdError::Character);
        }
        match bare.split_once('@') {
            Some((left, right)) if !left.is_empty() && !right.is_empty() && !right.contains('@') => {
                Ok(Self(bare.to_owned()))
            }
            _ => Err(MessageIdError::Shape),
        }
    }

    /// Takes what a foreign system wrote: anything printable and not empty, because some providers
    /// write identifiers that no grammar allows and still quote them faithfully.
    pub(crate) fn lenient(text: &str) -> Option<Self> {
        let bare = strip(text);
        let usable = !bare.is_empty()
            && bare.len() <= LONGEST
            && !bare.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>'));
        usable.then(|| Self(bare.to_owned()))
    }

    /// The identifier without angle brackets.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn strip(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(text).trim()
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.0)
    }
}

impl std::str::FromStr for MessageId {
    type Err = MessageIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_optional_and_spaces_around_are_dropped() {
        let plain = MessageId::parse("a.b@c.it").unwrap();
        assert_eq!(MessageId::parse(" <a.b@c.it>\r\n").unwrap(), plain);
        assert_ne!(MessageId::parse("A.b@c.it").unwrap(), plain, "identifiers are case-sensitive");
    }

    #[test]
    fn what_could_smuggle_a_header_is_refused() {
        assert_eq!(MessageId::parse("a@b\r\nBcc: x@y"), Err(MessageIdError::Character));
        assert_eq!(MessageId::parse("a@b> <c@d"), Err(MessageIdError::Character));
        assert_eq!(MessageId::parse("nothing"), Err(MessageIdError::Shape));
        assert_eq!(MessageId::parse("@right"), Err(MessageIdError::Shape));
        assert_eq!(MessageId::parse(&format!("{}@b", "a".repeat(1000))), Err(MessageIdError::Length));
    }

    #[test]
    fn foreign_spellings_are_kept() {
        assert_eq!(MessageId::lenient("<SN05IE$951@pec.it>").unwrap().as_str(), "SN05IE$951@pec.it");
        assert_eq!(MessageId::lenient("noatsign").unwrap().as_str(), "noatsign");
        assert_eq!(MessageId::lenient("< >"), None);
        assert_eq!(MessageId::lenient("a b@c"), None);
    }
}
