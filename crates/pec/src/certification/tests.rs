use italia::EmailAddress;
use proptest::prelude::*;

use super::*;

fn read(bytes: &[u8]) -> Result<CertificationData, CertificationError> {
    CertificationData::read(bytes, None)
}

/// What is read from the sample with one text changed, less what was odd about it, and that.
fn changed(from: &str, to: &str) -> (CertificationData, Vec<Irregularity>) {
    let text = sample().write();
    assert!(text.contains(from), "{from:?} is not in the sample");
    let mut data = read(text.replace(from, to).as_bytes()).unwrap();
    let odd = std::mem::take(&mut data.irregularities);
    (data, odd)
}

fn sample() -> CertificationData {
    CertificationData {
        kind: CertifiedType::DeliveryError,
        error: ErrorKind::UnknownRecipient,
        sender: "albo@pec.example.it".into(),
        recipients: vec![
            Recipient { address: EmailAddress::parse("rossi@pec.example.it").unwrap(), kind: RecipientKind::Certified },
            Recipient { address: EmailAddress::parse("verdi@example.com").unwrap(), kind: RecipientKind::Ordinary },
        ],
        reply_to: Some("albo@pec.example.it".into()),
        subject: Some("Quota 2026 <urgente> & \"altro\"".into()),
        provider: "Prova PEC S.p.A.".into(),
        at: "2026-01-10T09:02:00Z".parse().unwrap(),
        offset: jiff::tz::offset(1),
        identifier: "opec1.20260110100200.1.2.3@pec.example.it".into(),
        message_id: MessageId::lenient("a$b@albo.example.it"),
        detail: Some(ReceiptKind::Complete),
        recipient: EmailAddress::parse("rossi@pec.example.it").ok(),
        taken: Vec::new(),
        extended_error: Some("5.1.1 - Prova PEC S.p.A. - indirizzo non valido".into()),
        irregularities: Vec::new(),
    }
}

#[test]
fn what_is_written_is_read_back() {
    let data = sample();
    assert_eq!(read(data.write().as_bytes()).unwrap(), data);
}

#[test]
fn prefixes_comments_and_a_reference_to_the_dtd_are_tolerated() {
    let text = sample().write();
    let prefixed = text
        .replace(
            "<postacert ",
            "<!DOCTYPE postacert SYSTEM \"http://example.invalid/daticert.dtd\">\n<p:postacert xmlns:p=\"urn:x\" ",
        )
        .replace("</postacert>", "</p:postacert>")
        .replace("</risposte>", "</risposte><!-- <x> -->")
        .replace("<msgid>&lt;a$b", "<msgid>&lt;a$<!-- cut? -->b");
    let mut data = read(prefixed.as_bytes()).unwrap();
    assert_eq!(std::mem::take(&mut data.irregularities), [Irregularity::DocumentType]);
    assert_eq!(data, sample());
}

#[test]
fn stray_characters_are_survived_and_told() {
    for (from, to) in [
        ("</risposte>", "</risposte>a ."),
        ("<dati>", "<dati>\u{1}"),
        ("<?xml", ". <?xml"),
        ("</postacert>", "</postacert>\0."),
    ] {
        assert_eq!(changed(from, to), (sample(), vec![Irregularity::StrayText]), "{to:?}");
    }
    let (data, odd) = changed("&amp;", "&");
    assert_eq!((data, odd), (sample(), vec![Irregularity::BareAmpersand]));
    let (data, odd) = changed("&amp;", "&nbsp; &#0;");
    assert_eq!(odd, [Irregularity::BareAmpersand]);
    assert_eq!(data.subject.unwrap(), "Quota 2026 <urgente> &nbsp; &#0; \"altro\"", "unknown references are text");
    let (data, odd) = changed("&lt;urgente&gt; &amp;", "<![CDATA[<urgente> &]]>");
    assert_eq!((data, odd), (sample(), vec![]));
}

#[test]
fn other_encodings_are_read_and_told() {
    let text = sample().write().replace("Quota 2026", "Citt\u{e0}");
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = [b"\xEF\xBB\xBF  ".as_slice(), text.as_bytes()].concat();
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let mislabelled = text.replace("UTF-8", "ISO-8859-1");
    for (bytes, odd) in [
        (latin.as_slice(), Irregularity::Encoding("Latin-1")),
        (&marked, Irregularity::ByteOrderMark),
        (&wide, Irregularity::Encoding("UTF-16")),
        (mislabelled.as_bytes(), Irregularity::Encoding("UTF-8")),
    ] {
        let data = read(bytes).unwrap();
        assert!(data.subject.unwrap().starts_with("Città"), "{odd}");
        assert_eq!(data.irregularities, [odd]);
    }
}

#[test]
fn a_missing_or_odd_zone_is_rome_s() {
    for (from, to) in [(" zona=\"+0100\"", ""), ("+0100", "ora di Roma"), ("+0100", "+1")] {
        assert_eq!(changed(from, to), (sample(), vec![Irregularity::AssumedZone]), "{to:?}");
    }
    let text = sample().write().replace(" zona=\"+0100\"", "").replace("10/01/2026", "10/07/2026");
    let summer = read(text.as_bytes()).unwrap();
    assert_eq!((summer.at.to_string().as_str(), summer.offset), ("2026-07-10T08:02:00Z", jiff::tz::offset(2)));
}

#[test]
fn other_notations_of_the_time_are_read_and_told() {
    for (from, to) in
        [("10/01/2026", "2026-01-10"), ("10/01/2026", "10-01-2026"), ("10:02:00", "10:02"), ("10:02:00", "10:02:00.5")]
    {
        let (data, odd) = changed(from, to);
        assert_eq!(data, sample(), "{to:?}");
        assert!(matches!(odd.as_slice(), [Irregularity::TimeNotation(_)]), "{to:?}");
    }
}

#[test]
fn without_a_certified_time_the_header_s_is_taken_and_told() {
    let text = sample().write().replace("10/01/2026", "31/02/2026");
    assert!(matches!(read(text.as_bytes()), Err(CertificationError::Value { field: "data", .. })));
    let sent = "2026-01-10T09:02:07Z".parse().unwrap();
    let data = CertificationData::read(text.as_bytes(), Some(sent)).unwrap();
    assert_eq!((data.at, data.irregularities), (sent, vec![Irregularity::AssumedTime]));
}

#[test]
fn what_is_missing_is_named_and_the_rest_is_read() {
    let (data, odd) = changed("<identificativo>opec1.20260110100200.1.2.3@pec.example.it</identificativo>", "");
    assert_eq!((data.identifier.as_str(), odd), ("", vec![Irregularity::Missing("identificativo")]));
    let (data, odd) = changed("<consegna>rossi@pec.example.it</consegna>", "<consegna>boh</consegna>");
    assert_eq!(data.recipient, None);
    assert_eq!(odd, [Irregularity::UnknownValue { field: "consegna", value: "boh".into() }]);
    let (data, odd) = changed("</consegna>", "</consegna><consegna>verdi@example.com</consegna>");
    assert_eq!((data, odd), (sample(), vec![Irregularity::Repeated("consegna")]));
    let (data, odd) = changed("no-dest", "boh");
    assert_eq!(data.error, ErrorKind::Other);
    assert_eq!(odd, [Irregularity::UnknownValue { field: "errore", value: "boh".into() }]);
    let bare =
        read(b"<postacert tipo='accettazione'><data><giorno>10/01/2026</giorno><ora>10:00:00</ora></data></postacert>");
    let odd: Vec<_> = bare.unwrap().irregularities.iter().map(ToString::to_string).collect();
    assert!(
        odd.contains(&"dati is missing".to_owned()) && odd.contains(&"intestazione is missing".to_owned()),
        "{odd:?}"
    );
}

#[test]
fn entities_size_and_depth_are_bounded() {
    let bomb = "<!DOCTYPE postacert [<!ENTITY a \"aaaa\">]><postacert tipo=\"accettazione\">&a;</postacert>";
    assert_eq!(read(bomb.as_bytes()).unwrap_err(), CertificationError::Entities);
    assert_eq!(read(&vec![b' '; 3 << 20]).unwrap_err(), CertificationError::TooLarge);
    let deep = "<a>".repeat(100_000);
    assert_eq!(read(deep.as_bytes()).unwrap_err(), CertificationError::TooDeep);
}

#[test]
fn the_type_is_never_guessed() {
    let text = sample().write();
    let broken = |from: &str, to: &str| read(text.replace(from, to).as_bytes()).unwrap_err();
    assert_eq!(broken("tipo=\"errore-consegna\"", ""), CertificationError::Missing("tipo"));
    assert_eq!(
        broken("tipo=\"errore-consegna\"", "tipo=\"consegna\"").to_string(),
        "daticert.xml has an unknown value in tipo: \"consegna\""
    );
    assert_eq!(broken("postacert", "certdata"), CertificationError::Missing("postacert"));
    assert!(matches!(broken("</dati>", ""), CertificationError::Xml(_)));
}

#[test]
fn zones_are_signed_and_may_have_a_colon() {
    let text = sample().write();
    let at = |zone: &str| read(text.replace("+0100", zone).as_bytes()).unwrap().at.to_string();
    assert_eq!(at("+0200"), "2026-01-10T08:02:00Z");
    assert_eq!(at("-0330"), "2026-01-10T13:32:00Z");
    assert_eq!(at("+01:00"), "2026-01-10T09:02:00Z");
}

#[test]
fn status_codes_are_found_in_free_text() {
    let code = |text| ExtendedCode::find(text).map(|code| code.to_string());
    assert_eq!(code("5.1.1 - FAKE Pec S.p.A. - indirizzo non valido").as_deref(), Some("5.1.1"));
    assert_eq!(code("errore 5.2.2: casella piena").as_deref(), Some("5.2.2"));
    assert_eq!(code("smtp; 550 4.4.7.").as_deref(), Some("4.4.7"));
    assert_eq!(code("host 5.1.1.9 irraggiungibile"), None);
    assert_eq!(code("versione 1.2.3, 3.1.1"), None);
}

proptest! {
    #[test]
    fn any_text_survives_writing_and_reading(subject in "[^\\p{Cc}\u{FFFE}\u{FFFF}]{1,60}", error in "\\PC{1,40}") {
        let mut data = sample();
        data.subject = Some(subject.trim().to_owned()).filter(|text| !text.is_empty());
        data.extended_error = Some(error.trim().to_owned()).filter(|text| !text.is_empty());
        prop_assert_eq!(read(data.write().as_bytes()).unwrap(), data);
    }

    #[test]
    fn mutated_files_never_panic(at in 0usize..900, with in any::<[u8; 3]>()) {
        let mut bytes = sample().write().into_bytes();
        let at = at % bytes.len();
        let end = (at + 3).min(bytes.len());
        bytes.splice(at..end, with);
        let _ = read(&bytes);
    }
}
