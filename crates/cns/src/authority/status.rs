//! The state of cards, as lists and as answers.

use jiff::{SignedDuration, Timestamp};
use x509_cert::Certificate;
use x509_cert::certificate::Version;
use x509_cert::crl::{CertificateList, RevokedCert, TbsCertList};
use x509_cert::der::asn1::{BitString, GeneralizedTime, Null, ObjectIdentifier, OctetString, Uint};
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::CrlReason;
use x509_cert::serial_number::SerialNumber;
use x509_ocsp::{
    BasicOcspResponse, CertStatus, OcspGeneralizedTime, OcspRequest, OcspResponse, ResponderId, ResponseData,
    RevokedInfo, SingleResponse,
};

use super::build::{authority_key_id, date_time, extension, time};
use super::{Authority, Identity, IssueError};
use crate::oid;
use crate::revocation::RevocationReason;

const CRL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.20");
const REASON_CODE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.21");
/// How long lists and answers are valid.
const VALID_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Who signs an OCSP answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OcspSigner {
    /// The responder that the issuing authority appointed.
    Responder,
    /// The issuing authority itself.
    Issuing,
    /// The root, which is not entitled to speak about cards.
    Root,
}

/// How an answer is made; the default is what a good responder does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OcspShape {
    /// Who signs.
    pub signer: OcspSigner,
    /// Whether the nonce of the request is repeated.
    pub repeat_nonce: bool,
    /// Whether the answer says when the next one comes: a day later.
    pub next_update: bool,
    /// Say that the card is not known.
    pub unknown: bool,
}

impl Default for OcspShape {
    fn default() -> Self {
        Self { signer: OcspSigner::Responder, repeat_nonce: true, next_update: true, unknown: false }
    }
}

impl Authority {
    /// The revocation list of the cards in DER, valid for a day.
    ///
    /// # Errors
    /// When the moment cannot be encoded.
    pub fn crl(&self, now: Timestamp) -> Result<Vec<u8>, IssueError> {
        self.list(&self.issuing, now)
    }

    /// The revocation list of the root in DER, valid for a day: about the issuing authority.
    ///
    /// # Errors
    /// When the moment cannot be encoded.
    pub fn root_crl(&self, now: Timestamp) -> Result<Vec<u8>, IssueError> {
        self.list(&self.root, now)
    }

    fn list(&self, issuer: &Identity, now: Timestamp) -> Result<Vec<u8>, IssueError> {
        let mut revoked = Vec::new();
        for (serial, (at, reason)) in &self.revoked {
            let reason = extension(REASON_CODE, false, &crl_reason(*reason))?;
            revoked.push(RevokedCert {
                serial_number: SerialNumber::new(serial)?,
                revocation_date: time(*at)?,
                crl_entry_extensions: Some(vec![reason]),
            });
        }
        let number = u64::try_from(now.as_second()).unwrap_or(0).to_be_bytes();
        let list = TbsCertList {
            version: Version::V2,
            signature: issuer.key.algorithm()?,
            issuer: issuer.certificate.tbs_certificate.subject.clone(),
            this_update: time(now)?,
            next_update: Some(time(now.checked_add(VALID_FOR).unwrap_or(now))?),
            revoked_certificates: (!revoked.is_empty()).then_some(revoked),
            crl_extensions: Some(vec![
                authority_key_id(&issuer.key)?,
                extension(CRL_NUMBER, false, &Uint::new(&number)?)?,
            ]),
        };
        let signature = BitString::from_bytes(&issuer.key.sign(&list.to_der()?)?)?;
        let signature_algorithm = list.signature.clone();
        Ok(CertificateList { tbs_cert_list: list, signature_algorithm, signature }.to_der()?)
    }

    /// Answers an OCSP request as a good responder does. A request that cannot be read gets an answer that says so.
    ///
    /// # Errors
    /// When the moment cannot be encoded.
    pub fn answer(&self, request: &[u8], now: Timestamp) -> Result<Vec<u8>, IssueError> {
        self.answer_shaped(request, OcspShape::default(), now)
    }

    /// Answers an OCSP request in another shape, for tests.
    ///
    /// # Errors
    /// When the moment cannot be encoded.
    pub fn answer_shaped(&self, request: &[u8], shape: OcspShape, now: Timestamp) -> Result<Vec<u8>, IssueError> {
        let Ok(request) = OcspRequest::from_der(request) else {
            return Ok(OcspResponse::malformed_request().to_der()?);
        };
        let signer = match shape.signer {
            OcspSigner::Responder => &self.responder,
            OcspSigner::Issuing => &self.issuing,
            OcspSigner::Root => &self.root,
        };
        let moment = OcspGeneralizedTime::from(date_time(now)?);
        let next = OcspGeneralizedTime::from(date_time(now.checked_add(VALID_FOR).unwrap_or(now))?);
        let mut responses = Vec::new();
        for asked in &request.tbs_request.request_list {
            responses.push(SingleResponse {
                cert_id: asked.req_cert.clone(),
                cert_status: self.status(&asked.req_cert.serial_number, shape)?,
                this_update: moment,
                next_update: shape.next_update.then_some(next),
                single_extensions: None,
            });
        }
        let data = ResponseData {
            version: x509_ocsp::Version::V1,
            responder_id: ResponderId::ByName(signer.certificate.tbs_certificate.subject.clone()),
            produced_at: moment,
            responses,
            response_extensions: nonce(&request).filter(|_| shape.repeat_nonce).map(|nonce| vec![nonce]),
        };
        sign(data, signer)
    }

    fn status(&self, serial: &SerialNumber, shape: OcspShape) -> Result<CertStatus, IssueError> {
        if shape.unknown {
            return Ok(CertStatus::Unknown(Null));
        }
        let number: Vec<u8> = serial.as_bytes().iter().copied().skip_while(|octet| *octet == 0).collect();
        Ok(match self.revoked.get(&number) {
            None => CertStatus::Good(Null),
            Some((at, reason)) => CertStatus::Revoked(RevokedInfo {
                revocation_time: GeneralizedTime::from_date_time(date_time(*at)?).into(),
                revocation_reason: Some(crl_reason(*reason)),
            }),
        })
    }
}

fn nonce(request: &OcspRequest) -> Option<Extension> {
    let extensions = request.tbs_request.request_extensions.as_ref()?;
    extensions.iter().find(|extension| extension.extn_id == oid::OCSP_NONCE).cloned()
}

fn sign(data: ResponseData, signer: &Identity) -> Result<Vec<u8>, IssueError> {
    let signature = BitString::from_bytes(&signer.key.sign(&data.to_der()?)?)?;
    let certs: Vec<Certificate> = vec![signer.certificate.clone()];
    let basic = BasicOcspResponse {
        tbs_response_data: data,
        signature_algorithm: signer.key.algorithm()?,
        signature,
        certs: Some(certs),
    };
    let response = OcspResponse {
        response_status: x509_ocsp::OcspResponseStatus::Successful,
        response_bytes: Some(x509_ocsp::ResponseBytes {
            response_type: oid::OCSP_BASIC,
            response: OctetString::new(basic.to_der()?)?,
        }),
    };
    Ok(response.to_der()?)
}

fn crl_reason(reason: RevocationReason) -> CrlReason {
    match reason {
        RevocationReason::KeyCompromise => CrlReason::KeyCompromise,
        RevocationReason::AuthorityCompromise => CrlReason::CaCompromise,
        RevocationReason::AffiliationChanged => CrlReason::AffiliationChanged,
        RevocationReason::Superseded => CrlReason::Superseded,
        RevocationReason::CessationOfOperation => CrlReason::CessationOfOperation,
        RevocationReason::CertificateHold => CrlReason::CertificateHold,
        RevocationReason::PrivilegeWithdrawn => CrlReason::PrivilegeWithdrawn,
        RevocationReason::Unspecified | RevocationReason::Other(_) => CrlReason::Unspecified,
    }
}
