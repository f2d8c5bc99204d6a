//! The question to a responder (RFC 6960, section 4.1).

use aws_lc_rs::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use x509_cert::Certificate;
use x509_cert::der::asn1::{ObjectIdentifier, OctetString};
use x509_cert::der::{AnyRef, Encode, Error};
use x509_cert::ext::Extension;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_ocsp::{CertId, OcspRequest, Request, TbsRequest};

use crate::chain::Link;
use crate::oid;

/// The request about the certificate of a link.
pub(super) fn about(link: &Link, nonce: Option<&[u8]>) -> Result<Vec<u8>, Error> {
    let hash_algorithm = AlgorithmIdentifierOwned { oid: oid::SHA1, parameters: Some(AnyRef::NULL.into()) };
    let (name, key) = issuer_hashes(&link.issuer, &SHA1_FOR_LEGACY_USE_ONLY)?;
    let id = CertId {
        hash_algorithm,
        issuer_name_hash: OctetString::new(name)?,
        issuer_key_hash: OctetString::new(key)?,
        serial_number: link.certificate.tbs_certificate.serial_number.clone(),
    };
    let request = OcspRequest {
        tbs_request: TbsRequest {
            version: x509_ocsp::Version::V1,
            requestor_name: None,
            request_list: vec![Request { req_cert: id, single_request_extensions: None }],
            request_extensions: nonce.map(|nonce| nonce_extension(nonce).map(|nonce| vec![nonce])).transpose()?,
        },
        optional_signature: None,
    };
    request.to_der()
}

pub(crate) fn nonce_extension(nonce: &[u8]) -> Result<Extension, Error> {
    let value = OctetString::new(OctetString::new(nonce)?.to_der()?)?;
    Ok(Extension { extn_id: oid::OCSP_NONCE, critical: false, extn_value: value })
}

/// Whether an answer is about the certificate of the link. Responders may use another hash than the one asked with.
pub(super) fn is_about(id: &CertId, link: &Link) -> Result<bool, Error> {
    if id.serial_number != link.certificate.tbs_certificate.serial_number {
        return Ok(false);
    }
    let Some(algorithm) = hash(&id.hash_algorithm.oid) else { return Ok(false) };
    let (name, key) = issuer_hashes(&link.issuer, algorithm)?;
    Ok(id.issuer_name_hash.as_bytes() == name && id.issuer_key_hash.as_bytes() == key)
}

fn hash(oid: &ObjectIdentifier) -> Option<&'static Algorithm> {
    match *oid {
        oid::SHA1 => Some(&SHA1_FOR_LEGACY_USE_ONLY),
        oid::SHA256 => Some(&SHA256),
        _ => None,
    }
}

/// The digests of the issuer's name and of its key without tag, length and unused bits (RFC 6960, section 4.1.1).
pub(crate) fn issuer_hashes(issuer: &Certificate, algorithm: &'static Algorithm) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let body = &issuer.tbs_certificate;
    let name = digest(algorithm, &body.subject.to_der()?);
    let key = digest(algorithm, body.subject_public_key_info.subject_public_key.raw_bytes());
    Ok((name.as_ref().to_vec(), key.as_ref().to_vec()))
}
