//! The code under which a register knows a member (*matricola*).

use crate::text::{Ascii, compact, first_illegal, number, spelled};

/// A member code: `IT`, seven digits of serial number, one check digit, as in `IT00012340`.
///
/// The guides of the field only say that a matricola begins with `IT`; no format is published. So this one is our
/// own, made to be read out on the telephone and typed from a letter: every single wrong digit and every swap of two
/// neighbouring digits is caught (H. M. Damm, *Total anti-symmetrische Quasigruppen*, 2004).
///
/// `Debug` shows the code: it names an account to those who run the register, and nobody to the rest.
///
/// ```
/// use italia::MemberCode;
///
/// let code = MemberCode::from_serial(1234)?;
/// assert_eq!(code.as_str(), "IT00012340");
/// assert_eq!(MemberCode::parse(&code.as_str().to_lowercase())?, code);
/// assert_eq!(code.serial(), 1234);
/// # Ok::<(), italia::member_code::MemberCodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MemberCode(Ascii<10>);

/// Damm's quasigroup of order ten: row the digit carried, column the digit read.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

impl MemberCode {
    /// The highest serial number.
    pub const LAST_SERIAL: u32 = 9_999_999;

    /// The code of a serial number, 0 to [`LAST_SERIAL`](Self::LAST_SERIAL).
    pub fn from_serial(serial: u32) -> Result<Self, MemberCodeError> {
        if serial > Self::LAST_SERIAL {
            return Err(MemberCodeError::Serial);
        }
        let digits = format!("{serial:07}");
        let text = format!("IT{digits}{}", check(digits.as_bytes()));
        let bytes = <[u8; 10]>::try_from(text.as_bytes()).map_err(|_| MemberCodeError::Serial)?;
        Ok(Self(Ascii::new(bytes)))
    }

    /// Reads a code in any case, with spaces, dots and dashes; `IT` may be missing.
    pub fn parse(input: &str) -> Result<Self, MemberCodeError> {
        let text = compact(input, &['.', '/']);
        let digits = text.strip_prefix("IT").unwrap_or(&text);
        if digits.is_empty() {
            return Err(MemberCodeError::Empty);
        }
        if let Some((at, found)) = first_illegal(digits, |c| c.is_ascii_digit()) {
            return Err(MemberCodeError::IllegalCharacter { at, found });
        }
        if digits.len() != 8 {
            return Err(MemberCodeError::Length { found: digits.len() });
        }
        if check(digits.as_bytes()) != 0 {
            return Err(MemberCodeError::CheckDigit);
        }
        Self::from_serial(number(&digits.as_bytes()[..7]).ok_or(MemberCodeError::Serial)?)
    }

    /// The canonical spelling, `IT` and eight digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The serial number.
    pub fn serial(&self) -> u32 {
        number(&self.0.bytes()[2..9]).unwrap_or_default()
    }
}

/// The digit to append to `digits`; zero when `digits` already end with theirs.
fn check(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |carried, &b| DAMM[usize::from(carried)][usize::from(b - b'0')])
}

spelled!(MemberCode, MemberCodeError);

impl std::fmt::Debug for MemberCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MemberCode({})", self.as_str())
    }
}

/// Why a text is not a member code. Positions count from 1 after `IT`, without separators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MemberCodeError {
    /// Nothing was given.
    #[error("the member code is empty")]
    Empty,
    /// A character that is no digit.
    #[error("character {at} after IT cannot be {found:?}")]
    IllegalCharacter {
        /// Position, from 1.
        at: usize,
        /// The character found there.
        found: char,
    },
    /// Not eight digits.
    #[error("a member code has 8 digits after IT; found {found}")]
    Length {
        /// How many digits there were.
        found: usize,
    },
    /// A digit is wrong or two are swapped.
    #[error("a digit of the member code is wrong")]
    CheckDigit,
    /// The serial number has more than seven digits.
    #[error("member codes end at the serial number 9999999")]
    Serial,
}

impl MemberCodeError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::IllegalCharacter { .. } => "illegal-character",
            Self::Length { .. } => "length",
            Self::CheckDigit => "check-digit",
            Self::Serial => "serial",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_of_damm_holds() {
        assert_eq!(check(b"572"), 4);
        assert_eq!(check(b"5724"), 0);
    }

    /// Enough to prove that every wrong digit and every swap is caught, at any length and position: after equal
    /// beginnings the carried digits differ and can never meet again.
    #[test]
    fn the_table_is_a_totally_anti_symmetric_quasigroup() {
        let step = |carried: usize, digit: usize| usize::from(DAMM[carried][digit]);
        for c in 0..10 {
            assert_eq!(step(c, c), 0);
            for x in 0..10 {
                for y in 0..10 {
                    if x != y {
                        assert_ne!(step(c, x), step(c, y), "a wrong digit passes");
                        assert_ne!(step(x, c), step(y, c), "two carried digits meet");
                        assert_ne!(step(step(c, x), y), step(step(c, y), x), "a swap passes");
                    }
                }
            }
        }
    }

    #[test]
    fn reads_what_people_write() {
        let code = MemberCode::from_serial(1234).unwrap();
        assert_eq!(code.as_str().len(), 10);
        let digits = &code.as_str()[2..];
        for text in [code.to_string(), code.as_str().to_lowercase(), format!("it {digits}"), digits.to_owned()] {
            assert_eq!(MemberCode::parse(&text), Ok(code), "{text}");
        }
    }

    #[test]
    fn errors_are_precise() {
        assert_eq!(MemberCode::parse(" it "), Err(MemberCodeError::Empty));
        assert_eq!(MemberCode::parse("IT0001234"), Err(MemberCodeError::Length { found: 7 }));
        assert_eq!(MemberCode::parse("IT000123O3"), Err(MemberCodeError::IllegalCharacter { at: 7, found: 'O' }));
        assert_eq!(MemberCode::from_serial(10_000_000), Err(MemberCodeError::Serial));
        assert!(MemberCode::from_serial(MemberCode::LAST_SERIAL).is_ok());
    }
}
