//! Receipts that OpenSSL signed; see `signed/README.md`.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up shall fail")]

use pec::{Incoming, Policy, Receipt, ReceiptType, SignatureState, TrustAnchors, UntrustedReason, read};

fn open(name: &str, policy: Policy) -> Receipt {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/signed/");
    let bytes = std::fs::read(format!("{folder}{name}")).unwrap();
    let anchor = std::fs::read_to_string(format!("{folder}ca.pem")).unwrap();
    let trust = TrustAnchors::from_pem(&anchor).unwrap().with_policy(policy);
    match read(&bytes, &trust, "2027-01-10T12:00:00Z".parse().unwrap()).unwrap() {
        Incoming::Receipt(receipt) => *receipt,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_form_is_understood() {
    for name in ["streamed.eml", "pss.eml", "keyid.eml", "noattr.eml"] {
        let receipt = open(name, Policy::CURRENT);
        let SignatureState::Valid { signer } = &receipt.signature else { panic!("{name}: {:?}", receipt.signature) };
        assert_eq!(signer.addresses, ["posta-certificata@pec.example.it"], "the address is in the subject");
        assert_eq!(signer.serial, "1234");
        assert_eq!(receipt.kind, ReceiptType::Delivery);
        assert!(receipt.is_reference_certified());
        assert_eq!(receipt.at.to_string(), "2026-01-10T11:02:03Z");
    }
}

#[test]
fn sha_1_is_for_archives() {
    let now = open("sha1.eml", Policy::CURRENT).signature;
    assert!(matches!(now, SignatureState::Untrusted { reason: UntrustedReason::Algorithm("SHA-1"), .. }), "{now:?}");
    assert!(open("sha1.eml", Policy::ARCHIVE).signature.is_valid());
}

#[test]
fn what_cannot_be_checked_is_not_called_altered() {
    let state = open("pss-long-salt.eml", Policy::CURRENT).signature;
    assert!(matches!(&state, SignatureState::Unsupported(why) if why.contains("salt")), "{state:?}");
}
