//! Private keys.

use std::fmt;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{OaepPrivateDecryptingKey, PrivateDecryptingKey};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RsaEncoding,
    RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Jwk, JwkError, KeyUse, SignError, SigningAlgorithm};

/// A private key that is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// No `PRIVATE KEY` or `RSA PRIVATE KEY` block.
    #[error("the text holds no unencrypted private key in PEM")]
    Pem,
    /// A block, but no key of the wanted kind.
    #[error("the private key is not one that can be used here")]
    Rejected(#[source] aws_lc_rs::error::KeyRejected),
    /// The key cannot be written again, which the library needs for decrypting.
    #[error("the private key cannot be prepared for decrypting")]
    Unspecified,
    /// Too weak.
    #[error("the private key is too weak")]
    Weak(#[from] JwkError),
}

/// A key that signs: RSA, or ECDSA on P-256.
pub struct SigningKey {
    pair: Pair,
    public: Jwk,
}

enum Pair {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
}

impl SigningKey {
    /// Reads PKCS#8 or PKCS#1 in PEM, unencrypted. The key's name is its thumbprint.
    ///
    /// # Errors
    /// [`KeyError`] when there is no RSA key of at least 2048 bits.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        Self::from_pair(pair(pem)?)
    }

    /// Reads every key of a text, in order: the first is the one in use.
    ///
    /// # Errors
    /// [`KeyError`] when there is none, or one is not an RSA key of at least 2048 bits.
    pub fn all_from_pem(pem: &str) -> Result<Vec<Self>, KeyError> {
        each(pem).into_iter().map(Self::from_pem).collect()
    }

    /// Reads a key on P-256 (PKCS#8 in PEM, unencrypted), else an RSA key as [`from_pem`](Self::from_pem) does.
    ///
    /// # Errors
    /// [`KeyError`] when the text holds neither.
    pub fn rsa_or_p256_from_pem(pem: &str) -> Result<Self, KeyError> {
        let curve = block(pem, "PRIVATE KEY")
            .and_then(|der| EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der).ok());
        let Some(pair) = curve else { return Self::from_pem(pem) };
        let public = Jwk::p256(pair.public_key().as_ref())?;
        Ok(Self { pair: Pair::P256(pair), public })
    }

    /// Takes a key that was made or read elsewhere.
    ///
    /// # Errors
    /// [`KeyError::Weak`] below 2048 bits.
    pub fn from_pair(pair: RsaKeyPair) -> Result<Self, KeyError> {
        let public = public(&pair, KeyUse::Signing)?;
        Ok(Self { pair: Pair::Rsa(pair), public })
    }

    /// The algorithm that everybody reads who reads this kind of key: RS256 or ES256.
    #[must_use]
    pub fn algorithm(&self) -> SigningAlgorithm {
        match self.pair {
            Pair::Rsa(_) => SigningAlgorithm::Rs256,
            Pair::P256(_) => SigningAlgorithm::Es256,
        }
    }

    /// What this key makes of that wish: RS512 when it is asked for and the key is RSA, else its
    /// [`algorithm`](Self::algorithm).
    pub(super) fn settle(&self, wanted: SigningAlgorithm) -> SigningAlgorithm {
        match (&self.pair, wanted) {
            (Pair::Rsa(_), SigningAlgorithm::Rs512) => SigningAlgorithm::Rs512,
            _ => self.algorithm(),
        }
    }

    /// The signature over `message` with an algorithm that [`settle`](Self::settle) gave.
    pub(super) fn sign(&self, algorithm: SigningAlgorithm, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let encoding: &'static dyn RsaEncoding =
                    if algorithm == SigningAlgorithm::Rs512 { &RSA_PKCS1_SHA512 } else { &RSA_PKCS1_SHA256 };
                let mut signature = vec![0; pair.public_modulus_len()];
                // This padding takes no chance, so the source of it is never asked.
                pair.sign(encoding, &random, message, &mut signature).map_err(|_| SignError)?;
                Ok(signature)
            }
            Pair::P256(pair) => pair.sign(&random, message).map(|s| s.as_ref().to_vec()).map_err(|_| SignError),
        }
    }

    /// The public half, for a key set.
    #[must_use]
    pub fn public(&self) -> &Jwk {
        &self.public
    }
}

/// An RSA key that decrypts.
pub struct DecryptionKey {
    pub(super) key: OaepPrivateDecryptingKey,
    public: Jwk,
}

impl DecryptionKey {
    /// Reads PKCS#8 or PKCS#1 in PEM, unencrypted. The key's name is its thumbprint.
    ///
    /// # Errors
    /// [`KeyError`] when there is no RSA key of at least 2048 bits.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        Self::from_pair(&pair(pem)?)
    }

    /// Reads every key of a text, in order: the first is the one in use.
    ///
    /// # Errors
    /// [`KeyError`] when there is none, or one is not an RSA key of at least 2048 bits.
    pub fn all_from_pem(pem: &str) -> Result<Vec<Self>, KeyError> {
        each(pem).into_iter().map(Self::from_pem).collect()
    }

    /// Takes a key that was made or read elsewhere.
    ///
    /// # Errors
    /// [`KeyError::Weak`] below 2048 bits.
    pub fn from_pair(pair: &RsaKeyPair) -> Result<Self, KeyError> {
        let public = public(pair, KeyUse::Encrypting)?;
        let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| KeyError::Unspecified)?;
        let key = PrivateDecryptingKey::from_pkcs8(der.as_ref()).map_err(KeyError::Rejected)?;
        let key = OaepPrivateDecryptingKey::new(key).map_err(|_| KeyError::Unspecified)?;
        Ok(Self { key, public })
    }

    /// The public half, for a key set.
    #[must_use]
    pub fn public(&self) -> &Jwk {
        &self.public
    }
}

/// The text, cut before each block; a text without any is one piece, so that whoever reads it says what is missing.
fn each(pem: &str) -> Vec<&str> {
    let starts: Vec<usize> = pem.match_indices("-----BEGIN ").map(|(at, _)| at).collect();
    if starts.is_empty() {
        return vec![pem];
    }
    let ends = starts.iter().skip(1).copied().chain([pem.len()]);
    starts.iter().zip(ends).map(|(start, end)| &pem[*start..end]).collect()
}

fn pair(pem: &str) -> Result<RsaKeyPair, KeyError> {
    if let Some(der) = block(pem, "PRIVATE KEY") {
        return RsaKeyPair::from_pkcs8(&der).map_err(KeyError::Rejected);
    }
    let der = block(pem, "RSA PRIVATE KEY").ok_or(KeyError::Pem)?;
    RsaKeyPair::from_der(&der).map_err(KeyError::Rejected)
}

fn block(pem: &str, label: &str) -> Option<Vec<u8>> {
    let (_, rest) = pem.split_once(&format!("-----BEGIN {label}-----"))?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    STANDARD.decode(body.split_ascii_whitespace().collect::<String>()).ok()
}

fn public(pair: &RsaKeyPair, usage: KeyUse) -> Result<Jwk, JwkError> {
    let key = pair.public_key();
    Jwk::rsa(key.modulus().big_endian_without_leading_zero(), key.exponent().big_endian_without_leading_zero(), usage)
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SigningKey").field("kid", &self.public.kid()).finish_non_exhaustive()
    }
}

impl fmt::Debug for DecryptionKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("DecryptionKey").field("kid", &self.public.kid()).finish_non_exhaustive()
    }
}
