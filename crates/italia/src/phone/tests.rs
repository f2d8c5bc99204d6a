use super::*;

fn parsed(text: &str) -> Result<String, PhoneError> {
    PhoneNumber::parse(text).map(|phone| phone.as_str().to_owned())
}

#[test]
fn one_mobile_in_many_spellings() {
    for text in [
        "3331234567",
        "333 123 4567",
        "333/1234567",
        "333-123.45.67",
        "+39 333 1234567",
        "0039 333 1234567",
        "(+39) 333 1234567",
        "39 333 1234567",
        "+39\u{a0}333\u{2011}1234567",
    ] {
        assert_eq!(parsed(text).as_deref(), Ok("+393331234567"), "{text}");
    }
}

#[test]
fn a_mobile_that_begins_with_the_country_code_stays_a_mobile() {
    assert_eq!(parsed("393 1234567").as_deref(), Ok("+393931234567"));
    assert_eq!(parsed("+39 393 1234567").as_deref(), Ok("+393931234567"));
}

#[test]
fn landlines_keep_their_zero() {
    for text in ["06 1234 5678", "+39 06 12345678", "+39 (0)6 12345678", "0039-06-12345678", "39 06 12345678"] {
        assert_eq!(parsed(text).as_deref(), Ok("+390612345678"), "{text}");
    }
    assert_eq!(parsed("039 123456").as_deref(), Ok("+39039123456"));
}

#[test]
fn other_countries_lose_the_zero_in_brackets() {
    assert_eq!(parsed("+44 (0)20 7946 0000").as_deref(), Ok("+442079460000"));
    assert_eq!(parsed("+44 (0)20 3946 0039").as_deref(), Ok("+442039460039"));
    assert_eq!(parsed("0041 44 668 18 00").as_deref(), Ok("+41446681800"));
}

#[test]
fn kinds_are_told_apart() {
    let cases = [
        ("333 1234567", PhoneKind::Mobile, true),
        ("06 12345678", PhoneKind::Landline, false),
        ("800 123456", PhoneKind::Special, false),
        ("+378 0549 882914", PhoneKind::Foreign, true),
        ("+1 202 555 0143", PhoneKind::Foreign, true),
    ];
    for (text, kind, texts) in cases {
        let phone = PhoneNumber::parse(text).unwrap();
        assert_eq!((phone.kind(), phone.may_receive_text()), (kind, texts), "{text}");
    }
}

#[test]
fn numbers_are_grouped_and_masked() {
    let cases = [
        ("3331234567", "+39 333 123 4567", "+39 *** *** 4567"),
        ("333123456", "+39 333 123 456", "+39 *** *** 3456"),
        ("0612345678", "+39 06 1234 5678", "+39 *** *** 5678"),
        ("0111234567", "+39 011 123 4567", "+39 *** *** 4567"),
        ("0131123456", "+39 0131 123 456", "+39 *** *** 3456"),
        ("+12025550143", "+1 202 555 0143", "+1 *** *** 0143"),
        ("+3780549882914", "+378 054 988 2914", "+378 *** *** 2914"),
    ];
    for (text, shown, masked) in cases {
        let phone = PhoneNumber::parse(text).unwrap();
        assert_eq!((phone.to_string().as_str(), phone.masked().as_str()), (shown, masked));
        assert_eq!(PhoneNumber::parse(shown), Ok(phone.clone()), "{shown}");
        assert_eq!(format!("{phone:?}"), format!("PhoneNumber({masked})"));
    }
}

#[test]
fn errors_are_precise() {
    let cases = [
        ("", PhoneError::Empty),
        ("+", PhoneError::Empty),
        ("+39", PhoneError::Empty),
        ("333 123456O", PhoneError::IllegalCharacter { at: 10, found: 'O' }),
        ("+39+333", PhoneError::IllegalCharacter { at: 4, found: '+' }),
        ("333 12345", PhoneError::Length { found: 8 }),
        ("333 12345678", PhoneError::Length { found: 11 }),
        ("112", PhoneError::Length { found: 3 }),
        ("+39 6 12345678", PhoneError::Prefix),
        ("+0 123456789", PhoneError::Prefix),
        ("+44 1", PhoneError::Length { found: 3 }),
        ("+1234567890123456", PhoneError::Length { found: 16 }),
    ];
    for (text, error) in cases {
        assert_eq!(parsed(text), Err(error), "{text}");
    }
}
