//! Certificates, cards, and what authorities say about them.

use std::sync::LazyLock;

use cns::proxy::{ClientCertHeader, Form};
use cns::{Card, CardError, Policy, RevocationEvidence, TrustList};
use spid::certificate::{Sector, Validity, check};
use spid::signature::VerifyingKey;

use super::originals;
use crate::world::{TRUST, bytes, chain, now};

/// Any certificate ends in findings or an error, never in more findings than there are rules.
pub fn certificate(der: &[u8]) -> bool {
    let key = VerifyingKey::from_certificate_der(der);
    let validity = Validity::of(der);
    for sector in [Sector::Public, Sector::Private] {
        let Ok(findings) = check(der, sector, Some(crate::world::SERVICE), now()) else {
            assert!(validity.is_err() && key.is_err(), "readable for one, not for the other");
            return false;
        };
        assert!(findings.len() <= der.len(), "{} findings", findings.len());
    }
    key.is_ok_and(|key| key.certificate_der() == der)
}

fn verified(card: Vec<u8>, evidence: &RevocationEvidence) -> Result<Card, CardError> {
    cns::verify(&chain(card), &TRUST, evidence, &Policy::default(), now())
}

fn good_crl() -> RevocationEvidence {
    RevocationEvidence::none().with_crl(bytes("crl/1.der"))
}

fn holder(der: &[u8]) -> Option<Card> {
    verified(der.to_vec(), &good_crl()).ok()
}

/// A card that is accepted is one that was issued. The same bytes behind a proxy end in a certificate or an error.
pub fn card(der: &[u8]) -> bool {
    static ORIGINALS: LazyLock<Vec<Card>> = LazyLock::new(|| originals("card", holder));
    for form in [Form::EscapedPem, Form::SpacedPem, Form::Rfc9440, Form::Base64] {
        if let Ok(Some(found)) = ClientCertHeader::parse(der, form) {
            assert!(found.len() <= der.len(), "{form:?} made {} octets of {}", found.len(), der.len());
        }
    }
    let Some(card) = holder(der) else { return false };
    assert!(ORIGINALS.contains(&card), "nobody issued this: {card:?}");
    true
}

/// Whatever is said of it, a revoked card opens no door; and what is accepted for the good one says nothing good of the
/// other.
fn no_door_for_the_revoked(evidence: &RevocationEvidence) -> bool {
    let revoked = verified(bytes("keys/revoked.der"), evidence);
    assert!(revoked.is_err(), "a revoked card came in");
    verified(bytes("card/1.der"), evidence).is_ok() || matches!(revoked, Err(CardError::Revoked { .. }))
}

/// Revocation lists.
pub fn crl(der: &[u8]) -> bool {
    no_door_for_the_revoked(&RevocationEvidence::none().with_crl(der.to_vec()))
}

/// Answers of a responder.
pub fn ocsp(der: &[u8]) -> bool {
    no_door_for_the_revoked(&RevocationEvidence::none().with_ocsp(der.to_vec(), None))
}

/// Trust lists whose signature somebody has checked: what is read is bounded by what is there.
pub fn trust_list(xml: &[u8]) -> bool {
    let pem = std::str::from_utf8(xml).ok().and_then(|text| TrustList::from_pem(text).ok());
    assert!(pem.is_none_or(|list| !list.authorities().is_empty()));
    let Ok(list) = TrustList::from_tsl(xml, |_| Ok(()), now()) else { return false };
    assert_eq!(list.bytes(), Some(xml));
    assert!(!list.authorities().is_empty());
    assert!(list.authorities().len() + list.findings(now()).len() <= xml.len());
    let again = TrustList::newest([xml], |_| Ok(()), now()).unwrap();
    assert_eq!(again.sequence(), list.sequence());
    let refused = TrustList::from_tsl(xml, |_| Err("refused".into()), now());
    assert!(refused.is_err(), "read without a signature");
    true
}
