//! The subject of a card: `CN=<tax code>/<card number>.<base64 of the digest of the personal data>`.
//!
//! The digest may contain `/` and `+`, so the tax code ends at the *first* slash and the number at the first full stop
//! after it. Source: AgID, certificate profile for authentication by CNS.

use italia::PersonalCode;
use italia::fiscal_code::FiscalCodeError;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Tag, Tagged};
use x509_cert::name::Name;

use crate::oid;

/// The longest common name that X.520 allows (`ub-common-name`), in characters. Those of cards have about 62.
const LONGEST_COMMON_NAME: usize = 64;
/// The longest text of another attribute that is passed on.
const LONGEST_TEXT: usize = 256;

/// Why a subject is not the one of a card.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SubjectError {
    /// There is no common name.
    #[error("the subject has no common name")]
    NoCommonName,
    /// There is more than one common name, so nobody knows which one counts.
    #[error("the subject has several common names")]
    SeveralCommonNames,
    /// The common name is longer than 64 characters.
    #[error("the common name has {octets} octets")]
    TooLong {
        /// Its length.
        octets: usize,
    },
    /// A string type or a character that no card has.
    #[error("the common name has characters that no card uses")]
    IllegalCharacter,
    /// The parts are not there: tax code, slash, number, full stop, digest.
    #[error("the common name has not the form of a card's")]
    Form,
    /// What stands before the slash is not the tax code of a person.
    #[error("the common name does not begin with a tax code")]
    TaxCode(#[source] FiscalCodeError),
}

pub(super) struct Subject {
    pub tax_code: PersonalCode,
    pub card_id: String,
    pub issuing_body: Option<String>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
}

pub(super) fn read(name: &Name) -> Result<Subject, SubjectError> {
    let (tax_code, card_id) = common_name(name)?;
    let first = |wanted| attributes(name, wanted).next().and_then(text);
    Ok(Subject {
        tax_code,
        card_id,
        issuing_body: first(oid::ORGANIZATIONAL_UNIT),
        given_name: first(oid::GIVEN_NAME),
        surname: first(oid::SURNAME),
    })
}

fn attributes(name: &Name, wanted: ObjectIdentifier) -> impl Iterator<Item = &AttributeTypeAndValue> {
    name.0.iter().flat_map(|set| set.0.iter()).filter(move |attribute| attribute.oid == wanted)
}

fn common_name(name: &Name) -> Result<(PersonalCode, String), SubjectError> {
    let mut found = attributes(name, oid::COMMON_NAME);
    let only = found.next().ok_or(SubjectError::NoCommonName)?;
    if found.next().is_some() {
        return Err(SubjectError::SeveralCommonNames);
    }
    let octets = only.value.value();
    if octets.len() > LONGEST_COMMON_NAME {
        return Err(SubjectError::TooLong { octets: octets.len() });
    }
    parse(plain(only).ok_or(SubjectError::IllegalCharacter)?)
}

/// The text of a string type in which ASCII means ASCII, when it holds only what cards use. This leaves out NUL and
/// other control characters, blanks, letters that look alike, and the 16-bit and 32-bit string types.
fn plain(attribute: &AttributeTypeAndValue) -> Option<&str> {
    let one_octet =
        matches!(attribute.value.tag(), Tag::PrintableString | Tag::Utf8String | Tag::TeletexString | Tag::Ia5String);
    let text = std::str::from_utf8(attribute.value.value()).ok()?;
    let used = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'/' | b'.' | b'+' | b'=');
    (one_octet && text.bytes().all(used)).then_some(text)
}

fn parse(text: &str) -> Result<(PersonalCode, String), SubjectError> {
    let (code, rest) = text.split_once('/').ok_or(SubjectError::Form)?;
    let (card_id, digest) = rest.split_once('.').ok_or(SubjectError::Form)?;
    let is_number = !card_id.is_empty() && card_id.bytes().all(|octet| octet.is_ascii_alphanumeric());
    if !is_number || !is_base64(digest) {
        return Err(SubjectError::Form);
    }
    let tax_code = PersonalCode::parse(code).map_err(SubjectError::TaxCode)?;
    // The reader of tax codes forgives blanks and small letters, which people type and cards do not have.
    if tax_code.as_str() != code {
        return Err(SubjectError::Form);
    }
    Ok((tax_code, card_id.to_owned()))
}

fn is_base64(digest: &str) -> bool {
    let unpadded = digest.trim_end_matches('=');
    let padding = digest.len() - unpadded.len();
    let alphabet = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'/' | b'+');
    !unpadded.is_empty() && padding <= 2 && unpadded.bytes().all(alphabet)
}

/// A text to be shown, nothing more: `None` when it cannot be read or holds what should not be shown.
fn text(attribute: &AttributeTypeAndValue) -> Option<String> {
    let octets = attribute.value.value();
    let text = match attribute.value.tag() {
        Tag::PrintableString | Tag::Utf8String | Tag::Ia5String => std::str::from_utf8(octets).ok()?.to_owned(),
        // In practice T61 has always been Latin-1.
        Tag::TeletexString => octets.iter().copied().map(char::from).collect(),
        Tag::BmpString => {
            let (pairs, odd) = octets.as_chunks::<2>();
            let units: Vec<u16> = pairs.iter().copied().map(u16::from_be_bytes).collect();
            odd.is_empty().then(|| String::from_utf16(&units).ok()).flatten()?
        }
        _ => return None,
    };
    let shown = text.trim();
    let fits = !shown.is_empty() && shown.chars().count() <= LONGEST_TEXT && !shown.chars().any(is_invisible);
    fits.then(|| shown.to_owned())
}

/// Control characters, and those that turn the direction of a text or cannot be seen.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tax_code_ends_at_the_first_slash_and_the_number_at_the_first_full_stop() {
        let (code, card_id) = parse("MSRNTN77H15C351X/6120016461039008.i1ZpZfaCX/eKyikBfnF8to+M2T8=").unwrap();
        assert_eq!((code.as_str(), card_id.as_str()), ("MSRNTN77H15C351X", "6120016461039008"));
        let (_, card_id) = parse("MSRNTN77H15C351X/7430010024925855.lsKV/lNtBAmc8x5lzSb+cxx2UzE=").unwrap();
        assert_eq!(card_id, "7430010024925855");
    }

    #[test]
    fn other_forms_are_refused() {
        for wrong in [
            "",
            "MSRNTN77H15C351X",
            "MSRNTN77H15C351X/",
            "MSRNTN77H15C351X/6120016461039008",
            "MSRNTN77H15C351X/.i1ZpZfaCX",
            "MSRNTN77H15C351X/6120016461039008.",
            "MSRNTN77H15C351X/6120016461039008.i1Zp===",
            "MSRNTN77H15C351X/61200/16461039008.i1Zp",
            "msrntn77h15c351x/6120016461039008.i1Zp",
            "MSRNTN77H15C351X.6120016461039008/i1Zp",
        ] {
            assert_eq!(parse(wrong), Err(SubjectError::Form), "{wrong}");
        }
        for wrong in ["/6120016461039008.i1Zp", "MSRNTN77H15C351Y/6120.i1Zp", "00743110157/6120.i1Zp"] {
            assert!(matches!(parse(wrong), Err(SubjectError::TaxCode(_))), "{wrong}");
        }
    }
}
