//! Debtors and payers.

use std::fmt;
use std::str::FromStr;

use italia::FiscalCode;

use crate::text::{Code, Text};

/// Whether a subject is a natural person or an organisation (`entityUniqueIdentifierType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    /// A natural person, `F` on the wire.
    Person,
    /// An organisation, `G` on the wire.
    Organisation,
}

/// The tax code of a debtor or payer with the kind of subject; `Debug` does not show the code.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SubjectId {
    /// Person or organisation.
    pub kind: SubjectKind,
    /// The tax code, or `ANONIMO` where the law lets one pay without; 2 to 16 characters.
    pub value: Code<16>,
}

impl SubjectId {
    /// What the node expects for a payer without a tax code.
    const ANONYMOUS: &str = "ANONIMO";

    /// A natural person; the code may also be the provisional one of eleven digits.
    #[must_use]
    pub fn person(code: &FiscalCode) -> Self {
        Self::of_text(SubjectKind::Person, code.as_str())
    }

    /// An organisation.
    #[must_use]
    pub fn organisation(code: &FiscalCode) -> Self {
        Self::of_text(SubjectKind::Organisation, code.as_str())
    }

    /// Guesses by the length of the code: eleven digits are an organisation, sixteen characters a person.
    #[must_use]
    pub fn guess(code: &FiscalCode) -> Self {
        if code.as_str().len() == 11 { Self::organisation(code) } else { Self::person(code) }
    }

    /// A subject without a tax code.
    #[must_use]
    pub fn anonymous(kind: SubjectKind) -> Self {
        Self::of_text(kind, Self::ANONYMOUS)
    }

    fn of_text(kind: SubjectKind, text: &str) -> Self {
        // A tax code has 11 or 16 printable characters, and so has the constant.
        Self { kind, value: Code::known(text) }
    }
}

impl fmt::Debug for SubjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubjectId").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Who owes or pays (`ctSubject`); `Debug` shows nothing personal.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject {
    /// The tax code.
    pub id: SubjectId,
    /// Name and surname, or name of the organisation.
    pub full_name: Text<70>,
    /// Street.
    pub street: Option<Text<70>>,
    /// Number in the street.
    pub civic_number: Option<Text<16>>,
    /// Postal code.
    pub postal_code: Option<Text<16>>,
    /// Municipality.
    pub city: Option<Text<35>>,
    /// Province, state or region.
    pub province: Option<Text<35>>,
    /// Country.
    pub country: Option<Country>,
    /// Address for the payment service provider's messages.
    pub email: Option<Email>,
}

impl Subject {
    /// A subject with nothing but the two mandatory data. Give less rather than more: the node does not need the rest.
    #[must_use]
    pub fn new(id: SubjectId, full_name: &str) -> Self {
        Self {
            id,
            full_name: Text::fit(full_name),
            street: None,
            civic_number: None,
            postal_code: None,
            city: None,
            province: None,
            country: None,
            email: None,
        }
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A country by its two capital letters (ISO 3166-1 alpha-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Italy.
    pub const ITALY: Self = Self(*b"IT");

    /// Two capital letters, otherwise nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let letters: [u8; 2] = text.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Country {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::parse(text).ok_or(())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// An e-mail address of the simple form that the node's schema admits (`stEMail`); `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(Box<str>);

impl Email {
    /// Letters, digits and `_ . + -` before the `@`, a host name after it, 256 characters at most; otherwise nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, host) = text.split_once('@')?;
        let word = |part: &str, extra: &[u8]| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || extra.contains(&b))
        };
        let fits = text.len() <= 256 && word(local, b"_.+-") && host.split('.').all(|label| word(label, b"-"));
        fits.then(|| Self(text.into()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::parse(text).ok_or(())
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_person() {
        let code = FiscalCode::parse("00743110157").unwrap();
        let mut subject = Subject::new(SubjectId::guess(&code), "Autotrasporti Esempio S.r.l.");
        subject.email = Email::parse("info@esempio.it");
        let debug = format!("{subject:?} {:?}", subject.email);
        assert!(debug.contains("Organisation"));
        for personal in ["00743110157", "Esempio", "info@"] {
            assert!(!debug.contains(personal), "{debug}");
        }
    }

    #[test]
    fn addresses_of_the_admitted_form() {
        for good in ["a@b", "nome.cognome+pagopa@esempio-1.it", " info@esempio.it "] {
            assert!(Email::parse(good).is_some(), "{good}");
        }
        for bad in ["", "@", "a@", "@b", "a b@c.it", "a@b..it", "a@b.it.", "à@b.it", "a@b@c", "\"a\"@b.it"] {
            assert!(Email::parse(bad).is_none(), "{bad}");
        }
        assert!(Email::parse(&format!("{}@b.it", "a".repeat(252))).is_none());
    }

    #[test]
    fn countries_are_two_capitals() {
        assert_eq!(Country::parse("IT"), Some(Country::ITALY));
        assert!(["it", "ITA", "I", "", "I1", "È"].iter().all(|bad| Country::parse(bad).is_none()));
    }
}
