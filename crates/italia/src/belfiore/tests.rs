use super::*;
use std::collections::BTreeSet;

fn code(text: &str) -> BelfioreCode {
    BelfioreCode::parse(text).unwrap()
}

fn day(text: &str) -> CalendarDate {
    text.parse().unwrap()
}

#[test]
fn the_table_is_well_formed() {
    let mut last = ("", "");
    for line in table::TEXT.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        assert!(matches!(cells.len(), 5 | 6), "{line}");
        assert!(BelfioreCode::parse(cells[0]).is_ok(), "{line}");
        assert_eq!(cells[1].is_empty(), cells[0].starts_with('Z'), "{line}");
        assert!(cells[1].is_empty() || Province::parse(cells[1]).is_ok(), "{line}");
        assert!(cells[2..4].iter().all(|text| text.is_empty() || date(text).is_some()), "{line}");
        assert!(cells[3].is_empty() || cells[2] <= cells[3], "{line}");
        assert!(!cells[4].is_empty(), "{line}");
        assert!(last <= (cells[0], cells[2]), "{line}");
        last = (cells[0], cells[2]);
    }
}

#[test]
fn every_code_is_found_and_no_other() {
    let codes: BTreeSet<String> = all().map(|(code, _)| code.to_string()).collect();
    assert_eq!(codes.len(), 9_864 + 222);
    for letter in 'A'..='Z' {
        for number in 0..1000 {
            let text = format!("{letter}{number:03}");
            assert_eq!(BelfioreCode::parse(&text).is_ok(), codes.contains(&text), "{text}");
        }
    }
}

#[test]
fn the_municipalities_in_being_are_about_eight_thousand() {
    let current = all().filter(|(code, period)| !code.is_state() && period.to().is_none()).count();
    assert_eq!(current, 7_894);
}

#[test]
fn a_code_has_a_history() {
    let casagiove: Vec<String> = code("B860").periods().map(|period| period.to_string()).collect();
    assert_eq!(casagiove, ["Casagiove (CE)", "Casagiove (NA)", "Casagiove (CE)"]);
    assert!(code("B860").on(day("1942-12-20")).is_none());
    assert_eq!(code("B860").on(day("1928-01-01")).and_then(|p| p.province()).map(|p| p.as_str()), Some("NA"));
    assert!(code("B860").is_current());
    assert_eq!(code("H501").name(), "Roma");
}

#[test]
fn states_have_no_province() {
    let union = code("Z135");
    assert!(union.is_state() && !union.is_current());
    assert_eq!(union.latest().province(), None);
    assert_eq!(union.on(day("1950-01-01")).map(|p| p.name()), Some("Unione Repubbliche Socialiste Sovietiche"));
    assert_eq!(code("Z103").latest().other_name(), Some("Belgium"));
}

#[test]
fn names_are_found_without_accents_and_in_both_languages() {
    let found = |name: &str| named(name).map(|code| code.to_string()).collect::<Vec<_>>();
    assert_eq!(found("FORLI'"), ["D704"]);
    assert_eq!(found("bozen"), found("Bolzano"));
    assert!(found("Samone").len() > 1);
    assert!(found("").is_empty() && found("12").is_empty() && found("Atlantide").is_empty());
}

#[test]
fn a_beginning_is_completed() {
    assert!(beginning_with("reggio nell").any(|(code, _)| code.as_str() == "H223"));
    assert_eq!(beginning_with("").count(), 0);
}

#[test]
fn errors_are_precise() {
    assert_eq!(BelfioreCode::parse("H5011"), Err(BelfioreError::Form));
    assert_eq!(BelfioreCode::parse("1501"), Err(BelfioreError::Form));
    assert_eq!(BelfioreCode::parse("Z999"), Err(BelfioreError::Unknown));
}
