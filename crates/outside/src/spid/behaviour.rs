//! How a provider behaves.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How a provider behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Behaviour {
    /// As it should.
    Good,
    /// Everything takes three seconds of real time longer.
    Slow,
    /// Its metadata were changed after they were signed, and its entry in the list has no certificate that could be
    /// read. Whoever still has good data can sign in.
    Broken,
    /// It answers nothing but status 503.
    Down,
}

impl Behaviour {
    /// All.
    pub const ALL: [Self; 4] = [Self::Good, Self::Slow, Self::Broken, Self::Down];

    /// The name in the interface.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Slow => "slow",
            Self::Broken => "broken",
            Self::Down => "down",
        }
    }
}

impl FromStr for Behaviour {
    type Err = UnknownBehaviour;

    fn from_str(name: &str) -> Result<Self, UnknownBehaviour> {
        Self::ALL.into_iter().find(|behaviour| behaviour.name() == name).ok_or(UnknownBehaviour)
    }
}

/// No behaviour has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a provider is good, slow, broken or down")]
pub struct UnknownBehaviour;
