//! What must hold for every value: reading undoes writing, spelling does not matter, check characters catch errors.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first thing that is not as it should be")]

use italia::fiscal_code::PersonalData;
use italia::{
    AlboNumber, BelfioreCode, CalendarDate, EmailAddress, Euro, FiscalCode, MemberCode, NumericCode, PersonalCode,
    PhoneNumber, Plate, Province, Rea, Sex, VatNumber, belfiore,
};
use proptest::prelude::*;
use std::sync::OnceLock;

fn places() -> &'static [BelfioreCode] {
    static PLACES: OnceLock<Vec<BelfioreCode>> = OnceLock::new();
    PLACES.get_or_init(|| belfiore::all().map(|(code, _)| code).collect())
}

prop_compose! {
    /// A person's code, plain or with any of the 127 omocodic changes.
    fn personal_code()(
        surname in "[A-Za-z' ]{0,8}[A-Za-z]",
        name in "[A-Za-zàèéìòù -]{0,8}[A-Za-z]",
        (year, month, day) in (1861_i16..2030, 1_i8..=12, 1_i8..=28),
        female in any::<bool>(),
        place in any::<prop::sample::Index>(),
        variant in 0_usize..128,
    ) -> PersonalCode {
        let sex = if female { Sex::Female } else { Sex::Male };
        let birth_date = CalendarDate::new(year, month, day).unwrap();
        let data = PersonalData { surname: &surname, name: &name, birth_date, sex, birthplace: *place.get(places()) };
        PersonalCode::encode(&data).unwrap().omocodic_variants().nth(variant).unwrap()
    }
}

prop_compose! {
    fn vat_number()(body in 1_000_u64..10_000_000_000) -> VatNumber {
        let mut found = (0..10).filter_map(|check| VatNumber::parse(&format!("{body:010}{check}")).ok());
        let vat = found.next().expect("one of ten check digits is right");
        assert!(found.next().is_none(), "only one is");
        vat
    }
}

fn province() -> impl Strategy<Value = Province> {
    any::<prop::sample::Index>().prop_map(|index| {
        let all: Vec<Province> = Province::current().collect();
        *index.get(&all)
    })
}

/// Spellings of one value: capitals or not, with separators strewn in.
fn respelled(canonical: &str, lower: bool, gaps: &[(prop::sample::Index, char)]) -> String {
    let mut text: Vec<char> = if lower { canonical.to_lowercase() } else { canonical.to_owned() }.chars().collect();
    for (index, gap) in gaps {
        text.insert(index.index(text.len() + 1), *gap);
    }
    text.into_iter().collect()
}

fn gaps() -> impl Strategy<Value = Vec<(prop::sample::Index, char)>> {
    let gap = prop::sample::select(vec![' ', '-', '.', '\u{a0}', '\u{2011}', '\u{200b}', '\t']);
    prop::collection::vec((any::<prop::sample::Index>(), gap), 0..6)
}

/// Every text that differs from `text` in one character, which becomes another of `alphabet`.
fn single_errors<'a>(text: &'a str, alphabet: &'a str) -> impl Iterator<Item = String> + 'a {
    text.char_indices().flat_map(move |(i, old)| {
        alphabet.chars().filter(move |&new| new != old).map(move |new| format!("{}{new}{}", &text[..i], &text[i + 1..]))
    })
}

const CAPITALS_AND_DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

proptest! {
    #[test]
    fn personal_codes_survive_every_spelling(code in personal_code(), lower: bool, gaps in gaps()) {
        prop_assert_eq!(PersonalCode::parse(code.as_ref()), Ok(code));
        prop_assert_eq!(FiscalCode::parse(&respelled(code.as_str(), lower, &gaps)), Ok(FiscalCode::Person(code)));
    }

    /// The shape of the code keeps apart the characters that count the same, so no single error passes.
    #[test]
    fn every_wrong_character_of_a_personal_code_is_caught(code in personal_code()) {
        for wrong in single_errors(code.as_str(), CAPITALS_AND_DIGITS) {
            prop_assert!(FiscalCode::parse(&wrong).is_err(), "{}", wrong);
        }
    }

    #[test]
    fn omocodic_variants_mean_the_same(code in personal_code()) {
        let variants: std::collections::BTreeSet<PersonalCode> = code.omocodic_variants().collect();
        prop_assert_eq!(variants.len(), 128);
        prop_assert!(variants.contains(&code));
        prop_assert!(!code.plain().is_omocodic());
        prop_assert_eq!(variants.iter().filter(|variant| !variant.is_omocodic()).count(), 1);
        for variant in variants {
            prop_assert_eq!(PersonalCode::parse(variant.as_str()), Ok(variant));
            prop_assert_eq!(variant.plain(), code.plain());
            let read = |c: &PersonalCode| {
                (c.sex(), c.birth_year_in_century(), c.birth_month(), c.birth_day(), c.birthplace_code())
            };
            prop_assert_eq!(read(&variant), read(&code));
        }
    }

    #[test]
    fn vat_numbers_survive_every_spelling(vat in vat_number(), lower: bool, gaps in gaps()) {
        let code = NumericCode::parse(vat.as_str());
        for text in [vat.as_str().to_owned(), vat.with_country(), format!("00000{vat}")] {
            let text = respelled(&text, lower, &gaps);
            prop_assert_eq!(FiscalCode::parse(&text), code.map(FiscalCode::Numeric), "{}", &text);
        }
        prop_assert_eq!(VatNumber::parse(&respelled(&vat.with_country(), lower, &gaps)), Ok(vat));
    }

    #[test]
    fn every_wrong_digit_of_a_vat_number_is_caught(vat in vat_number()) {
        for wrong in single_errors(vat.as_str(), "0123456789") {
            prop_assert!(VatNumber::parse(&wrong).is_err(), "{}", wrong);
            prop_assert!(FiscalCode::parse(&wrong).is_err(), "{}", wrong);
        }
    }

    #[test]
    fn member_codes_catch_wrong_digits_and_swaps(serial in 0..=MemberCode::LAST_SERIAL, lower: bool, gaps in gaps()) {
        let code = MemberCode::from_serial(serial).unwrap();
        prop_assert_eq!(code.serial(), serial);
        prop_assert_eq!(MemberCode::parse(&respelled(code.as_str(), lower, &gaps)), Ok(code));
        let digits = &code.as_str()[2..];
        for wrong in single_errors(digits, "0123456789") {
            prop_assert!(MemberCode::parse(&format!("IT{wrong}")).is_err(), "{}", wrong);
        }
        for i in 0..7 {
            let mut swapped: Vec<u8> = digits.bytes().collect();
            swapped.swap(i, i + 1);
            if swapped != digits.as_bytes() {
                let wrong = String::from_utf8(swapped).unwrap();
                prop_assert!(MemberCode::parse(&wrong).is_err(), "{}", wrong);
            }
        }
    }

    #[test]
    fn register_numbers_survive_every_spelling(
        province in province(), serial in 1_u32..10_000_000, letter in prop::char::range('A', 'Z'), lower: bool, gaps in gaps(),
    ) {
        let albo = AlboNumber::new(province, serial, letter).unwrap();
        prop_assert_eq!(AlboNumber::parse(&respelled(albo.as_str(), lower, &gaps)), Ok(albo));
        prop_assert_eq!(AlboNumber::parse(&format!("{province} {serial}{letter}")), Ok(albo));
        let rea = Rea::new(province, serial).unwrap();
        prop_assert_eq!(Rea::parse(&respelled(rea.as_str(), lower, &gaps)), Ok(rea.clone()));
        prop_assert_eq!(Rea::parse(&format!("N. REA {}", rea.compact())), Ok(rea));
    }

    #[test]
    fn telephone_numbers_read_back_what_they_show(text in "(\\+39 ?3[0-9]{8,9}|0[1-9][0-9]{4,9}|\\+4[0-9]{6,14}|00[1-9][0-9]{6,14})") {
        if let Ok(phone) = PhoneNumber::parse(&text) {
            prop_assert_eq!(PhoneNumber::parse(&phone.to_string()), Ok(phone.clone()));
            prop_assert_eq!(PhoneNumber::parse(phone.as_str()), Ok(phone.clone()));
            let shown: usize = phone.masked().matches(|c: char| c.is_ascii_digit()).count();
            prop_assert_eq!(shown, 4 + phone.country_code().len());
        } else {
            // Of these shapes, only numbers that begin with 0039 can be none.
            prop_assert!(text.starts_with("0039"), "{}", text);
        }
    }

    #[test]
    fn addresses_read_back_and_ignore_capitals(text in "[A-Za-z0-9_+]{1,12}(\\.[A-Za-z0-9]{1,6})?@[A-Za-z0-9]{1,10}\\.[a-z]{2,6}") {
        let address = EmailAddress::parse(&text).unwrap();
        prop_assert_eq!(address.to_string(), text.as_str());
        let loud = EmailAddress::parse(&text.to_uppercase()).unwrap();
        prop_assert_eq!(&loud, &address);
        prop_assert_eq!(loud.folded(), address.folded());
        let masked = address.masked();
        prop_assert!(!masked.contains(address.local()) || address.local().len() == 1, "{}", masked);
    }

    #[test]
    fn plates_survive_every_spelling(text in "[A-Z0-9]{4,10}", lower: bool, gaps in gaps()) {
        let plate = Plate::parse(&text).unwrap();
        prop_assert_eq!(Plate::parse(&respelled(plate.as_str(), lower, &gaps)), Ok(plate));
    }

    #[test]
    fn amounts_read_back_from_all_three_forms(cents: i64) {
        let amount = Euro::from_cents(cents);
        for text in [amount.to_string(), amount.to_italian(), amount.to_english()] {
            prop_assert_eq!(Euro::parse(&text), Ok(amount), "{}", text);
        }
    }

    /// Whatever arrives, reading ends with a value or an error, and the value writes itself so that it reads back.
    #[test]
    fn nothing_typed_makes_reading_panic(text in "\\PC{0,20}|[A-Z0-9 .,/+()@-]{0,20}") {
        if let Ok(code) = FiscalCode::parse(&text) { prop_assert_eq!(FiscalCode::parse(code.as_str()), Ok(code)); }
        if let Ok(vat) = VatNumber::parse(&text) { prop_assert_eq!(VatNumber::parse(vat.as_str()), Ok(vat)); }
        if let Ok(rea) = Rea::parse(&text) { prop_assert_eq!(Rea::parse(rea.as_str()), Ok(rea.clone())); }
        if let Ok(albo) = AlboNumber::parse(&text) { prop_assert_eq!(AlboNumber::parse(albo.as_str()), Ok(albo)); }
        if let Ok(phone) = PhoneNumber::parse(&text) {
            prop_assert_eq!(PhoneNumber::parse(&phone.to_string()), Ok(phone.clone()));
        }
        if let Ok(euro) = Euro::parse(&text) { prop_assert_eq!(Euro::parse(&euro.to_string()), Ok(euro)); }
        if let Ok(plate) = Plate::parse(&text) { let _ = plate.kind(); }
        let _ = (EmailAddress::parse(&text), MemberCode::parse(&text), CalendarDate::parse(&text));
        let _ = (BelfioreCode::parse(&text), Province::parse(&text));
    }
}
