//! Messages made to hurt.

use proptest::prelude::*;

use super::*;
use crate::TrustAnchors;

#[test]
fn repeated_deciding_fields_are_refused() {
    for (field, name) in [
        ("X-Ricevuta: errore-consegna\r\n", "X-Ricevuta"),
        ("X-Riferimento-Message-ID: <other@x>\r\n", "X-Riferimento-Message-ID"),
        ("Content-type: text/plain\r\n", "Content-Type"),
        ("FROM: posta-certificata@altro.it\r\n", "From"),
    ] {
        let bytes = [field.as_bytes(), &delivery()].concat();
        assert_eq!(read(&bytes, &AUTHORITY.trust(), noon()), Err(ReadError::RepeatedHeader(name)));
    }
}

#[test]
fn two_certifications_are_none() {
    let xml = "Content-Type: application/xml; name=\"DatiCert.xml\"\n\n<postacert/>\n";
    let bytes =
        format!("X-Ricevuta: accettazione\nContent-Type: multipart/mixed; boundary=b\n\n--b\n{xml}--b\n{xml}--b--\n");
    assert_eq!(read(bytes.as_bytes(), &TrustAnchors::none(), noon()), Err(ReadError::SeveralCertifications));
}

#[test]
fn a_subject_alone_makes_no_receipt() {
    let mail = "From: posta-certificata@pec.example.it\nSubject: CONSEGNA: quota\n\nIl messaggio e' stato consegnato\n";
    assert!(matches!(read(mail.as_bytes(), &TrustAnchors::none(), noon()), Ok(Incoming::Ordinary(_))));
}

#[test]
fn a_forwarded_certification_is_an_attachment() {
    let mail = "From: a@b.it\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nguarda\n--b\n\
                Content-Type: application/xml; name=\"daticert.xml\"\n\n<postacert tipo=\"accettazione\"/>\n--b--\n";
    let Incoming::Ordinary(mail) = read(mail.as_bytes(), &TrustAnchors::none(), noon()).unwrap() else { panic!() };
    assert_eq!(mail.attachments[0].name, "daticert.xml");
}

#[test]
fn an_unsigned_receipt_says_so() {
    let xml = "<postacert tipo=\"accettazione\"><dati><data zona=\"+0100\"><giorno>10/01/2026</giorno><ora>10:00:00</ora>\
               </data><identificativo>i</identificativo></dati></postacert>";
    let bytes = format!(
        "X-Ricevuta: accettazione\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n\n--b\n\
         Content-Type: application/xml; name=daticert.xml\n\n{xml}\n--b--\n"
    );
    assert_eq!(read_receipt(bytes.as_bytes()).signature, SignatureState::Missing);
}

#[test]
fn bombs_are_refused_quickly() {
    let mut nested = String::from("X-Ricevuta: accettazione\n");
    for level in 0..50_000 {
        nested += &format!("Content-Type: multipart/signed; boundary=b{level}\n\n--b{level}\n");
    }
    let enclosed = format!("X-Trasporto: errore\n{}", "Content-Type: message/rfc822\n\n".repeat(200_000));
    let many = format!("X-Ricevuta: x\nContent-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\n".repeat(1_000_000));
    let boundaries = format!("Content-Type: multipart/mixed; boundary={}\n\n--x\n", "a".repeat(100_000));
    let start = std::time::Instant::now();
    for bomb in [nested, enclosed, many] {
        assert!(matches!(read(bomb.as_bytes(), &TrustAnchors::none(), noon()), Err(ReadError::Structure(_))));
    }
    assert!(read(boundaries.as_bytes(), &TrustAnchors::none(), noon()).is_ok());
    assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn size_is_limited_and_large_is_fine() {
    let huge = vec![b'x'; LARGEST_MESSAGE + 1];
    assert_eq!(read(&huge, &TrustAnchors::none(), noon()), Err(ReadError::TooLarge { size: LARGEST_MESSAGE + 1 }));
    let file: Vec<u8> = (0..10_000_000_u32).map(|number| number.to_le_bytes()[1]).collect();
    let mut message =
        crate::Outgoing::new(address("a@pec.example.it"), address("b@pec.example.it"), "x", "y", id("m@x.it"), noon());
    message.attachments =
        vec![crate::Attachment { name: "f.bin".into(), media_type: "a/b".into(), bytes: file.clone() }];
    let original = message.compose().unwrap();
    let rossi = address("rossi@pec.example.it");
    let event = Event::Delivery { recipient: &rossi, detail: ReceiptKind::Complete, original: &original };
    let bytes = provider().receipt(&transaction(), &event, &id("r@x.it"), noon()).unwrap();
    let receipt = read_receipt(&without_cr(&bytes));
    assert!(receipt.signature.is_valid());
    assert_eq!(receipt.original.unwrap().attachments[0].bytes, file);
}

#[test]
fn nothing_and_noise_are_no_message() {
    for bytes in [b"".as_slice(), b"\r\n\r\nbody", b"\0\0\0", b"no colon here\n"] {
        assert_eq!(read(bytes, &TrustAnchors::none(), noon()), Err(ReadError::NoMessage), "{bytes:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn mutated_messages_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, prop::collection::vec(any::<u8>(), 0..8)), 1..6)
    ) {
        let mut bytes = delivery();
        for (at, length, with) in changes {
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, with);
        }
        let _ = read(&bytes, &AUTHORITY.trust(), noon());
    }

    #[test]
    fn swapped_lines_never_panic(swaps in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..10)) {
        let bytes = delivery();
        let mut lines: Vec<&[u8]> = bytes.split_inclusive(|&byte| byte == b'\n').collect();
        for (one, other) in swaps {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
        }
        let _ = read(&lines.concat(), &AUTHORITY.trust(), noon());
    }

    #[test]
    fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, &TrustAnchors::none(), noon());
    }

    #[test]
    fn what_is_called_valid_says_what_was_signed(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let original = delivery();
        let mut bytes = original.clone();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(Incoming::Receipt(receipt)) = read(&bytes, &AUTHORITY.trust(), noon())
            && receipt.signature.is_valid()
        {
            let expected = read_receipt(&original);
            prop_assert_eq!(receipt.kind, expected.kind);
            prop_assert_eq!(receipt.at, expected.at);
            prop_assert_eq!(receipt.recipient, expected.recipient);
            prop_assert_eq!(receipt.certified_message_id, expected.certified_message_id);
            prop_assert_eq!(receipt.original, expected.original);
        }
    }
}
