//! Which signatures are relied upon: a table, because the world moves and archives do not.

use aws_lc_rs::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512};
use aws_lc_rs::signature::{self as aws, VerificationAlgorithm};
use x509_cert::der::asn1::ObjectIdentifier;

/// The rules for relying on a signature.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Policy {
    /// Accept messages hashed with SHA-1, as providers did until about 2017.
    pub accept_sha1: bool,
    /// Demand that the certificate says *emailProtection*, rather than only that it says nothing else.
    pub require_email_protection: bool,
    /// Demand that the certificate bears the address in `From`.
    pub require_sender_address: bool,
}

impl Policy {
    /// For mail that arrives today.
    pub const CURRENT: Self = Self { accept_sha1: false, require_email_protection: true, require_sender_address: true };
    /// For receipts kept from earlier years; certificates themselves must still chain without SHA-1.
    pub const ARCHIVE: Self = Self { accept_sha1: true, require_email_protection: false, require_sender_address: true };
}

impl Default for Policy {
    fn default() -> Self {
        Self::CURRENT
    }
}

/// A hash function that CMS names by its object identifier.
#[derive(Debug)]
pub(super) struct Digest {
    oid: ObjectIdentifier,
    pub name: &'static str,
    pub algorithm: &'static Algorithm,
    weak: bool,
}

const SHA1_OID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
pub(crate) const SHA256_OID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384_OID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512_OID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");

static DIGESTS: [Digest; 4] = [
    Digest { oid: SHA256_OID, name: "SHA-256", algorithm: &SHA256, weak: false },
    Digest { oid: SHA384_OID, name: "SHA-384", algorithm: &SHA384, weak: false },
    Digest { oid: SHA512_OID, name: "SHA-512", algorithm: &SHA512, weak: false },
    Digest { oid: SHA1_OID, name: "SHA-1", algorithm: &SHA1_FOR_LEGACY_USE_ONLY, weak: true },
];

impl Digest {
    pub fn find(oid: &ObjectIdentifier) -> Option<&'static Self> {
        DIGESTS.iter().find(|digest| digest.oid == *oid)
    }

    pub fn is_refused_by(&self, policy: Policy) -> bool {
        self.weak && !policy.accept_sha1
    }
}

/// The kind of public key, with its curve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Key {
    Rsa,
    P256,
    P384,
    P521,
}

impl Key {
    /// From the algorithm and parameters of a `SubjectPublicKeyInfo`.
    pub fn find(algorithm: &ObjectIdentifier, curve: Option<ObjectIdentifier>) -> Option<Self> {
        match (algorithm.to_string().as_str(), curve.map(|oid| oid.to_string()).as_deref()) {
            ("1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10", _) => Some(Self::Rsa),
            ("1.2.840.10045.2.1", Some("1.2.840.10045.3.1.7")) => Some(Self::P256),
            ("1.2.840.10045.2.1", Some("1.3.132.0.34")) => Some(Self::P384),
            ("1.2.840.10045.2.1", Some("1.3.132.0.35")) => Some(Self::P521),
            _ => None,
        }
    }
}

pub(super) const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");

/// Finds the verification algorithm for a key, a hash and the signature algorithm that was declared.
/// The declared one only chooses the padding: the hash is the one that was used for the content.
pub(super) fn verifier(
    key: Key,
    digest: &Digest,
    declared: &ObjectIdentifier,
) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match (key, digest.name, *declared == RSA_PSS) {
        (Key::Rsa, "SHA-1", false) => &aws::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        (Key::Rsa, "SHA-256", false) => &aws::RSA_PKCS1_2048_8192_SHA256,
        (Key::Rsa, "SHA-384", false) => &aws::RSA_PKCS1_2048_8192_SHA384,
        (Key::Rsa, "SHA-512", false) => &aws::RSA_PKCS1_2048_8192_SHA512,
        (Key::Rsa, "SHA-256", true) => &aws::RSA_PSS_2048_8192_SHA256,
        (Key::Rsa, "SHA-384", true) => &aws::RSA_PSS_2048_8192_SHA384,
        (Key::Rsa, "SHA-512", true) => &aws::RSA_PSS_2048_8192_SHA512,
        (Key::P256, "SHA-256", _) => &aws::ECDSA_P256_SHA256_ASN1,
        (Key::P256, "SHA-384", _) => &aws::ECDSA_P256_SHA384_ASN1,
        (Key::P256, "SHA-512", _) => &aws::ECDSA_P256_SHA512_ASN1,
        (Key::P384, "SHA-256", _) => &aws::ECDSA_P384_SHA256_ASN1,
        (Key::P384, "SHA-384", _) => &aws::ECDSA_P384_SHA384_ASN1,
        (Key::P384, "SHA-512", _) => &aws::ECDSA_P384_SHA512_ASN1,
        (Key::P521, "SHA-256", _) => &aws::ECDSA_P521_SHA256_ASN1,
        (Key::P521, "SHA-384", _) => &aws::ECDSA_P521_SHA384_ASN1,
        (Key::P521, "SHA-512", _) => &aws::ECDSA_P521_SHA512_ASN1,
        _ => return None,
    })
}
