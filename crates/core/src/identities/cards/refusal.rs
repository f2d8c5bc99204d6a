use cns::{CardError, CertificateOf};

use crate::chain;
use crate::error::Error;
use crate::identities::Intent;
use crate::identities::accept::Request;

/// Why a card, or its absence, signs nobody in.
#[derive(Debug, thiserror::Error)]
pub enum CardRefusal {
    /// The tenant takes no cards.
    #[error("the tenant takes no cards")]
    Off,
    /// Nobody waits for it: never asked, used already, or too late.
    #[error("nobody waits for this card")]
    Late,
    /// The certificate is not accepted, or there is none.
    #[error("the card is not accepted")]
    Card(#[source] Box<CardError>),
    /// Anything else.
    #[error("the card cannot be dealt with")]
    Ground(#[from] Error),
}

/// A refusal, and what the card was for, as far as it is known: so that the person can begin again where they were.
#[derive(Debug)]
pub struct CardRefused {
    /// Why.
    pub refusal: CardRefusal,
    /// What was wanted, and where to go afterwards.
    pub begun: Option<(Intent, String)>,
}

impl CardRefused {
    pub(super) fn of(request: &Request, refusal: CardRefusal) -> Self {
        Self { refusal, begun: Some(request.begun()) }
    }
}

impl<E: Into<CardRefusal>> From<E> for CardRefused {
    fn from(error: E) -> Self {
        Self { refusal: error.into(), begun: None }
    }
}

macro_rules! problems {
    ($($(#[$meta:meta])* $name:ident = $key:literal;)*) => {
        /// What somebody can do something about, or nobody: one for each page that explains it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum CardProblem { $($(#[$meta])* $name),* }

        impl CardProblem {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in addresses, in text keys and in the log.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }
        }
    };
}

problems! {
    /// No certificate came: no card in the reader, or the choice was cancelled.
    NoCard = "no-card";
    /// The request is over: used, too old, or never made.
    Late = "late";
    /// The card has expired.
    Expired = "expired";
    /// The card is not valid yet.
    NotYetValid = "not-yet-valid";
    /// The authority has revoked or suspended the card.
    Revoked = "revoked";
    /// Nobody could say whether the card has been revoked.
    NotChecked = "not-checked";
    /// The card's authority is not on the trust list.
    Untrusted = "untrusted";
    /// The certificate is for signing documents, or for something else.
    NotForAuthentication = "not-for-authentication";
    /// The certificate is no card's, or of a card that this portal does not take.
    NotACard = "not-a-card";
    /// The card's key is too weak.
    WeakKey = "weak-key";
    /// The certificate cannot be read, or does not name its holder as a card does.
    Unreadable = "unreadable";
    /// The portal is not ready: no trust list, an old one, or a fault.
    OurFault = "our-fault";
}

impl CardProblem {
    /// The problem of this name.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|problem| problem.key() == key)
    }

    /// The problem that an error of the crate `cns` is.
    pub fn of(error: &CardError) -> Self {
        match error {
            CardError::NoCertificate => Self::NoCard,
            CardError::Expired { .. } => Self::Expired,
            CardError::NotYetValid { .. } => Self::NotYetValid,
            CardError::Revoked { of: CertificateOf::Card, .. } => Self::Revoked,
            CardError::NotChecked { .. } => Self::NotChecked,
            CardError::UntrustedIssuer { .. } | CardError::Chain(_) | CardError::Revoked { .. } => Self::Untrusted,
            CardError::NotForAuthentication(_) => Self::NotForAuthentication,
            CardError::NotACard { .. } => Self::NotACard,
            CardError::Key(_) => Self::WeakKey,
            CardError::TooLarge | CardError::Unreadable(_) | CardError::Subject(_) => Self::Unreadable,
            CardError::NoAuthority | CardError::TrustListExpired { .. } => Self::OurFault,
            // Kinds of a later version of the crate.
            _ => Self::OurFault,
        }
    }
}

impl CardRefusal {
    /// What the page says.
    pub fn problem(&self) -> CardProblem {
        match self {
            Self::Late => CardProblem::Late,
            Self::Card(error) => CardProblem::of(error),
            Self::Off | Self::Ground(_) => CardProblem::OurFault,
        }
    }

    /// The cause for the log, without anything that the certificate says of a person. An unknown authority is not named
    /// either: whoever issued a certificate to themselves is their own authority.
    pub fn for_log(&self) -> String {
        match self {
            Self::Card(error) => match **error {
                CardError::Subject(_) | CardError::UntrustedIssuer { .. } | CardError::Unreadable(_) => {
                    CardProblem::of(error).key().to_owned()
                }
                CardError::NotChecked { ref attempts, .. } => {
                    let tried: Vec<_> = attempts.iter().map(ToString::to_string).collect();
                    format!("{error}: {}", tried.join("; "))
                }
                _ => chain(&**error),
            },
            other => chain(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_problems() {
        for problem in CardProblem::ALL {
            assert_eq!(CardProblem::named(problem.key()), Some(*problem));
        }
        assert_eq!(CardProblem::named("<script>"), None);
    }

    #[test]
    fn the_log_names_no_authority_that_could_be_a_person() {
        let error = CardError::UntrustedIssuer { issuer: "CN=MSRNTN77H15C351X".to_owned() };
        assert_eq!(CardRefusal::Card(Box::new(error)).for_log(), "untrusted");
    }
}
