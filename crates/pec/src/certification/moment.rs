//! The certified time.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::Irregularity;

/// The instant and the offset in which it was written. Without a readable zone the time is Italian legal time: all
/// providers of the circuit are Italian, and the rules want the legal time.
pub(super) fn instant(
    day: &str,
    hour: &str,
    zone: Option<&str>,
    odd: &mut Vec<Irregularity>,
) -> Option<(Timestamp, Offset)> {
    let (date, usual_date) = date(day)?;
    let (time, usual_time) = time(hour)?;
    let local = DateTime::from_parts(date, time);
    let found = match zone.and_then(offset) {
        Some(offset) => (offset.to_timestamp(local).ok()?, offset),
        None => in_rome(local)?,
    };
    if zone.and_then(offset).is_none() {
        odd.push(Irregularity::AssumedZone);
    }
    if !(usual_date && usual_time) {
        odd.push(Irregularity::TimeNotation(format!("{day} {hour}").chars().take(40).collect()));
    }
    Some(found)
}

fn in_rome(local: DateTime) -> Option<(Timestamp, Offset)> {
    // The hour that summer time repeats is taken for its first passing.
    let zoned = TimeZone::get("Europe/Rome").ok()?.into_ambiguous_zoned(local).compatible().ok()?;
    Some((zoned.timestamp(), zoned.offset()))
}

/// `dd/mm/yyyy`; other separators and the order of ISO 8601 are read and told apart.
fn date(text: &str) -> Option<(Date, bool)> {
    let numbers: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [first, month, last] = numbers.as_slice() else { return None };
    let (day, year, iso) = if first.len() == 4 { (last, first, true) } else { (first, last, false) };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some((date, !iso && !text.contains(['-', '.'])))
}

/// `hh:mm:ss`; without seconds, or with a fraction, the minute or the second is what counts.
fn time(text: &str) -> Option<(Time, bool)> {
    let numbers: Vec<&str> = text.split([':', '.']).map(str::trim).collect();
    let (hour, minute) = (numbers.first()?.parse().ok()?, numbers.get(1)?.parse().ok()?);
    let second: i8 = numbers.get(2).map_or(Ok(0), |second| second.parse()).ok()?;
    // A leap second is written :60 and means the last one of its minute here.
    let time = Time::new(hour, minute, if second == 60 { 59 } else { second }, 0).ok()?;
    (numbers.len() <= 4).then_some((time, numbers.len() == 3 && !text.contains('.')))
}

/// `[+|-]hhmm`, with a colon from providers who prefer ISO 8601.
fn offset(text: &str) -> Option<Offset> {
    let text = text.trim();
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => (1, text),
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    (minutes < 60).then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()).flatten()
}
