//! Messages collected by other projects, read from the shared folder when it is there.

use std::path::{Path, PathBuf};

use super::*;
use crate::{ErrorKind, Irregularity, TrustAnchors};

fn sample(name: &str) -> Option<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/standards/data/pec/samples/java-pec-parser");
    let path: PathBuf = Path::new(folder).join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            println!("skipped: the sample {name} is not on this machine");
            None
        }
    }
}

fn read_sample(bytes: &[u8]) -> Incoming {
    read(bytes, &TrustAnchors::none(), noon()).unwrap()
}

#[test]
fn an_acceptance() {
    let Some(bytes) = sample("accettazione.eml") else { return };
    let Incoming::Receipt(receipt) = read_sample(&bytes) else { panic!() };
    assert_eq!(receipt.kind, ReceiptType::Acceptance);
    assert_eq!(receipt.at.to_string(), "2024-11-15T17:20:38Z");
    assert_eq!(receipt.sender, Some(address("sender@fakepec.it")));
    assert_eq!(receipt.recipients[0].address, address("rec@fakepec.it"));
    assert_eq!(receipt.signature, SignatureState::Missing, "the sample has lost its signature");
}

#[test]
fn a_delivery_error_with_a_stray_letter_in_its_xml() {
    let Some(bytes) = sample("consegna.eml") else { return };
    let Incoming::Receipt(receipt) = read_sample(&bytes) else { panic!() };
    assert_eq!(receipt.kind, ReceiptType::DeliveryError { virus: false });
    assert_eq!(receipt.error, ErrorKind::UnknownRecipient);
    assert_eq!(receipt.extended_code.unwrap().to_string(), "5.1.1");
    assert_eq!(receipt.recipient, Some(address("rec@fakepec.it")));
    let reference = receipt.reference_message_id.unwrap();
    assert_eq!(reference.as_str(), "SN05IE$951DEC16C1CFD3E4FD8FF1B1D24A99AE@fakepec.it", "what is certified counts");
    let odd: Vec<_> = receipt.irregularities.iter().map(Irregularity::key).collect();
    assert_eq!(odd, ["stray-text", "reference"], "whoever made the sample changed the two in different ways");
    assert_eq!(receipt.reason, Some(crate::Reason::InvalidBox));
    assert_eq!(receipt.provider, "FAKE PEC S.p.A.");
    assert_eq!(receipt.subject.as_deref(), Some("Test PEC"));
}

#[test]
fn a_bounce() {
    let Some(bytes) = sample("Delivery_Status_Notification_(Failure).eml") else { return };
    let Incoming::Bounce(bounce) = read_sample(&bytes) else { panic!() };
    assert_eq!(bounce.recipients[0].recipient, Some(address("test@tozzi.app")));
    assert_eq!(bounce.recipients[0].action, BounceAction::Failed);
    assert!(bounce.original_message_id.is_some());
    assert!(bounce.text.contains("has been blocked"));
}

#[test]
fn simple_mails() {
    for name in ["Test_-_Simple_Mail.eml", "Test_-_Simple_Mail_(2).eml", "Test_-_Simple_Mail_(3).eml"] {
        let Some(bytes) = sample(name) else { return };
        let Incoming::Ordinary(mail) = read_sample(&bytes) else { panic!("{name}") };
        assert!(mail.from.is_some() && !mail.subject.is_empty() && mail.date.is_some(), "{name}: {mail:?}");
        assert!(mail.attachments.iter().all(|file| file.bytes.starts_with(b"\x89PNG")), "{name}");
    }
}
