//! The number in the *Repertorio economico amministrativo* of a Chamber of Commerce.

use crate::province::Province;
use crate::text::{compact, number, parsed};
use std::fmt;

/// A REA number: the province of the Chamber's office and a number that is unique there (L. 580/1993, article 8;
/// D.P.R. 581/1995, article 9). Written `RM - 123456`, with no left zeros.
///
/// ```
/// use italia::Rea;
///
/// let rea = Rea::parse("n. REA: rm-0123456")?;
/// assert_eq!(rea.as_str(), "RM - 123456");
/// assert_eq!((rea.province().as_str(), rea.number()), ("RM", 123_456));
/// # Ok::<(), italia::rea::ReaError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rea {
    province: Province,
    number: u32,
    text: Box<str>,
}

impl Rea {
    /// The most digits a number has been seen with.
    const LONGEST: usize = 9;

    /// Puts a number together from its parts; the number is 1 to 999,999,999.
    pub fn new(province: Province, number: u32) -> Result<Self, ReaError> {
        if !(1..=999_999_999).contains(&number) {
            return Err(ReaError::Number);
        }
        Ok(Self { province, number, text: format!("{province} - {number}").into() })
    }

    /// Reads the sigla and the number in either order, in any case, with spaces, dashes, slashes, left zeros, and
    /// with `REA`, `n.` or `numero` in front.
    pub fn parse(input: &str) -> Result<Self, ReaError> {
        let text = compact(input, &['.', '/', ':', '°', 'º']);
        let head = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        let (front, rest) = text.split_at(text.len() - head.len());
        let back = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = &rest[..rest.len() - back.len()];
        if digits.is_empty() && is_label(front) {
            return Err(ReaError::Empty);
        }
        if back.contains(|c: char| c.is_ascii_digit()) {
            return Err(ReaError::Form);
        }
        let province = if back.is_empty() { labelled_province(front) } else { Province::parse(back).ok() };
        let province = province.ok_or(ReaError::Province)?;
        if !back.is_empty() && !is_label(front) {
            return Err(ReaError::Form);
        }
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() || digits.len() > Self::LONGEST {
            return Err(ReaError::Number);
        }
        Self::new(province, number(digits.as_bytes()).ok_or(ReaError::Number)?)
    }

    /// The canonical spelling, `RM - 123456`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The spelling without spaces that registers use in their interfaces, `RM123456`.
    pub fn compact(&self) -> String {
        format!("{}{}", self.province, self.number)
    }

    /// The province of the Chamber's office, which may be one that has ceased.
    pub fn province(&self) -> Province {
        self.province
    }

    /// The number within the office, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }
}

/// The province at the end of `letters`, after nothing but the words that announce a REA number.
fn labelled_province(letters: &str) -> Option<Province> {
    if let Ok(province) = Province::parse(letters) {
        return Some(province);
    }
    let (label, sigla) = letters.split_at_checked(letters.len().checked_sub(2)?)?;
    if is_label(label) { Province::parse(sigla).ok() } else { None }
}

/// Whether `letters` are only such words, or none.
fn is_label(letters: &str) -> bool {
    // Long enough for any wording, and short enough that the descent below cannot exhaust the stack.
    if letters.len() > 24 {
        return false;
    }
    let mut shorter = ["NUMERO", "NUM", "NR", "N", "REA"].iter().filter_map(|word| letters.strip_prefix(word));
    letters.is_empty() || shorter.any(is_label)
}

parsed!(Rea, ReaError);

impl fmt::Display for Rea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// The number stands in a public register, so it is shown.
impl fmt::Debug for Rea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rea({})", self.text)
    }
}

/// Why a text is not a REA number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReaError {
    /// Nothing was given.
    #[error("the REA number is empty")]
    Empty,
    /// Not two letters and a number.
    #[error("a REA number is the two letters of a province and a number, as in RM - 123456")]
    Form,
    /// The letters are no province.
    #[error("the letters of the REA number are no province")]
    Province,
    /// No digits, only zeros, or more than nine digits.
    #[error("a REA number has 1 to 9 digits")]
    Number,
}

impl ReaError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Form => "form",
            Self::Province => "province",
            Self::Number => "number",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for text in [
            "RM - 123456",
            "rm123456",
            "RM/123456",
            "REA RM-0123456",
            "N. REA RM 123456",
            "123456 RM",
            "nr. RM 123456",
            "n° RM 123456",
            "REA n. 123456 RM",
            "Roma 123456",
        ] {
            assert_eq!(Rea::parse(text).map(|rea| rea.to_string()).as_deref(), Ok("RM - 123456"), "{text}");
        }
    }

    #[test]
    fn naples_novara_and_nuoro_survive() {
        for sigla in ["NA", "NO", "NU"] {
            for text in [format!("{sigla} - 7"), format!("N. {sigla} 7"), format!("REA {sigla}7"), format!("{sigla}7")]
            {
                assert_eq!(Rea::parse(&text).map(|rea| rea.compact()), Ok(format!("{sigla}7")), "{text}");
            }
        }
    }

    #[test]
    fn reggio_emilia_is_not_taken_for_the_word_rea() {
        assert_eq!(Rea::parse("RE - 123").map(|rea| rea.compact()).as_deref(), Ok("RE123"));
    }

    #[test]
    fn errors_are_precise() {
        assert_eq!(Rea::parse(" REA "), Err(ReaError::Empty));
        assert_eq!(Rea::parse("RM"), Err(ReaError::Number));
        assert_eq!(Rea::parse("RM - 000"), Err(ReaError::Number));
        assert_eq!(Rea::parse("RM - 1234567890"), Err(ReaError::Number));
        assert_eq!(Rea::parse("123456"), Err(ReaError::Province));
        assert_eq!(Rea::parse("XX - 123456"), Err(ReaError::Province));
        assert_eq!(Rea::parse("12RM34"), Err(ReaError::Form));
        assert_eq!(Rea::parse(&"N".repeat(1_000_000)), Err(ReaError::Province));
        assert_eq!(Rea::new(Province::parse("RM").unwrap(), 0), Err(ReaError::Number));
    }
}
