//! The algorithms that are accepted. What is not here is refused: SHA-1, MACs, everything of tomorrow.

use aws_lc_rs::digest;
use aws_lc_rs::rsa::PublicKey as RsaPublicKey;

/// A digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// SHA-256, what this crate writes.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Digest {
    const ALL: [Self; 3] = [Self::Sha256, Self::Sha384, Self::Sha512];

    /// The name in `DigestMethod`.
    pub fn uri(self) -> &'static str {
        match self {
            Self::Sha256 => "http://www.w3.org/2001/04/xmlenc#sha256",
            Self::Sha384 => "http://www.w3.org/2001/04/xmldsig-more#sha384",
            Self::Sha512 => "http://www.w3.org/2001/04/xmlenc#sha512",
        }
    }

    pub(super) fn named(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|digest| digest.uri() == uri)
    }

    pub(super) fn of(self, bytes: &[u8]) -> digest::Digest {
        let algorithm = match self {
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        };
        digest::digest(algorithm, bytes)
    }
}

/// A method of signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureMethod {
    /// RSA PKCS #1 v1.5 with this digest.
    Rsa(Digest),
    /// ECDSA on the curve P-256 with SHA-256, or on P-384 with SHA-384.
    Ecdsa(Digest),
}

impl SignatureMethod {
    const ALL: [Self; 5] = [
        Self::Rsa(Digest::Sha256),
        Self::Rsa(Digest::Sha384),
        Self::Rsa(Digest::Sha512),
        Self::Ecdsa(Digest::Sha256),
        Self::Ecdsa(Digest::Sha384),
    ];

    /// The name in `SignatureMethod` and `SigAlg`.
    pub fn uri(self) -> &'static str {
        match self {
            Self::Rsa(Digest::Sha256) => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            Self::Rsa(Digest::Sha384) => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
            Self::Rsa(Digest::Sha512) => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
            Self::Ecdsa(Digest::Sha256) => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
            Self::Ecdsa(Digest::Sha384) => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
            Self::Ecdsa(Digest::Sha512) => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
        }
    }

    pub(super) fn named(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.uri() == uri)
    }
}

/// The length of an RSA key in bits.
pub(super) fn rsa_bits(public_key: &RsaPublicKey) -> usize {
    public_key.modulus_len() * 8
}
