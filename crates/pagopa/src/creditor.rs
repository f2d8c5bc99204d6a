//! The tax code by which pagoPA knows a creditor.

use std::fmt;
use std::str::FromStr;

use italia::FiscalCode;
use serde::{Deserialize, Serialize};

/// The tax code of a creditor (`ente creditore`): exactly eleven digits (`stFiscalCodePA` of the node's schema).
///
/// The check digit is not verified. pagoPA's own test creditors (`77777777777`, `44444444444`) and the examples
/// in its documents (`00000000000`) would fail it, and the node decides who is a creditor, not arithmetic.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditorCode([u8; 11]);

/// The text is not a creditor's tax code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a creditor's tax code is eleven digits")]
pub struct CreditorCodeError;

impl CreditorCode {
    /// Reads eleven digits; white space around them is ignored.
    pub fn parse(text: &str) -> Result<Self, CreditorCodeError> {
        let digits: [u8; 11] = text.trim().as_bytes().try_into().map_err(|_| CreditorCodeError)?;
        if digits.iter().all(u8::is_ascii_digit) { Ok(Self(digits)) } else { Err(CreditorCodeError) }
    }

    /// The eleven digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII digits were let in, so this never falls back.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl TryFrom<&FiscalCode> for CreditorCode {
    type Error = CreditorCodeError;

    /// Fails for the sixteen-character code of a natural person.
    fn try_from(code: &FiscalCode) -> Result<Self, CreditorCodeError> {
        Self::parse(code.as_str())
    }
}

impl FromStr for CreditorCode {
    type Err = CreditorCodeError;

    fn from_str(text: &str) -> Result<Self, CreditorCodeError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for CreditorCode {
    type Error = CreditorCodeError;

    fn try_from(text: String) -> Result<Self, CreditorCodeError> {
        Self::parse(&text)
    }
}

impl From<CreditorCode> for String {
    fn from(code: CreditorCode) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for CreditorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CreditorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CreditorCode({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_digits_and_nothing_else() {
        assert_eq!(CreditorCode::parse(" 01199250158\n").unwrap().as_str(), "01199250158");
        assert_eq!(CreditorCode::parse("77777777777").unwrap().to_string(), "77777777777");
        for bad in ["", "0119925015", "011992501580", "0119925015A", "٠١١٩٩", "01 99250158"] {
            assert_eq!(CreditorCode::parse(bad), Err(CreditorCodeError), "{bad:?}");
        }
    }
}
