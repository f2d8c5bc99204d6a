//! Dates, times and amounts as people of each language write them.

use italia::Euro;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::clock::rome;
use crate::texts::Language;

const MONTHS_IT: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `28 febbraio 2017`, `28 February 2017`.
pub fn date(language: Language, date: Date) -> String {
    let months = match language {
        Language::Italian => MONTHS_IT,
        Language::English => MONTHS_EN,
    };
    format!("{} {} {}", date.day(), months[date.month() as usize - 1], date.year())
}

/// `28/02/2017` in both languages, for tables.
pub fn short_date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// The civil date of an instant in Rome.
pub fn civil(at: Timestamp) -> Date {
    at.to_zoned(rome()).date()
}

/// `10:02`, in Rome.
pub fn time(at: Timestamp) -> String {
    let zoned = at.to_zoned(rome());
    format!("{:02}:{:02}", zoned.hour(), zoned.minute())
}

/// `28 febbraio 2017, 10:02`.
pub fn date_time(language: Language, at: Timestamp) -> String {
    format!("{}, {}", date(language, civil(at)), time(at))
}

/// `28/02/2017 10:02`.
pub fn short_date_time(at: Timestamp) -> String {
    format!("{} {}", short_date(civil(at)), time(at))
}

/// `35,16 €`, `€35.16`.
pub fn amount(language: Language, amount: Euro) -> String {
    match language {
        Language::Italian => amount.to_italian(),
        Language::English => amount.to_english(),
    }
}
