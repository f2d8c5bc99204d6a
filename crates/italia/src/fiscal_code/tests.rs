use super::*;
use crate::{BelfioreCode, CalendarDate};

fn error(text: &str) -> FiscalCodeError {
    FiscalCode::parse(text).unwrap_err()
}

#[test]
fn errors_are_precise() {
    let cases = [
        ("", FiscalCodeError::Empty),
        (" .- ", FiscalCodeError::Empty),
        ("CCCFBA85D03L219", FiscalCodeError::Length { found: 15 }),
        ("CCCFBA85D03L219PP", FiscalCodeError::Length { found: 17 }),
        ("743110157", FiscalCodeError::Length { found: 9 }),
        ("CCCFBA85DO3L219P", FiscalCodeError::IllegalCharacter { at: 10, found: 'O' }),
        ("CCCFBA85F03L219P", FiscalCodeError::IllegalCharacter { at: 9, found: 'F' }),
        ("CCCFBÀ85D03L219P", FiscalCodeError::IllegalCharacter { at: 6, found: 'À' }),
        ("1234567890123456", FiscalCodeError::IllegalCharacter { at: 1, found: '1' }),
        ("0074311015A", FiscalCodeError::IllegalCharacter { at: 11, found: 'A' }),
        ("CCCFBA85D03L219B", FiscalCodeError::CheckCharacter { expected: 'P' }),
        ("00743110158", FiscalCodeError::CheckDigit),
        ("0000000743110158", FiscalCodeError::CheckDigit),
        ("00000000000", FiscalCodeError::CheckDigit),
        ("77777777777", FiscalCodeError::SandboxOnly),
    ];
    for (text, expected) in cases {
        assert_eq!(error(text), expected, "{text}");
    }
}

/// The check character is computed here, so that nothing but the date or the place can be wrong.
fn with_check(body: &str) -> String {
    format!("{body}{}", char::from(tables::check_character(body.as_bytes())))
}

#[test]
fn impossible_dates_are_refused_whatever_the_century() {
    for date in ["85D00", "85D32", "85D40", "85D72", "85D99", "85D31", "85B29", "84B30", "85B69"] {
        assert_eq!(error(&with_check(&format!("CCCFBA{date}L219"))), FiscalCodeError::BirthDate, "{date}");
    }
    for date in ["85D30", "85D70", "84B29", "84B69", "00B29", "85A31", "85A71"] {
        assert!(FiscalCode::parse(&with_check(&format!("CCCFBA{date}L219"))).is_ok(), "{date}");
    }
}

#[test]
fn a_birthplace_that_never_was_is_refused() {
    for place in ["A000", "Z999", "N123"] {
        assert_eq!(error(&with_check(&format!("CCCFBA85D03{place}"))), FiscalCodeError::Birthplace, "{place}");
    }
    assert!(FiscalCode::parse(&with_check("CCCFBA85D03Z135")).is_ok(), "a ceased state");
}

#[test]
fn eleven_digits_are_read_in_every_wrapping() {
    let expected = FiscalCode::parse("00743110157").unwrap();
    for text in ["0000000743110157", "IT00743110157", "it 0074311 015 7", "007.431.101-57"] {
        assert_eq!(FiscalCode::parse(text), Ok(expected), "{text}");
        assert_eq!(NumericCode::parse(text), Ok(*expected.numeric().unwrap()), "{text}");
    }
    assert_eq!((expected.kind(), expected.numeric().unwrap().office()), ("company", "015"));
}

#[test]
fn test_creditors_pass_in_the_sandbox_only() {
    for text in ["77777777777", "0000044444444444"] {
        assert_eq!(error(text), FiscalCodeError::SandboxOnly);
        let code = FiscalCode::parse_sandbox(text).unwrap();
        assert!(code.numeric().unwrap().is_sandbox());
    }
    assert_eq!(FiscalCode::parse_sandbox("00743110158"), Err(FiscalCodeError::CheckDigit));
    assert!(!NumericCode::parse_sandbox("00743110157").unwrap().is_sandbox());
}

#[test]
fn a_person_can_be_read_out_of_the_code() {
    let code = PersonalCode::parse("MRTMRA83T56A269B").unwrap();
    assert_eq!((code.birth_year_in_century(), code.birth_month(), code.birth_day()), (83, 12, 16));
    assert_eq!((code.sex(), code.birthplace_code().name()), (Sex::Female, "Anagni"));
    assert_eq!(code.birth_date(1900), CalendarDate::new(1983, 12, 16).ok());
    assert!(code.is_born_on(CalendarDate::new(2083, 12, 16).unwrap()));
    assert!(!code.is_born_on(CalendarDate::new(1983, 12, 15).unwrap()));
    assert!(code.is_named("martini", "Maria") && !code.is_named("Martini", "Mario Luigi"));
    let leap = PersonalCode::parse(&with_check("CCCFBA00B29L219")).unwrap();
    assert_eq!((leap.birth_date(1900), leap.birth_date(2000)), (None, CalendarDate::new(2000, 2, 29).ok()));
}

#[test]
fn names_follow_the_decree() {
    let data = |surname, name| PersonalData {
        surname,
        name,
        birth_date: CalendarDate::new(1985, 4, 3).unwrap(),
        sex: Sex::Male,
        birthplace: BelfioreCode::parse("L219").unwrap(),
    };
    let cases = [
        ("Fo", "Io", "FOXIOX"),
        ("Aia", "Al", "AIALAX"),
        ("D'Alò", "Gianfranco", "DLAGFR"),
        ("De Rossi", "Anna Maria", "DRSNMR"),
        ("Öztürk", "Şule", "ZTRSLU"),
        ("Rossi", "Mario", "RSSMRA"),
    ];
    for (surname, name, letters) in cases {
        let code = FiscalCode::encode(&data(surname, name)).unwrap();
        assert_eq!(&code.as_str()[..6], letters);
        assert_eq!(FiscalCode::parse(code.as_str()), Ok(code));
    }
    let foreign = FiscalCode::encode(&data("Иванов", "Ivan"));
    assert_eq!(foreign, Err(EncodeError::ForeignLetter { field: "surname", found: 'И' }));
    assert_eq!(FiscalCode::encode(&data("Rossi", "-")), Err(EncodeError::NoLetters { field: "name" }));
}

#[test]
fn debug_is_redacted() {
    let code = FiscalCode::parse("RSSMRA50B17A558W").unwrap();
    assert_eq!(format!("{code:?}"), "FiscalCode(RSS…)");
    assert_eq!(format!("{:?}", code.person()), "Some(PersonalCode(RSS…))");
}

#[test]
fn keys_are_stable() {
    let keys: Vec<_> = ["", "1", "CCCFBA85DO3L219P", "CCCFBA85D03L219B", "00743110158", "77777777777"]
        .map(|text| error(text).key())
        .to_vec();
    assert_eq!(keys, ["empty", "length", "illegal-character", "check-character", "check-digit", "check-digit"]);
    assert_eq!(error(&with_check("CCCFBA85D32L219")).key(), "birth-date");
    assert_eq!(error(&with_check("CCCFBA85D03A000")).key(), "birthplace");
}
