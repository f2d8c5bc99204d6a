//! Tax codes and VAT numbers that other libraries test themselves with; see `vectors/README.md`.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first thing that is not as it should be")]

use italia::fiscal_code::PersonalData;
use italia::{BelfioreCode, CalendarDate, FiscalCode, PersonalCode, Sex, VatNumber, belfiore};
use serde_json::Value;

fn group(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("vectors/fiscal.json")).unwrap();
    let cases = all[name].as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Looks a birthplace up the way a form does: by name, by province when it is given, and by what existed on the day.
fn birthplace(name: &str, day: CalendarDate) -> BelfioreCode {
    let (name, province) = name.trim_end_matches(')').split_once(" (").unwrap_or((name, ""));
    let mut found = belfiore::named(name).filter(|code| {
        code.on(day).is_some_and(|period| {
            period.name() == name && (province.is_empty() || period.province().is_some_and(|p| p.as_str() == province))
        })
    });
    found.next().unwrap_or_else(|| panic!("no birthplace {name}"))
}

fn assert_person(code: &PersonalCode, expected: &Value) {
    let date: CalendarDate = text(&expected["birthdate"]).parse().unwrap();
    assert_eq!(code.sex().as_str(), text(&expected["gender"]), "{code}");
    assert_eq!(code.birth_date(date.year() / 100 * 100), Some(date), "{code}");
    let place = code.birthplace_code();
    let name = text(&expected["birthplace"]);
    assert!(place.periods().any(|period| period.name() == name), "{code} {name} {place}");
}

#[test]
fn encode() {
    for case in group("encode") {
        let input = &case["input"];
        let birth_date: CalendarDate = text(&input["birthdate"]).parse().unwrap();
        let data = PersonalData {
            surname: text(&input["lastname"]),
            name: text(&input["firstname"]),
            birth_date,
            sex: Sex::parse(text(&input["gender"])).unwrap(),
            birthplace: birthplace(text(&input["birthplace"]), birth_date),
        };
        assert_eq!(FiscalCode::encode(&data).unwrap().as_str(), text(&case["result"]));
    }
}

#[test]
fn decode_plain_and_omocodic() {
    for case in group("decode").into_iter().chain(group("omocodia_decode")) {
        assert_person(&PersonalCode::parse(text(&case["input"])).unwrap(), &case["result"]);
    }
}

#[test]
fn omocodic_codes_are_told_and_undone() {
    for case in group("is_omocode") {
        let code = PersonalCode::parse(text(&case[0])).unwrap();
        assert_eq!(code.is_omocodic(), case[1].as_bool().unwrap(), "{code}");
        assert_eq!(code.plain().as_str(), "CCCFBA85D03L219P");
    }
}

#[test]
fn validity() {
    for case in group("is_valid") {
        let input = text(&case[0]);
        assert_eq!(FiscalCode::parse(input).is_ok(), case[1].as_bool().unwrap(), "{input}");
    }
}

#[test]
fn states_that_are_no_more() {
    for case in group("ceased_countries") {
        let place = PersonalCode::parse(text(&case[0])).unwrap().birthplace_code();
        assert_eq!(place.name(), text(&case[1]));
        assert!(place.is_state() && !place.is_current(), "{place}");
    }
}

#[test]
fn municipalities_by_date() {
    for case in group("municipalities") {
        let place = PersonalCode::parse(text(&case[0])).unwrap().birthplace_code();
        assert_eq!(place.as_str(), text(&case[1]));
        let provinces: Vec<_> = place.periods().filter_map(|period| period.province()).collect();
        assert!(provinces.iter().any(|province| province.as_str() == text(&case[2])), "{place} {provinces:?}");
    }
}

#[test]
fn vat_numbers() {
    for case in group("partita_iva") {
        let input = text(&case["value"]);
        assert_eq!(VatNumber::parse(input).is_ok(), case["valid"].as_bool().unwrap(), "{input}");
    }
}
