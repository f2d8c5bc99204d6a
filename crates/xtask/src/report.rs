//! What a command found: lines to print, and whether the build may go on.

/// The outcome of one command.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What to print, in order.
    pub lines: Vec<String>,
    /// How many of the findings must stop the build.
    pub problems: usize,
}

impl Report {
    /// A report of one line and no problem.
    pub fn good(line: impl Into<String>) -> Self {
        Self { lines: vec![line.into()], problems: 0 }
    }

    /// Adds a line that stops nothing.
    pub fn say(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    /// Adds a finding that must stop the build.
    pub fn problem(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
        self.problems += 1;
    }
}
