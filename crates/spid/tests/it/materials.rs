//! Keys, certificates and configurations that the tests of certificates, metadata and the registry share.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use spid::certificate::{KeySize, OrganizationIdentifier, SpCertificate, Subject, Validity};
use spid::saml::MessageId;
use spid::signature::{SigningKey, VerifyingKey};

pub const ENTITY: &str = "https://sp.example.it/spid";

/// The moment at which these tests take place.
pub fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

pub fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// Twenty years, so that judges that know no other clock than their own agree.
pub fn long() -> Validity {
    Validity { not_before: now() - days(365), not_after: now() + days(20 * 365) }
}

pub fn subject(identifier: &str) -> Subject {
    let identifier: OrganizationIdentifier = identifier.parse().unwrap();
    Subject::new("Comune di Prova", "Comune di Prova", ENTITY, identifier, "Roma").unwrap()
}

pub fn certificate(identifier: &str, validity: Validity, serial: u8) -> SpCertificate {
    SpCertificate::self_signed(&subject(identifier), KeySize::Bits2048, validity, [serial; 16]).unwrap()
}

pub fn signing_key(certificate: &SpCertificate) -> SigningKey {
    SigningKey::from_pem(certificate.private_key.expose(), &certificate.certificate_pem).unwrap()
}

pub fn verifying_key(key: &SigningKey) -> VerifyingKey {
    VerifyingKey::from_certificate_der(key.certificate_der()).unwrap()
}

pub fn id(seed: u8) -> MessageId {
    MessageId::from_random([seed; 20])
}

/// The key of this service provider.
pub static OURS: LazyLock<SigningKey> = LazyLock::new(|| signing_key(&certificate("PA:IT-c_h501", long(), 1)));
/// The key that comes after it, or that of somebody else.
pub static OTHER: LazyLock<SigningKey> = LazyLock::new(|| signing_key(&certificate("VATIT-12345678903", long(), 2)));
