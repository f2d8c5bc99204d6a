//! Signatures that hold, and all the ways in which they do not.

use super::*;
use crate::testing::{Authority, ECDSA, PROVIDER_ADDRESS, RSA, provider_with};
use crate::{Irregularity, Policy, SignatureState, TrustAnchors, UntrustedReason};

fn state(bytes: &[u8]) -> SignatureState {
    read_receipt(bytes).signature
}

#[test]
fn line_ends_of_the_store_do_not_matter() {
    let original = delivery();
    assert!(state(&original).is_valid());
    let bare = without_cr(&original);
    assert!(state(&bare).is_valid());
    // Mixed: every third line keeps its CR.
    let mut mixed = Vec::new();
    for (number, line) in original.split_inclusive(|&byte| byte == b'\n').enumerate() {
        match line.strip_suffix(b"\r\n") {
            Some(line) if number % 3 != 0 => mixed.extend([line, b"\n"].concat()),
            _ => mixed.extend(line),
        }
    }
    let receipt = read_receipt(&mixed);
    assert!(receipt.signature.is_valid());
    assert_eq!(receipt.original.unwrap().attachments[0].bytes, b"%PDF-1");
}

#[test]
fn altered_content_is_seen() {
    for (from, to) in [
        ("Ricevuta di avvenuta consegna", "Ricevuta di avvenuta consegnA"),
        ("Content-Disposition: inline", "Content-Disposition: INLINE"),
        ("JVBERi0x", "JVBERi0y"),
    ] {
        assert_eq!(state(&changed(&delivery(), from, to)), SignatureState::Altered, "{from}");
    }
}

#[test]
fn an_altered_signature_is_seen() {
    let bytes = delivery();
    let text = String::from_utf8_lossy(&bytes);
    let at = text.find("smime.p7s\"\r\n\r\n").unwrap() + "smime.p7s\"\r\n\r\n".len();
    let last_line = text[at..].find("\r\n\r\n").unwrap() + at - 20;
    let mut broken = bytes.clone();
    broken[last_line] = if broken[last_line] == b'A' { b'B' } else { b'A' };
    assert_eq!(state(&broken), SignatureState::Altered);
    // The container itself is broken.
    let mut broken = bytes;
    broken[at + 1] ^= 1;
    assert!(matches!(state(&broken), SignatureState::Unsupported(_)));
}

#[test]
fn the_outer_header_is_not_signed_and_not_believed() {
    let moved = changed(&delivery(), "X-Ricevuta: avvenuta-consegna", "X-Ricevuta: errore-consegna");
    let receipt = read_receipt(&moved);
    assert_eq!(receipt.kind, ReceiptType::Delivery, "the kind is the certified one");
    let kind = Irregularity::Kind { header: "errore-consegna".into(), certified: "avvenuta-consegna" };
    assert_eq!(receipt.irregularities, [kind]);
    let moved = changed(&delivery(), "Message-ID: <m1@albo", "Message-ID: <m2@albo");
    let receipt = read_receipt(&moved);
    assert!(receipt.signature.is_valid());
    assert_eq!(receipt.reference_message_id, Some(id("m1@albo.example.it")), "moved to another message, in vain");
    assert!(
        matches!(receipt.irregularities.as_slice(), [Irregularity::Reference { header, .. }] if header.starts_with("m2"))
    );
    let hidden = changed(&delivery(), "X-Ricevuta: avvenuta-consegna", "X-Trasporto: errore");
    assert_eq!(read_receipt(&hidden).kind, ReceiptType::Delivery, "a receipt cannot be hidden as an anomaly");
    let marked = changed(&delivery(), "X-Ricevuta", "X-VerificaSicurezza: errore\r\nX-Ricevuta");
    assert_eq!(read_receipt(&marked).irregularities, [Irregularity::UnsignedVirusMark]);
}

#[test]
fn without_the_outer_reference_the_certified_one_is_taken() {
    let bytes = changed(&delivery(), "X-Riferimento-Message-ID", "X-Qualcosa");
    assert_eq!(read_receipt(&bytes).reference_message_id, Some(id("m1@albo.example.it")));
    let plain: Vec<u8> = changed(&delivery(), "X-Ricevuta", "X-Altro");
    assert_eq!(read_receipt(&plain).kind, ReceiptType::Delivery, "a signed receipt needs no marker");
}

#[test]
fn another_authority_is_not_trusted() {
    let other = Authority::new("Altra autorità");
    let Incoming::Receipt(receipt) = read(&delivery(), &other.trust(), noon()).unwrap() else { panic!() };
    let SignatureState::Untrusted { signer: Some(signer), reason: UntrustedReason::UnknownIssuer } = receipt.signature
    else {
        panic!("{:?}", receipt.signature)
    };
    assert_eq!(signer.addresses, [PROVIDER_ADDRESS]);
    let Incoming::Receipt(receipt) = read(&delivery(), &TrustAnchors::none(), noon()).unwrap() else { panic!() };
    assert!(matches!(receipt.signature, SignatureState::Untrusted { reason: UntrustedReason::NoAnchor, .. }));
}

#[test]
fn certificates_expire_and_begin() {
    let at = |text: &str| match read(&delivery(), &AUTHORITY.trust(), text.parse().unwrap()).unwrap() {
        Incoming::Receipt(receipt) => receipt.signature,
        other => panic!("{other:?}"),
    };
    let late = at("2029-01-01T00:00:00Z");
    let SignatureState::Untrusted { reason: UntrustedReason::Expired(until), .. } = &late else { panic!("{late:?}") };
    assert_eq!(until.to_string(), "2028-01-01T00:00:00Z");
    assert_eq!((late.key(), at("2024-01-01T00:00:00Z").key()), ("expired", "not-yet-valid"));
}

fn signed_by(change: impl FnOnce(&mut rcgen::CertificateParams), from: &str) -> Vec<u8> {
    let provider = provider_with(AUTHORITY.key(from, &ECDSA, change));
    provider.receipt(&transaction(), &Event::Acceptance, &id("r@x.it"), noon()).unwrap()
}

#[test]
fn the_certificate_must_bear_the_provider_s_address() {
    let bytes = signed_by(|_| {}, "mario@pec.example.it");
    assert!(matches!(state(&bytes), SignatureState::Untrusted { reason: UntrustedReason::Address, .. }));
    let moved = changed(&delivery(), "From: posta-certificata@pec.example.it", "From: posta-certificata@altro.it");
    assert!(matches!(state(&moved), SignatureState::Untrusted { reason: UntrustedReason::Address, .. }));
    let capital = changed(&delivery(), "From: posta-certificata@pec", "From: Posta-Certificata@PEC");
    assert!(state(&capital).is_valid());
}

#[test]
fn the_certificate_must_be_for_mail() {
    let server = |params: &mut rcgen::CertificateParams| {
        params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
    };
    let silent = |params: &mut rcgen::CertificateParams| params.extended_key_usages.clear();
    let under = |bytes: &[u8], policy| match read(bytes, &AUTHORITY.trust().with_policy(policy), noon()).unwrap() {
        Incoming::Receipt(receipt) => receipt.signature.is_valid(),
        _ => false,
    };
    let (server, silent) = (signed_by(server, PROVIDER_ADDRESS), signed_by(silent, PROVIDER_ADDRESS));
    assert_eq!((under(&server, Policy::CURRENT), under(&server, Policy::ARCHIVE)), (false, false));
    assert_eq!((under(&silent, Policy::CURRENT), under(&silent, Policy::ARCHIVE)), (false, true));
}

#[test]
fn missing_parts() {
    let bytes = delivery();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let cut = text.find("Content-Type: application/x-pkcs7-signature").unwrap();
    let receipt = read_receipt(&bytes[..cut - 60]);
    assert_eq!(receipt.signature, SignatureState::Missing);
    assert_eq!(receipt.kind, ReceiptType::Delivery, "still readable, worth nothing");
    let empty = changed(&bytes, "name=\"daticert.xml\"", "name=\"altro.xml\"");
    let empty = changed(&empty, "filename=\"daticert.xml\"", "filename=\"altro.xml\"");
    assert_eq!(read_receipt(&empty).irregularities, [Irregularity::FileName(Some("altro.xml".into()))]);
    let empty = changed(&empty, "application/xml", "application/pdf");
    assert_eq!(read(&empty, &AUTHORITY.trust(), noon()), Err(ReadError::NoCertification));
}

#[test]
fn a_third_part_is_never_looked_at() {
    let bytes = delivery();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let boundary = text.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
    let evil = format!(
        "--{boundary}\r\nContent-Type: application/xml; name=daticert.xml\r\n\r\n<postacert/>\r\n--{boundary}--"
    );
    let bytes = changed(&bytes, &format!("\r\n--{boundary}--"), &format!("\r\n{evil}"));
    let receipt = read_receipt(&bytes);
    assert!(matches!(receipt.signature, SignatureState::Unsupported(_)));
    assert_eq!(receipt.kind, ReceiptType::Delivery);
}

#[test]
fn a_receipt_inside_the_original_is_not_taken_for_the_receipt() {
    let inner = delivery();
    let original = [b"From: a@pec.example.it\r\nContent-Type: message/rfc822\r\n\r\n".as_slice(), &inner].concat();
    let rossi = address("rossi@pec.example.it");
    let event = Event::Delivery { recipient: &rossi, detail: ReceiptKind::Complete, original: &original };
    let mut facts = transaction();
    facts.message_id = Some(id("outer@albo.example.it"));
    let bytes = provider().receipt(&facts, &event, &id("r@x.it"), noon()).unwrap();
    let receipt = read_receipt(&bytes);
    assert!(receipt.signature.is_valid());
    assert_eq!(receipt.reference_message_id, Some(id("outer@albo.example.it")));
}

#[test]
fn a_self_made_certificate_is_refused() {
    let mut params = rcgen::CertificateParams::default();
    params.subject_alt_names = vec![rcgen::SanType::Rfc822Name(PROVIDER_ADDRESS.try_into().unwrap())];
    params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::EmailProtection];
    let own = params.self_signed(&*RSA).unwrap();
    let key = crate::provider::ProviderKey::new(&[own.der().to_vec()], &RSA.serialize_der()).unwrap();
    let bytes = provider_with(key).receipt(&transaction(), &Event::Acceptance, &id("r@x.it"), noon()).unwrap();
    assert_eq!(state(&bytes).key(), "unknown-issuer");
}
