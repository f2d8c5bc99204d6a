//! The last day of a year's fee: the act's, moved by later acts and by operators.

use jiff::civil::Date;
use sportello_core::deadlines::{self, Extension};
use sportello_core::{Cx, format};

use super::{FeeError, rules};
use crate::rules::FeeYear;

/// One state of the deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The last day.
    pub due: Date,
    /// The act or the operator's reason.
    pub reason: String,
}

/// The last day of a year's fee, and how it came to be that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The fee year.
    pub year: i64,
    /// The last day as it stands.
    pub due: Date,
    /// The last day that the act set.
    pub original: Date,
    /// All states from the original on; the last one holds.
    pub history: Vec<Term>,
    /// Whether it was moved.
    pub extended: bool,
    /// Days from today to the last day; 0 on the day itself, negative when it is over.
    pub days_left: i64,
}

/// The name under which operators extend the deadline of a year.
pub fn deadline_name(year: i64) -> String {
    format!("fee-{year}")
}

/// The deadline of a year's fee: the file's dates, then the operators' extensions.
///
/// # Errors
/// [`FeeError::NoRules`], [`FeeError::NoSuchYear`], [`FeeError::Ground`].
pub async fn deadline(cx: &Cx, year: i64) -> Result<Deadline, FeeError> {
    let (fee_year, _) = rules(cx, year)?;
    let set = deadlines::extensions(cx, &deadline_name(year)).await?;
    Ok(combined(fee_year, &set, format::civil(cx.now())))
}

fn combined(year: &FeeYear, set: &[Extension], today: Date) -> Deadline {
    let known = year.extensions.iter().filter(|e| e.since.is_none_or(|since| since <= today));
    let from_file = known.map(|e| Term { due: e.due, reason: e.act.clone() });
    let from_operators = set.iter().map(|e| Term { due: e.due, reason: e.reason.clone() });
    let mut history = vec![Term { due: year.due, reason: year.citation() }];
    let mut due = year.due;
    for term in from_file.chain(from_operators) {
        // A file that has learnt of an act which an operator entered before moves nothing twice, and nothing back.
        if term.due > due {
            due = term.due;
            history.push(term);
        }
    }
    let days_left = today.until(due).map_or(0, |span| i64::from(span.get_days()));
    Deadline { year: year.year, due, original: year.due, extended: history.len() > 1, history, days_left }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn year() -> FeeYear {
        let toml = r#"
            year = 2017
            act = "Delibera 11/2016"
            reference_date = "2016-11-19"
            opens = "2016-11-22T00:00"
            due = "2016-12-31"
            source = "test"
            [[extension]]
            due = "2017-02-28"
            act = "D.L. 244/2016"
            since = "2016-12-30"
        "#;
        toml::from_str(toml).unwrap()
    }

    fn set(due: &str) -> Extension {
        Extension { due: date(due), reason: format!("until {due}"), set_at: 0 }
    }

    #[test]
    fn the_last_day_moves_with_each_act() {
        // req: A-45
        let before = combined(&year(), &[], date("2016-12-29"));
        assert_eq!((before.due, before.extended, before.days_left), (date("2016-12-31"), false, 2));
        let after = combined(&year(), &[], date("2016-12-30"));
        assert_eq!(
            (after.due, after.original, after.extended, after.days_left),
            (date("2017-02-28"), date("2016-12-31"), true, 60)
        );
        assert_eq!(
            after.history.iter().map(|t| t.reason.as_str()).collect::<Vec<_>>(),
            ["Delibera 11/2016", "D.L. 244/2016"]
        );
        let late = combined(&year(), &[set("2017-03-31")], date("2017-04-01"));
        assert_eq!((late.due, late.days_left, late.history.len()), (date("2017-03-31"), -1, 3));
    }

    #[test]
    fn an_extension_that_the_file_has_learnt_of_counts_once() {
        let deadline = combined(&year(), &[set("2017-02-28"), set("2017-01-31")], date("2017-02-28"));
        assert_eq!((deadline.due, deadline.days_left, deadline.history.len()), (date("2017-02-28"), 0, 2));
    }
}
