//! The chain from the card to an authority of the trust list.

use jiff::Timestamp;
use rustls_pki_types::CertificateDer;
use webpki::{EndEntityCert, Error, KeyUsage, VerifiedPath};
use x509_cert::Certificate;
use x509_cert::der::Decode;

use crate::asn1::{timestamp, unix_time};
use crate::card::{CardError, CertificateOf, ProfileError};
use crate::policy::Policy;
use crate::trust::TrustList;

/// id-kp-clientAuth, 1.3.6.1.5.5.7.3.2, as the content of a DER object identifier.
const CLIENT_AUTH: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02];
/// The most certificates that are looked at: the card and five authorities, one more than any card needs.
pub(crate) const MOST_CERTIFICATES: usize = 6;
/// The largest certificate that is looked at, in octets; those of cards have about two thousand.
pub(crate) const LARGEST_CERTIFICATE: usize = 16 << 10;

/// A certificate with the one of its issuer, both below or at the trust anchor.
pub(crate) struct Link {
    pub of: CertificateOf,
    pub certificate: Certificate,
    pub issuer: Certificate,
    /// The issuer as it came: hashes and signatures are over these bytes.
    pub issuer_der: CertificateDer<'static>,
}

/// Builds the chain and returns its links, the one of the card first. Revocation is not looked at.
pub(crate) fn links(
    chain: &[CertificateDer<'_>],
    trust: &TrustList,
    policy: &Policy,
    now: Timestamp,
) -> Result<Vec<Link>, CardError> {
    let (leaf, others) = chain.split_first().ok_or(CardError::NoCertificate)?;
    if chain.len() > MOST_CERTIFICATES || chain.iter().any(|certificate| certificate.len() > LARGEST_CERTIFICATE) {
        return Err(CardError::TooLarge);
    }
    let card = Certificate::from_der(leaf).map_err(CardError::Unreadable)?;
    check_list(trust, policy, now)?;
    let end_entity = EndEntityCert::try_from(leaf).map_err(CardError::Chain)?;
    let usage = KeyUsage::required_if_present(CLIENT_AUTH);
    let path = end_entity
        .verify_for_usage(
            webpki::ALL_VERIFICATION_ALGS,
            trust.anchors(),
            others,
            unix_time(now),
            usage,
            None,
            // A key may be listed with an expired certificate and with a new one; another path may still be good.
            Some(&|path| listed(path, trust, now).map(|_| ()).ok_or(Error::UnknownIssuer)),
        )
        .map_err(|error| chain_error(error, &card))?;
    collect(&path, card, trust, now)
}

fn check_list(trust: &TrustList, policy: &Policy, now: Timestamp) -> Result<(), CardError> {
    if !trust.authorities().iter().any(|authority| authority.is_valid_at(now)) {
        return Err(CardError::NoAuthority);
    }
    match trust.next_update() {
        Some(since) if since.checked_add(policy.trust_list_grace).is_ok_and(|end| end < now) => {
            Err(CardError::TrustListExpired { since })
        }
        _ => Ok(()),
    }
}

fn listed(path: &VerifiedPath<'_>, trust: &TrustList, now: Timestamp) -> Option<CertificateDer<'static>> {
    let mut known = trust.authorities_of(path.anchor());
    known.find(|authority| authority.is_valid_at(now)).map(|authority| authority.certificate().clone())
}

fn chain_error(error: Error, card: &Certificate) -> CardError {
    let body = &card.tbs_certificate;
    match error {
        // Only when it is the card's: an expired authority between is a broken chain.
        Error::CertExpired { not_after, .. }
            if not_after.as_secs() == body.validity.not_after.to_unix_duration().as_secs() =>
        {
            CardError::Expired { since: timestamp(body.validity.not_after.to_unix_duration()) }
        }
        Error::CertNotValidYet { not_before, .. }
            if not_before.as_secs() == body.validity.not_before.to_unix_duration().as_secs() =>
        {
            CardError::NotYetValid { from: timestamp(body.validity.not_before.to_unix_duration()) }
        }
        Error::RequiredEkuNotFoundContext(_) | Error::EmptyEkuExtension => {
            CardError::NotForAuthentication(ProfileError::NoClientAuth)
        }
        Error::UnknownIssuer => CardError::UntrustedIssuer { issuer: body.issuer.to_string() },
        other => CardError::Chain(other),
    }
}

fn collect(
    path: &VerifiedPath<'_>,
    card: Certificate,
    trust: &TrustList,
    now: Timestamp,
) -> Result<Vec<Link>, CardError> {
    let anchor = listed(path, trust, now)
        .ok_or_else(|| CardError::UntrustedIssuer { issuer: card.tbs_certificate.issuer.to_string() })?;
    let between = path.intermediate_certificates().map(|certificate| certificate.der().into_owned());
    let mut below = card;
    let mut of = CertificateOf::Card;
    let mut links = Vec::new();
    for issuer_der in between.chain([anchor]) {
        let issuer = Certificate::from_der(&issuer_der).map_err(CardError::Unreadable)?;
        links.push(Link { of, certificate: below, issuer: issuer.clone(), issuer_der });
        below = issuer;
        of = CertificateOf::Authority;
    }
    Ok(links)
}
