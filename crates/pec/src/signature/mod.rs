//! The provider's signature: S/MIME, detached, over the octets between two boundary lines; or opaque, around them.

mod chain;
pub(crate) mod cms;
pub(crate) mod policy;

use std::borrow::Cow;

use jiff::Timestamp;

pub use chain::{TrustAnchors, TrustError};
pub use policy::Policy;

use crate::mime::{Content, Entity};

/// What the signature of a message is worth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SignatureState {
    /// The content is what the signer signed, and the signer is a trusted provider.
    Valid {
        /// Who signed.
        signer: SignerIdentity,
    },
    /// The content is what the signer signed, but the signer is not one to rely on.
    Untrusted {
        /// Who signed, when the certificate could be read.
        signer: Option<SignerIdentity>,
        /// Why not.
        reason: UntrustedReason,
    },
    /// The content or the signature was changed after signing.
    Altered,
    /// There is no signature.
    Missing,
    /// A form of signature that PEC does not use; the text says which.
    Unsupported(String),
}

impl SignatureState {
    /// Whether the message may be relied upon.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        matches!(self, Self::Valid { .. })
    }

    /// A name that never changes, for programs: `valid`, why not, or what is wrong.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Valid { .. } => "valid",
            Self::Untrusted { reason, .. } => reason.key(),
            Self::Altered => "altered",
            Self::Missing => "missing",
            Self::Unsupported(_) => "unsupported",
        }
    }

    /// The signer, as far as the message names it.
    #[must_use]
    pub fn signer(&self) -> Option<&SignerIdentity> {
        match self {
            Self::Valid { signer } => Some(signer),
            Self::Untrusted { signer, .. } => signer.as_ref(),
            Self::Altered | Self::Missing | Self::Unsupported(_) => None,
        }
    }
}

impl std::fmt::Display for SignatureState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Valid { .. } => f.write_str("the signature is valid"),
            Self::Untrusted { reason, .. } => write!(f, "the signature is intact, but {reason}"),
            Self::Altered => f.write_str("the message was changed after signing"),
            Self::Missing => f.write_str("there is no signature"),
            Self::Unsupported(why) => write!(f, "the signature cannot be checked: {why}"),
        }
    }
}

/// The signer as its certificate names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignerIdentity {
    /// The subject's distinguished name (RFC 4514).
    pub subject: String,
    /// The issuing authority's distinguished name (RFC 4514).
    pub issuer: String,
    /// The mail addresses in the certificate, in lower case.
    pub addresses: Vec<String>,
    /// The serial number, hexadecimal.
    pub serial: String,
}

/// Why an intact signature is not relied upon.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UntrustedReason {
    /// The message does not carry the signer's certificate.
    #[error("the signer's certificate is not in the message")]
    NoCertificate,
    /// No certification authority is configured.
    #[error("no trusted authority is configured")]
    NoAnchor,
    /// The chain leads to no trusted authority.
    #[error("the certificate's issuer is not known")]
    UnknownIssuer,
    /// A certificate of the chain was no longer in force at the time of the examination. Receipts are kept for years:
    /// examine an old one at the time when it arrived.
    #[error("a certificate expired at {0}")]
    Expired(Timestamp),
    /// A certificate of the chain was not yet in force.
    #[error("a certificate is in force from {0} only")]
    NotYetValid(Timestamp),
    /// The chain fails for another reason: purpose, algorithm, form.
    #[error("the certificate is not trusted: {0}")]
    Chain(String),
    /// The certificate is not the one of the address that the message comes from (RFC 8550, section 3).
    #[error("the certificate does not bear the sender's address")]
    Address,
    /// The policy refuses the algorithm.
    #[error("the policy refuses {0}")]
    Algorithm(&'static str),
}

impl UntrustedReason {
    /// A name that never changes, for programs.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoCertificate => "no-certificate",
            Self::NoAnchor => "no-authority",
            Self::UnknownIssuer => "unknown-issuer",
            Self::Expired(_) => "expired",
            Self::NotYetValid(_) => "not-yet-valid",
            Self::Chain(_) => "untrusted-chain",
            Self::Address => "other-address",
            Self::Algorithm(_) => "weak-algorithm",
        }
    }
}

/// The part of a message that a reader may look at, and what it is worth.
#[derive(Debug)]
pub(crate) struct Examined<'a> {
    pub state: SignatureState,
    pub content: Cow<'a, [u8]>,
}

/// Whether the message claims to be signed in the way of PEC.
pub(crate) fn is_signed(message: &Entity<'_>) -> bool {
    let media = message.headers.media_type();
    let protocol = media.attribute("protocol").unwrap_or_default().to_ascii_lowercase();
    // A missing or unknown protocol still announces a signature; it must not be taken for an unsigned message.
    (media.is("multipart/signed") && !protocol.contains("pgp")) || is_opaque(message)
}

/// Whether the signature encloses what it signs (RFC 8551, section 3.5.2). The rules want it to stand beside; some
/// gateways rewrite it.
pub(crate) fn is_opaque(message: &Entity<'_>) -> bool {
    let media = message.headers.media_type();
    let kind = media.attribute("smime-type").map(|kind| kind.to_ascii_lowercase());
    ["application/pkcs7-mime", "application/x-pkcs7-mime"].contains(&media.essence())
        && kind.is_none_or(|kind| kind == "signed-data")
}

/// Finds the signed octets of a message and judges the signature over them.
pub(crate) fn examine<'a>(message: &Entity<'a>, trust: &TrustAnchors, now: Timestamp) -> Examined<'a> {
    let senders: Vec<String> =
        message.headers.addresses("From").into_iter().map(|from| from.address.to_lowercase()).collect();
    if is_opaque(message) {
        let whole = Examined { state: SignatureState::Missing, content: Cow::Borrowed(message.raw) };
        return match cms::open(&message.decoded(), &senders, trust, now) {
            Ok(examined) => examined,
            Err(why) => Examined { state: SignatureState::Unsupported(why), ..whole },
        };
    }
    let Content::Multipart(parts) = &message.content else {
        return Examined { state: SignatureState::Missing, content: Cow::Borrowed(message.raw) };
    };
    let content = Cow::Borrowed(parts[0].raw);
    match parts.as_slice() {
        [signed, signature] => cms::verify(signed.raw, &signature.decoded(), &senders, trust, now),
        [_] => Examined { state: SignatureState::Missing, content },
        more => {
            let state = SignatureState::Unsupported(format!("{} parts instead of content and signature", more.len()));
            Examined { state, content }
        }
    }
}
