use italia::EmailAddress;
use proptest::prelude::*;

use super::*;

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
    }
}

#[test]
fn what_is_written_is_read_back() {
    let data = sample();
    assert_eq!(CertificationData::read(data.write().as_bytes()).unwrap(), data);
}

#[test]
fn stray_text_prefixes_and_reference_to_the_dtd_are_tolerated() {
    let text = sample().write();
    let prefixed = text
        .replace(
            "<postacert ",
            "<!DOCTYPE postacert SYSTEM \"http://example.invalid/daticert.dtd\">\n<p:postacert xmlns:p=\"urn:x\" ",
        )
        .replace("</postacert>", "</p:postacert>")
        .replace("</risposte>", "</risposte>a . <!-- <x> -->")
        .replace("<msgid>&lt;a$b", "<msgid>&lt;a$<!-- cut? -->b");
    assert_eq!(CertificationData::read(prefixed.as_bytes()).unwrap(), sample());
    let marked = [b"\xEF\xBB\xBF  ", text.as_bytes()].concat();
    assert_eq!(CertificationData::read(&marked).unwrap(), sample());
}

#[test]
fn latin_1_is_read_although_utf_8_is_declared() {
    let text = sample().write().replace("Quota 2026", "Citt\u{e0}");
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert!(CertificationData::read(&latin).unwrap().subject.unwrap().starts_with("Città"));
}

#[test]
fn entities_size_and_depth_are_bounded() {
    let bomb = "<!DOCTYPE postacert [<!ENTITY a \"aaaa\">]><postacert tipo=\"accettazione\">&a;</postacert>";
    assert_eq!(CertificationData::read(bomb.as_bytes()).unwrap_err(), CertificationError::Entities);
    assert_eq!(CertificationData::read(&vec![b' '; 3 << 20]).unwrap_err(), CertificationError::TooLarge);
    let deep = "<a>".repeat(100_000);
    assert_eq!(CertificationData::read(deep.as_bytes()).unwrap_err(), CertificationError::TooDeep);
}

#[test]
fn missing_and_unknown_values_are_named() {
    let text = sample().write();
    let broken = |from: &str, to: &str| CertificationData::read(text.replace(from, to).as_bytes()).unwrap_err();
    assert_eq!(broken("tipo=\"errore-consegna\"", ""), CertificationError::Missing("tipo"));
    assert_eq!(
        broken("+0100", "ora di Roma").to_string(),
        "daticert.xml has an unknown value in zona: \"ora di Roma\""
    );
    assert!(matches!(broken("10/01/2026", "31/02/2026"), CertificationError::Value { field: "giorno", .. }));
    assert!(matches!(broken("no-dest", "boh"), CertificationError::Value { field: "errore", .. }));
    assert!(matches!(broken("</dati>", ""), CertificationError::Xml(_)));
}

#[test]
fn zones_are_signed_and_may_have_a_colon() {
    let text = sample().write();
    let at = |zone: &str| CertificationData::read(text.replace("+0100", zone).as_bytes()).unwrap().at.to_string();
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
        prop_assert_eq!(CertificationData::read(data.write().as_bytes()).unwrap(), data);
    }

    #[test]
    fn mutated_files_never_panic(at in 0usize..900, with in any::<[u8; 3]>()) {
        let mut bytes = sample().write().into_bytes();
        let at = at % bytes.len();
        let end = (at + 3).min(bytes.len());
        bytes.splice(at..end, with);
        let _ = CertificationData::read(&bytes);
    }
}
