//! The VAT number (*partita IVA*).

use crate::fiscal_code::{FiscalCode, NumericCode, luhn};
use crate::text::{Ascii, compact, first_illegal, redacted, spelled};

/// An Italian VAT number: eleven digits, the last a check digit (D.P.R. 633/1972, article 35).
///
/// For companies it is usually, but not always, the same as the tax code; for a sole trader the tax code is the
/// person's. `Debug` is redacted because a sole trader is a person.
///
/// ```
/// use italia::VatNumber;
///
/// let vat = VatNumber::parse("IT 00743110157")?;
/// assert_eq!(vat.as_str(), "00743110157");
/// assert_eq!(vat.with_country(), "IT00743110157");
/// # Ok::<(), italia::vat::VatError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VatNumber(Ascii<11>);

impl VatNumber {
    /// Reads eleven digits with spaces, dots and hyphens, after an optional `IT`.
    pub fn parse(input: &str) -> Result<Self, VatError> {
        let text = compact(input, &['.']);
        let digits = text.strip_prefix("IT").unwrap_or(&text);
        let found = digits.chars().count();
        match found {
            0 => return Err(VatError::Empty),
            11 => {}
            _ => return Err(VatError::Length { found }),
        }
        if let Some((at, found)) = first_illegal(digits, |c| c.is_ascii_digit()) {
            return Err(VatError::IllegalCharacter { at, found });
        }
        let bytes = <[u8; 11]>::try_from(digits.as_bytes()).map_err(|_| VatError::Length { found })?;
        let is_zero = bytes[..7].iter().all(|&b| b == b'0');
        if is_zero || !luhn(&bytes) { Err(VatError::CheckDigit) } else { Ok(Self(Ascii::new(bytes))) }
    }

    /// The eleven digits, without `IT`.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The form used across the Union: `IT` and the digits.
    pub fn with_country(&self) -> String {
        format!("IT{}", self.as_str())
    }

    /// The numeric tax code with the same digits.
    pub fn to_fiscal_code(&self) -> FiscalCode {
        FiscalCode::Numeric(NumericCode::from_checked(self.0))
    }
}

/// Both numbers share their layout and check; the test creditors that only
/// [`NumericCode::parse_sandbox`] accepts are refused.
impl TryFrom<NumericCode> for VatNumber {
    type Error = VatError;

    fn try_from(code: NumericCode) -> Result<Self, VatError> {
        if code.is_sandbox() { Err(VatError::CheckDigit) } else { Ok(Self(code.ascii())) }
    }
}

spelled!(VatNumber, VatError);
redacted!(VatNumber, 3);

/// Why a text is not an Italian VAT number. Positions count from 1, without `IT` and separators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VatError {
    /// Nothing was given.
    #[error("the VAT number is empty")]
    Empty,
    /// Not eleven digits.
    #[error("a VAT number has 11 digits; found {found} characters")]
    Length {
        /// How many characters were left without `IT` and separators.
        found: usize,
    },
    /// A character that is no digit.
    #[error("character {at} of the VAT number cannot be {found:?}")]
    IllegalCharacter {
        /// Position, from 1.
        at: usize,
        /// The character found there.
        found: char,
    },
    /// A digit is wrong, or the seven digits of the serial are zero.
    #[error("a digit of the VAT number is wrong")]
    CheckDigit,
}

impl VatError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Length { .. } => "length",
            Self::IllegalCharacter { .. } => "illegal-character",
            Self::CheckDigit => "check-digit",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_is_optional() {
        for text in ["00743110157", "it00743110157", "IT 007.431.101-57", " IT-00743110157 "] {
            assert_eq!(VatNumber::parse(text).map(|v| v.to_string()).as_deref(), Ok("00743110157"), "{text}");
        }
    }

    #[test]
    fn errors_are_precise() {
        assert_eq!(VatNumber::parse(" IT "), Err(VatError::Empty));
        assert_eq!(VatNumber::parse("0743110157"), Err(VatError::Length { found: 10 }));
        assert_eq!(VatNumber::parse("IT0074311O157"), Err(VatError::IllegalCharacter { at: 8, found: 'O' }));
        assert_eq!(VatNumber::parse("00743110158"), Err(VatError::CheckDigit));
        assert_eq!(VatNumber::parse("00000000000"), Err(VatError::CheckDigit));
        assert_eq!(VatNumber::parse("DE123456789"), Err(VatError::IllegalCharacter { at: 1, found: 'D' }));
    }

    #[test]
    fn it_is_a_numeric_tax_code_too() {
        let vat = VatNumber::parse("00743110157").unwrap();
        let code = vat.to_fiscal_code();
        assert_eq!(code.as_str(), vat.as_str());
        assert_eq!(VatNumber::try_from(*code.numeric().unwrap()), Ok(vat));
        let sandbox = NumericCode::parse_sandbox("77777777777").unwrap();
        assert_eq!(VatNumber::try_from(sandbox), Err(VatError::CheckDigit));
    }

    #[test]
    fn debug_is_redacted() {
        let vat = VatNumber::parse("00743110157").unwrap();
        assert_eq!(format!("{vat:?}"), "VatNumber(007…)");
    }
}
