//! The tax code (*codice fiscale*): sixteen characters of a person, or eleven digits.
//!
//! Source: D.M. 23-12-1976 (G.U. 345 of 29-12-1976).

mod encode;
mod error;
mod numeric;
mod person;
mod sex;
mod tables;

pub use encode::PersonalData;
pub use error::{EncodeError, FiscalCodeError};
pub use numeric::NumericCode;
pub(crate) use numeric::luhn;
pub use person::PersonalCode;
pub use sex::{Sex, SexError};

use crate::text::{compact, spelled};

/// A tax code of either kind.
///
/// ```
/// use italia::FiscalCode;
///
/// let code = FiscalCode::parse("ccc fba 85 d03 l219 p")?;
/// assert_eq!(code.as_str(), "CCCFBA85D03L219P");
/// assert_eq!(code.kind(), "person");
///
/// // Some forms ask for sixteen characters even of a company: the zeros on the left carry no meaning.
/// let company = FiscalCode::parse("0000000743110157")?;
/// assert_eq!(company, FiscalCode::parse("00743110157")?);
///
/// // Nothing personal ends in a log.
/// assert_eq!(format!("{code:?}"), "FiscalCode(CCC…)");
/// # Ok::<(), italia::fiscal_code::FiscalCodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FiscalCode {
    /// Sixteen characters: a natural person.
    Person(PersonalCode),
    /// Eleven digits: a company or another body, or a person with a provisional code.
    Numeric(NumericCode),
}

impl FiscalCode {
    /// Reads a code in any case, with spaces, dots and hyphens anywhere. Eleven digits may follow `IT` or be padded
    /// on the left to sixteen characters with zeros.
    pub fn parse(input: &str) -> Result<Self, FiscalCodeError> {
        let text = compact(input, &['.']);
        match text.chars().count() {
            0 => Err(FiscalCodeError::Empty),
            16 if !text.starts_with("00000") => PersonalCode::from_compact(&text).map(Self::Person),
            11 | 13 | 16 => NumericCode::from_compact(&text).map(Self::Numeric),
            found => Err(FiscalCodeError::Length { found }),
        }
    }

    /// Like [`parse`](Self::parse), and also accepts the creditors of the pagoPA test environment; see
    /// [`NumericCode::parse_sandbox`].
    pub fn parse_sandbox(input: &str) -> Result<Self, FiscalCodeError> {
        match Self::parse(input) {
            Err(FiscalCodeError::SandboxOnly) => NumericCode::parse_sandbox(input).map(Self::Numeric),
            other => other,
        }
    }

    /// The code of a person with these data; see [`PersonalCode::encode`].
    pub fn encode(data: &PersonalData<'_>) -> Result<Self, EncodeError> {
        PersonalCode::encode(data).map(Self::Person)
    }

    /// The sixteen characters or eleven digits, in capitals without separators.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Person(code) => code.as_str(),
            Self::Numeric(code) => code.as_str(),
        }
    }

    /// `"person"` for sixteen characters, `"company"` for eleven digits. The few people who hold a provisional
    /// numeric code are taken for companies: nothing in the code tells them apart.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Numeric(_) => "company",
        }
    }

    /// The code of a person, if it is one.
    pub fn person(&self) -> Option<&PersonalCode> {
        match self {
            Self::Person(code) => Some(code),
            Self::Numeric(_) => None,
        }
    }

    /// The eleven digits, if it is a numeric code.
    pub fn numeric(&self) -> Option<&NumericCode> {
        match self {
            Self::Person(_) => None,
            Self::Numeric(code) => Some(code),
        }
    }
}

spelled!(FiscalCode, FiscalCodeError);
crate::text::redacted!(FiscalCode, 3);

impl From<PersonalCode> for FiscalCode {
    fn from(code: PersonalCode) -> Self {
        Self::Person(code)
    }
}

impl From<NumericCode> for FiscalCode {
    fn from(code: NumericCode) -> Self {
        Self::Numeric(code)
    }
}

#[cfg(test)]
mod tests;
