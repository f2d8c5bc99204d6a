//! Certificates from their parts.

use std::time::Duration;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::certificate::{TbsCertificate, Version};
use x509_cert::der::asn1::{
    BitString, GeneralizedTime, Ia5String, Null, ObjectIdentifier, OctetString, SetOfVec, UtcTime, Utf8StringRef,
};
use x509_cert::der::{Any, DateTime, Encode};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::crl::dp::DistributionPoint;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::ext::pkix::{
    AccessDescription, AuthorityInfoAccessSyntax, AuthorityKeyIdentifier, BasicConstraints, CrlDistributionPoints,
    ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier,
};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::{Time, Validity};

use super::IssueError;
use super::key::SigningKey;
use crate::oid;

pub(super) const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
pub(super) const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
pub(super) const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const SUBJECT_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const AUTHORITY_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");
const CRL_POINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.31");
const INFORMATION_ACCESS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.1.1");
const OCSP_NOCHECK: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.5");
const OCSP_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.9");
const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");

/// What differs from certificate to certificate.
pub(super) struct Body<'a> {
    pub serial: Vec<u8>,
    pub subject: Name,
    pub issuer: &'a Name,
    pub valid: (Timestamp, Timestamp),
    pub extensions: Vec<Extension>,
}

pub(super) fn certificate(body: Body<'_>, key: &SigningKey, issuer: &SigningKey) -> Result<Certificate, IssueError> {
    let algorithm = issuer.algorithm()?;
    let mut extensions = body.extensions;
    extensions.push(extension(SUBJECT_KEY_ID, false, &SubjectKeyIdentifier(key_id(key)?))?);
    extensions.push(authority_key_id(issuer)?);
    let tbs_certificate = TbsCertificate {
        version: Version::V3,
        serial_number: SerialNumber::new(&body.serial)?,
        signature: algorithm.clone(),
        issuer: body.issuer.clone(),
        validity: Validity { not_before: time(body.valid.0)?, not_after: time(body.valid.1)? },
        subject: body.subject,
        subject_public_key_info: key.public()?,
        issuer_unique_id: None,
        subject_unique_id: None,
        extensions: Some(extensions),
    };
    let signature = issuer.sign(&tbs_certificate.to_der()?)?;
    Ok(Certificate { tbs_certificate, signature_algorithm: algorithm, signature: BitString::from_bytes(&signature)? })
}

/// The short mark of the issuer's key by which chains are built (RFC 5280, section 4.2.1.1).
pub(super) fn authority_key_id(issuer: &SigningKey) -> Result<Extension, IssueError> {
    let value = AuthorityKeyIdentifier { key_identifier: Some(key_id(issuer)?), ..AuthorityKeyIdentifier::default() };
    extension(AUTHORITY_KEY_ID, false, &value)
}

fn key_id(key: &SigningKey) -> Result<OctetString, IssueError> {
    let public = key.public()?;
    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, public.subject_public_key.raw_bytes());
    Ok(OctetString::new(hash.as_ref())?)
}

/// The name of an authority.
pub(super) fn name(title: &str) -> Result<Name, IssueError> {
    let text = |oid, text: &str| -> Result<AttributeTypeAndValue, IssueError> {
        Ok(AttributeTypeAndValue { oid, value: Any::encode_from(&Utf8StringRef::new(text)?)? })
    };
    sequence(vec![text(COUNTRY, "IT")?, text(ORGANIZATION, "Prova")?, text(oid::COMMON_NAME, title)?])
}

/// A name with one attribute a level.
pub(super) fn sequence(attributes: Vec<AttributeTypeAndValue>) -> Result<Name, IssueError> {
    let mut levels = Vec::new();
    for attribute in attributes {
        levels.push(RelativeDistinguishedName(SetOfVec::try_from(vec![attribute])?));
    }
    Ok(RdnSequence(levels))
}

pub(super) fn ca_extensions(crl: Option<&str>) -> Result<Vec<Extension>, IssueError> {
    let usage = KeyUsage(KeyUsages::KeyCertSign | KeyUsages::CRLSign);
    let mut extensions = vec![
        extension(BASIC_CONSTRAINTS, true, &BasicConstraints { ca: true, path_len_constraint: None })?,
        extension(KEY_USAGE, true, &usage)?,
    ];
    extensions.extend(places(None, crl)?);
    Ok(extensions)
}

pub(super) fn responder_extensions() -> Result<Vec<Extension>, IssueError> {
    Ok(vec![
        extension(KEY_USAGE, true, &KeyUsage(KeyUsages::DigitalSignature.into()))?,
        extension(EXTENDED_KEY_USAGE, false, &ExtendedKeyUsage(vec![OCSP_SIGNING]))?,
        extension(OCSP_NOCHECK, false, &Null)?,
    ])
}

/// Where the state of a certificate is asked.
pub(super) fn places(ocsp: Option<&str>, crl: Option<&str>) -> Result<Vec<Extension>, IssueError> {
    let mut extensions = Vec::new();
    if let Some(address) = ocsp {
        let access = AccessDescription { access_method: oid::AD_OCSP, access_location: uri(address)? };
        extensions.push(extension(INFORMATION_ACCESS, false, &AuthorityInfoAccessSyntax(vec![access]))?);
    }
    if let Some(address) = crl {
        let names = DistributionPointName::FullName(vec![uri(address)?]);
        let point = DistributionPoint { distribution_point: Some(names), reasons: None, crl_issuer: None };
        extensions.push(extension(CRL_POINTS, false, &CrlDistributionPoints(vec![point]))?);
    }
    Ok(extensions)
}

fn uri(address: &str) -> Result<GeneralName, IssueError> {
    Ok(GeneralName::UniformResourceIdentifier(Ia5String::new(address)?))
}

pub(super) fn extension(
    extn_id: ObjectIdentifier,
    critical: bool,
    value: &impl Encode,
) -> Result<Extension, IssueError> {
    Ok(Extension { extn_id, critical, extn_value: OctetString::new(value.to_der()?)? })
}

/// Two-digit years end with 2049 (RFC 5280, section 4.1.2.5).
pub(super) fn time(moment: Timestamp) -> Result<Time, IssueError> {
    let moment = date_time(moment)?;
    Ok(match UtcTime::from_date_time(moment) {
        Ok(time) => Time::UtcTime(time),
        Err(_) => Time::GeneralTime(GeneralizedTime::from_date_time(moment)),
    })
}

pub(super) fn date_time(moment: Timestamp) -> Result<DateTime, IssueError> {
    let seconds = u64::try_from(moment.as_second()).unwrap_or(0);
    Ok(DateTime::from_unix_duration(Duration::from_secs(seconds))?)
}
