//! What is wrong in a form, and where.

use crate::form::field_id;

/// Anything that can be wrong in a form.
pub trait Checked {
    /// Where the control is, and what is wrong with it.
    fn problem(&self) -> Option<Problem>;
}

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Fragment that leads to the control; none when the trouble is with the form as a whole.
    pub href: Option<String>,
    /// The same words as beside the control.
    pub text: String,
}

impl Problem {
    /// A problem at a named control, if there is an error.
    #[must_use]
    pub fn at(name: &str, error: Option<&str>) -> Option<Self> {
        error.map(|text| Self { href: Some(format!("#{}", field_id(name))), text: text.to_owned() })
    }
}

/// What is wrong in a form, shown first on the page, with a link to each control.
#[derive(Clone, Debug, Default)]
pub struct ErrorSummary {
    /// The problems, in the order of the page.
    pub problems: Vec<Problem>,
}

impl ErrorSummary {
    /// A summary without problems.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the problem of a control, if it has one.
    #[must_use]
    pub fn check(mut self, control: &impl Checked) -> Self {
        self.problems.extend(control.problem());
        self
    }

    /// Adds a problem of the form as a whole.
    #[must_use]
    pub fn general(mut self, text: Option<String>) -> Self {
        self.problems.extend(text.map(|text| Problem { href: None, text }));
        self
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Field;

    #[test]
    fn the_summary_leads_to_what_is_wrong_and_only_to_that() {
        let good = Field::text("name", "Nome");
        let bad = Field::text("vat", "Partita IVA").error(Some("Mancano due cifre".to_owned()));
        let summary = ErrorSummary::new().check(&good).check(&bad);
        let href = Some("#field-vat".to_owned());
        let text = "Mancano due cifre".to_owned();
        assert_eq!(summary.problems, [Problem { href, text }]);
    }
}
