//! Every message of `fixtures`, read as it lies there; see its README.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up shall fail")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use italia::EmailAddress;
use pec::{
    Comparison, DeliveryState, DeliveryStatus, Effect, Enclosed, Incoming, Irregularity, MessageId, ReadError, Reason,
    Receipt, Refusal, Sent, SignatureState, TrustAnchors, read,
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(folder().join(path)).unwrap()
}

fn opened(path: &str) -> Result<Incoming, ReadError> {
    let trust = TrustAnchors::from_pem(&String::from_utf8(bytes("ca.pem")).unwrap()).unwrap();
    read(&bytes(path), &trust, "2026-01-10T12:00:00Z".parse().unwrap())
}

fn receipt(path: &str) -> Receipt {
    match opened(path) {
        Ok(Incoming::Receipt(receipt)) => *receipt,
        other => panic!("{path}: {other:?}"),
    }
}

fn sent() -> Sent {
    Sent {
        message_id: MessageId::parse("m1@albo.example.it").unwrap(),
        transaction: Some("opec1.20260110120203.1.1.1@pec.example.it".into()),
        from: EmailAddress::parse("albo@pec.example.it").unwrap(),
        recipient: EmailAddress::parse("rossi@pec.example.it").unwrap(),
    }
}

/// The names of the messages in a folder.
fn names(of: &str) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder().join(of))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().trim_end_matches(".eml").to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn every_receipt_says_what_it_is_and_moves_the_state() {
    use DeliveryStatus::{Accepted, Delayed, Delivered, Failed, Handed};
    let expected = [
        ("accettazione", "accettazione", Accepted, None),
        ("avvenuta-consegna-breve", "avvenuta-consegna", Delivered, None),
        ("avvenuta-consegna-completa", "avvenuta-consegna", Delivered, None),
        ("avvenuta-consegna-sintetica", "avvenuta-consegna", Delivered, None),
        ("errore-consegna-altro", "errore-consegna", Failed, Some(Reason::Full)),
        ("errore-consegna-no-dest", "errore-consegna", Failed, Some(Reason::UnknownBox)),
        ("errore-consegna-no-dominio", "errore-consegna", Failed, Some(Reason::UnknownDomain)),
        ("errore-consegna-virus", "errore-consegna-virus", Failed, Some(Reason::Virus)),
        ("non-accettazione", "non-accettazione", Failed, Some(Reason::Other)),
        ("non-accettazione-virus", "non-accettazione-virus", Failed, Some(Reason::Virus)),
        ("preavviso-12-ore", "preavviso-12-ore", Delayed, Some(Reason::NoAnswer)),
        ("preavviso-24-ore", "preavviso-24-ore", Failed, Some(Reason::NoAnswer)),
        ("preavviso-5.4.1", "preavviso-24-ore", Failed, Some(Reason::NoAnswer)),
        ("presa-in-carico", "presa-in-carico", Handed, None),
        ("rilevazione-virus", "rilevazione-virus", Handed, Some(Reason::Virus)),
    ];
    for (name, kind, status, reason) in expected {
        let receipt = receipt(&format!("types/{name}.eml"));
        assert!(receipt.signature.is_valid(), "{name}: {}", receipt.signature);
        assert_eq!((receipt.kind.key(), receipt.reason), (kind, reason), "{name}");
        assert_eq!(receipt.irregularities, [], "{name}");
        assert_eq!(receipt.subject.as_deref(), Some("Quota 2026: attività & altro"), "{name}");
        assert_eq!(receipt.at.to_string(), "2026-01-10T11:02:03Z", "{name}");
        let mut state = DeliveryState::default();
        let effect = state.apply(&receipt, &sent());
        assert_eq!(state.status(), status, "{name}: {effect:?}");
    }
    let envelopes = ["anomalia", "anomalia-bounce", "posta-certificata"];
    let mut all: Vec<_> = expected.iter().map(|(name, ..)| *name).chain(envelopes).collect();
    all.sort_unstable();
    assert_eq!(names("types"), all, "every file is looked at");
}

#[test]
fn envelopes_open_to_what_is_inside() {
    let Ok(Incoming::Envelope(envelope)) = opened("types/posta-certificata.eml") else { panic!() };
    assert!(envelope.signature.is_valid());
    assert_eq!(envelope.sender, Some(sent().from));
    assert_eq!(envelope.original.text, "Buongiorno, la quota è dovuta.");
    let Ok(Incoming::Anomaly(anomaly)) = opened("types/anomalia.eml") else { panic!() };
    let Enclosed::Mail(mail) = anomaly.enclosed else { panic!() };
    assert_eq!((mail.subject.as_str(), mail.attachments[0].name.as_str()), ("Quota 2026", "quota.pdf"));
    let Ok(Incoming::Anomaly(anomaly)) = opened("types/anomalia-bounce.eml") else { panic!() };
    assert!(
        matches!(anomaly.enclosed, Enclosed::Bounce(bounce) if bounce.original_message_id == Some(sent().message_id))
    );
}

#[test]
fn what_came_back_is_compared_with_what_was_sent() {
    let original = bytes("sent.eml");
    let compare =
        |name: &str, sent: &[u8]| receipt(&format!("types/avvenuta-consegna-{name}.eml")).compare(sent).unwrap();
    assert_eq!(compare("completa", &original), Comparison::Same { files: 1 });
    assert_eq!(compare("breve", &original), Comparison::Same { files: 1 }, "by the hash of the file");
    assert_eq!(compare("sintetica", &original), Comparison::NotEnclosed);
    let other = String::from_utf8(original).unwrap().replace("JVBERi0xLjcK", "JVBERi0xLjgK");
    for (name, file) in [("completa", "quota.pdf"), ("breve", "quota.pdf.hash")] {
        let different = Comparison::Different { text: false, files: vec![file.into()] };
        assert_eq!(compare(name, other.as_bytes()), different);
    }
    let shorter = "Content-Type: text/plain\r\n\r\nBuongiorno";
    let different = Comparison::Different { text: true, files: vec!["quota.pdf".into()] };
    assert_eq!(compare("completa", shorter.as_bytes()), different);
}

#[test]
fn every_manner_of_writing_is_understood() {
    let reference =
        |header: &str| Irregularity::Reference { header: header.into(), certified: "m1@albo.example.it".into() };
    let kind = Irregularity::Kind { header: "errore-consegna".into(), certified: "avvenuta-consegna" };
    let expected = [
        ("8bit", None),
        ("bare-ampersand", Some(Irregularity::BareAmpersand)),
        ("byte-order-mark", Some(Irregularity::ByteOrderMark)),
        ("document-type", Some(Irregularity::DocumentType)),
        ("file-name", Some(Irregularity::FileName(Some("DATICERT.XML".into())))),
        ("folded", None),
        ("latin-1", Some(Irregularity::Encoding("Latin-1"))),
        ("line-feeds", None),
        ("media-type", Some(Irregularity::MediaType("application/octet-stream".into()))),
        ("moved-reference", Some(reference("m2@albo.example.it"))),
        ("no-identifier", Some(Irregularity::Missing("identificativo"))),
        ("no-msgid", None),
        ("no-zone", Some(Irregularity::AssumedZone)),
        ("opaque", Some(Irregularity::OpaqueSignature)),
        ("other-marker", Some(kind)),
        ("quoted-printable", None),
        ("rewritten-identifier", None),
        ("stray-dot", Some(Irregularity::StrayText)),
        ("upper-case", None),
    ];
    for (name, odd) in &expected {
        let receipt = receipt(&format!("manners/{name}.eml"));
        assert!(receipt.signature.is_valid(), "{name}: {}", receipt.signature);
        assert_eq!(receipt.irregularities, odd.iter().cloned().collect::<Vec<_>>(), "{name}");
        assert_eq!(receipt.subject.as_deref(), Some("Quota 2026: attività & altro"), "{name}");
        assert_eq!(receipt.is_reference_certified(), *name != "no-msgid", "{name}");
        let mut state = DeliveryState::default();
        assert_eq!(state.apply(&receipt, &sent()), Effect::Changed, "{name}");
        assert_eq!(state.delivered.unwrap().to_string(), "2026-01-10T11:02:03Z", "{name}");
    }
    assert_eq!(names("manners"), expected.map(|(name, _)| name), "every file is looked at");
    let original = receipt("manners/rewritten-identifier.eml").original.unwrap();
    assert_eq!(original.message_id.unwrap().as_str(), sent().transaction.unwrap());
}

#[test]
fn what_must_not_be_believed_is_not() {
    for (name, signature) in [
        ("altered", "altered"),
        ("expired", "expired"),
        ("other-address", "other-address"),
        ("unknown-issuer", "unknown-issuer"),
        ("unsigned", "missing"),
    ] {
        let receipt = receipt(&format!("broken/{name}.eml"));
        assert_eq!(receipt.signature.key(), signature, "{name}");
        let effect = DeliveryState::default().apply(&receipt, &sent());
        assert_eq!(effect, Effect::Refused(Refusal::Signature), "{name}");
    }
    assert!(matches!(opened("broken/entities.eml"), Err(ReadError::Certification(_))));
    assert!(matches!(opened("broken/truncated.eml"), Err(ReadError::Certification(_))));
    assert!(matches!(opened("broken/forwarded.eml"), Ok(Incoming::Ordinary(_))), "a forwarded receipt is mail");
    assert_eq!(names("broken").len(), 8, "every file is looked at");
}

#[test]
fn an_expired_certificate_is_judged_at_the_time_of_arrival() {
    let trust = TrustAnchors::from_pem(&String::from_utf8(bytes("ca.pem")).unwrap()).unwrap();
    let then = "2025-06-01T00:00:00Z".parse().unwrap();
    let Ok(Incoming::Receipt(receipt)) = read(&bytes("broken/expired.eml"), &trust, then) else { panic!() };
    assert!(matches!(receipt.signature, SignatureState::Valid { .. }));
}

fn openssl_accepts(path: &str) -> bool {
    let status = Command::new("openssl")
        .args(["cms", "-verify", "-purpose", "smimesign", "-CAfile", "ca.pem", "-in", path])
        .current_dir(folder())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.unwrap().success()
}

#[test]
fn openssl_agrees_about_every_signature() {
    if Command::new("openssl").arg("version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: openssl is not on this machine");
        return;
    }
    for folder in ["types", "manners"] {
        for name in names(folder) {
            let path = format!("{folder}/{name}.eml");
            assert!(openssl_accepts(&path), "{path}");
        }
    }
    for name in ["altered", "unsigned", "truncated", "unknown-issuer", "expired", "forwarded"] {
        assert!(!openssl_accepts(&format!("broken/{name}.eml")), "{name}");
    }
}
