//! Notice numbers against the vectors of `fixtures/notice-number.json`.

use pagopa::{CodeClass, NoticeNumber, NoticeNumberError, SegregationCode, SegregationCodeError};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    vectors: Vec<Vector>,
    published_examples_checked: Vec<Example>,
}

#[derive(Deserialize)]
struct Vector {
    aux_digit: String,
    segregation: Option<String>,
    iuv_base: String,
    check: String,
    iuv: String,
    notice_number: String,
    printed: Option<String>,
}

#[derive(Deserialize)]
struct Example {
    notice_number: String,
    check_ok: bool,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("fixtures/notice-number.json")).expect("the fixture")
}

#[test]
fn agrees_with_the_vectors() {
    let vectors = fixture().vectors;
    assert!(vectors.len() >= 7);
    for vector in vectors {
        let notice = NoticeNumber::parse(&vector.notice_number).unwrap();
        assert_eq!(notice.to_string(), vector.notice_number);
        assert_eq!(notice.aux_digit().to_string(), vector.aux_digit);
        assert!(notice.check_is_valid(), "{notice}");
        assert!(notice.to_string().ends_with(&vector.check));
        assert_eq!(notice.iuv().as_str(), vector.iuv, "{notice}");
        if let Some(printed) = vector.printed {
            assert_eq!(notice.printed(), printed);
            assert_eq!(NoticeNumber::parse(&printed), Ok(notice));
        }
        if let Some(segregation) = vector.segregation {
            let code = SegregationCode::new(segregation.parse().unwrap()).unwrap();
            assert_eq!(notice.segregation(), Some(code));
            assert_eq!(NoticeNumber::generate(code, vector.iuv_base.parse().unwrap()), Ok(notice));
        } else {
            assert_eq!(notice.segregation(), None);
        }
    }
}

#[test]
fn reads_the_published_examples_although_their_check_digits_are_wrong() {
    let examples = fixture().published_examples_checked;
    assert!(!examples.is_empty());
    for example in examples {
        let notice = NoticeNumber::parse(&example.notice_number).unwrap();
        assert_eq!(notice.check_is_valid(), example.check_ok, "{notice}");
    }
}

#[test]
fn refuses_what_is_not_eighteen_digits() {
    for bad in [
        "",
        "30201238765431238",
        "3020123876543123860",
        "30201238765431238A",
        "٣٠٢٠١٢٣٨٧٦٥٤٣١٢٣٨٦",
        "-02012387654312386",
    ] {
        assert_eq!(NoticeNumber::parse(bad), Err(NoticeNumberError::Digits), "{bad}");
    }
    let code = SegregationCode::new(0).unwrap();
    assert_eq!(NoticeNumber::generate(code, 10_000_000_000_000), Err(NoticeNumberError::Base));
    assert!(NoticeNumber::generate(code, 9_999_999_999_999).is_ok());
}

#[test]
fn classes_by_the_first_digit() {
    let class = |first: char| NoticeNumber::parse(&format!("{first}00000000000000000")).unwrap().class();
    assert_eq!(class('0'), CodeClass::ApplicationCode);
    assert_eq!(class('1'), CodeClass::Free);
    assert_eq!(class('2'), CodeClass::SingleArchive);
    assert_eq!(class('3'), CodeClass::Segregated);
    assert_eq!(class('4'), CodeClass::Unassigned);
    assert!(NoticeNumber::parse("123456789012345678").unwrap().check_is_valid(), "aux digit 1 has no check digits");
    assert!(!NoticeNumber::parse("400000000000000000").unwrap().check_is_valid());
}

#[test]
fn segregation_codes_are_the_creditors_own_or_reserved() {
    assert_eq!(SegregationCode::new(49).unwrap().to_string(), "49");
    assert_eq!(SegregationCode::new(5).unwrap().to_string(), "05");
    assert_eq!(SegregationCode::new(50), Err(SegregationCodeError));
    assert_eq!(SegregationCode::reserved(97).unwrap().get(), 97);
    assert_eq!(SegregationCode::reserved(100), Err(SegregationCodeError));
    assert_eq!(SegregationCode::reserved(49), Err(SegregationCodeError));
}

#[test]
fn travels_as_a_json_text() {
    let notice = NoticeNumber::parse("001000000000000141").unwrap();
    assert_eq!(serde_json::to_string(&notice).unwrap(), "\"001000000000000141\"");
    assert_eq!(serde_json::from_str::<NoticeNumber>("\"001000000000000141\"").unwrap(), notice);
    assert!(serde_json::from_str::<NoticeNumber>("\"1\"").is_err());
}

proptest! {
    #[test]
    fn every_generated_number_is_valid(code in 0_u8..50, base in 0_u64..10_000_000_000_000) {
        let notice = NoticeNumber::generate(SegregationCode::new(code).unwrap(), base).unwrap();
        prop_assert!(notice.check_is_valid());
        prop_assert_eq!(notice.class(), CodeClass::Segregated);
        prop_assert_eq!(notice.segregation().unwrap().get(), code);
        prop_assert_eq!(NoticeNumber::parse(&notice.printed()), Ok(notice));
        let iuv = notice.iuv().as_str().to_owned();
        prop_assert_eq!(format!("3{iuv}"), notice.to_string());
        prop_assert_eq!(iuv[2..15].parse::<u64>().unwrap(), base);
    }

    /// 93 = 3 · 31 divides no difference that one mistyped digit or two swapped neighbours make.
    #[test]
    fn every_mistyped_digit_and_swap_is_noticed(base in 0_u64..10_000_000_000_000, at in 1_usize..18, digit in 0_u8..10) {
        let notice = NoticeNumber::generate(SegregationCode::new(1).unwrap(), base).unwrap();
        let mut typed = notice.to_string().into_bytes();
        typed[at] = b'0' + digit;
        let typed = NoticeNumber::parse(std::str::from_utf8(&typed).unwrap()).unwrap();
        prop_assert_eq!(typed.check_is_valid(), typed == notice);
        if at < 17 {
            let mut swapped = notice.to_string().into_bytes();
            swapped.swap(at, at + 1);
            let swapped = NoticeNumber::parse(std::str::from_utf8(&swapped).unwrap()).unwrap();
            prop_assert_eq!(swapped.check_is_valid(), swapped == notice);
        }
    }

    #[test]
    fn reading_never_panics(text in any::<String>()) {
        let _ = NoticeNumber::parse(&text);
    }
}
