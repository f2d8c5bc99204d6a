//! The sex that a tax code writes.

/// The sex recorded at the registry office, as the tax code writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sex {
    /// Women: 40 is added to the day of birth.
    Female,
    /// Men.
    Male,
}

impl Sex {
    /// `"F"` or `"M"`, as every Italian document writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Female => "F",
            Self::Male => "M",
        }
    }

    /// Reads `F` or `M` in any case.
    pub fn parse(input: &str) -> Result<Self, SexError> {
        match input.trim() {
            "F" | "f" => Ok(Self::Female),
            "M" | "m" => Ok(Self::Male),
            _ => Err(SexError),
        }
    }
}

crate::text::parsed!(Sex, SexError);

impl std::fmt::Display for Sex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is neither `F` nor `M`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sex is written F or M")]
pub struct SexError;
