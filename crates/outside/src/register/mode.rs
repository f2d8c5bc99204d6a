//! How the register behaves at the moment.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng as _;
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
    /// Answers 500 to some calls and others never.
    Mixed {
        /// How many calls of a hundred fail.
        errors: u8,
        /// How many calls of a hundred are never answered; with `errors` a hundred at most.
        timeouts: u8,
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

/// A time during which a source answers 503 to everything, whatever its mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outage {
    /// When it begins, on the world's clock.
    pub from: Timestamp,
    /// When it is over; that instant is no longer part of it.
    pub until: Timestamp,
    /// Whether the answer says with `Retry-After` when it will be over.
    #[serde(default)]
    pub retry_after: bool,
}

impl Outage {
    /// The time until the end of the outage that `now` falls into, and whether it is told.
    pub(crate) fn at(outages: &[Self], now: Timestamp) -> Option<(SignedDuration, bool)> {
        let found = outages.iter().find(|outage| outage.from <= now && now < outage.until)?;
        Some((found.until.duration_since(now), found.retry_after))
    }
}

/// How a mode spoils one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoilt {
    Down,
    Refused,
    Silent,
    Broken,
    Garbled,
    Page,
}

impl RegisterMode {
    /// Whether and how this call is spoilt. A source that garbles its data still gives tokens.
    pub(crate) fn spoil(&self, chance: &mut ChaCha8Rng, token: bool) -> Option<Spoilt> {
        let mut drawn = || chance.next_u32() % 100;
        match self {
            Self::Down => Some(Spoilt::Down),
            Self::Refusing => Some(Spoilt::Refused),
            Self::Slow { delay_ms: None } => Some(Spoilt::Silent),
            Self::Failing { percent } => (drawn() < u32::from(*percent)).then_some(Spoilt::Broken),
            Self::Mixed { errors, timeouts } => {
                let (errors, timeouts) = (u32::from(*errors), u32::from(*timeouts));
                match drawn() {
                    low if low < errors => Some(Spoilt::Broken),
                    high if high < errors + timeouts => Some(Spoilt::Silent),
                    _ => None,
                }
            }
            Self::Garbled if !token => Some(Spoilt::Garbled),
            Self::Page if !token => Some(Spoilt::Page),
            _ => None,
        }
    }
}

/// A mode that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such mode of the register: {0}")]
pub struct UnknownMode(pub String);

/// The short form of a mode, used in forms: `normal`, `slow:1500`, `slow:never`, `down`, `failing:30`,
/// `mixed:5,2` (errors, timeouts), `garbled`, `page`, `refusing`, `wrong_for:12345670017`.
impl fmt::Display for RegisterMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Normal => f.write_str("normal"),
            Self::Slow { delay_ms: Some(delay) } => write!(f, "slow:{delay}"),
            Self::Slow { delay_ms: None } => f.write_str("slow:never"),
            Self::Down => f.write_str("down"),
            Self::Failing { percent } => write!(f, "failing:{percent}"),
            Self::Mixed { errors, timeouts } => write!(f, "mixed:{errors},{timeouts}"),
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
            "mixed" => mixed(argument).ok_or_else(unknown)?,
            "garbled" => Self::Garbled,
            "page" => Self::Page,
            "refusing" => Self::Refusing,
            "wrong_for" if !argument.is_empty() => Self::WrongFor { code: argument.to_owned() },
            _ => return Err(unknown()),
        })
    }
}

fn mixed(argument: &str) -> Option<RegisterMode> {
    let (errors, timeouts) = argument.split_once(',')?;
    let (errors, timeouts) = (errors.parse::<u8>().ok()?, timeouts.parse::<u8>().ok()?);
    (u16::from(errors) + u16::from(timeouts) <= 100).then_some(RegisterMode::Mixed { errors, timeouts })
}

#[cfg(test)]
mod tests {
    use rand_chacha::rand_core::SeedableRng as _;

    use super::*;

    #[test]
    fn a_mixture_has_its_shares_and_is_the_same_for_the_same_seed() {
        let draw = |seed| {
            let mut chance = ChaCha8Rng::seed_from_u64(seed);
            let mode = RegisterMode::Mixed { errors: 20, timeouts: 5 };
            (0..10_000).map(|_| mode.spoil(&mut chance, false)).collect::<Vec<_>>()
        };
        let drawn = draw(1);
        let share = |wanted| drawn.iter().filter(|spoilt| **spoilt == Some(wanted)).count();
        assert!((1_800..2_200).contains(&share(Spoilt::Broken)) && (400..600).contains(&share(Spoilt::Silent)));
        assert_eq!(drawn, draw(1));
        assert_ne!(drawn, draw(2));
    }

    #[test]
    fn an_outage_is_half_open() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let outages = [Outage { from: at(10), until: at(20), retry_after: true }];
        assert_eq!(Outage::at(&outages, at(9)), None);
        assert_eq!(Outage::at(&outages, at(12)), Some((SignedDuration::from_secs(8), true)));
        assert_eq!(Outage::at(&outages, at(20)), None);
    }

    #[test]
    fn the_short_form_goes_both_ways() {
        for text in [
            "normal",
            "slow:1500",
            "slow:never",
            "down",
            "failing:30",
            "mixed:5,2",
            "garbled",
            "page",
            "refusing",
            "wrong_for:1",
        ] {
            assert_eq!(text.parse::<RegisterMode>().unwrap().to_string(), text);
        }
        for text in ["", "slow", "slow:x", "failing:101", "mixed:60,41", "mixed:1", "wrong_for:", "Normal"] {
            assert_eq!(text.parse::<RegisterMode>(), Err(UnknownMode(text.to_owned())));
        }
    }
}
