//! The answer of a responder (RFC 6960, sections 3.2 and 4.2).

use jiff::Timestamp;
use rustls_pki_types::CertificateDer;
use webpki::{EndEntityCert, KeyUsage};
use x509_cert::Certificate;
use x509_cert::der::{AnyRef, Decode, Error, Reader, SliceReader, Tag, TagNumber, Tagged};
use x509_ocsp::{CertStatus, OcspResponse, OcspResponseStatus, ResponderId, ResponseData, SingleResponse};

use super::request::{is_about, issuer_hashes};
use super::{OcspAnswer, RevocationReason, Status};
use crate::asn1::{Signed, content, signed, timestamp, unix_time};
use crate::chain::Link;
use crate::oid;
use crate::policy::Policy;
use crate::signature;

/// id-kp-OCSPSigning, 1.3.6.1.5.5.7.3.9, as the content of a DER object identifier.
const OCSP_SIGNING: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x09];
/// The largest answer that is read, in octets.
pub(super) const LARGEST: usize = 64 << 10;
/// The most certificates of responders that are tried.
const MOST_CERTIFICATES: usize = 4;

/// Why an OCSP answer cannot be relied upon.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OcspError {
    /// It cannot be read.
    #[error("the answer cannot be read")]
    Unreadable(#[from] Error),
    /// The responder refuses to answer.
    #[error("the responder answered {0}")]
    Responder(&'static str),
    /// An answer of a kind that nobody uses.
    #[error("the answer is of an unknown kind")]
    UnknownKind,
    /// It speaks of other certificates.
    #[error("the answer is about other certificates")]
    AboutOthers,
    /// The responder does not know the certificate.
    #[error("the responder does not know the certificate")]
    UnknownCertificate,
    /// It repeats another nonce than the one sent: it was meant for somebody else.
    #[error("the answer has another nonce")]
    WrongNonce,
    /// It repeats no nonce, and the policy wants one.
    #[error("the answer has no nonce")]
    NoNonce,
    /// Neither the issuer nor a responder that it appointed has signed.
    #[error("the answer is not signed by the issuer or its responder")]
    Signer,
    /// The signature is wrong, or made in a way that is not accepted, such as with SHA-1.
    #[error("the signature of the answer is not good")]
    Signature(#[source] webpki::Error),
    /// The responder's certificate is not one of a responder of this issuer.
    #[error("the responder was not appointed by the issuer")]
    Responsibility(#[source] webpki::Error),
    /// It is from the future.
    #[error("the answer is valid from {from} only")]
    NotYetValid {
        /// From when.
        from: Timestamp,
    },
    /// It is too old.
    #[error("the answer was valid until {until}")]
    Stale {
        /// Until when.
        until: Timestamp,
    },
}

pub(super) fn read(answer: &OcspAnswer, link: &Link, policy: &Policy, now: Timestamp) -> Result<Status, OcspError> {
    let basic = basic_response(&answer.response)?;
    let signed = signed(&basic)?;
    let data = ResponseData::from_der(signed.body)?;
    // First whether it concerns us at all, then whether it may be believed, and only then what it says.
    let single = about(&data, link)?;
    check_signature(&signed, &data.responder_id, link, now)?;
    check_nonce(&data, answer.nonce.as_deref(), policy)?;
    check_time(&data, single, policy, now)?;
    match single.cert_status {
        CertStatus::Good(_) => Ok(Status::Good),
        CertStatus::Revoked(info) => Ok(Status::Revoked {
            since: timestamp(info.revocation_time.0.to_unix_duration()),
            reason: info.revocation_reason.map(|reason| RevocationReason::from(reason as u8)),
        }),
        CertStatus::Unknown(_) => Err(OcspError::UnknownCertificate),
    }
}

fn basic_response(bytes: &[u8]) -> Result<Vec<u8>, OcspError> {
    let response = OcspResponse::from_der(bytes)?;
    let refusal = match response.response_status {
        OcspResponseStatus::Successful => None,
        OcspResponseStatus::MalformedRequest => Some("malformedRequest"),
        OcspResponseStatus::InternalError => Some("internalError"),
        OcspResponseStatus::TryLater => Some("tryLater"),
        OcspResponseStatus::SigRequired => Some("sigRequired"),
        OcspResponseStatus::Unauthorized => Some("unauthorized"),
    };
    if let Some(refusal) = refusal {
        return Err(OcspError::Responder(refusal));
    }
    match response.response_bytes {
        Some(bytes) if bytes.response_type == oid::OCSP_BASIC => Ok(bytes.response.into_bytes()),
        _ => Err(OcspError::UnknownKind),
    }
}

fn about<'a>(data: &'a ResponseData, link: &Link) -> Result<&'a SingleResponse, OcspError> {
    for single in &data.responses {
        if is_about(&single.cert_id, link)? {
            return Ok(single);
        }
    }
    Err(OcspError::AboutOthers)
}

/// The issuer signs itself, or a responder whose certificate the issuer has signed for that purpose (section 4.2.2.2).
fn check_signature(answer: &Signed<'_>, responder: &ResponderId, link: &Link, now: Timestamp) -> Result<(), OcspError> {
    if is_named(responder, &link.issuer)? {
        return signature::verify(&link.issuer_der, answer).map_err(OcspError::Signature);
    }
    for der in certificates(answer)? {
        let certificate = Certificate::from_der(&der)?;
        if is_named(responder, &certificate)? {
            check_appointment(&der, link, now).map_err(OcspError::Responsibility)?;
            return signature::verify(&der, answer).map_err(OcspError::Signature);
        }
    }
    Err(OcspError::Signer)
}

fn is_named(responder: &ResponderId, certificate: &Certificate) -> Result<bool, Error> {
    Ok(match responder {
        ResponderId::ByName(name) => *name == certificate.tbs_certificate.subject,
        ResponderId::ByKey(hash) => {
            let (_, key) = issuer_hashes(certificate, &aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY)?;
            hash.as_bytes() == key
        }
    })
}

/// Directly below the issuer of the card, valid now, for *OCSPSigning*. Its own revocation is not asked for: responders
/// have short-lived certificates with *ocsp-nocheck*, and asking them about themselves would prove nothing.
fn check_appointment(responder: &CertificateDer<'_>, link: &Link, now: Timestamp) -> Result<(), webpki::Error> {
    let anchor = webpki::anchor_from_trusted_cert(&link.issuer_der)?;
    let certificate = EndEntityCert::try_from(responder)?;
    let usage = KeyUsage::required(OCSP_SIGNING);
    let (algorithms, anchors) = (webpki::ALL_VERIFICATION_ALGS, [anchor]);
    certificate.verify_for_usage(algorithms, &anchors, &[], unix_time(now), usage, None, None).map(|_| ())
}

/// The certificates behind the signature, as they came: `[0] EXPLICIT SEQUENCE OF Certificate OPTIONAL`.
fn certificates(answer: &Signed<'_>) -> Result<Vec<CertificateDer<'static>>, Error> {
    let mut rest = answer.rest.clone();
    if rest.is_finished() {
        return Ok(Vec::new());
    }
    let explicit = AnyRef::decode(&mut rest)?;
    explicit.tag().assert_eq(Tag::ContextSpecific { constructed: true, number: TagNumber::N0 })?;
    let mut reader: SliceReader<'_> = content(explicit.value())?;
    let mut found = Vec::new();
    while !reader.is_finished() && found.len() < MOST_CERTIFICATES {
        found.push(CertificateDer::from(reader.tlv_bytes()?.to_vec()));
    }
    Ok(found)
}

fn check_nonce(data: &ResponseData, sent: Option<&[u8]>, policy: &Policy) -> Result<(), OcspError> {
    let extensions = data.response_extensions.as_deref().unwrap_or_default();
    let found = extensions.iter().find(|extension| extension.extn_id == oid::OCSP_NONCE);
    match (sent, found) {
        (Some(sent), Some(found)) => {
            // Some responders repeat the bare octets without wrapping them once more, as RFC 2560 could be read.
            let wrapped = AnyRef::from_der(found.extn_value.as_bytes()).is_ok_and(|inner| inner.value() == sent);
            if wrapped || found.extn_value.as_bytes() == sent { Ok(()) } else { Err(OcspError::WrongNonce) }
        }
        (_, None) if policy.require_nonce => Err(OcspError::NoNonce),
        (None, Some(_)) if policy.require_nonce => Err(OcspError::WrongNonce),
        _ => Ok(()),
    }
}

fn check_time(data: &ResponseData, single: &SingleResponse, policy: &Policy, now: Timestamp) -> Result<(), OcspError> {
    let this = timestamp(single.this_update.0.to_unix_duration());
    let produced = timestamp(data.produced_at.0.to_unix_duration());
    let from = this.max(produced);
    if now.duration_until(from) > policy.clock_skew {
        return Err(OcspError::NotYetValid { from });
    }
    let until = match &single.next_update {
        Some(next) => timestamp(next.0.to_unix_duration()),
        None => this.checked_add(policy.ocsp_age).unwrap_or(this),
    };
    if until.duration_until(now) > policy.clock_skew {
        return Err(OcspError::Stale { until });
    }
    Ok(())
}
