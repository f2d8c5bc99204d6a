//! How the provider behaves.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How the provider behaves, and the anchor in one case. All but the first two are things that a relying party must not
/// fall for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Behaviour {
    /// As it should.
    #[default]
    Good,
    /// Everything that the provider does takes three seconds of real time longer.
    Slow,
    /// The token endpoint answers nothing but status 503.
    Silent,
    /// The id token carries the nonce of another sign-in.
    WrongNonce,
    /// The way back names another provider as the one that answers (mix-up).
    OtherIssuer,
    /// The attributes are not signed (`alg` is `none`), though encrypted.
    UnsignedUserinfo,
    /// The attributes' signature does not fit.
    BadSignature,
    /// The attributes are about somebody else than the id token.
    OtherPerson,
    /// The id token says one level less than the least that was asked for. Below level 1 there is none.
    LowLevel,
    /// The anchor's statements have all ended.
    ExpiredChain,
    /// The provider has no trust mark.
    Unmarked,
}

impl Behaviour {
    /// All.
    pub const ALL: [Self; 11] = [
        Self::Good,
        Self::Slow,
        Self::Silent,
        Self::WrongNonce,
        Self::OtherIssuer,
        Self::UnsignedUserinfo,
        Self::BadSignature,
        Self::OtherPerson,
        Self::LowLevel,
        Self::ExpiredChain,
        Self::Unmarked,
    ];

    /// The name in the interface.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Slow => "slow",
            Self::Silent => "silent",
            Self::WrongNonce => "wrong-nonce",
            Self::OtherIssuer => "other-issuer",
            Self::UnsignedUserinfo => "unsigned-userinfo",
            Self::BadSignature => "bad-signature",
            Self::OtherPerson => "other-person",
            Self::LowLevel => "low-level",
            Self::ExpiredChain => "expired-chain",
            Self::Unmarked => "unmarked",
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
#[error("the provider does not know how to behave like this")]
pub struct UnknownBehaviour;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_everywhere() {
        for behaviour in Behaviour::ALL {
            assert_eq!(behaviour.name().parse(), Ok(behaviour));
            assert_eq!(serde_json::to_value(behaviour).unwrap(), behaviour.name());
        }
        assert_eq!("bad".parse::<Behaviour>(), Err(UnknownBehaviour));
    }
}
