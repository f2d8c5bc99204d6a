//! The algorithms of the profile ("Algoritmi crittografici") and no others.

use aws_lc_rs::rsa::{OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepAlgorithm};
use serde::{Deserialize, Serialize};

/// How a JWS is signed (RFC 7518 section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SigningAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256: everybody has it.
    #[serde(rename = "RS256")]
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-512: everybody has it.
    #[serde(rename = "RS512")]
    Rs512,
    /// RSASSA-PSS with SHA-256; verified, never made here.
    #[serde(rename = "PS256")]
    Ps256,
    /// RSASSA-PSS with SHA-512; verified, never made here.
    #[serde(rename = "PS512")]
    Ps512,
    /// ECDSA on P-256 with SHA-256: shorter, for those who say that they read it.
    #[serde(rename = "ES256")]
    Es256,
    /// ECDSA on P-521 with SHA-512; verified, never made here.
    #[serde(rename = "ES512")]
    Es512,
}

impl SigningAlgorithm {
    /// All that can be verified.
    pub const ALL: &'static [Self] = &[Self::Rs256, Self::Rs512, Self::Ps256, Self::Ps512, Self::Es256, Self::Es512];

    /// The name in `alg`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es512 => "ES512",
        }
    }

    /// The algorithm of that name, spelt exactly.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|algorithm| algorithm.name() == name)
    }

    /// The hash inside, from which `at_hash` is taken (OpenID Connect Core section 3.1.3.6).
    #[must_use]
    pub fn digest(self) -> &'static aws_lc_rs::digest::Algorithm {
        match self {
            Self::Rs256 | Self::Ps256 | Self::Es256 => &aws_lc_rs::digest::SHA256,
            Self::Rs512 | Self::Ps512 | Self::Es512 => &aws_lc_rs::digest::SHA512,
        }
    }
}

/// How the key of a JWE is encrypted (RFC 7518 section 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyEncryption {
    /// RSAES-OAEP with SHA-1 and MGF1 with SHA-1.
    #[serde(rename = "RSA-OAEP")]
    RsaOaep,
    /// RSAES-OAEP with SHA-256 and MGF1 with SHA-256.
    #[serde(rename = "RSA-OAEP-256")]
    RsaOaep256,
}

impl KeyEncryption {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::RsaOaep, Self::RsaOaep256];

    /// The name in `alg`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RsaOaep => "RSA-OAEP",
            Self::RsaOaep256 => "RSA-OAEP-256",
        }
    }

    /// The algorithm of that name, spelt exactly.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|algorithm| algorithm.name() == name)
    }

    pub(crate) fn oaep(self) -> &'static OaepAlgorithm {
        match self {
            Self::RsaOaep => &OAEP_SHA1_MGF1SHA1,
            Self::RsaOaep256 => &OAEP_SHA256_MGF1SHA256,
        }
    }
}

/// How the content of a JWE is encrypted (RFC 7518 section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContentEncryption {
    /// AES-128 in CBC mode with HMAC-SHA-256.
    #[serde(rename = "A128CBC-HS256")]
    A128CbcHs256,
    /// AES-256 in CBC mode with HMAC-SHA-512.
    #[serde(rename = "A256CBC-HS512")]
    A256CbcHs512,
    /// AES-256 in Galois/Counter Mode.
    #[serde(rename = "A256GCM")]
    A256Gcm,
}

impl ContentEncryption {
    /// All three.
    pub const ALL: &'static [Self] = &[Self::A128CbcHs256, Self::A256CbcHs512, Self::A256Gcm];

    /// The name in `enc`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::A128CbcHs256 => "A128CBC-HS256",
            Self::A256CbcHs512 => "A256CBC-HS512",
            Self::A256Gcm => "A256GCM",
        }
    }

    /// The algorithm of that name, spelt exactly.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|algorithm| algorithm.name() == name)
    }

    /// Bytes of the content encryption key.
    pub(crate) const fn key_length(self) -> usize {
        match self {
            Self::A128CbcHs256 | Self::A256Gcm => 32,
            Self::A256CbcHs512 => 64,
        }
    }

    /// Bytes of the initialisation vector.
    pub(crate) const fn iv_length(self) -> usize {
        match self {
            Self::A128CbcHs256 | Self::A256CbcHs512 => 16,
            Self::A256Gcm => 12,
        }
    }
}
