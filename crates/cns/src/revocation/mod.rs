//! Revocation: whether a sound certificate has been taken back since.
//!
//! [`gather`] asks the authority, [`verify`](crate::verify()) judges what came. Nothing that is not signed by the
//! authority, fresh and about the certificate counts, and without anything that counts nobody signs in.

mod cache;
mod crl;
mod gather;
mod judge;
mod ocsp;
mod places;
mod request;

use std::sync::Arc;

use jiff::Timestamp;

pub use cache::CrlCache;
pub use crl::CrlError;
pub use gather::gather;
pub(crate) use judge::judge;
pub use ocsp::OcspError;

/// What authorities said about the certificates of one chain. Keep it with the sign-in if you must show later why the
/// card was accepted.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct RevocationEvidence {
    /// OCSP answers.
    pub ocsp: Vec<OcspAnswer>,
    /// Revocation lists in DER.
    pub crls: Vec<Arc<[u8]>>,
    /// What was tried in vain. It proves nothing and explains an error.
    pub attempts: Vec<Attempt>,
}

/// One OCSP answer as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct OcspAnswer {
    /// The body of the HTTP answer (`application/ocsp-response`).
    pub response: Vec<u8>,
    /// The nonce that was sent, if one was.
    pub nonce: Option<Vec<u8>>,
}

impl std::fmt::Debug for OcspAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OcspAnswer").field("octets", &self.response.len()).finish_non_exhaustive()
    }
}

impl RevocationEvidence {
    /// No evidence: every verification ends with [`CardError::NotChecked`](crate::CardError::NotChecked).
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds an OCSP answer.
    #[must_use]
    pub fn with_ocsp(mut self, response: Vec<u8>, nonce: Option<Vec<u8>>) -> Self {
        self.ocsp.push(OcspAnswer { response, nonce });
        self
    }

    /// Adds a revocation list in DER.
    #[must_use]
    pub fn with_crl(mut self, crl: impl Into<Arc<[u8]>>) -> Self {
        self.crls.push(crl.into());
        self
    }
}

impl std::fmt::Debug for RevocationEvidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RevocationEvidence")
            .field("ocsp", &self.ocsp.len())
            .field("crls", &self.crls.len())
            .field("attempts", &self.attempts)
            .finish()
    }
}

/// Something that was tried to learn the state of a certificate and did not help.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{way} ({place}): {failure}")]
pub struct Attempt {
    /// Which way.
    pub way: Way,
    /// The address that was asked, or where else the data is from.
    pub place: String,
    /// Why it did not help.
    pub failure: Failure,
}

/// A way to learn the state of a certificate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// A responder (RFC 6960).
    Ocsp,
    /// A revocation list (RFC 5280, section 5).
    Crl,
}

impl std::fmt::Display for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Ocsp => "OCSP",
            Self::Crl => "revocation list",
        })
    }
}

/// Why an attempt did not help.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The certificate names no address of this kind that can be asked.
    #[error("the certificate names no address")]
    NoAddress,
    /// No answer came.
    #[error("no answer ({why})")]
    NoAnswer {
        /// Why, as the fetcher told.
        why: String,
    },
    /// An answer with another status than 200.
    #[error("status {status}")]
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// An answer larger than the policy allows.
    #[error("an answer of {octets} octets")]
    TooLarge {
        /// Its size.
        octets: usize,
    },
    /// The OCSP answer cannot be relied upon.
    #[error(transparent)]
    Ocsp(OcspError),
    /// The revocation list cannot be relied upon.
    #[error(transparent)]
    Crl(CrlError),
}

/// Why a certificate was revoked (RFC 5280, section 5.3.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum RevocationReason {
    /// The authority says that it does not say.
    Unspecified,
    /// The key is in other hands: the card was lost or stolen.
    KeyCompromise,
    /// The key of the authority is in other hands.
    AuthorityCompromise,
    /// The data of the holder have changed.
    AffiliationChanged,
    /// There is a new certificate.
    Superseded,
    /// The card is not needed any more.
    CessationOfOperation,
    /// Suspended: it may become valid again.
    CertificateHold,
    /// The right to it was withdrawn.
    PrivilegeWithdrawn,
    /// A number that cards do not use.
    Other(u8),
}

impl From<u8> for RevocationReason {
    fn from(code: u8) -> Self {
        match code {
            0 => Self::Unspecified,
            1 => Self::KeyCompromise,
            2 => Self::AuthorityCompromise,
            3 => Self::AffiliationChanged,
            4 => Self::Superseded,
            5 => Self::CessationOfOperation,
            6 => Self::CertificateHold,
            9 => Self::PrivilegeWithdrawn,
            other => Self::Other(other),
        }
    }
}

/// What an authority says about one certificate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Status {
    Good,
    Revoked { since: Timestamp, reason: Option<RevocationReason> },
}
