//! The enrolment number in the register of hauliers (*Albo nazionale degli autotrasportatori*).

use crate::province::Province;
use crate::text::{Ascii, compact, number, spelled};

/// An enrolment number of the Albo: province, seven digits, one letter (L. 298/1974), as in `RM/0001234/A`.
///
/// No published rule for the format could be found, so this follows the numbers that firms quote, and is lenient on
/// reading: any case, spaces, slashes and dashes or none, and the left zeros may be missing. The letter is kept as it
/// is; its meaning was not verified.
///
/// ```
/// use italia::AlboNumber;
///
/// let number = AlboNumber::parse("rm 1234 a")?;
/// assert_eq!(number.as_str(), "RM/0001234/A");
/// # Ok::<(), italia::albo::AlboError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AlboNumber(Ascii<12>);

impl AlboNumber {
    /// Puts a number together: `serial` is 1 to 9,999,999, `letter` is A to Z.
    pub fn new(province: Province, serial: u32, letter: char) -> Result<Self, AlboError> {
        if !(1..=9_999_999).contains(&serial) {
            return Err(AlboError::Number);
        }
        if !letter.is_ascii_uppercase() {
            return Err(AlboError::Letter);
        }
        let text = format!("{province}/{serial:07}/{letter}");
        let bytes = <[u8; 12]>::try_from(text.as_bytes()).map_err(|_| AlboError::Form)?;
        Ok(Self(Ascii::new(bytes)))
    }

    /// Reads province, number and letter as leniently as the type says.
    pub fn parse(input: &str) -> Result<Self, AlboError> {
        let text = compact(input, &['.', '/', '\\', '_']);
        if text.is_empty() {
            return Err(AlboError::Empty);
        }
        if !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(AlboError::Form);
        }
        let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
        let (sigla, rest) = text.split_at(letters);
        let province = Province::parse(sigla).map_err(|_| AlboError::Province)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, letter) = rest.split_at(digits);
        let significant = digits.trim_start_matches('0');
        if significant.is_empty() || significant.len() > 7 {
            return Err(AlboError::Number);
        }
        let serial = number(significant.as_bytes()).ok_or(AlboError::Number)?;
        let mut letter = letter.chars();
        match (letter.next(), letter.next()) {
            (Some(letter), None) => Self::new(province, serial, letter),
            _ => Err(AlboError::Letter),
        }
    }

    /// The canonical spelling, `RM/0001234/A`.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The two letters of the province, which may be one that has ceased.
    pub fn sigla(&self) -> &str {
        &self.as_str()[..2]
    }

    /// The number within the province, from 1.
    pub fn serial(&self) -> u32 {
        number(&self.0.bytes()[3..10]).unwrap_or_default()
    }

    /// The letter at the end.
    pub fn letter(&self) -> char {
        char::from(self.0.bytes()[11])
    }
}

spelled!(AlboNumber, AlboError);

/// The Albo is public, so the number is shown.
impl std::fmt::Debug for AlboNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AlboNumber({})", self.as_str())
    }
}

/// Why a text is not an enrolment number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AlboError {
    /// Nothing was given.
    #[error("the Albo number is empty")]
    Empty,
    /// Signs that cannot be part of it.
    #[error("an Albo number is written like RM/0001234/A")]
    Form,
    /// It does not begin with the two letters of a province.
    #[error("the Albo number does not begin with a province")]
    Province,
    /// No digits, only zeros, or more than seven.
    #[error("an Albo number has 1 to 7 digits after the province")]
    Number,
    /// Not exactly one letter at the end.
    #[error("an Albo number ends with one letter")]
    Letter,
}

impl AlboError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Form => "form",
            Self::Province => "province",
            Self::Number => "number",
            Self::Letter => "letter",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for text in ["RM/0001234/A", "rm/1234/a", "RM 1234 A", "rm1234a", "RM-0001234-A", "RM / 00001234 / A"] {
            assert_eq!(AlboNumber::parse(text).map(|n| n.to_string()).as_deref(), Ok("RM/0001234/A"), "{text}");
        }
    }

    #[test]
    fn the_parts_come_back() {
        let number = AlboNumber::parse("NA/9876543/Z").unwrap();
        assert_eq!((number.sigla(), number.serial(), number.letter()), ("NA", 9_876_543, 'Z'));
    }

    #[test]
    fn errors_are_precise() {
        let cases = [
            (" / ", AlboError::Empty),
            ("RM*1234*A", AlboError::Form),
            ("1234/A", AlboError::Province),
            ("XX/1234/A", AlboError::Province),
            ("RM/A", AlboError::Province),
            ("RM/0000/A", AlboError::Number),
            ("RM/12345678/A", AlboError::Number),
            ("RM/1234", AlboError::Letter),
            ("RM/1234/AB", AlboError::Letter),
            ("RM/1234/5A6", AlboError::Letter),
        ];
        for (text, error) in cases {
            assert_eq!(AlboNumber::parse(text), Err(error), "{text}");
        }
    }
}
