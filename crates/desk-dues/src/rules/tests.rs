use std::path::Path;

use jiff::Timestamp;

use super::{Dues, Window};

const DUES: &str = r#"
[registration]
simplified_from = "2017-02-13T00:00"
upgrade_from = "2017-03-20T08:00"
provisional_after_seconds = 60

[[year]]
year = 2018
act = "Delibera 7/2017"
reference_date = "2017-10-28"
opens = "2017-10-31T08:00"
closes = "2018-03-01T00:00"
due = "2017-12-31"
source = "test"

[[year]]
year = 2017
act = "Delibera 11/2016"
gazette = "G.U. 273"
reference_date = "2016-11-19"
opens = "2016-11-22T00:00"
due = "2016-12-31"
source = "test"
[[year.extension]]
due = "2017-02-28"
act = "D.L. 244/2016"
"#;

const TARIFF: &str = r#"
[[tariff]]
from_year = 2015
to_year = 2019
source = "test"
fixed = "30.00"
fixed_article = "1.1"
fleet_article = "1.2"
mass_article = "1.3"
fleet_bands = [{ from = 0, to = 1, amount = "0.00" }, { from = 2, to = 5, amount = "5.16" }, { from = 6, amount = "10,33" }]
mass_bands = [{ from = 0, to = 6000, amount = "0.00" }, { from = 6001, amount = "5.16" }]
"#;

fn load(dues: &str, tariff: &str) -> Result<Dues, String> {
    let read = Dues::from_texts((Path::new("t/dues.toml"), dues), (Path::new("t/tariff.toml"), tariff));
    read.map_err(|e| e.to_string())
}

fn refused(dues: &str, tariff: &str) -> String {
    load(dues, tariff).expect_err("these rules must be refused")
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn years_come_in_order_and_open_at_midnight_in_rome() {
    let dues = load(DUES, TARIFF).unwrap();
    assert_eq!(dues.years.iter().map(|y| y.year).collect::<Vec<_>>(), [2017, 2018]);
    // req: A-41
    let year = dues.year(2017).unwrap();
    assert_eq!(dues.window(at("2016-11-21T22:59:59Z")), Some(Window::NotYet(year)));
    assert_eq!(dues.window(at("2016-11-21T23:00:00Z")), Some(Window::Open(year)));
    assert_eq!(dues.current(at("2017-10-31T06:59:59Z")).unwrap().year, 2017);
    assert_eq!(dues.current(at("2017-10-31T07:00:00Z")).unwrap().year, 2018);
    assert!(matches!(dues.window(at("2018-02-28T23:00:00Z")), Some(Window::Closed(y)) if y.year == 2018));
    assert_eq!(year.citation(), "Delibera 11/2016 (G.U. 273)");
    assert_eq!(year.roll_date().unwrap().to_string(), "2016-12-31");
    assert_eq!(dues.year(2020), None);
}

#[test]
fn ways_to_register_open_on_their_days() {
    // req: A-10
    let rules = load(DUES, TARIFF).unwrap().registration;
    assert!(!rules.simplified_is_open(at("2017-02-12T22:59:59Z")));
    assert!(rules.simplified_is_open(at("2017-02-12T23:00:00Z")));
    assert!(!rules.upgrade_is_open(at("2017-03-20T06:59:59Z")));
    assert!(rules.upgrade_is_open(at("2017-03-20T07:00:00Z")));
}

#[test]
fn bands_that_do_not_tile_are_refused_by_name() {
    let cases = [
        ("from = 2, to = 5", "from = 3, to = 5", "band 2 (3-5): leaves a gap from 2 to 2"),
        ("from = 2, to = 5", "from = 1, to = 5", "band 2 (1-5): overlaps with the band before, which ends at 1"),
        ("from = 2, to = 5", "from = 2, to = 1", "band 2 (2-1): ends before it begins"),
        ("from = 2, to = 5", "from = 2", "band 3 (6-): follows a band without an end"),
        (
            "from = 6, amount",
            "from = 6, to = 9, amount",
            "the last band ends at 9: the numbers above belong to no band",
        ),
        ("from = 0, to = 1", "from = 1, to = 1", "band 1 (1-1): leaves a gap from 0 to 0"),
    ];
    for (good, bad, reason) in cases {
        let message = refused(DUES, &TARIFF.replace(good, bad));
        assert_eq!(message, format!("t/tariff.toml: [[tariff]] 2015-2019, fleet_bands: {reason}"));
    }
}

#[test]
fn tariffs_and_years_must_fit_each_other() {
    let second = TARIFF.replace("from_year = 2015", "from_year = 2019").replace("to_year = 2019", "to_year = 2020");
    let message = refused(DUES, &format!("{TARIFF}\n{second}"));
    assert_eq!(message, "t/tariff.toml: [[tariff]] 2019-2020: overlaps with [[tariff]] 2015-2019 in 2019");
    let message = refused(DUES, &TARIFF.replace("to_year = 2019", "to_year = 2017"));
    assert_eq!(message, "t/tariff.toml: [[tariff]]: none holds for the fee year 2018 of dues.toml");
    assert!(refused(&DUES.replace("year = 2018", "year = 2017"), TARIFF).contains("[[year]] 2017: stands twice"));
}

#[test]
fn days_must_be_in_order() {
    let message = refused(&DUES.replace("due = \"2017-02-28\"", "due = \"2016-12-31\""), TARIFF);
    assert!(
        message.contains("[[year]] 2017: extension: 2016-12-31 does not move the last day 2016-12-31 forwards"),
        "{message}"
    );
    let message = refused(&DUES.replace("due = \"2017-12-31\"", "due = \"2017-10-30\""), TARIFF);
    assert!(message.contains("[[year]] 2018: due: 2017-10-30 is before the opening"), "{message}");
    let message = refused(&DUES.replace("closes = \"2018-03-01T00:00\"", "closes = \"2017-12-31T00:00\""), TARIFF);
    assert!(message.contains("[[year]] 2018: closes"), "{message}");
}

#[test]
fn unknown_keys_and_bad_values_are_refused_with_their_place() {
    let message = refused(&format!("{DUES}\ncolour = 1"), TARIFF);
    assert!(message.starts_with("t/dues.toml: ") && message.contains("colour"), "{message}");
    let message = refused(DUES, &TARIFF.replace("\"5.16\"", "\"-5.16\""));
    assert!(message.contains("cannot be negative"), "{message}");
    let message = refused(DUES, &TARIFF.replace("fixed = \"30.00\"", "fixed = 30.00"));
    assert!(message.contains("fixed"), "{message}");
}
