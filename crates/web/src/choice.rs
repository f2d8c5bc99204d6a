//! What a form lets people choose: radios, checkboxes, lists, and the rules of a new password.

use crate::form::{described_by, field_id};
use crate::problems::{Checked, Problem};

/// One of several answers.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is submitted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// What it means, where the label alone does not say it.
    pub hint: Option<String>,
}

impl Choice {
    /// An answer.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// Says what it means.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A question with several answers: written as radios, as cards, as checkboxes or as a list.
///
/// ```
/// use web::choice::{Choice, Choices};
///
/// let channel = Choices::new("channel", "Dove vuoi ricevere il codice?")
///     .choice(Choice::new("sms", "SMS").hint("Al numero che finisce con 45"))
///     .choice(Choice::new("email", "E-mail"))
///     .selected("sms");
/// assert!(channel.is_selected("sms"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Name in the submitted form.
    pub name: String,
    /// The question.
    pub legend: String,
    /// Help that stands under the question.
    pub hint: Option<String>,
    /// What is wrong and how to put it right.
    pub error: Option<String>,
    /// Whether it may be left unanswered.
    pub optional: bool,
    /// Whether each answer stands in a card of its own.
    pub cards: bool,
    /// Whether several answers may be given.
    pub multiple: bool,
    /// The answers.
    pub choices: Vec<Choice>,
    /// The values chosen so far.
    pub chosen: Vec<String>,
}

impl Choices {
    /// A question without answers.
    #[must_use]
    pub fn new(name: impl Into<String>, legend: impl Into<String>) -> Self {
        Self { name: name.into(), legend: legend.into(), ..Self::default() }
    }

    /// Adds an answer.
    #[must_use]
    pub fn choice(mut self, choice: Choice) -> Self {
        self.choices.push(choice);
        self
    }

    /// Adds many answers.
    #[must_use]
    pub fn choices(mut self, choices: impl IntoIterator<Item = Choice>) -> Self {
        self.choices.extend(choices);
        self
    }

    /// Marks an answer as chosen; an empty value chooses nothing.
    #[must_use]
    pub fn selected(mut self, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.chosen.push(value);
        }
        self
    }

    /// Puts each answer in a card.
    #[must_use]
    pub fn cards(mut self) -> Self {
        self.cards = true;
        self
    }

    /// Lets several answers be given.
    #[must_use]
    pub fn multiple(mut self) -> Self {
        self.multiple = true;
        self
    }

    /// Sets the help under the question.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Sets the error, if there is one.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// Says that it may be left unanswered.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Whether an answer is chosen.
    #[must_use]
    pub fn is_selected(&self, value: &str) -> bool {
        self.chosen.iter().any(|chosen| chosen == value)
    }

    /// The `type` attribute of each answer.
    #[must_use]
    pub fn input_type(&self) -> &'static str {
        if self.multiple { "checkbox" } else { "radio" }
    }

    /// Id of the question: of its list, or of its first answer.
    #[must_use]
    pub fn id(&self) -> String {
        field_id(&self.name)
    }

    /// Id of the answer at a place, from 0. The first has the id that the error summary leads to.
    #[must_use]
    pub fn choice_id(&self, index: &usize) -> String {
        match index {
            0 => self.id(),
            _ => format!("{}-{}", self.id(), index + 1),
        }
    }

    /// Ids of what describes the question.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| "hint");
        let error = self.error.as_ref().map(|_| "error");
        described_by(&self.id(), hint, None, error)
    }
}

impl Checked for Choices {
    fn problem(&self) -> Option<Problem> {
        Problem::at(&self.name, self.error.as_deref())
    }
}

/// A statement to agree with.
#[derive(Clone, Debug, Default)]
pub struct Checkbox {
    /// Name in the submitted form.
    pub name: String,
    /// The statement.
    pub label: String,
    /// More about it.
    pub hint: Option<String>,
    /// What is wrong and how to put it right.
    pub error: Option<String>,
    /// Whether it is ticked. Consent is never ticked beforehand.
    pub checked: bool,
}

impl Checkbox {
    /// A statement that is not ticked.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    /// Says more about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Sets the error, if there is one.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// Sets whether it is ticked, as it was when the form was submitted.
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = checked;
        self
    }

    /// Id of the box.
    #[must_use]
    pub fn id(&self) -> String {
        field_id(&self.name)
    }

    /// Ids of what describes the box.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| "hint");
        let error = self.error.as_ref().map(|_| "error");
        described_by(&self.id(), hint, None, error)
    }
}

impl Checked for Checkbox {
    fn problem(&self) -> Option<Problem> {
        Problem::at(&self.name, self.error.as_deref())
    }
}

/// How a rule of a password is tried while it is typed. The server decides; this only helps.
#[derive(Clone, Debug)]
pub enum RuleTest {
    /// At least so many characters.
    Min(u32),
    /// At most so many characters.
    Max(u32),
    /// Contains what a regular expression finds, such as `[0-9]`.
    Has(String),
    /// Does not contain these words, whatever the case of the letters.
    Lacks(String),
    /// Equal to the field of this name.
    Same(String),
    /// Only the server can tell (a list of known passwords, the last ones used).
    Server,
}

/// A rule of the password that is being chosen.
#[derive(Clone, Debug)]
pub struct PasswordRule {
    /// The rule in words.
    pub text: String,
    /// How it is tried while typing.
    pub test: RuleTest,
    /// Whether the password just refused broke it.
    pub unmet: bool,
}

impl PasswordRule {
    /// A rule.
    #[must_use]
    pub fn new(text: impl Into<String>, test: RuleTest) -> Self {
        let text = text.into();
        Self { text, test, unmet: false }
    }

    /// Says that the password just refused broke it.
    #[must_use]
    pub fn unmet(mut self, unmet: bool) -> Self {
        self.unmet = unmet;
        self
    }

    /// Name of the test for the script; none when only the server can tell.
    #[must_use]
    pub fn test_name(&self) -> Option<&'static str> {
        match self.test {
            RuleTest::Min(_) => Some("min"),
            RuleTest::Max(_) => Some("max"),
            RuleTest::Has(_) => Some("has"),
            RuleTest::Lacks(_) => Some("lacks"),
            RuleTest::Same(_) => Some("same"),
            RuleTest::Server => None,
        }
    }

    /// Argument of the test.
    #[must_use]
    pub fn test_argument(&self) -> String {
        match &self.test {
            RuleTest::Min(count) | RuleTest::Max(count) => count.to_string(),
            RuleTest::Has(pattern) => pattern.clone(),
            RuleTest::Lacks(words) => words.to_lowercase(),
            RuleTest::Same(name) => field_id(name),
            RuleTest::Server => String::new(),
        }
    }
}

/// The rules of a password, shown beside its field before anything is typed.
#[derive(Clone, Debug)]
pub struct PasswordRules {
    /// Name of the field.
    pub name: String,
    /// The rules.
    pub rules: Vec<PasswordRule>,
}

impl PasswordRules {
    /// The rules of the field of this name.
    #[must_use]
    pub fn new(name: impl Into<String>, rules: Vec<PasswordRule>) -> Self {
        let name = name.into();
        Self { name, rules }
    }

    /// Id of the field.
    #[must_use]
    pub fn field_id(&self) -> String {
        field_id(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_leads_to_the_first_answer() {
        let question = Choices::new("channel", "Dove?")
            .choice(Choice::new("sms", "SMS"))
            .choice(Choice::new("email", "E-mail"))
            .error(Some("Scegli dove".to_owned()));
        let problem = question.problem().unwrap();
        assert_eq!(problem.href, Some(format!("#{}", question.choice_id(&0))));
        assert_ne!(question.choice_id(&0), question.choice_id(&1));
    }

    #[test]
    fn nothing_typed_chooses_nothing() {
        let question = Choices::new("channel", "Dove?").selected("");
        assert!(question.chosen.is_empty());
    }
}
