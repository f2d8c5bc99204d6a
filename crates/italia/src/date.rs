//! A day of the calendar, with no clock and no time zone.

use std::fmt;

/// A day of the Gregorian calendar, from year 1 to 9999.
///
/// This crate needs dates only to read and write tax codes and the validity of places, so it brings no date
/// library along. The parts have the types that `jiff::civil::Date` uses.
///
/// ```
/// use italia::CalendarDate;
///
/// let day: CalendarDate = "1968-02-29".parse()?;
/// assert_eq!((day.year(), day.month(), day.day()), (1968, 2, 29));
/// assert_eq!("29/02/1968".parse(), Ok(day));
/// assert!(CalendarDate::new(1967, 2, 29).is_err());
/// # Ok::<(), italia::date::DateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CalendarDate {
    year: i16,
    month: i8,
    day: i8,
}

impl CalendarDate {
    /// The day `day` (from 1) of `month` (1 to 12) of `year` (1 to 9999).
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, DateError> {
        let exists =
            (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        if exists { Ok(Self { year, month, day }) } else { Err(DateError::NoSuchDay) }
    }

    /// Reads `1968-02-29` or the Italian `29/02/1968`.
    pub fn parse(input: &str) -> Result<Self, DateError> {
        let input = input.trim();
        let parts: Vec<&str> = input.split(['-', '/', '.']).collect();
        let [a, b, c] = parts[..] else { return Err(DateError::Form) };
        let (year, month, day) = match (a.len(), c.len()) {
            (4, 1..=2) => (a, b, c),
            (1..=2, 4) => (c, b, a),
            _ => return Err(DateError::Form),
        };
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty();
        if ![year, month, day].into_iter().all(digits) {
            return Err(DateError::Form);
        }
        let narrow = |_| DateError::Form;
        Self::new(year.parse().map_err(narrow)?, month.parse().map_err(narrow)?, day.parse().map_err(narrow)?)
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> i8 {
        self.day
    }
}

crate::text::parsed!(CalendarDate, DateError);

/// The ISO 8601 form, `1968-02-29`.
impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Why something is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Neither `YYYY-MM-DD` nor `DD/MM/YYYY`.
    #[error("a date is written YYYY-MM-DD or DD/MM/YYYY")]
    Form,
    /// The calendar has no such day.
    #[error("the calendar has no such day")]
    NoSuchDay,
}

impl DateError {
    /// A stable name for the text shown to the user.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::NoSuchDay => "no-such-day",
        }
    }
}

/// How many days a month has; `month` is 1 to 12.
pub(crate) fn days_in(year: i16, month: i8) -> i8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms_and_writes_one() {
        for text in ["1985-04-03", "03/04/1985", "3.4.1985", " 1985-4-3 "] {
            assert_eq!(CalendarDate::parse(text).map(|d| d.to_string()).as_deref(), Ok("1985-04-03"), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "85-04-03", "1985-04", "1985-04-03-01", "1985-+4-03", "aprile"] {
            assert_eq!(CalendarDate::parse(text), Err(DateError::Form), "{text}");
        }
        for text in ["1900-02-29", "1985-13-01", "1985-00-01", "1985-04-31", "0000-01-01"] {
            assert_eq!(CalendarDate::parse(text), Err(DateError::NoSuchDay), "{text}");
        }
        assert!(CalendarDate::parse("2000-02-29").is_ok());
    }
}
