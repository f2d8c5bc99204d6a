//! Signing: a detached CMS signature in DER, RSA or ECDSA with SHA-256.

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::der::asn1::{ObjectIdentifier, OctetString, SetOfVec, UtcTime};
use x509_cert::der::{Any, AnyRef, DateTime, Decode, Encode};
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_cert::time::Time;

use crate::signature::cms::{CONTENT_TYPE, DATA, MESSAGE_DIGEST, SIGNED_DATA};
use crate::signature::policy::SHA256_OID;

const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// A provider's key with its certificate chain.
#[derive(Clone)]
pub struct ProviderKey {
    pair: Arc<Pair>,
    chain: Vec<Certificate>,
}

enum Pair {
    Rsa(RsaKeyPair),
    Ecdsa(EcdsaKeyPair),
}

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProviderKeyError {
    /// Not an RSA or P-256 key in PKCS #8.
    #[error("the key is neither RSA nor P-256 in PKCS #8")]
    Key,
    /// The chain is empty.
    #[error("there is no certificate")]
    NoCertificate,
    /// A certificate or the signature itself cannot be encoded.
    #[error("the certificates or the signature cannot be encoded")]
    Encoding(#[from] x509_cert::der::Error),
    /// Signing failed.
    #[error("the key does not sign")]
    Sign,
}

impl std::fmt::Debug for ProviderKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let subject = self.chain.first().map(|certificate| certificate.tbs_certificate.subject.to_string());
        f.debug_struct("ProviderKey").field("subject", &subject).finish_non_exhaustive()
    }
}

impl ProviderKey {
    /// From a chain of DER certificates, the signer's first, and its private key in PKCS #8.
    ///
    /// # Errors
    /// When the key is of another kind or a certificate cannot be read.
    pub fn new(chain: &[Vec<u8>], pkcs8: &[u8]) -> Result<Self, ProviderKeyError> {
        let pair = RsaKeyPair::from_pkcs8(pkcs8)
            .map(Pair::Rsa)
            .or_else(|_| EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8).map(Pair::Ecdsa))
            .map_err(|_| ProviderKeyError::Key)?;
        let chain = chain.iter().map(|der| Certificate::from_der(der)).collect::<Result<Vec<_>, _>>()?;
        if chain.is_empty() {
            return Err(ProviderKeyError::NoCertificate);
        }
        Ok(Self { pair: Arc::new(pair), chain })
    }

    /// The detached signature over `content`, which must already have CRLF line ends.
    pub(super) fn sign(&self, content: &[u8], at: Timestamp) -> Result<Vec<u8>, ProviderKeyError> {
        self.signed_data(content, None, at)
    }

    /// The signature with the content inside.
    pub(super) fn enclose(&self, content: &[u8], at: Timestamp) -> Result<Vec<u8>, ProviderKeyError> {
        self.signed_data(content, Some(Any::encode_from(&OctetString::new(content)?)?), at)
    }

    fn signed_data(&self, content: &[u8], econtent: Option<Any>, at: Timestamp) -> Result<Vec<u8>, ProviderKeyError> {
        let attributes = attributes(content, at)?;
        let signature = self.raw_signature(&attributes.to_der()?)?;
        let signer = self.chain.first().ok_or(ProviderKeyError::NoCertificate)?;
        let sha256 = AlgorithmIdentifierOwned { oid: SHA256_OID, parameters: None };
        let info = SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer: signer.tbs_certificate.issuer.clone(),
                serial_number: signer.tbs_certificate.serial_number.clone(),
            }),
            digest_alg: sha256.clone(),
            signed_attrs: Some(attributes),
            signature_algorithm: self.algorithm(),
            signature: OctetString::new(signature)?,
            unsigned_attrs: None,
        };
        let certificates: Vec<_> = self.chain.iter().cloned().map(CertificateChoices::Certificate).collect();
        let data = SignedData {
            version: CmsVersion::V1,
            digest_algorithms: SetOfVec::try_from(vec![sha256])?,
            encap_content_info: EncapsulatedContentInfo { econtent_type: DATA, econtent },
            certificates: Some(CertificateSet(SetOfVec::try_from(certificates)?)),
            crls: None,
            signer_infos: SignerInfos(SetOfVec::try_from(vec![info])?),
        };
        Ok(ContentInfo { content_type: SIGNED_DATA, content: Any::encode_from(&data)? }.to_der()?)
    }

    fn raw_signature(&self, message: &[u8]) -> Result<Vec<u8>, ProviderKeyError> {
        // PKCS #1 padding uses no chance; ECDSA needs a fresh nonce, which only the library may choose.
        let chance = SystemRandom::new();
        match &*self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &chance, message, &mut signature).map_err(|_| ProviderKeyError::Sign)?;
                Ok(signature)
            }
            Pair::Ecdsa(pair) => Ok(pair.sign(&chance, message).map_err(|_| ProviderKeyError::Sign)?.as_ref().to_vec()),
        }
    }

    fn algorithm(&self) -> AlgorithmIdentifierOwned {
        match &*self.pair {
            Pair::Rsa(_) => AlgorithmIdentifierOwned { oid: RSA_ENCRYPTION, parameters: Some(AnyRef::NULL.into()) },
            Pair::Ecdsa(_) => AlgorithmIdentifierOwned { oid: ECDSA_SHA256, parameters: None },
        }
    }
}

fn attributes(content: &[u8], at: Timestamp) -> Result<SetOfVec<Attribute>, ProviderKeyError> {
    let hash = OctetString::new(digest(&SHA256, content).as_ref())?;
    Ok(SetOfVec::try_from(vec![
        attribute(CONTENT_TYPE, Any::encode_from(&DATA)?)?,
        attribute(SIGNING_TIME, Any::encode_from(&signing_time(at)?)?)?,
        attribute(MESSAGE_DIGEST, Any::encode_from(&hash)?)?,
    ])?)
}

fn attribute(oid: ObjectIdentifier, value: Any) -> Result<Attribute, ProviderKeyError> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

fn signing_time(at: Timestamp) -> Result<Time, ProviderKeyError> {
    let seconds = std::time::Duration::from_secs(at.as_second().try_into().unwrap_or(0));
    let moment = DateTime::from_unix_duration(seconds)?;
    // Two-digit years end with 2049 (RFC 5652, section 11.3).
    Ok(match UtcTime::from_date_time(moment) {
        Ok(time) => Time::UtcTime(time),
        Err(_) => Time::GeneralTime(x509_cert::der::asn1::GeneralizedTime::from_date_time(moment)),
    })
}
