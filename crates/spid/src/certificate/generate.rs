//! Making keys, certificates and requests.

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256};
use jiff::Timestamp;
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::der::asn1::{Any, AnyRef, BitString, GeneralizedTime, ObjectIdentifier, SetOfVec, UtcTime};
use x509_cert::der::pem::{LineEnding, encode_string};
use x509_cert::der::{self, DateTime, Encode};
use x509_cert::request::{CertReq, CertReqInfo, ExtensionReq, Version as RequestVersion};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::time::{Time, Validity as CertificateValidity};
use x509_cert::{Certificate, TbsCertificate, Version};

use super::expiry::Validity;
use super::extension::extensions;
use super::subject::Subject;

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const SHA256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");

/// The length of an RSA key. Avviso SPID n. 29 v3 asks at least 2048 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeySize {
    /// 2048 bits: the least that is admitted.
    Bits2048,
    /// 3072 bits: what AgID recommends.
    #[default]
    Bits3072,
}

/// A private key as PKCS#8 in PEM. It does not show itself.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKeyPem(String);

impl PrivateKeyPem {
    /// The text of the key, for the one place that must store it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PrivateKeyPem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKeyPem(…)")
    }
}

/// A new signing key with its self-signed certificate.
#[derive(Debug, Clone)]
pub struct SpCertificate {
    /// The private key.
    pub private_key: PrivateKeyPem,
    /// The certificate in PEM.
    pub certificate_pem: String,
    /// The certificate's bytes.
    pub certificate_der: Vec<u8>,
}

/// A new signing key with the request for its certificate (PKCS#10).
#[derive(Debug, Clone)]
pub struct GeneratedRequest {
    /// The private key.
    pub private_key: PrivateKeyPem,
    /// The request in PEM, which goes to AgID's certification authority.
    pub request_pem: String,
}

/// Why no certificate was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// The cryptographic library made no key or signature.
    #[error("the cryptographic library made no key or signature")]
    Cryptography(#[source] Unspecified),
    /// The certificate could not be written.
    #[error("the certificate could not be encoded")]
    Encoding(#[source] der::Error),
    /// The certificate would end before it begins, or outside the years that certificates know.
    #[error("the validity of the certificate is empty or outside the years 1970 to 9999")]
    Validity,
}

impl From<Unspecified> for GenerateError {
    fn from(cause: Unspecified) -> Self {
        Self::Cryptography(cause)
    }
}

impl From<der::Error> for GenerateError {
    fn from(cause: der::Error) -> Self {
        Self::Encoding(cause)
    }
}

impl SpCertificate {
    /// Makes a key and a certificate signed with it. `serial` are random bytes of the caller.
    ///
    /// A public body may use the certificate as it is. A private provider may use it only with test providers: those in
    /// production want one that AgID's authority issued, see [`certificate_request`].
    ///
    /// # Errors
    /// [`GenerateError`] when the validity is empty or the cryptographic library fails.
    pub fn self_signed(
        subject: &Subject,
        size: KeySize,
        validity: Validity,
        serial: [u8; 16],
    ) -> Result<Self, GenerateError> {
        let key = key(size)?;
        let name = subject.name()?;
        let tbs = TbsCertificate {
            version: Version::V3,
            serial_number: SerialNumber::new(&positive(serial))?,
            signature: algorithm(SHA256_WITH_RSA),
            issuer: name.clone(),
            validity: period(validity)?,
            subject: name,
            subject_public_key_info: public_key(&key)?,
            issuer_unique_id: None,
            subject_unique_id: None,
            extensions: Some(extensions(subject.sector())?),
        };
        let signature = BitString::from_bytes(&signature(&key, &tbs.to_der()?)?)?;
        let certificate =
            Certificate { tbs_certificate: tbs, signature_algorithm: algorithm(SHA256_WITH_RSA), signature };
        let der = certificate.to_der()?;
        Ok(Self { private_key: private_key(&key)?, certificate_pem: pem("CERTIFICATE", &der)?, certificate_der: der })
    }
}

/// Makes a key and the request for a certificate with the extensions of the subject's sector.
///
/// # Errors
/// [`GenerateError`] when the cryptographic library fails.
pub fn certificate_request(subject: &Subject, size: KeySize) -> Result<GeneratedRequest, GenerateError> {
    let key = key(size)?;
    let wanted = Attribute::try_from(ExtensionReq(extensions(subject.sector())?))?;
    let attributes: Attributes = SetOfVec::try_from(vec![wanted])?;
    let info = CertReqInfo {
        version: RequestVersion::V1,
        subject: subject.name()?,
        public_key: public_key(&key)?,
        attributes,
    };
    let signature = BitString::from_bytes(&signature(&key, &info.to_der()?)?)?;
    let request = CertReq { info, algorithm: algorithm(SHA256_WITH_RSA), signature };
    let request_pem = pem("CERTIFICATE REQUEST", &request.to_der()?)?;
    Ok(GeneratedRequest { private_key: private_key(&key)?, request_pem })
}

/// Makes a key that needs no certificate, such as those of a relying party.
///
/// # Errors
/// [`GenerateError`] when the cryptographic library fails.
pub fn generate_key(size: KeySize) -> Result<PrivateKeyPem, GenerateError> {
    private_key(&key(size)?)
}

fn key(size: KeySize) -> Result<rsa::KeyPair, Unspecified> {
    rsa::KeyPair::generate(match size {
        KeySize::Bits2048 => rsa::KeySize::Rsa2048,
        KeySize::Bits3072 => rsa::KeySize::Rsa3072,
    })
}

fn signature(key: &rsa::KeyPair, message: &[u8]) -> Result<Vec<u8>, Unspecified> {
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)?;
    Ok(signature)
}

fn public_key(key: &rsa::KeyPair) -> der::Result<SubjectPublicKeyInfoOwned> {
    let subject_public_key = BitString::from_bytes(key.public_key().as_ref())?;
    Ok(SubjectPublicKeyInfoOwned { algorithm: algorithm(RSA_ENCRYPTION), subject_public_key })
}

fn private_key(key: &rsa::KeyPair) -> Result<PrivateKeyPem, GenerateError> {
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(key)?;
    Ok(PrivateKeyPem(pem("PRIVATE KEY", der.as_ref())?))
}

/// RSA algorithms carry an explicit NULL (RFC 3279 section 2.3.1, RFC 4055 section 5).
fn algorithm(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid, parameters: Some(Any::from(AnyRef::NULL)) }
}

fn pem(label: &str, der: &[u8]) -> der::Result<String> {
    Ok(encode_string(label, LineEnding::LF, der)?)
}

/// A serial number is positive and not zero (RFC 5280 section 4.1.2.2).
fn positive(mut serial: [u8; 16]) -> [u8; 16] {
    serial[0] = (serial[0] & 0x7f) | 0x40;
    serial
}

fn period(validity: Validity) -> Result<CertificateValidity, GenerateError> {
    if validity.not_after <= validity.not_before {
        return Err(GenerateError::Validity);
    }
    Ok(CertificateValidity { not_before: time(validity.not_before)?, not_after: time(validity.not_after)? })
}

/// Until 2049 in two digits of the year, from 2050 in four (RFC 5280 section 4.1.2.5).
fn time(moment: Timestamp) -> Result<Time, GenerateError> {
    let seconds = u64::try_from(moment.as_second()).map_err(|_| GenerateError::Validity)?;
    let moment = DateTime::from_unix_duration(std::time::Duration::from_secs(seconds));
    let moment = moment.map_err(|_| GenerateError::Validity)?;
    Ok(match UtcTime::from_date_time(moment) {
        Ok(time) => Time::UtcTime(time),
        Err(_) => Time::GeneralTime(GeneralizedTime::from_date_time(moment)),
    })
}
