//! Number plates of vehicles.

use crate::province::Province;
use crate::text::{compact, first_illegal, redacted, spelled};

/// The registration mark of a vehicle, without spaces, in capitals.
///
/// Four to ten letters and digits, so that foreign and special plates pass; [`kind`](Self::kind) tells which Italian
/// pattern the mark follows, if any. `Debug` is redacted, because a mark leads to its keeper.
///
/// ```
/// use italia::plate::{Plate, PlateKind};
///
/// let plate = Plate::parse("ab 123 cd")?;
/// assert_eq!(plate.as_str(), "AB123CD");
/// assert_eq!(plate.kind(), PlateKind::Vehicle);
/// assert!(!Plate::parse("M-AB 1234")?.is_standard());
/// # Ok::<(), italia::plate::PlateError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Plate(Box<str>);

/// Which Italian pattern a mark follows. The letters I, O, Q and U are never used in those given since 1994.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PlateKind {
    /// `AB123CD`: cars, lorries and tractors since 1994.
    Vehicle,
    /// `XA123BC`: trailers and semi-trailers since 2013.
    Trailer,
    /// `AB12345`: motorcycles since 1999, and trailers from 1994 to 2013.
    TwoLettersFiveDigits,
    /// `AB123C`: agricultural machines.
    Agricultural,
    /// `RM123456`, `ROMA12345A`: the province, then digits with at most one letter, until 1994.
    Provincial,
    /// Anything else: foreign, diplomatic, military, moped and test marks.
    Other,
}

impl Plate {
    /// Reads four to ten letters and digits; spaces, dashes, dots and asterisks are dropped.
    pub fn parse(input: &str) -> Result<Self, PlateError> {
        let text = compact(input, &['.', '*', '·']);
        if text.is_empty() {
            return Err(PlateError::Empty);
        }
        if let Some((at, found)) = first_illegal(&text, |c| c.is_ascii_alphanumeric()) {
            return Err(PlateError::IllegalCharacter { at, found });
        }
        if !(4..=10).contains(&text.len()) {
            return Err(PlateError::Length { found: text.len() });
        }
        Ok(Self(text.into()))
    }

    /// The mark in capitals, without separators.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The Italian pattern the mark follows.
    pub fn kind(&self) -> PlateKind {
        let (shape, modern) = (self.shape(), !self.0.contains(['I', 'O', 'Q', 'U']));
        match shape.as_str() {
            "LLDDDLL" if modern && self.0.starts_with('X') => PlateKind::Trailer,
            "LLDDDLL" if modern => PlateKind::Vehicle,
            _ if self.is_provincial() => PlateKind::Provincial,
            "LLDDDDD" if modern => PlateKind::TwoLettersFiveDigits,
            "LLDDDL" if modern => PlateKind::Agricultural,
            _ => PlateKind::Other,
        }
    }

    /// Whether the mark follows an Italian pattern.
    pub fn is_standard(&self) -> bool {
        self.kind() != PlateKind::Other
    }

    /// `L` for each letter, `D` for each digit.
    fn shape(&self) -> String {
        self.0.bytes().map(|b| if b.is_ascii_digit() { 'D' } else { 'L' }).collect()
    }

    /// A province and five or six characters, of which at most one is a letter. Five digits alone could be a
    /// motorcycle's just as well, and marks of two letters and five digits are taken for that.
    fn is_provincial(&self) -> bool {
        let rest = match self.0.strip_prefix("ROMA") {
            Some(rest) => rest,
            None if Province::parse(self.0.get(..2).unwrap_or_default()).is_ok() => &self.0[2..],
            None => return false,
        };
        let letters = rest.bytes().filter(u8::is_ascii_uppercase).count();
        match rest.len() {
            6 => letters <= 1,
            5 => self.0.starts_with("ROMA") || self.0.contains(['I', 'O', 'Q', 'U']) && letters == 0,
            _ => false,
        }
    }
}

spelled!(Plate, PlateError);
redacted!(Plate, 2);

/// Why a text is not a number plate. Positions count from 1, without separators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlateError {
    /// Nothing was given.
    #[error("the number plate is empty")]
    Empty,
    /// Neither a letter nor a digit.
    #[error("character {at} of the number plate cannot be {found:?}")]
    IllegalCharacter {
        /// Position, from 1.
        at: usize,
        /// The character found there.
        found: char,
    },
    /// Fewer than four characters or more than ten.
    #[error("a number plate has 4 to 10 characters; found {found}")]
    Length {
        /// How many there were.
        found: usize,
    },
}

impl PlateError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::IllegalCharacter { .. } => "illegal-character",
            Self::Length { .. } => "length",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart() {
        let cases = [
            ("AB 123 CD", PlateKind::Vehicle),
            ("xa-123-bc", PlateKind::Trailer),
            ("AB12345", PlateKind::TwoLettersFiveDigits),
            ("CA12345", PlateKind::TwoLettersFiveDigits),
            ("AB123C", PlateKind::Agricultural),
            ("MI 123456", PlateKind::Provincial),
            ("TO12345", PlateKind::Provincial),
            ("MI 1A2345", PlateKind::Provincial),
            ("ROMA 12345A", PlateKind::Provincial),
            ("Roma 12345", PlateKind::Provincial),
            ("AI123CD", PlateKind::Other),
            ("M-AB 1234", PlateKind::Other),
            ("1234 BCD", PlateKind::Other),
            ("X5B23K", PlateKind::Other),
        ];
        for (text, kind) in cases {
            assert_eq!(Plate::parse(text).map(|plate| plate.kind()), Ok(kind), "{text}");
        }
    }

    #[test]
    fn errors_are_precise() {
        assert_eq!(Plate::parse(" - "), Err(PlateError::Empty));
        assert_eq!(Plate::parse("AB1"), Err(PlateError::Length { found: 3 }));
        assert_eq!(Plate::parse("AB123CD4567"), Err(PlateError::Length { found: 11 }));
        assert_eq!(Plate::parse("ÀB123CD"), Err(PlateError::IllegalCharacter { at: 1, found: 'À' }));
    }

    #[test]
    fn debug_is_redacted() {
        assert_eq!(format!("{:?}", Plate::parse("AB123CD").unwrap()), "Plate(AB…)");
    }
}
