//! E-mail addresses.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// An e-mail address, ordinary or certified: what RFC 5321 (4.1.2) calls a mailbox, less the forms that nobody uses
/// and many servers refuse (quoted local parts, address literals). Of ASCII characters only.
///
/// Two addresses that differ in capitals are equal, although RFC 5321 leaves the local part to the receiving server:
/// no Italian provider tells them apart, and people do not. The typed spelling is kept for sending.
///
/// ```
/// use italia::EmailAddress;
///
/// let address = EmailAddress::parse(" Mario.Rossi@Posta.it ")?;
/// assert_eq!(address.as_str(), "Mario.Rossi@Posta.it");
/// assert_eq!(address, EmailAddress::parse("mario.rossi@posta.it")?);
/// assert_eq!((address.domain(), address.masked().as_str()), ("posta.it", "m***i@p***.it"));
/// # Ok::<(), italia::email::EmailError>(())
/// ```
#[derive(Clone)]
pub struct EmailAddress {
    typed: Box<str>,
    folded: Box<str>,
}

impl EmailAddress {
    /// Reads an address; white space around it and a leading `mailto:` are dropped.
    pub fn parse(input: &str) -> Result<Self, EmailError> {
        // Line breaks are refused even at the ends, so that no header can ever be smuggled in with an address.
        if let Some(found) = input.chars().find(|c| c.is_control()) {
            return Err(EmailError::IllegalCharacter { found });
        }
        let text = input.trim();
        let text = text.strip_prefix("mailto:").unwrap_or(text);
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError::At)?;
        check_local(local)?;
        check_domain(domain)?;
        if text.len() > 254 {
            return Err(EmailError::Length);
        }
        Ok(Self { typed: text.into(), folded: text.to_ascii_lowercase().into() })
    }

    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// The address in small letters: the form to store and to look up by.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The part before the `@`, as it was typed.
    pub fn local(&self) -> &str {
        self.typed.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The part after the `@`, in small letters.
    pub fn domain(&self) -> &str {
        self.folded.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address made unreadable to strangers and recognisable to its owner: `m***o@p***.it`. Local parts of one or
    /// two characters show their first only.
    pub fn masked(&self) -> String {
        let local = self.folded.rsplit_once('@').map_or("", |(local, _)| local);
        let (host, top) = self.domain().rsplit_once('.').unwrap_or_default();
        let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
        let last = if local.len() > 2 { &local[local.len() - 1..] } else { "" };
        format!("{}***{last}@{}***.{top}", first(local), first(host))
    }
}

/// Words of RFC 5322 atoms, joined by single dots; 64 characters at most.
fn check_local(local: &str) -> Result<(), EmailError> {
    if local.is_empty() {
        return Err(EmailError::Local);
    }
    if let Some(found) = local.chars().find(|&c| !(c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))) {
        return Err(EmailError::IllegalCharacter { found });
    }
    let dotted = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    match (dotted, local.len()) {
        (true, _) => Err(EmailError::Local),
        (false, 65..) => Err(EmailError::Length),
        _ => Ok(()),
    }
}

/// Two labels or more of letters, digits and inner hyphens; the last is not a number.
fn check_domain(domain: &str) -> Result<(), EmailError> {
    if let Some(found) = domain.chars().find(|&c| !(c.is_ascii_alphanumeric() || c == '-' || c == '.')) {
        return Err(EmailError::IllegalCharacter { found });
    }
    let label = |label: &str| (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
    let Some((_, top)) = domain.rsplit_once('.') else { return Err(EmailError::Domain) };
    let numeric = top.bytes().all(|b| b.is_ascii_digit());
    if top.len() < 2 || numeric || !domain.split('.').all(label) { Err(EmailError::Domain) } else { Ok(()) }
}

crate::text::parsed!(EmailAddress, EmailError);

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for EmailAddress {}

impl Hash for EmailAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

impl PartialOrd for EmailAddress {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EmailAddress {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded.cmp(&other.folded)
    }
}

impl AsRef<str> for EmailAddress {
    fn as_ref(&self) -> &str {
        &self.typed
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.typed)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress({})", self.masked())
    }
}

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EmailError {
    /// Nothing was given.
    #[error("the e-mail address is empty")]
    Empty,
    /// There is no `@`.
    #[error("the e-mail address has no @")]
    At,
    /// A control character, a space, an accented letter, or another character that does not belong.
    #[error("an e-mail address cannot have the character {found:?}")]
    IllegalCharacter {
        /// The character.
        found: char,
    },
    /// Nothing before the `@`, or dots at its ends or next to each other.
    #[error("the part before the @ is not well formed")]
    Local,
    /// The part after the `@` is not a domain name.
    #[error("the part after the @ is not a domain name")]
    Domain,
    /// More than 64 characters before the `@`, or 254 in all.
    #[error("the e-mail address is too long")]
    Length,
}

impl EmailError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::At => "at",
            Self::IllegalCharacter { .. } => "illegal-character",
            Self::Local => "local",
            Self::Domain => "domain",
            Self::Length => "length",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_pass() {
        for text in [
            "a@b.it",
            "ditta.rossi_2+albo@legalmail.infocamere.it",
            "o'neill@pec.example.com",
            "x@xn--caff-8oa.it",
            "mailto:info@pec.it",
        ] {
            assert!(EmailAddress::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn errors_are_precise() {
        let long_local = format!("{}@b.it", "a".repeat(65));
        let long_label = format!("a@{}.it", "b".repeat(64));
        let long_all = format!("a@{}it", "bbbbbbbbb.".repeat(26));
        let cases = [
            ("  ", EmailError::Empty),
            ("mario.rossi", EmailError::At),
            ("@b.it", EmailError::Local),
            (".a@b.it", EmailError::Local),
            ("a..b@c.it", EmailError::Local),
            ("a@b", EmailError::Domain),
            ("a@b..it", EmailError::Domain),
            ("a@-b.it", EmailError::Domain),
            ("a@192.168.1.1", EmailError::Domain),
            ("a@b.i", EmailError::Domain),
            ("a@", EmailError::Domain),
            (long_label.as_str(), EmailError::Domain),
            (long_local.as_str(), EmailError::Length),
            (long_all.as_str(), EmailError::Length),
            ("a b@c.it", EmailError::IllegalCharacter { found: ' ' }),
            ("a@c@d.it", EmailError::IllegalCharacter { found: '@' }),
            ("però@c.it", EmailError::IllegalCharacter { found: 'ò' }),
            ("a@caffè.it", EmailError::IllegalCharacter { found: 'è' }),
            ("<a@c.it>", EmailError::IllegalCharacter { found: '<' }),
        ];
        for (text, error) in cases {
            assert_eq!(EmailAddress::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn no_header_can_be_smuggled_in() {
        for text in ["a@b.it\r\nBcc: c@d.it", "a@b.it\n", "\ra@b.it", "a\0@b.it", "a@b.it\u{85}", "a\t@b.it"] {
            assert!(matches!(EmailAddress::parse(text), Err(EmailError::IllegalCharacter { .. })), "{text:?}");
        }
    }

    #[test]
    fn masks_show_little() {
        for (text, mask) in [
            ("Mario@posta.it", "m***o@p***.it"),
            ("ab@posta.it", "a***@p***.it"),
            ("info@pec.ditta.it", "i***o@p***.it"),
        ] {
            let address = EmailAddress::parse(text).unwrap();
            assert_eq!(address.masked(), mask);
            assert_eq!(format!("{address:?}"), format!("EmailAddress({mask})"));
        }
    }
}
