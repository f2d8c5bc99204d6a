//! Object identifiers of the cards, with their sources.

use x509_cert::der::asn1::ObjectIdentifier;

/// Authentication certificates of the Carta Nazionale dei Servizi (AgID, certificate profile for the CNS).
pub const CNS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.76.16.2.1");
/// Authentication certificates of the regional card of Lombardy (CRS), first series.
pub const CRS_LOMBARDIA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.159.6.1.3.2.10");
/// Authentication certificates of the regional card of Lombardy (CRS), second series.
pub const CRS_LOMBARDIA_2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.76.12.1.1.10.2.2.10");
/// Authentication certificates of the electronic identity card (CIE).
pub const CIE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.76.47.4");

/// id-kp-clientAuth (RFC 5280, section 4.2.1.12).
pub(crate) const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");
/// id-ad-ocsp (RFC 5280, section 4.2.2.1).
pub(crate) const AD_OCSP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1");
/// id-pkix-ocsp-nonce (RFC 6960, section 4.4.1).
pub(crate) const OCSP_NONCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.2");
/// id-pkix-ocsp-basic (RFC 6960, section 4.2.1).
pub(crate) const OCSP_BASIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.1");
/// SHA-1, which identifies issuers in OCSP and protects nothing.
pub(crate) const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
/// SHA-256.
pub(crate) const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// rsaEncryption (RFC 8017).
pub(crate) const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// id-ecPublicKey (RFC 5480).
pub(crate) const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

pub(crate) const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
pub(crate) const SURNAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.4");
pub(crate) const ORGANIZATIONAL_UNIT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.11");
pub(crate) const GIVEN_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.42");
