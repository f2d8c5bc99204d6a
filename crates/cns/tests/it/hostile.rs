//! Subjects and certificates by somebody who wants to be somebody else.

use cns::authority::{CardSpec, Text};
use cns::{CardError, SubjectError};
use x509_cert::der::Tag;

use crate::stage::{Stage, chain};

const GOOD: &str = "MSRNTN77H15C351X/6120016461039008.i1ZpZfaCX/eKyikBfnF8to+M2T8=";

fn subject_error(stage: &mut Stage, names: Vec<Text>) -> SubjectError {
    let mut spec = CardSpec::with_common_name(GOOD, stage.now);
    spec.common_names = names;
    match stage.sign_in(&spec) {
        Err(CardError::Subject(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn common_names_with_foreign_characters_are_refused() {
    let mut stage = Stage::new();
    for wrong in [
        "MSRNTN77H15C351X\0/6120016461039008.i1ZpZfaCX=",
        "MSRNTN77H15C351X/6120016461039008.i1Zp\0",
        "MSRNTN77H15C351X /6120016461039008.i1Zp",
        " MSRNTN77H15C351X/6120016461039008.i1Zp",
        "MSRNTN77H15C351\u{0425}/6120016461039008.i1Zp",
        "MSRNTN77H15C351X/6120016461039008.i1Zp\n",
        "MSRNTN77H15C351X\u{200b}/6120016461039008.i1Zp",
        "MSRNTN77H15C351X\u{202e}/6120016461039008.i1Zp",
        "MSRNTN77H15C351X,CN=RSSMRA85T10A562S/6120.i1Zp",
        "ＭSRNTN77H15C351X/6120016461039008.i1Zp",
    ] {
        assert_eq!(subject_error(&mut stage, vec![Text::utf8(wrong)]), SubjectError::IllegalCharacter, "{wrong:?}");
    }
}

#[test]
fn common_names_of_another_length_or_form_are_refused() {
    let mut stage = Stage::new();
    let long = format!("{GOOD}AAA");
    assert_eq!(long.len(), 65);
    assert_eq!(subject_error(&mut stage, vec![Text::utf8(&long)]), SubjectError::TooLong { octets: 65 });
    let endless = "A".repeat(5_000);
    assert_eq!(subject_error(&mut stage, vec![Text::utf8(&endless)]), SubjectError::TooLong { octets: 5_000 });
    for wrong in ["", "MSRNTN77H15C351X", "msrntn77h15c351x/6120.i1Zp", "MSRNTN77H15C351X/6120"] {
        assert_eq!(subject_error(&mut stage, vec![Text::utf8(wrong)]), SubjectError::Form, "{wrong:?}");
    }
    for wrong in [
        "MSRNTN77H15C351Y/6120016461039008.i1Zp",
        "CN=MSRNTN77H15C351X/6120.i1Zp",
        "00743110157/6120016461039008.i1Zp",
        "/6120.i1Zp",
    ] {
        let found = subject_error(&mut stage, vec![Text::utf8(wrong)]);
        assert!(matches!(found, SubjectError::TaxCode(_)), "{wrong:?}: {found:?}");
    }
}

#[test]
fn several_common_names_or_none_are_refused() {
    let mut stage = Stage::new();
    let other = "RSSMRA85T10A562S/6120016461039009.i1ZpZfaCX=";
    let several = vec![Text::utf8(GOOD), Text::utf8(other)];
    assert_eq!(subject_error(&mut stage, several), SubjectError::SeveralCommonNames);
    assert_eq!(subject_error(&mut stage, vec![Text::utf8(GOOD); 2]), SubjectError::SeveralCommonNames);
    assert_eq!(subject_error(&mut stage, Vec::new()), SubjectError::NoCommonName);
}

#[test]
fn common_names_in_wide_or_wrong_string_types_are_refused() {
    let mut stage = Stage::new();
    let wide: Vec<u8> = "MSRNTN77H15C351X/6120.i1Zp".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let octets = GOOD.as_bytes().to_vec();
    for (octets, tag) in [(wide, Tag::BmpString), (octets.clone(), Tag::OctetString), (octets, Tag::VisibleString)] {
        let found = subject_error(&mut stage, vec![Text { octets, tag }]);
        assert_eq!(found, SubjectError::IllegalCharacter, "{tag:?}");
    }
    let broken = Text { octets: b"MSRNTN77H15C351X/6120.i1Z\xff".to_vec(), tag: Tag::Utf8String };
    assert_eq!(subject_error(&mut stage, vec![broken]), SubjectError::IllegalCharacter);
}

#[test]
fn names_that_should_not_be_shown_are_left_out() {
    let mut stage = Stage::new();
    let card = stage.sign_in(&stage.cns().named("Anto\u{202e}nio", "   ")).unwrap();
    assert_eq!((card.given_name, card.surname), (None, None));
}

#[test]
fn every_changed_octet_of_a_card_is_noticed() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    let evidence = stage.evidence();
    stage.verify(&card, &evidence).unwrap();
    for position in 0..card.certificate.len() {
        let mut changed = chain(&card);
        let mut octets = changed[0].to_vec();
        octets[position] ^= 1;
        changed[0] = octets.into();
        let outcome = cns::verify(&changed, &stage.trust, &evidence, &stage.policy, stage.now);
        assert!(outcome.is_err(), "octet {position}");
    }
}

#[test]
fn cut_and_arbitrary_octets_end_in_an_error() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    let verify = |octets: &[u8]| {
        let chain = [octets.to_vec().into()];
        cns::verify(&chain, &stage.trust, &stage.evidence(), &stage.policy, stage.now)
    };
    for length in 0..card.certificate.len() {
        assert!(verify(&card.certificate[..length]).is_err());
    }
    let mut longer = card.certificate.clone();
    longer.push(0);
    assert!(verify(&longer).is_err());
    for octets in [&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff][..], &[0x30, 0x80, 0, 0], &[0x30; 4096], &[0xff; 512]] {
        assert!(matches!(verify(octets), Err(CardError::Unreadable(_))));
    }
}
