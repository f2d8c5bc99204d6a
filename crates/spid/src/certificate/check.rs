//! What is wrong with a given certificate.

use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::asn1::{ObjectIdentifier, UintRef};
use x509_cert::der::{self, Decode, Reader, SliceReader};
use x509_cert::ext::pkix::{BasicConstraints, CertificatePolicies, KeyUsage, KeyUsages};

use super::expiry::{Expiry, Validity};
use super::extension::AGID_CERT;
use super::subject::{
    COMMON_NAME, COUNTRY, LOCALITY, ORGANIZATION, ORGANIZATION_IDENTIFIER, OrganizationIdentifier, Sector, URI,
};

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const SHA256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const SHA512_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");

/// What the subject must have, with the names under which the avviso knows them.
const MANDATORY: [(ObjectIdentifier, &str); 6] = [
    (COMMON_NAME, "commonName"),
    (COUNTRY, "countryName"),
    (LOCALITY, "localityName"),
    (ORGANIZATION, "organizationName"),
    (ORGANIZATION_IDENTIFIER, "organizationIdentifier"),
    (URI, "uri"),
];

/// What only a person has.
const FORBIDDEN: [(ObjectIdentifier, &str); 5] = [
    (ObjectIdentifier::new_unwrap("2.5.4.4"), "surname"),
    (ObjectIdentifier::new_unwrap("2.5.4.41"), "name"),
    (ObjectIdentifier::new_unwrap("2.5.4.42"), "givenName"),
    (ObjectIdentifier::new_unwrap("2.5.4.43"), "initials"),
    (ObjectIdentifier::new_unwrap("2.5.4.65"), "pseudonym"),
];

/// The usages that a signing certificate must not have.
const UNWANTED_USAGES: [(KeyUsages, &str); 5] = [
    (KeyUsages::KeyEncipherment, "keyEncipherment"),
    (KeyUsages::DataEncipherment, "dataEncipherment"),
    (KeyUsages::KeyAgreement, "keyAgreement"),
    (KeyUsages::KeyCertSign, "keyCertSign"),
    (KeyUsages::CRLSign, "cRLSign"),
];

/// The bytes are no certificate.
#[derive(Debug, thiserror::Error)]
#[error("the bytes are not an X.509 certificate")]
pub struct CertificateError(#[source] pub(super) der::Error);

/// One thing that is wrong with a certificate (avviso SPID n. 29 v3).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateFinding {
    /// The subject lacks a mandatory part, or it is empty.
    #[error("the subject has no {0}")]
    SubjectLacks(&'static str),
    /// The subject has a part that only people have.
    #[error("the subject has a {0}, which only the certificate of a person may have")]
    SubjectHasPersonal(&'static str),
    /// The organization identifier has another form than the sector asks.
    #[error("the organizationIdentifier `{0}` is not of the form that this sector uses")]
    OrganizationIdentifier(String),
    /// The country is no code of two letters.
    #[error("the countryName `{0}` is no code of two capital letters")]
    Country(String),
    /// The `uri` is not the provider's entity id.
    #[error("the uri `{found}` of the certificate is not the entity id `{expected}`")]
    EntityId {
        /// What the certificate says.
        found: String,
        /// The entity id.
        expected: String,
    },
    /// The key is not an RSA key.
    #[error("the key is not an RSA key")]
    NotRsa,
    /// The key has an inadmissible length.
    #[error("the RSA key has {0} bits where 2048, 3072 or 4096 are admitted")]
    KeyLength(usize),
    /// The certificate is signed with an inadmissible algorithm.
    #[error("the certificate is signed with the algorithm {0}, where RSA with SHA-256 or SHA-512 is admitted")]
    SignatureAlgorithm(String),
    /// An extension is missing.
    #[error("the extension {0} is missing")]
    ExtensionMissing(&'static str),
    /// An extension cannot be read, or appears twice.
    #[error("the extension {0} is malformed or repeated")]
    ExtensionMalformed(&'static str),
    /// An extension is critical and must not be, or is not and must be.
    #[error("the extension {extension} must {}be critical", if *.must { "" } else { "not " })]
    Criticality {
        /// Which extension.
        extension: &'static str,
        /// Whether it must be critical.
        must: bool,
    },
    /// The certificate is one of an authority.
    #[error("the certificate says that it belongs to a certification authority")]
    Authority,
    /// A usage of the key is missing.
    #[error("the key usage {0} is missing")]
    UsageMissing(&'static str),
    /// A usage of the key is too much.
    #[error("the key usage {0} must not be there")]
    UsageUnwanted(&'static str),
    /// A policy is missing.
    #[error("the policy {0} is missing")]
    PolicyMissing(String),
    /// The certificate will end soon, has ended, or has not begun.
    #[error("the certificate is not valid now, or not for long: {0:?}")]
    Expiry(Expiry),
}

/// Checks a service provider's certificate and says everything that is wrong with it; nothing when all is well.
///
/// `entity_id` is compared with the certificate's `uri` when given. The expiry counts from ninety days on.
///
/// # Errors
/// [`CertificateError`] when the bytes are no certificate at all.
pub fn check(
    certificate_der: &[u8],
    sector: Sector,
    entity_id: Option<&str>,
    now: Timestamp,
) -> Result<Vec<CertificateFinding>, CertificateError> {
    let certificate = Certificate::from_der(certificate_der).map_err(CertificateError)?;
    let mut findings = Vec::new();
    subject(&certificate, sector, entity_id, &mut findings);
    key(&certificate, &mut findings);
    algorithm(&certificate, &mut findings);
    constraints(&certificate, &mut findings);
    usage(&certificate, &mut findings);
    policies(&certificate, sector, &mut findings);
    match Validity::of_certificate(&certificate).expiry(now) {
        Expiry::Distant => {}
        near => findings.push(CertificateFinding::Expiry(near)),
    }
    Ok(findings)
}

fn subject(certificate: &Certificate, sector: Sector, entity_id: Option<&str>, findings: &mut Vec<CertificateFinding>) {
    let parts: Vec<&AttributeTypeAndValue> =
        certificate.tbs_certificate.subject.0.iter().flat_map(|name| name.0.iter()).collect();
    let value = |oid: ObjectIdentifier| parts.iter().find(|part| part.oid == oid).map(|part| text(part));
    for (oid, name) in MANDATORY {
        if value(oid).is_none_or(|text| text.is_empty()) {
            findings.push(CertificateFinding::SubjectLacks(name));
        }
    }
    for (oid, name) in FORBIDDEN {
        if value(oid).is_some() {
            findings.push(CertificateFinding::SubjectHasPersonal(name));
        }
    }
    if let Some(given) = value(ORGANIZATION_IDENTIFIER) {
        let good = given.parse::<OrganizationIdentifier>().is_ok_and(|identifier| identifier.sector() == sector);
        if !good {
            findings.push(CertificateFinding::OrganizationIdentifier(given));
        }
    }
    if let Some(given) = value(COUNTRY)
        && !(given.len() == 2 && given.bytes().all(|byte| byte.is_ascii_uppercase()))
    {
        findings.push(CertificateFinding::Country(given));
    }
    if let (Some(found), Some(expected)) = (value(URI), entity_id)
        && found != expected
    {
        findings.push(CertificateFinding::EntityId { found, expected: expected.to_owned() });
    }
}

/// The text of a name's part; the string types of certificates that we meet are all subsets of UTF-8.
fn text(part: &AttributeTypeAndValue) -> String {
    String::from_utf8_lossy(part.value.value()).into_owned()
}

fn key(certificate: &Certificate, findings: &mut Vec<CertificateFinding>) {
    let info = &certificate.tbs_certificate.subject_public_key_info;
    let bits = match info.subject_public_key.as_bytes() {
        Some(bytes) if info.algorithm.oid == RSA_ENCRYPTION => modulus_bits(bytes).ok(),
        _ => None,
    };
    match bits {
        None => findings.push(CertificateFinding::NotRsa),
        Some(2048 | 3072 | 4096) => {}
        Some(bits) => findings.push(CertificateFinding::KeyLength(bits)),
    }
}

/// The length of the modulus in `RSAPublicKey ::= SEQUENCE { modulus, publicExponent }` (RFC 8017, appendix A.1.1).
fn modulus_bits(public_key: &[u8]) -> der::Result<usize> {
    let mut reader = SliceReader::new(public_key)?;
    reader.sequence(|fields| {
        let modulus = UintRef::decode(fields)?;
        UintRef::decode(fields)?;
        let bytes = modulus.as_bytes();
        let unused = bytes.first().map_or(0, |first| first.leading_zeros() as usize);
        Ok(bytes.len() * 8 - unused)
    })
}

fn algorithm(certificate: &Certificate, findings: &mut Vec<CertificateFinding>) {
    let oid = certificate.signature_algorithm.oid;
    if oid != SHA256_WITH_RSA && oid != SHA512_WITH_RSA {
        findings.push(CertificateFinding::SignatureAlgorithm(oid.to_string()));
    }
}

fn constraints(certificate: &Certificate, findings: &mut Vec<CertificateFinding>) {
    const NAME: &str = "basicConstraints";
    match certificate.tbs_certificate.get::<BasicConstraints>() {
        Err(_) => findings.push(CertificateFinding::ExtensionMalformed(NAME)),
        Ok(None) => findings.push(CertificateFinding::ExtensionMissing(NAME)),
        Ok(Some((critical, constraints))) => {
            if critical {
                findings.push(CertificateFinding::Criticality { extension: NAME, must: false });
            }
            if constraints.ca {
                findings.push(CertificateFinding::Authority);
            }
        }
    }
}

fn usage(certificate: &Certificate, findings: &mut Vec<CertificateFinding>) {
    const NAME: &str = "keyUsage";
    let (critical, usage) = match certificate.tbs_certificate.get::<KeyUsage>() {
        Err(_) => return findings.push(CertificateFinding::ExtensionMalformed(NAME)),
        Ok(None) => return findings.push(CertificateFinding::ExtensionMissing(NAME)),
        Ok(Some(found)) => found,
    };
    if !critical {
        findings.push(CertificateFinding::Criticality { extension: NAME, must: true });
    }
    let wanted = [(KeyUsages::DigitalSignature, "digitalSignature"), (KeyUsages::NonRepudiation, "nonRepudiation")];
    for (flag, name) in wanted {
        if !usage.0.contains(flag) {
            findings.push(CertificateFinding::UsageMissing(name));
        }
    }
    for (flag, name) in UNWANTED_USAGES {
        if usage.0.contains(flag) {
            findings.push(CertificateFinding::UsageUnwanted(name));
        }
    }
}

fn policies(certificate: &Certificate, sector: Sector, findings: &mut Vec<CertificateFinding>) {
    const NAME: &str = "certificatePolicies";
    let (critical, policies) = match certificate.tbs_certificate.get::<CertificatePolicies>() {
        Err(_) => return findings.push(CertificateFinding::ExtensionMalformed(NAME)),
        Ok(None) => return findings.push(CertificateFinding::ExtensionMissing(NAME)),
        Ok(Some(found)) => found,
    };
    if critical {
        findings.push(CertificateFinding::Criticality { extension: NAME, must: false });
    }
    for wanted in [AGID_CERT, sector.policy()] {
        if !policies.0.iter().any(|policy| policy.policy_identifier == wanted) {
            findings.push(CertificateFinding::PolicyMissing(wanted.to_string()));
        }
    }
}
