//! `SEARCH`: which messages fit.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::token::{Token, ranges};
use crate::mail::boxes::Kept;
use crate::mail::headers;

/// A message in the sight of a session.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub number: u32,
    pub kept: &'a Kept,
    pub last_number: u32,
    pub last_uid: u32,
}

/// Whether a message fits all keys; `None` when the keys are not understood.
pub(super) fn matches(mut keys: &[Token], seen: Seen<'_>) -> Option<bool> {
    let mut all = true;
    while !keys.is_empty() {
        let (fits, rest) = key(keys, seen)?;
        all &= fits;
        keys = rest;
    }
    Some(all)
}

fn key<'t>(keys: &'t [Token], seen: Seen<'_>) -> Option<(bool, &'t [Token])> {
    let (first, rest) = keys.split_first()?;
    if let Token::List(inner) = first {
        return Some((matches(inner, seen)?, rest));
    }
    let flag = |name: &str| seen.kept.flags.contains(name);
    let fits = match first.keyword().as_str() {
        "ALL" | "OLD" => true,
        "SEEN" => flag("\\Seen"),
        "UNSEEN" => !flag("\\Seen"),
        "DELETED" => flag("\\Deleted"),
        "UNDELETED" => !flag("\\Deleted"),
        "FLAGGED" => flag("\\Flagged"),
        "UNFLAGGED" => !flag("\\Flagged"),
        "ANSWERED" => flag("\\Answered"),
        "UNANSWERED" => !flag("\\Answered"),
        "DRAFT" => flag("\\Draft"),
        "UNDRAFT" => !flag("\\Draft"),
        "NEW" | "RECENT" => false,
        "NOT" => {
            let (fits, rest) = key(rest, seen)?;
            return Some((!fits, rest));
        }
        "OR" => {
            let (one, rest) = key(rest, seen)?;
            let (other, rest) = key(rest, seen)?;
            return Some((one || other, rest));
        }
        "HEADER" => {
            let (name, rest) = rest.split_first()?;
            let (text, rest) = rest.split_first()?;
            return Some((in_field(seen, name.text()?, text.text()?), rest));
        }
        word => return with_argument(word, rest, seen),
    };
    Some((fits, rest))
}

fn with_argument<'t>(word: &str, rest: &'t [Token], seen: Seen<'_>) -> Option<(bool, &'t [Token])> {
    if word.starts_with(|c: char| c.is_ascii_digit() || c == '*') {
        let fits = ranges(word, seen.last_number)?.iter().any(|range| range.contains(&seen.number));
        return Some((fits, rest));
    }
    let (argument, rest) = rest.split_first()?;
    let text = argument.text()?;
    let fits = match word {
        "CHARSET" => true,
        "UID" => ranges(text, seen.last_uid)?.iter().any(|range| range.contains(&seen.kept.uid)),
        "FROM" | "TO" | "CC" | "BCC" | "SUBJECT" => in_field(seen, word, text),
        "TEXT" | "BODY" => contains(&String::from_utf8_lossy(&seen.kept.raw), text),
        "KEYWORD" => seen.kept.flags.contains(text),
        "UNKEYWORD" => !seen.kept.flags.contains(text),
        "LARGER" => seen.kept.raw.len() > text.parse().ok()?,
        "SMALLER" => seen.kept.raw.len() < text.parse().ok()?,
        "SINCE" | "SENTSINCE" => day(seen) >= date(text)?,
        "BEFORE" | "SENTBEFORE" => day(seen) < date(text)?,
        "ON" | "SENTON" => day(seen) == date(text)?,
        _ => return None,
    };
    Some((fits, rest))
}

fn in_field(seen: Seen<'_>, name: &str, text: &str) -> bool {
    headers::field(&seen.kept.raw, name).is_some_and(|value| contains(&value, text))
}

fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

fn day(seen: Seen<'_>) -> Date {
    seen.kept.at.to_zoned(TimeZone::UTC).date()
}

fn date(text: &str) -> Option<Date> {
    Date::strptime("%d-%b-%Y", text).ok()
}
