//! Keys of the authority and of its cards.

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use x509_cert::der::asn1::{Null, ObjectIdentifier};
use x509_cert::der::{Any, Decode, Encode};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::IssueError;

const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const SHA256_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");

/// The kind of a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyKind {
    /// RSA with 2048 bits, as cards have it.
    Rsa2048,
    /// An elliptic curve: made at once, for tests.
    P256,
}

pub(crate) enum SigningKey {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
}

impl SigningKey {
    pub fn generate(kind: KeyKind) -> Result<Self, IssueError> {
        let made = match kind {
            KeyKind::Rsa2048 => RsaKeyPair::generate(KeySize::Rsa2048).map(Self::Rsa),
            KeyKind::P256 => EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).map(Self::P256),
        };
        made.map_err(|_| IssueError::Key)
    }

    pub fn pkcs8(&self) -> Result<Vec<u8>, IssueError> {
        match self {
            Self::Rsa(pair) => pair.as_der().map(|der| der.as_ref().to_vec()),
            Self::P256(pair) => pair.to_pkcs8v1().map(|der| der.as_ref().to_vec()),
        }
        .map_err(|_| IssueError::Key)
    }

    pub fn public(&self) -> Result<SubjectPublicKeyInfoOwned, IssueError> {
        let der: PublicKeyX509Der<'_> = match self {
            Self::Rsa(pair) => pair.public_key().as_der(),
            Self::P256(pair) => pair.public_key().as_der(),
        }
        .map_err(|_| IssueError::Key)?;
        Ok(SubjectPublicKeyInfoOwned::from_der(der.as_ref())?)
    }

    pub fn algorithm(&self) -> Result<AlgorithmIdentifierOwned, IssueError> {
        Ok(match self {
            Self::Rsa(_) => {
                AlgorithmIdentifierOwned { oid: SHA256_RSA, parameters: Some(Any::from_der(&Null.to_der()?)?) }
            }
            Self::P256(_) => AlgorithmIdentifierOwned { oid: ECDSA_SHA256, parameters: None },
        })
    }

    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, IssueError> {
        // The nonce of ECDSA must be fresh, so the library chooses it; PKCS #1 uses no chance.
        let chance = SystemRandom::new();
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &chance, message, &mut signature).map_err(|_| IssueError::Sign)?;
                Ok(signature)
            }
            Self::P256(pair) => {
                pair.sign(&chance, message).map(|signature| signature.as_ref().to_vec()).map_err(|_| IssueError::Sign)
            }
        }
    }
}
