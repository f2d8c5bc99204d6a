//! Whose certificate it is.

use std::fmt;
use std::str::FromStr;

use x509_cert::der::asn1::{Any, ObjectIdentifier, PrintableStringRef, SetOfVec, Utf8StringRef};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::{attr::AttributeTypeAndValue, der};

/// `commonName`.
pub(super) const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// `countryName`.
pub(super) const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
/// `localityName`.
pub(super) const LOCALITY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.7");
/// `organizationName`.
pub(super) const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
/// `uri`: the entity id of the service provider.
pub(super) const URI: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.83");
/// `organizationIdentifier`.
pub(super) const ORGANIZATION_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.97");

/// Longest value of a name's part, by the upper bounds of RFC 5280 (64 for names; addresses are left longer).
const LONGEST_NAME: usize = 64;
const LONGEST_LOCALITY: usize = 128;
const LONGEST_URI: usize = 1024;

/// Public or private, which decides the policies of the certificate and who may issue it (avviso SPID n. 29 v3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sector {
    /// A public body, or the manager of a public service: the certificate may be self-signed.
    Public,
    /// A private provider: AgID's certification authority issues the certificate.
    Private,
}

/// The `organizationIdentifier` (2.5.4.97) of a service provider, in the forms that avviso SPID n. 29 v3 admits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OrganizationIdentifier {
    /// `PA:IT-` and the code in the index of public administrations (IPA), one to sixteen characters.
    Ipa(String),
    /// `VATIT-` and the eleven digits of the VAT number.
    Vat(String),
    /// `CF:IT-` and the sixteen characters of a tax code.
    FiscalCode(String),
}

impl OrganizationIdentifier {
    /// The sector of those who identify themselves so.
    #[must_use]
    pub fn sector(&self) -> Sector {
        match self {
            Self::Ipa(_) => Sector::Public,
            Self::Vat(_) | Self::FiscalCode(_) => Sector::Private,
        }
    }
}

impl FromStr for OrganizationIdentifier {
    type Err = SubjectError;

    fn from_str(text: &str) -> Result<Self, SubjectError> {
        let bad = || SubjectError::OrganizationIdentifier { given: text.to_owned() };
        if let Some(code) = text.strip_prefix("PA:IT-") {
            let length = code.chars().count();
            let good = (1..=16).contains(&length) && !code.chars().any(char::is_whitespace);
            return good.then(|| Self::Ipa(code.to_owned())).ok_or_else(bad);
        }
        if let Some(digits) = text.strip_prefix("VATIT-") {
            let good = digits.len() == 11 && digits.bytes().all(|byte| byte.is_ascii_digit());
            return good.then(|| Self::Vat(digits.to_owned())).ok_or_else(bad);
        }
        let code = text.strip_prefix("CF:IT-").ok_or_else(bad)?;
        let good = code.len() == 16 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        good.then(|| Self::FiscalCode(code.to_owned())).ok_or_else(bad)
    }
}

impl fmt::Display for OrganizationIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ipa(code) => write!(f, "PA:IT-{code}"),
            Self::Vat(digits) => write!(f, "VATIT-{digits}"),
            Self::FiscalCode(code) => write!(f, "CF:IT-{code}"),
        }
    }
}

/// Why a subject was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SubjectError {
    /// The organization identifier has none of the three admitted forms.
    #[error(
        "`{given}` is no organization identifier: expected PA:IT-<IPA code>, VATIT-<11 digits> or CF:IT-<16 characters>"
    )]
    OrganizationIdentifier {
        /// What was given.
        given: String,
    },
    /// A part of the name is empty.
    #[error("the certificate's {part} is empty")]
    Empty {
        /// Which part.
        part: &'static str,
    },
    /// A part of the name is too long.
    #[error("the certificate's {part} is longer than {longest} characters")]
    TooLong {
        /// Which part.
        part: &'static str,
        /// The longest that is admitted.
        longest: usize,
    },
    /// A part of the name has control characters.
    #[error("the certificate's {part} contains control characters")]
    ControlCharacters {
        /// Which part.
        part: &'static str,
    },
    /// The country is not two capital letters.
    #[error("`{given}` is no country code of two capital letters")]
    Country {
        /// What was given.
        given: String,
    },
    /// The entity id is not an absolute address.
    #[error("the entity id `{given}` is not an absolute address")]
    EntityId {
        /// What was given.
        given: String,
    },
}

/// The subject of a service provider's certificate. Personal names have no place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    common_name: String,
    organization: String,
    entity_id: String,
    identifier: OrganizationIdentifier,
    country: String,
    locality: String,
}

impl Subject {
    /// A subject in Italy. `common_name` is the short or full name of the body, `organization` its full name as in the
    /// metadata's `OrganizationName`, `entity_id` the provider's entity id, `locality` the municipality of its seat.
    ///
    /// # Errors
    /// [`SubjectError`] when a part is empty, too long, or carries control characters.
    pub fn new(
        common_name: &str,
        organization: &str,
        entity_id: &str,
        identifier: OrganizationIdentifier,
        locality: &str,
    ) -> Result<Self, SubjectError> {
        sound("common name", common_name, LONGEST_NAME)?;
        sound("organization", organization, LONGEST_NAME)?;
        sound("entity id", entity_id, LONGEST_URI)?;
        sound("locality", locality, LONGEST_LOCALITY)?;
        url::Url::parse(entity_id).map_err(|_| SubjectError::EntityId { given: entity_id.to_owned() })?;
        Ok(Self {
            common_name: common_name.to_owned(),
            organization: organization.to_owned(),
            entity_id: entity_id.to_owned(),
            identifier,
            country: "IT".to_owned(),
            locality: locality.to_owned(),
        })
    }

    /// The same subject with its seat in another country, by the two letters of ISO 3166-1.
    ///
    /// # Errors
    /// [`SubjectError::Country`] when they are not two capital letters.
    pub fn in_country(mut self, country: &str) -> Result<Self, SubjectError> {
        let good = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        if !good {
            return Err(SubjectError::Country { given: country.to_owned() });
        }
        country.clone_into(&mut self.country);
        Ok(self)
    }

    /// The sector, which follows from the identifier.
    #[must_use]
    pub fn sector(&self) -> Sector {
        self.identifier.sector()
    }

    /// The distinguished name, most general part first.
    pub(super) fn name(&self) -> der::Result<Name> {
        let country = Any::from(PrintableStringRef::new(&self.country)?);
        let parts = [
            (COUNTRY, country),
            (LOCALITY, utf8(&self.locality)?),
            (ORGANIZATION, utf8(&self.organization)?),
            (COMMON_NAME, utf8(&self.common_name)?),
            (ORGANIZATION_IDENTIFIER, utf8(&self.identifier.to_string())?),
            (URI, utf8(&self.entity_id)?),
        ];
        let names = parts.into_iter().map(|(oid, value)| {
            SetOfVec::try_from(vec![AttributeTypeAndValue { oid, value }]).map(RelativeDistinguishedName)
        });
        Ok(RdnSequence(names.collect::<der::Result<Vec<_>>>()?))
    }
}

fn utf8(text: &str) -> der::Result<Any> {
    Ok(Any::from(Utf8StringRef::new(text)?))
}

fn sound(part: &'static str, text: &str, longest: usize) -> Result<(), SubjectError> {
    if text.trim().is_empty() {
        return Err(SubjectError::Empty { part });
    }
    if text.chars().any(char::is_control) {
        return Err(SubjectError::ControlCharacters { part });
    }
    if text.chars().count() > longest {
        return Err(SubjectError::TooLong { part, longest });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_three_forms() {
        for good in ["PA:IT-c_h501", "VATIT-01234567890", "CF:IT-RSSMRA80A01H501U"] {
            assert_eq!(good.parse::<OrganizationIdentifier>().unwrap().to_string(), good);
        }
        for bad in ["", "PA:IT-", "PA:IT-two words", "PA:IT-12345678901234567", "VATIT-0123456789", "VATIT-0123456789a"]
        {
            assert!(bad.parse::<OrganizationIdentifier>().is_err(), "{bad}");
        }
        assert!("CF:IT-RSSMRA80A01H501".parse::<OrganizationIdentifier>().is_err());
    }

    #[test]
    fn a_subject_without_a_locality_is_refused() {
        let identifier = OrganizationIdentifier::Ipa("c_h501".to_owned());
        let refused = Subject::new("Comune", "Comune", "https://sp.example.it", identifier, " ");
        assert_eq!(refused, Err(SubjectError::Empty { part: "locality" }));
    }
}
