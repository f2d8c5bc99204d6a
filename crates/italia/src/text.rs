//! What every value of this crate shares: fixed ASCII text, and the clean-up of what people type.

/// Text of exactly `N` ASCII characters, held in place so that the values made of it can be copied.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Ascii<const N: usize>([u8; N]);

impl<const N: usize> Ascii<N> {
    /// Takes bytes that the caller has already found to be ASCII.
    pub(crate) fn new(bytes: [u8; N]) -> Self {
        debug_assert!(bytes.is_ascii());
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; N] {
        &self.0
    }

    /// ASCII is always UTF-8, so the empty default is never used.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Drops white space, the invisible characters that come along with a paste, every kind of dash and the given
/// `separators`, and capitalises the rest. Letters outside ASCII stay as they are, to be refused later by position.
pub(crate) fn compact(input: &str, separators: &[char]) -> String {
    input
        .chars()
        .filter(|&c| !is_gap(c) && !is_dash(c) && !separators.contains(&c))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// White space, including the no-break kinds, and the characters of no width.
pub(crate) fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}

/// The hyphen of the keyboard, its typographic relatives and the minus sign.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The first character that `allowed` refuses, with its position counted from 1.
pub(crate) fn first_illegal(text: &str, allowed: impl Fn(char) -> bool) -> Option<(usize, char)> {
    text.chars().enumerate().find(|&(_, c)| !allowed(c)).map(|(i, c)| (i + 1, c))
}

/// The value of a run of ASCII digits; `None` when a byte is no digit or the value does not fit.
pub(crate) fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |sum, &d| {
        let digit = d.is_ascii_digit().then(|| u32::from(d - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    })
}

/// Implements reading and writing of a value whose canonical spelling is its `as_str()`.
macro_rules! spelled {
    ($type:ty, $error:ty) => {
        $crate::text::parsed!($type, $error);

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    };
}

/// Implements `FromStr` and `TryFrom<&str>` on top of `parse`.
macro_rules! parsed {
    ($type:ty, $error:ty) => {
        impl std::str::FromStr for $type {
            type Err = $error;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Self::parse(s)
            }
        }

        impl TryFrom<&str> for $type {
            type Error = $error;

            fn try_from(s: &str) -> Result<Self, Self::Error> {
                Self::parse(s)
            }
        }
    };
}

/// Implements a `Debug` that shows the first characters of a personal value and nothing more, because `Debug` ends
/// in logs.
macro_rules! redacted {
    ($type:ident, $shown:literal) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let head: String = self.as_str().chars().take($shown).collect();
                write!(f, "{}({head}…)", stringify!($type))
            }
        }
    };
}

pub(crate) use {parsed, redacted, spelled};
