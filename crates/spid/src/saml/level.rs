//! Levels of security, how they are compared, and the kinds of identity.

/// A level of security of SPID: how the person proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// `SpidL1`: one factor. The only level that opens a session at the provider.
    One,
    /// `SpidL2`: two factors.
    Two,
    /// `SpidL3`: two factors, one of them a certificate on a device.
    Three,
}

impl Level {
    /// All, from the lowest.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Three];

    /// The name in `AuthnContextClassRef`.
    pub fn uri(self) -> &'static str {
        match self {
            Self::One => "https://www.spid.gov.it/SpidL1",
            Self::Two => "https://www.spid.gov.it/SpidL2",
            Self::Three => "https://www.spid.gov.it/SpidL3",
        }
    }

    /// The level with this name. Names of earlier rules, such as `urn:…:SpidL1`, are none.
    pub fn from_uri(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.uri() == uri)
    }
}

/// How the level of the answer may differ from the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// This level.
    Exact,
    /// This level or a higher one.
    Minimum,
    /// A higher level.
    Better,
    /// As high as possible, but not above this level.
    Maximum,
}

impl Comparison {
    /// All.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Minimum, Self::Better, Self::Maximum];

    /// The name in `Comparison`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Minimum => "minimum",
            Self::Better => "better",
            Self::Maximum => "maximum",
        }
    }

    /// The comparison with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|comparison| comparison.name() == name)
    }

    /// Whether an authentication at `reached` is enough when `asked` was asked for.
    ///
    /// A provider may always use a higher level, and that never makes a request fail (*Regole tecniche*,
    /// `RequestedAuthnContext`). A lower one is enough for `maximum` only.
    pub fn is_met(self, asked: Level, reached: Level) -> bool {
        match self {
            Self::Exact | Self::Minimum => reached >= asked,
            Self::Better => reached > asked,
            Self::Maximum => true,
        }
    }
}

/// Which kinds of digital identity are asked for (avviso 18 v2). Without a purpose, a natural person answers with a
/// personal identity or with one for professional use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// `P`: for professional use, of a natural person or for a legal person.
    Professional,
    /// `LP`: of a legal person, or for professional use for one.
    LegalPerson,
    /// `PG`: for professional use for a legal person, nothing else.
    ProfessionalForLegalPerson,
    /// `PF`: for professional use of a natural person, nothing else.
    ProfessionalOfNaturalPerson,
    /// `PX`: all but the personal ones.
    NotPersonal,
}

impl Purpose {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Professional,
        Self::LegalPerson,
        Self::ProfessionalForLegalPerson,
        Self::ProfessionalOfNaturalPerson,
        Self::NotPersonal,
    ];

    /// The text of `spid:Purpose`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Professional => "P",
            Self::LegalPerson => "LP",
            Self::ProfessionalForLegalPerson => "PG",
            Self::ProfessionalOfNaturalPerson => "PF",
            Self::NotPersonal => "PX",
        }
    }

    /// The purpose with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::{Comparison::*, Level::*};

    #[test]
    fn a_higher_level_is_never_refused_and_a_lower_one_only_with_maximum_accepted() {
        assert!(Exact.is_met(One, Three) && Minimum.is_met(Two, Two) && Better.is_met(One, Two));
        assert!(!Exact.is_met(Two, One) && !Minimum.is_met(Three, Two) && !Better.is_met(Two, Two));
        assert!(Maximum.is_met(Three, One) && Maximum.is_met(One, Two));
    }
}
