//! From a certificate to the person who holds the card.

use jiff::Timestamp;
use rustls_pki_types::CertificateDer;
use x509_cert::Certificate;
use x509_cert::der::Decode;

use crate::asn1::timestamp;
use crate::card::{self, Card, CardError};
use crate::chain::{self, Link};
use crate::policy::Policy;
use crate::revocation::{self, RevocationEvidence};
use crate::trust::TrustList;

/// Verifies a chain of client certificates, the card's first, and returns the card.
///
/// In this order: chain to an authority of the trust list, usage of the key, policy, strength of the key, subject,
/// revocation of the card and of every authority below the listed one. That the peer holds the *key* is proven by the
/// TLS handshake and by nothing in this function.
///
/// # Errors
/// See [`CardError`]; every check that cannot be made refuses.
pub fn verify(
    chain: &[CertificateDer<'_>],
    trust: &TrustList,
    revocation: &RevocationEvidence,
    policy: &Policy,
    now: Timestamp,
) -> Result<Card, CardError> {
    let (card, links) = examine(chain, trust, policy, now)?;
    for link in &links {
        revocation::judge(link, revocation, policy, now)?;
    }
    Ok(card)
}

/// What a certificate says of itself, believed by nobody: neither its chain nor its dates nor its state are looked at.
/// For showing a certificate to whoever asks what is wrong with it.
///
/// # Errors
/// Those of [`CardError`] that can be seen in the certificate alone.
pub fn claims(certificate: &CertificateDer<'_>, policy: &Policy) -> Result<Card, CardError> {
    let certificate = Certificate::from_der(certificate).map_err(CardError::Unreadable)?;
    card::read(&certificate, policy)
}

/// From when until when a certificate is valid, whatever it is for; nothing when it cannot be read.
#[must_use]
pub fn validity(certificate: &CertificateDer<'_>) -> Option<(Timestamp, Timestamp)> {
    let validity = Certificate::from_der(certificate).ok()?.tbs_certificate.validity;
    Some((timestamp(validity.not_before.to_unix_duration()), timestamp(validity.not_after.to_unix_duration())))
}

/// All checks but revocation.
pub(crate) fn examine(
    chain: &[CertificateDer<'_>],
    trust: &TrustList,
    policy: &Policy,
    now: Timestamp,
) -> Result<(Card, Vec<Link>), CardError> {
    let links = chain::links(chain, trust, policy, now)?;
    let first = links.first().ok_or(CardError::NoCertificate)?;
    let card = card::read(&first.certificate, policy)?;
    Ok((card, links))
}
