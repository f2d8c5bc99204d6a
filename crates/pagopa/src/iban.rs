//! The account a transfer goes to.

use std::fmt;
use std::str::FromStr;

/// An international bank account number, without spaces, in capital letters.
///
/// [`Iban::parse`] is strict and belongs where somebody configures an account. What the node sends goes through
/// [`Iban::unchecked`], because the schema there (`stIBAN`) is any text of up to 35 characters and a receipt for
/// money already moved must not be lost over a check digit.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Iban(Box<str>);

/// Why a text is not an IBAN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IbanError {
    /// Not two letters, two digits and 11 to 30 letters or digits (ISO 13616-1; Italian accounts have 27 in all).
    #[error("an IBAN is two letters, two digits and up to 30 letters or digits (27 characters in Italy)")]
    Shape,
    /// The check digits do not belong to the rest (ISO 7064 mod 97-10).
    #[error("the check digits of the IBAN are wrong")]
    CheckDigits,
}

impl Iban {
    /// Reads and verifies an IBAN; spaces are ignored and letters may be small.
    pub fn parse(text: &str) -> Result<Self, IbanError> {
        let compact = compact(text);
        let bytes = compact.as_bytes();
        let shape = (15..=34).contains(&bytes.len())
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2..4].iter().all(u8::is_ascii_digit)
            && bytes[4..].iter().all(u8::is_ascii_alphanumeric)
            && (!compact.starts_with("IT") || bytes.len() == 27);
        if !shape {
            return Err(IbanError::Shape);
        }
        if remainder(bytes) != 1 {
            return Err(IbanError::CheckDigits);
        }
        Ok(Self(compact.into()))
    }

    /// Takes an account as the world wrote it: 1 to 35 letters or digits, check digits not verified.
    pub fn unchecked(text: &str) -> Result<Self, IbanError> {
        let compact = compact(text);
        let fits = (1..=35).contains(&compact.len()) && compact.bytes().all(|b| b.is_ascii_alphanumeric());
        if fits { Ok(Self(compact.into())) } else { Err(IbanError::Shape) }
    }

    /// The characters without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

/// The remainder modulo 97 of the number that the letters and digits stand for, the first four moved to the end.
fn remainder(bytes: &[u8]) -> u32 {
    bytes[4..].iter().chain(&bytes[..4]).fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    })
}

impl FromStr for Iban {
    type Err = IbanError;

    fn from_str(text: &str) -> Result<Self, IbanError> {
        Self::parse(text)
    }
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Iban({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verifies_the_check_digits() {
        let iban = Iban::parse("it60 x054 2811 1010 0000 0123 456").unwrap();
        assert_eq!(iban.as_str(), "IT60X0542811101000000123456");
        assert_eq!(Iban::parse("IT61X0542811101000000123456"), Err(IbanError::CheckDigits));
        assert_eq!(Iban::parse("IT60X054281110100000012345"), Err(IbanError::Shape));
        assert_eq!(Iban::parse("IT"), Err(IbanError::Shape));
        assert_eq!(Iban::parse("DE89370400440532013000").unwrap().to_string(), "DE89370400440532013000");
    }

    #[test]
    fn takes_what_the_node_sends() {
        assert_eq!(Iban::unchecked("IT61X0542811101000000123456").unwrap().as_str(), "IT61X0542811101000000123456");
        assert_eq!(Iban::unchecked(""), Err(IbanError::Shape));
        assert_eq!(Iban::unchecked("<IBAN>"), Err(IbanError::Shape));
    }
}
