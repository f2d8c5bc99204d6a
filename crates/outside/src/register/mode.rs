//! How the register behaves at the moment.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The behaviour of the register, switched at run time. In JSON it is its short form, as [`Display`](fmt::Display) gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum RegisterMode {
    /// Answers at once, within its allowance.
    Normal,
    /// Answers late.
    Slow {
        /// Milliseconds of real time before each answer; absent for a register that never answers.
        delay_ms: Option<u64>,
    },
    /// Answers 503 to everything, with `Retry-After: 120`.
    Down,
    /// Answers 500 to some calls.
    Failing {
        /// How many calls of a hundred fail.
        percent: u8,
    },
    /// Answers 200 with half a JSON document.
    Garbled,
    /// Answers 200 with an HTML page, as an overloaded gateway does.
    Page,
    /// Refuses everybody's credentials with 401.
    Refusing,
    /// Gives a wrong certified address for one tax code, and right ones for all others.
    WrongFor {
        /// The tax code.
        code: String,
    },
}

/// A mode that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such mode of the register: {0}")]
pub struct UnknownMode(pub String);

/// The short form of a mode, used in forms: `normal`, `slow:1500`, `slow:never`, `down`, `failing:30`, `garbled`,
/// `page`, `refusing`, `wrong_for:12345670017`.
impl fmt::Display for RegisterMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Normal => f.write_str("normal"),
            Self::Slow { delay_ms: Some(delay) } => write!(f, "slow:{delay}"),
            Self::Slow { delay_ms: None } => f.write_str("slow:never"),
            Self::Down => f.write_str("down"),
            Self::Failing { percent } => write!(f, "failing:{percent}"),
            Self::Garbled => f.write_str("garbled"),
            Self::Page => f.write_str("page"),
            Self::Refusing => f.write_str("refusing"),
            Self::WrongFor { code } => write!(f, "wrong_for:{code}"),
        }
    }
}

impl From<RegisterMode> for String {
    fn from(mode: RegisterMode) -> Self {
        mode.to_string()
    }
}

impl TryFrom<String> for RegisterMode {
    type Error = UnknownMode;

    fn try_from(text: String) -> Result<Self, UnknownMode> {
        text.parse()
    }
}

impl FromStr for RegisterMode {
    type Err = UnknownMode;

    fn from_str(text: &str) -> Result<Self, UnknownMode> {
        let unknown = || UnknownMode(text.to_owned());
        let (name, argument) = text.split_once(':').unwrap_or((text, ""));
        Ok(match name {
            "normal" => Self::Normal,
            "slow" if argument == "never" => Self::Slow { delay_ms: None },
            "slow" => Self::Slow { delay_ms: Some(argument.parse().map_err(|_| unknown())?) },
            "down" => Self::Down,
            "failing" => Self::Failing { percent: argument.parse().ok().filter(|p| *p <= 100).ok_or_else(unknown)? },
            "garbled" => Self::Garbled,
            "page" => Self::Page,
            "refusing" => Self::Refusing,
            "wrong_for" if !argument.is_empty() => Self::WrongFor { code: argument.to_owned() },
            _ => return Err(unknown()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_form_goes_both_ways() {
        for text in
            ["normal", "slow:1500", "slow:never", "down", "failing:30", "garbled", "page", "refusing", "wrong_for:1"]
        {
            assert_eq!(text.parse::<RegisterMode>().unwrap().to_string(), text);
        }
        for text in ["", "slow", "slow:x", "failing:101", "wrong_for:", "Normal"] {
            assert_eq!(text.parse::<RegisterMode>(), Err(UnknownMode(text.to_owned())));
        }
    }
}
