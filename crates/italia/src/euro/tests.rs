use super::*;

fn cents(text: &str) -> Result<i64, EuroError> {
    Euro::parse(text).map(Euro::cents)
}

#[test]
fn reads_what_machines_and_people_write() {
    let cases = [
        ("35.16", 3_516),
        ("35,16", 3_516),
        ("35,1", 3_510),
        ("35", 3_500),
        ("0.05", 5),
        ("1.234,56", 123_456),
        ("1.234.567,89", 123_456_789),
        ("1,234.56", 123_456),
        ("1.234", 123_400),
        ("1.234.567", 123_456_700),
        ("1234,56", 123_456),
        ("€ 35,16", 3_516),
        ("35,16\u{a0}€", 3_516),
        ("EUR 35.16", 3_516),
        ("35,16 euro", 3_516),
        ("-35,16", -3_516),
        ("-€1,234.56", -123_456),
        ("€ -3,00", -300),
        ("\u{2212}3,00 €", -300),
        ("+3", 300),
        ("007.50", 750),
    ];
    for (text, expected) in cases {
        assert_eq!(cents(text), Ok(expected), "{text}");
    }
}

#[test]
fn errors_are_precise() {
    let cases = [
        ("", EuroError::Empty),
        (" € ", EuroError::Empty),
        ("-", EuroError::Empty),
        ("12a", EuroError::IllegalCharacter { found: 'a' }),
        ("1-2", EuroError::IllegalCharacter { found: '-' }),
        ("--3", EuroError::IllegalCharacter { found: '-' }),
        ("1e3", EuroError::IllegalCharacter { found: 'e' }),
        ("1,234", EuroError::Decimals),
        ("1.2345", EuroError::Decimals),
        ("35,", EuroError::Decimals),
        (",50", EuroError::Grouping),
        (".50", EuroError::Grouping),
        ("1.23,45", EuroError::Grouping),
        ("1.23.45", EuroError::Grouping),
        ("1234.567,00", EuroError::Grouping),
        ("1,2,3", EuroError::Grouping),
        ("1.234.56", EuroError::Grouping),
        ("92233720368547758.08", EuroError::OutOfRange),
        ("99999999999999999999", EuroError::OutOfRange),
    ];
    for (text, error) in cases {
        assert_eq!(cents(text), Err(error), "{text}");
    }
}

#[test]
fn writes_for_three_readers() {
    let cases = [
        (3_516, "35.16", "35,16\u{a0}€", "€35.16"),
        (123_456_789, "1234567.89", "1.234.567,89\u{a0}€", "€1,234,567.89"),
        (100_000, "1000.00", "1.000,00\u{a0}€", "€1,000.00"),
        (5, "0.05", "0,05\u{a0}€", "€0.05"),
        (-5, "-0.05", "-0,05\u{a0}€", "-€0.05"),
        (i64::MIN, "-92233720368547758.08", "-92.233.720.368.547.758,08\u{a0}€", "-€92,233,720,368,547,758.08"),
    ];
    for (cents, machine, italian, english) in cases {
        let amount = Euro::from_cents(cents);
        assert_eq!((amount.to_string().as_str(), amount.to_italian().as_str()), (machine, italian));
        assert_eq!(amount.to_english(), english);
    }
}

#[test]
fn sums_are_exact_and_checked() {
    let lines = [Euro::from_cents(10), Euro::from_cents(20), Euro::from_cents(-5)];
    assert_eq!(lines.iter().sum::<Euro>(), Euro::from_cents(25));
    let most = Euro::from_cents(i64::MAX);
    assert_eq!(most.checked_add(Euro::from_cents(1)), None);
    assert_eq!(Euro::from_cents(i64::MIN).checked_sub(Euro::from_cents(1)), None);
    assert_eq!(most.checked_mul(2), None);
    assert_eq!(Euro::checked_sum([most, most]), None);
    assert_eq!(Euro::from_cents(1_033).checked_mul(10), Some(Euro::from_cents(10_330)));
}

/// The sums printed in the guides: 9,00 + VAT 1,98; 24,59 - 8,28 = 16,31, VAT 3,59, total 19,90.
#[test]
fn the_sums_of_the_guides_come_out() {
    let euro = |text| Euro::parse(text).unwrap();
    assert_eq!(euro("9,00").percent(2200), Some(euro("1,98")));
    let net = euro("24,59").checked_sub(euro("8,28")).unwrap();
    let vat = net.percent(2200).unwrap();
    assert_eq!((net, vat, net.checked_add(vat)), (euro("16,31"), euro("3,59"), Some(euro("19,90"))));
}

#[test]
fn halves_are_rounded_away_from_zero() {
    assert_eq!(Euro::from_cents(50).percent(100), Some(Euro::from_cents(1)));
    assert_eq!(Euro::from_cents(-50).percent(100), Some(Euro::from_cents(-1)));
    assert_eq!(Euro::from_cents(49).percent(100), Some(Euro::ZERO));
    assert_eq!(Euro::from_cents(i64::MAX).percent(20_000), None);
}
