//! Telephone numbers.

mod plan;

use crate::text::{first_illegal, is_dash, is_gap, parsed};
use std::fmt;

/// A telephone number in the international form of ITU-T E.164. Without a country code it is Italian.
///
/// `Debug` is masked. Whether the number is connected nobody can tell from its digits.
///
/// ```
/// use italia::phone::{PhoneKind, PhoneNumber};
///
/// let phone = PhoneNumber::parse("333/123 45 67")?;
/// assert_eq!(phone.as_str(), "+393331234567");
/// assert_eq!(phone.to_string(), "+39 333 123 4567");
/// assert_eq!(phone.masked(), "+39 *** *** 4567");
/// assert_eq!(phone.kind(), PhoneKind::Mobile);
/// // Italian landlines keep their zero after the country code.
/// assert_eq!(PhoneNumber::parse("06 1234 5678")?.as_str(), "+390612345678");
/// # Ok::<(), italia::phone::PhoneError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber(Box<str>);

/// What a number reaches, as far as its digits tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PhoneKind {
    /// An Italian mobile number: it can receive text messages.
    Mobile,
    /// An Italian landline: it cannot.
    Landline,
    /// An Italian number of another kind: toll-free, shared cost, voice over the internet.
    Special,
    /// A number of another country, whose kind is not told apart.
    Foreign,
}

impl PhoneNumber {
    /// Reads a number with spaces, dashes, slashes, dots and brackets. The country code follows `+` or `00`, or is the
    /// bare `39` when what follows can only be an Italian number.
    pub fn parse(input: &str) -> Result<Self, PhoneError> {
        let text: String = input.chars().filter(|&c| !is_gap(c) && !is_dash(c) && !"/.".contains(c)).collect();
        let text = without_brackets(&text);
        let (foreign, digits) = match text.strip_prefix('+').or_else(|| text.strip_prefix("00")) {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        if digits.is_empty() {
            return Err(PhoneError::Empty);
        }
        if let Some((at, found)) = first_illegal(digits, |c| c.is_ascii_digit()) {
            let dropped = text.len() - digits.len();
            return Err(PhoneError::IllegalCharacter { at: at + dropped, found });
        }
        Self::from_digits(digits, foreign)
    }

    fn from_digits(digits: &str, international: bool) -> Result<Self, PhoneError> {
        let national = match (international, digits.strip_prefix("39")) {
            (true, Some(national)) => national,
            (true, None) => return Self::foreign(digits),
            (false, Some(rest)) if plan::is_bare_country(digits) => rest,
            (false, _) => digits,
        };
        plan::check_italian(national)?;
        Ok(Self(format!("+39{national}").into()))
    }

    fn foreign(digits: &str) -> Result<Self, PhoneError> {
        if digits.starts_with('0') {
            return Err(PhoneError::Prefix);
        }
        match digits.len() {
            7..=15 => Ok(Self(format!("+{digits}").into())),
            found => Err(PhoneError::Length { found }),
        }
    }

    /// The number as machines dial it: `+` and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The country code without the plus sign, `39` for Italy.
    pub fn country_code(&self) -> &str {
        &self.0[1..=plan::country_code_length(&self.0[1..])]
    }

    /// What the number reaches.
    pub fn kind(&self) -> PhoneKind {
        match (self.country_code(), self.national().as_bytes().first()) {
            ("39", Some(b'3')) => PhoneKind::Mobile,
            ("39", Some(b'0')) => PhoneKind::Landline,
            ("39", _) => PhoneKind::Special,
            _ => PhoneKind::Foreign,
        }
    }

    /// Whether a text message is worth sending: to Italian mobiles and to numbers abroad.
    pub fn may_receive_text(&self) -> bool {
        matches!(self.kind(), PhoneKind::Mobile | PhoneKind::Foreign)
    }

    /// The number made unreadable to strangers and recognisable to its owner: country code and last four digits.
    pub fn masked(&self) -> String {
        format!("+{} *** *** {}", self.country_code(), &self.0[self.0.len() - 4..])
    }

    fn national(&self) -> &str {
        &self.0[1 + self.country_code().len()..]
    }
}

/// Drops brackets, and the zero between them after a foreign country code: it is dialled within that country only.
/// Italy is the country that keeps it.
fn without_brackets(text: &str) -> String {
    let open = |text: &str| text.replace(['(', ')'], "");
    match text.split_once("(0)") {
        Some((country, rest)) if !matches!(open(country).as_str(), "" | "+39" | "0039" | "39") => {
            open(country) + &open(rest)
        }
        _ => open(text),
    }
}

parsed!(PhoneNumber, PhoneError);

/// Grouped for reading, `+39 333 123 4567`; reading it back gives the same number.
impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let national = self.national();
        let area = match self.kind() {
            PhoneKind::Landline => plan::area_length(national),
            _ => national.len().min(3),
        };
        let mut text = format!("+{} {}", self.country_code(), &national[..area]);
        let mut rest = &national[area..];
        while !rest.is_empty() {
            let take = plan::group_length(rest.len());
            text.push(' ');
            text.push_str(&rest[..take]);
            rest = &rest[take..];
        }
        f.pad(&text)
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber({})", self.masked())
    }
}

/// Why a text is not a telephone number. Positions count from 1, without separators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PhoneError {
    /// Nothing was given.
    #[error("the telephone number is empty")]
    Empty,
    /// Neither a digit nor a leading plus sign.
    #[error("character {at} of the telephone number cannot be {found:?}")]
    IllegalCharacter {
        /// Position, from 1.
        at: usize,
        /// The character found there.
        found: char,
    },
    /// Too few or too many digits for its kind.
    #[error("a telephone number of this kind does not have {found} digits")]
    Length {
        /// How many there were, without the Italian country code.
        found: usize,
    },
    /// No number begins like this: an Italian landline without its zero, for instance.
    #[error("no telephone number begins like this")]
    Prefix,
}

impl PhoneError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::IllegalCharacter { .. } => "illegal-character",
            Self::Length { .. } => "length",
            Self::Prefix => "prefix",
        }
    }
}

#[cfg(test)]
mod tests;
