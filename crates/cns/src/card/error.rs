//! Why a certificate signs nobody in.

use jiff::Timestamp;

use super::{ProfileError, SubjectError};
use crate::revocation::{Attempt, RevocationReason};

/// Why a certificate is not accepted as a card. The remedies differ, so the kinds do: an expired card is renewed, a
/// card whose state could not be checked works later, another certificate of the same card reader is a wrong choice.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CardError {
    /// The browser sent no certificate: no card in the reader, or the choice was cancelled.
    #[error("no certificate was presented")]
    NoCertificate,
    /// More certificates than any chain has, or one larger than any certificate.
    #[error("the chain of certificates is too large")]
    TooLarge,
    /// A certificate is not one.
    #[error("the certificate cannot be read")]
    Unreadable(#[source] x509_cert::der::Error),
    /// The trust list names no authority that is valid now. The operator's remedy.
    #[error("no trusted authority is configured")]
    NoAuthority,
    /// The trust list has expired. The operator's remedy.
    #[error("the trust list expired on {since}")]
    TrustListExpired {
        /// When.
        since: Timestamp,
    },
    /// No authority of the trust list issued the certificate.
    #[error("the authority {issuer} is not on the trust list")]
    UntrustedIssuer {
        /// The authority that the certificate names.
        issuer: String,
    },
    /// The certificate has expired.
    #[error("the certificate expired on {since}")]
    Expired {
        /// The last moment of its validity.
        since: Timestamp,
    },
    /// The certificate is not valid yet.
    #[error("the certificate is valid from {from} only")]
    NotYetValid {
        /// The first moment of its validity.
        from: Timestamp,
    },
    /// The chain is broken in another way: a signature, a constraint, an unknown critical extension.
    #[error("the chain of certificates is not valid")]
    Chain(#[source] webpki::Error),
    /// The certificate is of a trusted authority but not for authentication: typically the signing certificate of the
    /// same card. The user chose the wrong one.
    #[error("the certificate is not one for authentication")]
    NotForAuthentication(#[source] ProfileError),
    /// The certificate lacks the policy that makes it a card of the law. Commercial authorities sell certificates that
    /// look like a CNS.
    #[error("the certificate is not of a CNS, a regional card or a CIE")]
    NotACard {
        /// The policies that it has, as dotted numbers.
        policies: Vec<String>,
    },
    /// The key of the card is too weak or of an unknown kind: cards of the first years have RSA of 1024 bits. The
    /// holder needs a newer card.
    #[error("the key of the card is not accepted")]
    Key(#[source] ProfileError),
    /// The subject is not the one of a card.
    #[error("the certificate does not name its holder as a card does")]
    Subject(#[from] SubjectError),
    /// The certificate has been revoked or suspended. The holder must turn to the body that issued the card.
    #[error("the certificate of {of} has been revoked on {since}")]
    Revoked {
        /// Whose certificate.
        of: CertificateOf,
        /// When.
        since: Timestamp,
        /// Why, when the authority tells. [`RevocationReason::CertificateHold`] is a suspension.
        reason: Option<RevocationReason>,
    },
    /// Neither OCSP nor a revocation list gave an answer that can be relied upon. The card may be sound: the remedy is
    /// to try later.
    #[error("whether the certificate of {of} has been revoked could not be checked")]
    NotChecked {
        /// Whose certificate.
        of: CertificateOf,
        /// What was tried, and why it did not help.
        attempts: Vec<Attempt>,
    },
}

/// The certificate that an error speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CertificateOf {
    /// The card.
    Card,
    /// An authority between the card and the one on the trust list.
    Authority,
}

impl std::fmt::Display for CertificateOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Card => "the card",
            Self::Authority => "its authority",
        })
    }
}
