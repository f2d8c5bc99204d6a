//! What is found while a file is read, bounded however bad the file is.

use super::model::{LeftFleet, Report, RowError};
use super::sheet::SheetRow;

/// So many errors are kept; the others are only counted.
const KEPT: usize = 500;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Rows that can be applied.
    pub(super) good: i64,
    /// Rows with errors.
    pub(super) bad: i64,
    pub(super) report: Report,
}

/// The faults of one row.
pub(super) struct Faults<'a> {
    row: &'a SheetRow<'a>,
    findings: &'a mut Findings,
    found: bool,
}

impl Findings {
    /// Counts, and the report as the database keeps it.
    pub(super) fn stored(&self) -> (i64, i64, String) {
        (self.good, self.bad, serde_json::to_string(&self.report).unwrap_or_default())
    }

    /// A fleet that is left as it is.
    pub(super) fn left(&mut self, fleet: LeftFleet) {
        self.report.left_total += 1;
        if self.report.left.len() < KEPT {
            self.report.left.push(fleet);
        }
    }
}

impl<'a> Faults<'a> {
    pub(super) fn of(row: &'a SheetRow<'a>, findings: &'a mut Findings) -> Self {
        Self { row, findings, found: false }
    }

    /// A fault of a cell. `found` is what it holds, already masked where it is personal.
    pub(super) fn add(&mut self, column: usize, found: impl Into<String>, reason: impl Into<String>) {
        self.push(self.row.name(column), found.into(), reason.into());
    }

    /// A fault of the whole row.
    pub(super) fn row(&mut self, found: impl Into<String>, reason: &str) {
        self.push("", found.into(), reason.to_owned());
    }

    fn push(&mut self, column: &str, found: String, reason: String) {
        self.found = true;
        let report = &mut self.findings.report;
        report.errors_total += 1;
        if report.errors.len() < KEPT {
            let found = found.chars().filter(|c| !c.is_control()).take(60).collect();
            report.errors.push(RowError { line: self.row.line, column: column.to_owned(), found, reason });
        }
    }

    /// Counts the row; its value when nothing was wrong with it.
    pub(super) fn judge<T>(self, value: Option<T>) -> Option<T> {
        let value = value.filter(|_| !self.found);
        if value.is_some() {
            self.findings.good += 1;
        } else {
            self.findings.bad += 1;
        }
        value
    }
}

/// The first characters of a personal value.
pub(super) fn masked(text: &str, shown: usize) -> String {
    let head: String = text.chars().take(shown).collect();
    if text.chars().count() > shown { format!("{head}…") } else { head }
}
