//! Keys: the own one that signs, and those of others by which signatures are checked.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, PublicKey};
use aws_lc_rs::signature::{self, KeyPair as _, ParsedPublicKey, VerificationAlgorithm};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use x509_cert::Certificate;
use x509_cert::der::{Decode as _, Encode as _};

use super::algorithm::{Digest, SignatureMethod, rsa_bits};
use super::error::{KeyError, SignError};
use super::pem;

/// The shortest RSA key, in bits (avviso 29 v3).
const MIN_RSA_BITS: usize = 2048;
const RSA_ENCRYPTION: &str = "1.2.840.113549.1.1.1";
const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";

/// The private key of an entity with its certificate. Cloning is cheap, and `Debug` shows neither.
#[derive(Clone)]
pub struct SigningKey {
    pair: Arc<KeyPair>,
    certificate: Arc<[u8]>,
}

impl SigningKey {
    /// Reads an RSA key (PKCS #8 or PKCS #1, not encrypted) and the certificate with its public part, both as PEM.
    ///
    /// # Errors
    /// [`KeyError`] when one cannot be read, the key is shorter than 2048 bits, or they do not belong together.
    pub fn from_pem(private_key: &str, certificate: &str) -> Result<Self, KeyError> {
        let labels = ["PRIVATE KEY", "RSA PRIVATE KEY"];
        let (label, key) = pem::first(private_key, &labels).ok_or(KeyError::NotPem("private key"))?;
        let (_, certificate) = pem::first(certificate, &["CERTIFICATE"]).ok_or(KeyError::NotPem("certificate"))?;
        let pair = if label == "PRIVATE KEY" { KeyPair::from_pkcs8(&key) } else { KeyPair::from_der(&key) };
        Self::new(pair.map_err(|_| KeyError::PrivateKey)?, certificate)
    }

    fn new(pair: KeyPair, certificate: Vec<u8>) -> Result<Self, KeyError> {
        let bits = rsa_bits(pair.public_key());
        if bits < MIN_RSA_BITS {
            return Err(KeyError::TooShort { bits });
        }
        let parsed = Certificate::from_der(&certificate).map_err(|error| KeyError::Certificate(error.into()))?;
        let in_certificate = parsed.tbs_certificate.subject_public_key_info.subject_public_key;
        if in_certificate.as_bytes() != Some(pair.public_key().as_ref()) {
            return Err(KeyError::Mismatch);
        }
        Ok(Self { pair: Arc::new(pair), certificate: certificate.into() })
    }

    /// The certificate.
    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate
    }

    /// The certificate as it stands in `X509Certificate`: base64 in one line.
    pub fn certificate_base64(&self) -> String {
        STANDARD.encode(&self.certificate)
    }

    /// The public part, to check what this key signed.
    ///
    /// # Errors
    /// [`KeyError`] when the library refuses the certificate's key, which it does not for a key that it made.
    pub fn verifying_key(&self) -> Result<VerifyingKey, KeyError> {
        VerifyingKey::from_certificate_der(&self.certificate)
    }

    /// Signs with RSA PKCS #1 v1.5 and SHA-256, which needs no chance.
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let mut value = vec![0; self.pair.public_modulus_len()];
        let padding = &signature::RSA_PKCS1_SHA256;
        self.pair.sign(padding, &SystemRandom::new(), message, &mut value).map_err(|_| SignError::Key)?;
        Ok(value)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// The public key of somebody else. Cloning is cheap.
///
/// The certificate is only the envelope in which metadata carry the key: its dates and its issuer are not looked at,
/// because whoever trusts the metadata trusts the key in it (SAML V2.0 Metadata Interoperability Profile, 2.6.1).
#[derive(Clone)]
pub struct VerifyingKey {
    certificate: Arc<[u8]>,
    methods: Arc<[(SignatureMethod, ParsedPublicKey)]>,
}

impl VerifyingKey {
    /// Takes the key from a certificate.
    ///
    /// # Errors
    /// [`KeyError`] when the certificate cannot be read, or its key is neither RSA of at least 2048 bits nor ECDSA on
    /// P-256 or P-384.
    pub fn from_certificate_der(certificate: &[u8]) -> Result<Self, KeyError> {
        let parsed = Certificate::from_der(certificate).map_err(|error| KeyError::Certificate(error.into()))?;
        let info = parsed.tbs_certificate.subject_public_key_info;
        let spki = info.to_der().map_err(|error| KeyError::Certificate(error.into()))?;
        let methods = match info.algorithm.oid.to_string().as_str() {
            RSA_ENCRYPTION => rsa_methods(&spki)?,
            EC_PUBLIC_KEY => ec_methods(&spki),
            _ => return Err(KeyError::Kind),
        };
        if methods.is_empty() {
            return Err(KeyError::Kind);
        }
        Ok(Self { certificate: certificate.into(), methods: methods.into() })
    }

    /// Takes the key from a certificate as it stands in `X509Certificate`: base64, with blanks anywhere.
    ///
    /// # Errors
    /// [`KeyError`], as for the bytes.
    pub fn from_certificate_base64(text: &str) -> Result<Self, KeyError> {
        let compact: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        let der = STANDARD.decode(compact).map_err(|error| KeyError::Certificate(error.into()))?;
        Self::from_certificate_der(&der)
    }

    /// Takes the key from a certificate as PEM.
    ///
    /// # Errors
    /// [`KeyError`], as for the bytes.
    pub fn from_certificate_pem(text: &str) -> Result<Self, KeyError> {
        let (_, der) = pem::first(text, &["CERTIFICATE"]).ok_or(KeyError::NotPem("certificate"))?;
        Self::from_certificate_der(&der)
    }

    /// The certificate in which the key came.
    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate
    }

    /// Whether this key made the signature, by this method.
    pub(super) fn accepts(&self, method: SignatureMethod, message: &[u8], value: &[u8]) -> bool {
        let known = self.methods.iter().find(|(known, _)| *known == method);
        known.is_some_and(|(_, key)| key.verify_sig(message, value).is_ok())
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digest = Digest::Sha256.of(&self.certificate);
        write!(f, "VerifyingKey({:02x?}…)", digest.as_ref().get(..4).unwrap_or_default())
    }
}

impl PartialEq for VerifyingKey {
    fn eq(&self, other: &Self) -> bool {
        self.certificate == other.certificate
    }
}

impl Eq for VerifyingKey {}

fn rsa_methods(spki: &[u8]) -> Result<Vec<(SignatureMethod, ParsedPublicKey)>, KeyError> {
    let bits = PublicKey::from_der(spki).map(|key| rsa_bits(&key)).map_err(|_| KeyError::Kind)?;
    if bits < MIN_RSA_BITS {
        return Err(KeyError::TooShort { bits });
    }
    Ok(parse_for(
        spki,
        [
            (SignatureMethod::Rsa(Digest::Sha256), &signature::RSA_PKCS1_2048_8192_SHA256),
            (SignatureMethod::Rsa(Digest::Sha384), &signature::RSA_PKCS1_2048_8192_SHA384),
            (SignatureMethod::Rsa(Digest::Sha512), &signature::RSA_PKCS1_2048_8192_SHA512),
        ],
    ))
}

/// XML signatures write both numbers one behind the other, which the library calls fixed.
fn ec_methods(spki: &[u8]) -> Vec<(SignatureMethod, ParsedPublicKey)> {
    parse_for(
        spki,
        [
            (SignatureMethod::Ecdsa(Digest::Sha256), &signature::ECDSA_P256_SHA256_FIXED),
            (SignatureMethod::Ecdsa(Digest::Sha384), &signature::ECDSA_P384_SHA384_FIXED),
        ],
    )
}

fn parse_for<const N: usize, A: VerificationAlgorithm>(
    spki: &[u8],
    methods: [(SignatureMethod, &'static A); N],
) -> Vec<(SignatureMethod, ParsedPublicKey)> {
    let parsed = methods.into_iter().map(|(method, algorithm)| (method, ParsedPublicKey::new(algorithm, spki)));
    parsed.filter_map(|(method, key)| Some((method, key.ok()?))).collect()
}
