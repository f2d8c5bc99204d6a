//! `cargo xtask belfiore <municipalities.csv> <states.csv>`: writes `crates/italia/data/places.tsv`.
//!
//! The sources list a new row whenever a municipality changed anything at all, its area included. A tax code
//! needs the code, the name and the province, so neighbouring periods that agree on these become one.

use crate::csv;
use crate::report::Report;
use std::path::Path;

/// What a code meant during one period. Dates are ISO, and an empty one is unknown or open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    code: String,
    from: String,
    to: String,
    province: String,
    name: String,
    other: String,
}

/// Reads both sources and writes the table below `root`.
pub fn run(root: &Path, municipalities: &str, states: &str) -> Result<Report, String> {
    let read = |path: &str| std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"));
    let mut rows = municipality_rows(&read(municipalities)?);
    rows.extend(state_rows(&read(states)?));
    let rows = merge(rows);
    let text: String = rows.iter().map(line).collect();
    let target = root.join("crates/italia/data/places.tsv");
    std::fs::write(&target, &text).map_err(|e| format!("{}: {e}", target.display()))?;
    Ok(Report::good(format!("{} rows, {} bytes", rows.len(), text.len())))
}

fn line(row: &Row) -> String {
    let digits = |date: &str| date.replace('-', "");
    let (from, to) = (digits(&row.from), digits(&row.to));
    let mut line = format!("{}\t{}\t{from}\t{to}\t{}", row.code, row.province, row.name);
    if !row.other.is_empty() {
        line.push('\t');
        line.push_str(&row.other);
    }
    line.push('\n');
    line
}

/// Columns: code, name, name_alt, province, valid_from, valid_to, active.
fn municipality_rows(text: &str) -> Vec<Row> {
    let cells = csv::rows(text);
    cells
        .iter()
        .skip(1)
        .filter(|cells| is_code(&cells[0]))
        .map(|c| row(&c[0], &c[3], &c[4], &c[5], &c[1], &c[2]))
        .collect()
}

/// Columns: code, name_it, name_en, valid_from, valid_to, active, source_file. The first of January 1900 stands
/// for "nobody wrote it down".
fn state_rows(text: &str) -> Vec<Row> {
    let known = |date: &str| if date == "1900-01-01" { String::new() } else { date.to_owned() };
    let cells = csv::rows(text);
    cells
        .iter()
        .skip(1)
        .filter(|cells| is_code(&cells[0]))
        .map(|c| row(&c[0], "", &known(&c[3]), &c[4], &c[1], if c[2] == c[1] { "" } else { &c[2] }))
        .collect()
}

fn row(code: &str, province: &str, from: &str, to: &str, name: &str, other: &str) -> Row {
    Row {
        code: code.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
        province: province.to_owned(),
        name: natural_case(name),
        other: natural_case(other),
    }
}

/// A letter and three digits. The sources also hold `ND` for places that ended before codes were given.
fn is_code(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() == 4 && bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_digit)
}

fn merge(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort();
    rows.dedup();
    let mut merged: Vec<Row> = Vec::new();
    for row in rows {
        match merged.last_mut() {
            Some(last) if continues(last, &row) => last.to = row.to,
            _ => merged.push(row),
        }
    }
    merged
}

fn continues(last: &Row, next: &Row) -> bool {
    (&last.code, &last.province, &last.name, &last.other) == (&next.code, &next.province, &next.name, &next.other)
        && day_after(&last.to).is_some_and(|day| day == next.from)
}

fn day_after(date: &str) -> Option<String> {
    let mut parts = date.split('-').map(str::parse::<u32>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) = (parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let (year, month, day) = match (month, day) {
        (12, 31) => (year + 1, 1, 1),
        (month, day) if day == length => (year, month + 1, 1),
        (month, day) => (year, month, day + 1),
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Words that Italian, German and English names write small after the first word.
const SMALL_WORDS: &[&str] = &[
    "a", "ad", "agli", "ai", "al", "alla", "alle", "allo", "am", "an", "and", "auf", "bei", "col", "con", "da", "dai",
    "dal", "dalla", "dalle", "de", "de'", "degli", "dei", "del", "della", "delle", "dello", "dem", "der", "di", "e",
    "ed", "im", "in", "nel", "nella", "nelle", "of", "per", "su", "sui", "sul", "sulla", "sulle", "sullo", "the",
    "tra", "und", "von",
];
/// The same for elided words: `Cassano d'Adda`, `Reggio nell'Emilia`.
const SMALL_ELISIONS: &[&str] = &["all", "d", "dall", "dell", "nell", "sull"];

/// The sources capitalise every word; names in use do not.
fn natural_case(name: &str) -> String {
    let words = name.split(' ').enumerate().map(|(i, word)| if i == 0 { word.to_owned() } else { natural_word(word) });
    words.collect::<Vec<_>>().join(" ")
}

fn natural_word(word: &str) -> String {
    let small = word.to_lowercase();
    if SMALL_WORDS.contains(&small.as_str()) {
        return small;
    }
    match word.split_once('\'') {
        Some((head, tail)) if SMALL_ELISIONS.contains(&head.to_lowercase().as_str()) && !tail.is_empty() => {
            format!("{}'{tail}", head.to_lowercase())
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_periods_that_agree_become_one() {
        let text = "code,name,name_alt,province,valid_from,valid_to,active\n\
            ND,Nowhere,,NO,1861-03-17,1911-07-04,0\n\
            A001,Abano Terme,,PD,1930-01-01,,1\n\
            A001,Abano,,PD,1866-11-19,1924-11-13,0\n\
            A001,Abano Terme,,PD,1924-11-14,1929-12-31,0\n";
        let lines: String = merge(municipality_rows(text)).iter().map(line).collect();
        assert_eq!(lines, "A001\tPD\t18661119\t19241113\tAbano\nA001\tPD\t19241114\t\tAbano Terme\n");
    }

    #[test]
    fn a_gap_or_another_province_keeps_periods_apart() {
        let text = "h\nB860,Casagiove,,CE,1872-03-03,1927-01-11,0\nB860,Casagiove,,CE,1946-11-12,,1\n\
            B860,Casagiove,,NA,1927-01-12,1928-06-27,0\n"
            .replace("h\n", "code,name,name_alt,province,valid_from,valid_to,active\n");
        assert_eq!(merge(municipality_rows(&text)).len(), 3);
    }

    #[test]
    fn states_have_no_province_and_may_have_an_english_name() {
        let text = "code,name_it,name_en,valid_from,valid_to,active,source_file\n\
            Z403,India,India,1900-01-01,,1,current\nZ103,Belgio,Belgium,1900-01-01,,1,current\n";
        let lines: String = state_rows(text).iter().map(line).collect();
        assert_eq!(lines, "Z403\t\t\t\tIndia\nZ103\t\t\t\tBelgio\tBelgium\n");
    }

    #[test]
    fn the_day_after_knows_months_and_leap_years() {
        for (day, next) in [
            ("1927-12-31", "1928-01-01"),
            ("1928-02-28", "1928-02-29"),
            ("1900-02-28", "1900-03-01"),
            ("1938-04-30", "1938-05-01"),
        ] {
            assert_eq!(day_after(day).as_deref(), Some(next));
        }
        assert_eq!(day_after(""), None);
    }

    #[test]
    fn small_words_are_written_small() {
        assert_eq!(natural_case("Reggio Nell'Emilia"), "Reggio nell'Emilia");
        assert_eq!(natural_case("Cava De' Tirreni"), "Cava de' Tirreni");
        assert_eq!(natural_case("L'Aquila"), "L'Aquila");
        assert_eq!(natural_case("San Donà Di Piave"), "San Donà di Piave");
        assert_eq!(natural_case("Aci Sant'Antonio"), "Aci Sant'Antonio");
    }
}
