//! The signer's certificate: whose it is and who vouches for it.

use std::time::Duration;

use jiff::Timestamp;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, KeyUsage};
use x509_cert::Certificate;
use x509_cert::der::Encode;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::Name;

use super::{Policy, SignerIdentity, UntrustedReason};

/// The authorities that may vouch for a provider, and the policy for relying on signatures.
///
/// Real providers are listed by AgID; their certificates chain to authorities that this list names as PEM.
#[derive(Clone, Debug, Default)]
pub struct TrustAnchors {
    anchors: Vec<TrustAnchor<'static>>,
    policy: Policy,
}

/// Why trust anchors were not loaded.
#[derive(Clone, Debug, thiserror::Error)]
pub enum TrustError {
    /// The text is not PEM.
    #[error("the certificates are not valid PEM")]
    Pem(#[source] std::sync::Arc<rustls::pki_types::pem::Error>),
    /// A certificate cannot serve as an anchor.
    #[error("a certificate cannot be used as a trust anchor")]
    Certificate(#[source] webpki::Error),
    /// There was no certificate in the text.
    #[error("there is no certificate in the text")]
    Empty,
}

impl TrustAnchors {
    /// No authority at all: every intact signature is [`SignatureState::Untrusted`](crate::SignatureState).
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads one or more PEM certificates of authorities.
    ///
    /// # Errors
    /// When the text holds no certificate, or one that cannot be an anchor.
    pub fn from_pem(pem: &str) -> Result<Self, TrustError> {
        let mut anchors = Vec::new();
        for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            let certificate = certificate.map_err(|error| TrustError::Pem(std::sync::Arc::new(error)))?;
            let anchor = webpki::anchor_from_trusted_cert(&certificate).map_err(TrustError::Certificate)?;
            anchors.push(anchor.to_owned());
        }
        if anchors.is_empty() {
            return Err(TrustError::Empty);
        }
        Ok(Self { anchors, policy: Policy::default() })
    }

    /// The same authorities under another policy.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.policy
    }
}

/// id-kp-emailProtection, 1.3.6.1.5.5.7.3.4, as the content of a DER object identifier.
const EMAIL_PROTECTION: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x04];
/// The old home of a mail address, in the subject itself (PKCS #9).
const EMAIL_ATTRIBUTE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.1");

pub(super) fn identity(certificate: &Certificate) -> SignerIdentity {
    let body = &certificate.tbs_certificate;
    let serial = body.serial_number.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    SignerIdentity {
        subject: body.subject.to_string(),
        issuer: body.issuer.to_string(),
        addresses: addresses(certificate),
        serial,
    }
}

fn addresses(certificate: &Certificate) -> Vec<String> {
    let body = &certificate.tbs_certificate;
    let mut found = in_subject(&body.subject);
    if let Ok(Some((_, names))) = body.get::<SubjectAltName>() {
        for name in names.0 {
            if let GeneralName::Rfc822Name(address) = name {
                found.push(address.as_str().to_lowercase());
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn in_subject(subject: &Name) -> Vec<String> {
    let attributes = subject.0.iter().flat_map(|set| set.0.iter());
    attributes
        .filter(|attribute| attribute.oid == EMAIL_ATTRIBUTE)
        .filter_map(|attribute| std::str::from_utf8(attribute.value.value()).ok().map(str::to_lowercase))
        .collect()
}

/// Builds a chain from the signer to an anchor, valid at `now`, and compares the addresses.
pub(super) fn trust(
    signer: &Certificate,
    others: &[&Certificate],
    senders: &[String],
    trust: &TrustAnchors,
    now: Timestamp,
) -> Result<(), UntrustedReason> {
    if trust.anchors.is_empty() {
        return Err(UntrustedReason::NoAnchor);
    }
    let leaf = CertificateDer::from(encode(signer)?);
    let intermediates: Vec<CertificateDer<'_>> =
        others.iter().map(|other| encode(other).map(CertificateDer::from)).collect::<Result<_, _>>()?;
    let usage = if trust.policy.require_email_protection {
        KeyUsage::required(EMAIL_PROTECTION)
    } else {
        KeyUsage::required_if_present(EMAIL_PROTECTION)
    };
    let time = UnixTime::since_unix_epoch(Duration::from_secs(now.as_second().try_into().unwrap_or(0)));
    let end_entity = EndEntityCert::try_from(&leaf).map_err(|error| reason(&error))?;
    end_entity
        .verify_for_usage(webpki::ALL_VERIFICATION_ALGS, &trust.anchors, &intermediates, time, usage, None, None)
        .map_err(|error| reason(&error))?;
    let named = addresses(signer).iter().any(|address| senders.contains(address));
    if trust.policy.require_sender_address && !named {
        return Err(UntrustedReason::Address);
    }
    Ok(())
}

fn reason(error: &webpki::Error) -> UntrustedReason {
    let instant = |time: &UnixTime| Timestamp::from_second(i64::try_from(time.as_secs()).unwrap_or(0)).ok();
    let found = match error {
        webpki::Error::UnknownIssuer => Some(UntrustedReason::UnknownIssuer),
        webpki::Error::CertExpired { not_after, .. } => instant(not_after).map(UntrustedReason::Expired),
        webpki::Error::CertNotValidYet { not_before, .. } => instant(not_before).map(UntrustedReason::NotYetValid),
        _ => None,
    };
    found.unwrap_or_else(|| UntrustedReason::Chain(format!("{error:?}")))
}

fn encode(certificate: &Certificate) -> Result<Vec<u8>, UntrustedReason> {
    certificate.to_der().map_err(|error| UntrustedReason::Chain(error.to_string()))
}
