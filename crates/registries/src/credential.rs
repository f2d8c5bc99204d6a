//! The client's key and certificate, and the signed statement that opens the register.

use aws_lc_rs::signature::{KeyPair as _, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jose::SigningKey;
use serde_json::{Value, json};
use x509_cert::Certificate;
use x509_cert::der::Decode as _;

use crate::pem;

/// An RSA key and the certificate chain that names its owner.
///
/// The key never leaves this value: `Debug` shows only that it is there.
pub struct Credential {
    key: SigningKey,
    /// The chain in the order of the `x5c` header (RFC 7515 section 4.1.6): the key's own certificate first.
    x5c: Vec<String>,
}

/// A key or certificate that cannot be used to sign in at the register.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialError {
    /// The text holds no readable block of the wanted kind.
    #[error("no readable {wanted} in the PEM text")]
    Missing {
        /// What was looked for: `private key` or `certificate`.
        wanted: &'static str,
    },
    /// The private key is encrypted; the register's key has to be given in clear, from a secret store.
    #[error("the private key is encrypted with a password: give it as plain PKCS#8")]
    Encrypted,
    /// The bytes are not an RSA private key of 2,048 bits or more.
    #[error("not an RSA private key of at least 2048 bits")]
    NotRsa,
    /// The bytes are not an X.509 certificate.
    #[error("not an X.509 certificate")]
    NotACertificate,
    /// The first certificate certifies another key.
    #[error("the certificate does not belong to the private key")]
    Mismatch,
    /// The cryptographic library could not sign.
    #[error("the private key could not sign")]
    CannotSign,
}

impl Credential {
    /// Reads an RSA key (PKCS#8, or the older PKCS#1 form) and its certificate, followed by its chain if there is one.
    ///
    /// # Errors
    ///
    /// [`CredentialError`] when either text is unreadable, the key is not RSA or the first certificate is not the key's.
    pub fn from_pem(key: &str, certificates: &str) -> Result<Self, CredentialError> {
        let key = read_key(key)?;
        let missing = CredentialError::Missing { wanted: "certificate" };
        let blocks = pem::blocks(certificates).unwrap_or_default();
        let chain: Vec<_> = blocks.into_iter().filter(|b| b.label == "CERTIFICATE").map(|b| b.der).collect();
        let own = chain.first().ok_or(missing)?;
        let own = Certificate::from_der(own).map_err(|_| CredentialError::NotACertificate)?;
        let certified = own.tbs_certificate.subject_public_key_info.subject_public_key.raw_bytes();
        if certified != key.public_key().as_ref() {
            return Err(CredentialError::Mismatch);
        }
        let key = SigningKey::from_pair(key).map_err(|_| CredentialError::NotRsa)?;
        Ok(Self { key, x5c: chain.iter().map(|der| STANDARD.encode(der)).collect() })
    }

    /// Signs `claims` as a compact JWS with algorithm RS256 and the chain in its header.
    pub(crate) fn sign(&self, claims: &impl serde::Serialize) -> Result<String, CredentialError> {
        let header = json!({ "typ": "JWT", "x5c": self.x5c, "use": "sig" });
        let claims = serde_json::to_value(claims).map_err(|_| CredentialError::CannotSign)?;
        let (Value::Object(header), Value::Object(claims)) = (header, claims) else {
            return Err(CredentialError::CannotSign);
        };
        jose::sign_with_header(header, &claims, &self.key).map_err(|_| CredentialError::CannotSign)
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential").field("certificates", &self.x5c.len()).finish_non_exhaustive()
    }
}

fn read_key(text: &str) -> Result<RsaKeyPair, CredentialError> {
    let blocks = pem::blocks(text).unwrap_or_default();
    for block in &blocks {
        let key = match block.label.as_str() {
            "PRIVATE KEY" => RsaKeyPair::from_pkcs8(&block.der),
            "RSA PRIVATE KEY" => RsaKeyPair::from_der(&block.der),
            "ENCRYPTED PRIVATE KEY" => return Err(CredentialError::Encrypted),
            _ => continue,
        };
        return key.map_err(|_| CredentialError::NotRsa);
    }
    Err(CredentialError::Missing { wanted: "private key" })
}
