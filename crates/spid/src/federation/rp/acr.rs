//! Levels of assurance.

use serde::{Deserialize, Serialize};

/// How sure the provider is of who is there. The addresses are those of SPID's levels, which CIE id uses too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Acr {
    /// One factor.
    #[serde(rename = "https://www.spid.gov.it/SpidL1")]
    L1,
    /// Two factors.
    #[serde(rename = "https://www.spid.gov.it/SpidL2")]
    L2,
    /// Two factors, one of them a certificate such as the card's.
    #[serde(rename = "https://www.spid.gov.it/SpidL3")]
    L3,
}

impl Acr {
    /// All, from the lowest up.
    pub const ALL: [Self; 3] = [Self::L1, Self::L2, Self::L3];

    /// The value of `acr`.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        match self {
            Self::L1 => "https://www.spid.gov.it/SpidL1",
            Self::L2 => "https://www.spid.gov.it/SpidL2",
            Self::L3 => "https://www.spid.gov.it/SpidL3",
        }
    }

    /// The level with that value, spelt exactly.
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.uri() == uri)
    }
}
