//! Texts of limited length: free text that is fitted, and identifiers that are not.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

/// Free text of 1 to `MAX` characters, such as a description or a name.
///
/// Making one never fails: what does not fit is cut at a character border, control characters and characters that
/// XML cannot carry become spaces, runs of white space become one space. An empty text becomes `-`, because the
/// schema of the node wants at least one character. Lengths are in characters, not bytes, as in the schema.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text<const MAX: usize>(Box<str>);

impl<const MAX: usize> Text<MAX> {
    /// Fits `text` into `MAX` characters.
    #[must_use]
    pub fn fit(text: &str) -> Self {
        if is_tidy(text) && text.chars().nth(MAX).is_none() {
            return Self(text.into());
        }
        let mut out = String::with_capacity(text.len().min(MAX * 4));
        let mut length = 0;
        for word in text.split(is_gap).filter(|word| !word.is_empty()) {
            let gap = usize::from(length > 0);
            if length + gap >= MAX {
                break;
            }
            if gap == 1 {
                out.push(' ');
            }
            let room = MAX - length - gap;
            let before = out.len();
            out.extend(word.chars().take(room));
            length += gap + out[before..].chars().count();
        }
        if out.is_empty() {
            out.push('-');
        }
        Self(out.into())
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Not empty, no gaps at the ends, only single spaces inside, nothing that must be replaced.
fn is_tidy(text: &str) -> bool {
    let mut last = ' ';
    for c in text.chars() {
        if (c != ' ' && is_gap(c)) || (c == ' ' && last == ' ') {
            return false;
        }
        last = c;
    }
    last != ' '
}

/// White space, controls, and what XML 1.0 (production 2, `Char`) forbids.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{FEFF}')
}

impl<const MAX: usize> Deref for Text<MAX> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> From<&str> for Text<MAX> {
    fn from(text: &str) -> Self {
        Self::fit(text)
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<const MAX: usize> fmt::Debug for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// An identifier of 1 to `MAX` printable characters, such as the code of a station or of a payment service provider.
///
/// Unlike [`Text`] it is never cut: two identifiers must not become equal by shortening.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code<const MAX: usize>(Box<str>);

/// Why a text is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// Nothing but white space.
    #[error("the identifier is empty")]
    Empty,
    /// Longer than the schema allows.
    #[error("the identifier is longer than {max} characters")]
    TooLong {
        /// The largest number of characters.
        max: usize,
    },
    /// A control character or one that XML cannot carry.
    #[error("the identifier contains a character that cannot be printed")]
    Unprintable,
}

impl<const MAX: usize> Code<MAX> {
    /// Reads an identifier; white space around it is ignored.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(CodeError::Empty);
        }
        if text.chars().nth(MAX).is_some() {
            return Err(CodeError::TooLong { max: MAX });
        }
        if text.chars().any(|c| c != ' ' && is_gap(c)) {
            return Err(CodeError::Unprintable);
        }
        Ok(Self(text.into()))
    }

    /// Takes a text that the type it comes from already proves to fit.
    pub(crate) fn known(text: &str) -> Self {
        debug_assert!(Self::parse(text).is_ok());
        Self(text.into())
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> FromStr for Code<MAX> {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

impl<const MAX: usize> fmt::Display for Code<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<const MAX: usize> fmt::Debug for Code<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// Writes `text` with only the characters that every bank carries in a credit transfer (EPC217-08, Latin set):
/// accents are dropped, everything else becomes a space.
pub(crate) fn latin(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => out.push(c),
            '/' | '-' | '?' | ':' | '(' | ')' | '.' | ',' | '\'' | '+' | ' ' => out.push(c),
            '’' | '‘' | '`' | '´' => out.push('\''),
            '–' | '—' | '_' => out.push('-'),
            '&' => out.push('+'),
            '€' => out.push_str("EUR"),
            _ => out.push_str(without_accent(c)),
        }
    }
    out
}

fn without_accent(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => "A",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'È' | 'É' | 'Ê' | 'Ë' => "E",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'Ì' | 'Í' | 'Î' | 'Ï' => "I",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
        'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => "O",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'Ù' | 'Ú' | 'Û' | 'Ü' => "U",
        'ç' | 'č' | 'ć' => "c",
        'Ç' | 'Č' | 'Ć' => "C",
        'ñ' => "n",
        'Ñ' => "N",
        'š' => "s",
        'Š' => "S",
        'ž' => "z",
        'Ž' => "Z",
        'đ' => "d",
        'Đ' => "D",
        'ß' => "ss",
        '°' => "o",
        _ => " ",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fits_free_text() {
        assert_eq!(Text::<140>::fit("Quota albo 2027").as_str(), "Quota albo 2027");
        assert_eq!(Text::<140>::fit("  Quota\r\n\talbo \u{1} 2027\u{FFFF}").as_str(), "Quota albo 2027");
        assert_eq!(Text::<5>::fit("perché no").as_str(), "perch");
        assert_eq!(Text::<6>::fit("perché no").as_str(), "perché");
        assert_eq!(Text::<7>::fit("perché no").as_str(), "perché");
        assert_eq!(Text::<8>::fit("perché no").as_str(), "perché n");
        assert_eq!(Text::<3>::fit("🚚🚚🚚🚚").as_str(), "🚚🚚🚚");
        assert_eq!(Text::<140>::fit(" \n ").as_str(), "-");
    }

    #[test]
    fn identifiers_are_refused_and_never_cut() {
        assert_eq!(Code::<35>::parse(" 01199250158_01 ").unwrap().as_str(), "01199250158_01");
        assert_eq!(Code::<3>::parse("abcd"), Err(CodeError::TooLong { max: 3 }));
        assert_eq!(Code::<3>::parse("   "), Err(CodeError::Empty));
        assert_eq!(Code::<3>::parse("a\0b"), Err(CodeError::Unprintable));
    }

    #[test]
    fn the_banks_set_has_no_accents() {
        assert_eq!(latin("Qualità & città – 10 €"), "Qualita + citta - 10 EUR");
        assert_eq!(latin("a|b\"c"), "a b c");
    }

    proptest! {
        #[test]
        fn fitted_text_is_short_printable_and_stable(text in any::<String>()) {
            let fitted = Text::<20>::fit(&text);
            prop_assert!((1..=20).contains(&fitted.chars().count()));
            prop_assert!(!fitted.chars().any(|c| c != ' ' && is_gap(c)));
            prop_assert_eq!(Text::<20>::fit(&fitted), fitted);
        }

        #[test]
        fn latin_text_is_latin(text in any::<String>()) {
            prop_assert!(latin(&text).bytes().all(|b| b.is_ascii_alphanumeric() || b"/-?:().,'+ ".contains(&b)));
        }
    }
}
