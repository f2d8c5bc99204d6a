//! Checks of single fields. They gather errors instead of stopping at the first: who configures sees them all at once.

use italia::{EmailAddress, FiscalCode, VatNumber};
use url::Url;

use super::error::{ConfigurationError, Place};
use crate::metadata::address;

/// With what AgID marks the aggregated party of test metadata (avviso SPID n. 19 v4).
const TEST_PARTY: &str = "__aggrsint";
/// The longest text that is accepted where the schemas set no limit.
const LONGEST: usize = 255;

/// The errors that were found so far.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) errors: Vec<ConfigurationError>,
}

impl Fields {
    pub(super) fn wrong(&mut self, error: ConfigurationError) {
        self.errors.push(error);
    }

    pub(super) fn require(&mut self, good: bool, error: impl FnOnce() -> ConfigurationError) {
        if !good {
            self.errors.push(error());
        }
    }

    pub(super) fn address(&mut self, field: &'static str, text: &str) -> Option<Url> {
        let url = address::https(text);
        self.require(url.is_some(), || ConfigurationError::Address { field, given: text.to_owned() });
        url
    }

    pub(super) fn filled(&mut self, place: Place, field: &'static str, text: &str) {
        let good = !text.trim().is_empty() && text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
        self.require(good, || ConfigurationError::Text { place, field });
    }

    pub(super) fn email(&mut self, place: Place, email: Option<&str>, needed: bool) {
        match email {
            Some(given) => {
                let good = EmailAddress::parse(given).is_ok_and(|email| email.as_str() == given);
                self.require(good, || ConfigurationError::Email { place, given: given.to_owned() });
            }
            None if needed => self.wrong(ConfigurationError::Missing { place, field: "email" }),
            None => {}
        }
    }

    /// `+` and seven to fifteen digits (ITU-T E.164).
    pub(super) fn phone(&mut self, place: Place, phone: Option<&str>) {
        let Some(given) = phone else { return };
        let digits = given.strip_prefix('+').unwrap_or_default();
        let good = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        self.require(good, || ConfigurationError::Phone { place, given: given.to_owned() });
    }

    /// A country and its number; of Italian numbers the check digit too.
    pub(super) fn vat_number(&mut self, place: Place, number: Option<&str>) {
        let Some(given) = number else { return };
        if place == Place::Aggregated && given == TEST_PARTY {
            return;
        }
        let good = match given.split_at_checked(2) {
            Some(("IT", digits)) => VatNumber::parse(digits).is_ok_and(|number| number.as_str() == digits),
            Some((country, rest)) => {
                let plain = rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
                country.bytes().all(|byte| byte.is_ascii_uppercase()) && (2..=26).contains(&rest.len()) && plain
            }
            None => false,
        };
        self.require(good, || ConfigurationError::VatNumber { place, given: given.to_owned() });
    }

    pub(super) fn fiscal_code(&mut self, place: Place, code: Option<&str>) {
        let Some(given) = code else { return };
        if place == Place::Aggregated && given == TEST_PARTY {
            return;
        }
        let good = FiscalCode::parse(given).is_ok_and(|code| code.as_str() == given);
        self.require(good, || ConfigurationError::FiscalCode { place, given: given.to_owned() });
    }

    /// Languages without repetition; Italian among them.
    pub(super) fn languages<'a>(&mut self, place: Place, languages: impl Iterator<Item = &'a str>) {
        let languages: Vec<&str> = languages.collect();
        for (index, language) in languages.iter().enumerate() {
            let plain = (2..=8).contains(&language.len())
                && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            let given = || (*language).to_owned();
            self.require(plain, || ConfigurationError::Malformed { place, field: "language", given: given() });
            let first = !languages.iter().take(index).any(|earlier| earlier == language);
            self.require(first, || ConfigurationError::LanguageRepeated { place, language: given() });
        }
        self.require(languages.contains(&"it"), || ConfigurationError::NoItalian { place });
    }
}
