use super::*;
use crate::testing::{
    AUTHORITY, ECDSA, ORIGINAL, PROVIDER_ADDRESS, address, id, noon, provider, provider_with, transaction,
};
use crate::{Enclosed, Incoming, Receipt, ReceiptType, SignatureState, read};

fn receipt_of(event: &Event<'_>) -> Receipt {
    let bytes = provider().receipt(&transaction(), event, &id("r1@pec.example.it"), noon()).unwrap();
    match read(&bytes, &AUTHORITY.trust(), noon()).unwrap() {
        Incoming::Receipt(receipt) => *receipt,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_receipt_is_read_back_with_a_valid_signature() {
    let rossi = address("rossi@pec.example.it");
    let taken = [rossi.clone()];
    let delivery = |detail| Event::Delivery { recipient: &rossi, detail, original: ORIGINAL };
    let delay = |notice| Event::Delay { recipient: &rossi, notice, reason: "4.4.7 - nessuna risposta" };
    let refused = |error| Event::DeliveryError { recipient: &rossi, error, reason: "5.1.1 - indirizzo non valido" };
    let events = [
        (Event::Acceptance, ReceiptType::Acceptance),
        (Event::NonAcceptance { virus: false, reason: "x" }, ReceiptType::NonAcceptance { virus: false }),
        (Event::NonAcceptance { virus: true, reason: "x" }, ReceiptType::NonAcceptance { virus: true }),
        (Event::TakenInCharge { recipients: &taken }, ReceiptType::TakenInCharge),
        (delivery(ReceiptKind::Complete), ReceiptType::Delivery),
        (delivery(ReceiptKind::Brief), ReceiptType::Delivery),
        (delivery(ReceiptKind::Synthetic), ReceiptType::Delivery),
        (delay(DelayNotice::First), ReceiptType::DeliveryDelayNotice(DelayNotice::First)),
        (delay(DelayNotice::Last), ReceiptType::DeliveryDelayNotice(DelayNotice::Last)),
        (refused(ErrorKind::UnknownRecipient), ReceiptType::DeliveryError { virus: false }),
        (refused(ErrorKind::Virus), ReceiptType::DeliveryError { virus: true }),
        (Event::VirusDetected { recipient: &rossi, reason: "x" }, ReceiptType::VirusDetected),
    ];
    for (event, expected) in events {
        let receipt = receipt_of(&event);
        assert_eq!(receipt.kind, expected, "{event:?}");
        assert!(receipt.signature.is_valid(), "{event:?}: {:?}", receipt.signature);
        assert_eq!(receipt.reference_message_id, Some(id("m1@albo.example.it")));
        assert!(receipt.is_reference_certified());
        assert_eq!((receipt.at, receipt.offset), (noon(), jiff::tz::offset(1)));
        assert_eq!(receipt.identifier, "opec1.20260110120203.1.1.1@pec.example.it");
        assert_eq!(receipt.subject.as_deref(), Some("Attività n. 7 – quota"));
        assert_eq!(receipt.recipients, transaction().recipients);
        assert_eq!(receipt.provider, "Prova PEC S.p.A.");
    }
}

#[test]
fn the_detail_decides_what_comes_back() {
    let rossi = address("rossi@pec.example.it");
    let original = |detail| receipt_of(&Event::Delivery { recipient: &rossi, detail, original: ORIGINAL }).original;
    let complete = original(ReceiptKind::Complete).unwrap();
    assert_eq!(complete.text, "Buongiorno, la quota è dovuta.");
    assert_eq!(complete.attachments[0].bytes, b"%PDF-1");
    let brief = original(ReceiptKind::Brief).unwrap();
    assert_eq!(brief.text, complete.text);
    assert_eq!(brief.attachments[0].name, "quota.pdf.hash");
    // sha1("JVBERi0x"), computed with sha1sum over the encoded part.
    assert_eq!(brief.attachments[0].bytes, b"a3e086695bf2eb941df5c201b2053e206935764b");
    assert_eq!(original(ReceiptKind::Synthetic), None);
}

#[test]
fn an_error_carries_its_cause_and_code() {
    let rossi = address("rossi@pec.example.it");
    let receipt = receipt_of(&Event::DeliveryError {
        recipient: &rossi,
        error: ErrorKind::UnknownRecipient,
        reason: "5.1.1 - Prova PEC S.p.A. - indirizzo non valido",
    });
    assert_eq!(receipt.error, ErrorKind::UnknownRecipient);
    assert_eq!(receipt.extended_code.unwrap().to_string(), "5.1.1");
    assert_eq!(receipt.extended_error.as_deref(), Some("5.1.1 - Prova PEC S.p.A. - indirizzo non valido"));
    assert!(receipt.concerns(&rossi));
    assert!(!receipt.concerns(&address("verdi@example.com")));
}

#[test]
fn an_envelope_carries_the_message_and_the_certified_sender() {
    let bytes = provider().envelope(&transaction(), ORIGINAL, noon()).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("From: \"Per conto di: albo@pec.example.it\" <posta-certificata@pec.example.it>\r\n"));
    assert!(text.contains("X-Trasporto: posta-certificata\r\n"));
    let Incoming::Envelope(envelope) = read(&bytes, &AUTHORITY.trust(), noon()).unwrap() else { panic!() };
    assert!(envelope.signature.is_valid());
    assert_eq!(envelope.sender, Some(address("albo@pec.example.it")));
    assert_eq!(envelope.original.subject, "Attività n. 7");
    assert_eq!(envelope.original.text, "Buongiorno, la quota è dovuta.");
    assert_eq!(envelope.original.attachments[0].name, "quota.pdf");
    assert_eq!(envelope.reference_message_id, Some(id("m1@albo.example.it")));
}

#[test]
fn an_anomaly_wraps_ordinary_mail_and_bounces() {
    let ordinary =
        b"From: Mario <mario@example.com>\nTo: albo@pec.example.it\nSubject: aiuto\nMessage-ID: <a@b>\n\nciao\n";
    let bytes = provider().anomaly(ordinary, "messaggio di posta ordinaria", noon()).unwrap();
    let Incoming::Anomaly(anomaly) = read(&bytes, &AUTHORITY.trust(), noon()).unwrap() else { panic!() };
    assert!(anomaly.explanation.contains("messaggio di posta ordinaria"));
    assert!(anomaly.signature.is_valid());
    let Enclosed::Mail(mail) = anomaly.enclosed else { panic!() };
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("aiuto", "ciao"));

    let bounce = b"From: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\nnot found\n\
--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; verdi@example.com\nAction: failed\nStatus: 5.1.1\n\
--r\nContent-Type: text/rfc822-headers\n\nMessage-ID: <m1@albo.example.it>\n\n--r--\n";
    let bytes = provider().anomaly(bounce, "messaggio di posta ordinaria", noon()).unwrap();
    let Incoming::Anomaly(anomaly) = read(&bytes, &AUTHORITY.trust(), noon()).unwrap() else { panic!() };
    let Enclosed::Bounce(bounce) = anomaly.enclosed else { panic!() };
    assert_eq!(bounce.original_message_id, Some(id("m1@albo.example.it")));
    assert_eq!(bounce.recipients[0].recipient, Some(address("verdi@example.com")));
}

#[test]
fn elliptic_keys_sign_as_well() {
    let provider = provider_with(AUTHORITY.key(PROVIDER_ADDRESS, &ECDSA, |_| {}));
    let bytes = provider.receipt(&transaction(), &Event::Acceptance, &id("r@x.it"), noon()).unwrap();
    let Incoming::Receipt(receipt) = read(&bytes, &AUTHORITY.trust(), noon()).unwrap() else { panic!() };
    let SignatureState::Valid { signer } = receipt.signature else { panic!("{:?}", receipt.signature) };
    assert_eq!(signer.addresses, [PROVIDER_ADDRESS]);
}

#[test]
fn the_messages_are_seven_bit_with_short_lines() {
    let bytes = provider().receipt(&transaction(), &Event::Acceptance, &id("r@x.it"), noon()).unwrap();
    assert!(bytes.is_ascii());
    for line in bytes.split(|&byte| byte == b'\n') {
        assert!(line.len() <= 200, "{}", String::from_utf8_lossy(line));
        assert!(line.is_empty() || line.ends_with(b"\r"));
    }
}

#[test]
fn names_of_the_wire_are_the_real_ones() {
    let rossi = address("rossi@pec.example.it");
    let event = Event::Delay { recipient: &rossi, notice: DelayNotice::First, reason: "x" };
    let bytes = provider().receipt(&transaction(), &event, &id("r@x.it"), noon()).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("X-Ricevuta: preavviso-errore-consegna\r\n"));
    assert!(text.contains("X-Riferimento-Message-ID: <m1@albo.example.it>\r\n"));
    assert!(text.contains("name=\"daticert.xml\"") && !text.contains("certdata"));
    assert!(text.contains("To: albo@pec.example.it\r\n"), "notices of delay go to the sender");
}
