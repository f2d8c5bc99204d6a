//! What a form shows: fields with their values and errors, choices, the summary of what is wrong.
//!
//! These are view types: a handler fills them from what was typed and from what the operation
//! answered, and the macros of `components.html` write the markup. Nothing here checks input.

mod attributes;

use std::fmt;

pub use attributes::Attributes;

pub use crate::choice::{Checkbox, Choice, Choices, PasswordRule, PasswordRules, RuleTest};
pub use crate::problems::{Checked, ErrorSummary, Problem};

/// What kind of field it is; it decides the type, the keyboard and what may be echoed back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Tel,
    /// A secret. What was typed is never sent back to the page.
    Password,
    /// A one-time code, in one box.
    Code,
    /// Several lines.
    Textarea,
    /// A document to upload.
    File,
    /// A day.
    Date,
    /// Words to look for.
    Search,
}

impl FieldKind {
    /// The `type` attribute.
    #[must_use]
    pub const fn input_type(self) -> &'static str {
        match self {
            Self::Text | Self::Textarea | Self::Code => "text",
            Self::Email => "email",
            Self::Tel => "tel",
            Self::Password => "password",
            Self::File => "file",
            Self::Date => "date",
            Self::Search => "search",
        }
    }
}

/// A field with its label above, its hint, its error and its value.
///
/// ```
/// use web::form::Field;
///
/// let field = Field::email("pec", "Indirizzo PEC")
///     .hint("Quello iscritto nel Registro delle imprese")
///     .value("impresa@pec.example")
///     .error(Some("Scrivi l’indirizzo per intero".to_owned()));
/// assert_eq!(field.id(), "field-pec");
/// assert_eq!(field.described_by().as_deref(), Some("field-pec-hint field-pec-error"));
/// ```
#[derive(Clone, Default)]
pub struct Field {
    /// What kind of field it is.
    pub kind: FieldKind,
    /// Name in the submitted form.
    pub name: String,
    /// What is asked, in the words of who answers.
    pub label: String,
    /// Help that stands under the label.
    pub hint: Option<String>,
    /// What is wrong and how to put it right.
    pub error: Option<String>,
    /// Whether it may be left empty. Required fields carry no mark.
    pub optional: bool,
    /// Pasted text is refused (by script): only ever for the two fields of a new password.
    pub no_paste: bool,
    /// The `autocomplete` purpose, such as `email` or `current-password`.
    pub autocomplete: Option<String>,
    /// The keyboard of a phone, such as `numeric`.
    pub inputmode: Option<String>,
    /// Greatest number of characters, generously.
    pub maxlength: Option<u32>,
    /// Class that tells by the width of the box how much is expected: `w-short`, `w-medium`, `w-code`.
    pub width: &'static str,
    /// What stands before the box, such as `€` or `+39`.
    pub prefix: Option<String>,
    /// File types for an upload, such as `application/pdf,image/jpeg`.
    pub accept: Option<String>,
    /// Lines of a text area.
    pub rows: u8,
    /// Whether it is shown but cannot be changed.
    pub readonly: bool,
    /// What a password manager needs to make a password that fits (`passwordrules`).
    pub password_rules: Option<String>,
    /// Id of a list of rules that also describes the field.
    pub rules_id: Option<String>,
    value: String,
}

impl Field {
    fn of(kind: FieldKind, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { kind, name: name.into(), label: label.into(), rows: 5, ..Self::default() }
    }

    /// A line of text.
    #[must_use]
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of(FieldKind::Text, name, label)
    }

    /// An e-mail address, filled in by the browser when it knows it.
    #[must_use]
    pub fn email(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of(FieldKind::Email, name, label).autocomplete("email").width("w-medium")
    }

    /// A telephone number.
    #[must_use]
    pub fn tel(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of(FieldKind::Tel, name, label).autocomplete("tel").width("w-medium")
    }

    /// The password of an account that exists.
    #[must_use]
    pub fn password(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of(FieldKind::Password, name, label).autocomplete("current-password").width("w-medium")
    }

    /// A password that is being chosen; the list of [`PasswordRules`] describes it.
    #[must_use]
    pub fn new_password(name: impl Into<String>, label: impl Into<String>) -> Self {
        let mut field = Self::password(name, label).autocomplete("new-password");
        field.rules_id = Some(format!("{}-rules", field.id()));
        field
    }

    /// A one-time code: one box, figures, filled in by the phone that receives it.
    #[must_use]
    pub fn code(name: impl Into<String>, label: impl Into<String>) -> Self {
        let field = Self::of(FieldKind::Code, name, label).autocomplete("one-time-code");
        field.inputmode("numeric").maxlength(20).width("w-code")
    }

    /// Several lines.
    #[must_use]
    pub fn textarea(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of(FieldKind::Textarea, name, label)
    }

    /// A document to upload. It never asks for the camera only: that would hide the other files.
    #[must_use]
    pub fn file(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of(FieldKind::File, name, label)
    }

    /// A day.
    #[must_use]
    pub fn date(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of(FieldKind::Date, name, label).width("w-medium")
    }

    /// Words to look for.
    #[must_use]
    pub fn search(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::of(FieldKind::Search, name, label)
    }

    /// Sets what was typed. Passwords and files are never echoed, whatever is set.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// What the page may show in the box.
    #[must_use]
    pub fn shown_value(&self) -> &str {
        match self.kind {
            FieldKind::Password | FieldKind::File => "",
            _ => &self.value,
        }
    }

    /// Sets the help under the label.
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

    /// Says that it may be left empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Refuses pasted text, where a tenant's policy asks for that.
    #[must_use]
    pub fn no_paste(mut self, no_paste: bool) -> Self {
        self.no_paste = no_paste;
        self
    }

    /// Sets the purpose by which browsers fill it in.
    #[must_use]
    pub fn autocomplete(mut self, purpose: impl Into<String>) -> Self {
        self.autocomplete = Some(purpose.into());
        self
    }

    /// Sets the keyboard of a phone.
    #[must_use]
    pub fn inputmode(mut self, mode: impl Into<String>) -> Self {
        self.inputmode = Some(mode.into());
        self
    }

    /// Sets the greatest number of characters.
    #[must_use]
    pub fn maxlength(mut self, characters: u32) -> Self {
        self.maxlength = Some(characters);
        self
    }

    /// Sets the class of the width.
    #[must_use]
    pub fn width(mut self, class: &'static str) -> Self {
        self.width = class;
        self
    }

    /// Puts a sign before the box.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Sets the file types of an upload.
    #[must_use]
    pub fn accept(mut self, types: impl Into<String>) -> Self {
        self.accept = Some(types.into());
        self
    }

    /// Sets the lines of a text area.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// Shows it without letting it be changed.
    #[must_use]
    pub fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }

    /// Tells password managers what fits.
    #[must_use]
    pub fn password_rules(mut self, rules: impl Into<String>) -> Self {
        self.password_rules = Some(rules.into());
        self
    }

    /// Id of the box; also where the error summary leads.
    #[must_use]
    pub fn id(&self) -> String {
        field_id(&self.name)
    }

    /// Ids of what describes the box: hint, rules and error, in reading order.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| "hint");
        let error = self.error.as_ref().map(|_| "error");
        described_by(&self.id(), hint, self.rules_id.as_deref(), error)
    }

    /// Whether it is a text area.
    #[must_use]
    pub fn is_textarea(&self) -> bool {
        self.kind == FieldKind::Textarea
    }

    /// Whether it is a password.
    #[must_use]
    pub fn is_password(&self) -> bool {
        self.kind == FieldKind::Password
    }

    /// The attributes that boxes and text areas share, each with a space before it.
    #[must_use]
    pub fn attributes(&self) -> Attributes<'_> {
        Attributes(self)
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What was typed may be personal or secret: a log shows which field, never what it holds.
        f.debug_struct("Field")
            .field("kind", &self.kind)
            .field("name", &self.name)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// Id of the control of a field.
pub(crate) fn field_id(name: &str) -> String {
    format!("field-{name}")
}

/// The ids that describe a control, in the order in which they are read.
pub(crate) fn described_by(id: &str, hint: Option<&str>, rules: Option<&str>, error: Option<&str>) -> Option<String> {
    let own = |part: &str| format!("{id}-{part}");
    let parts = [hint.map(own), rules.map(str::to_owned), error.map(own)];
    let ids: Vec<String> = parts.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

impl Checked for Field {
    fn problem(&self) -> Option<Problem> {
        Problem::at(&self.name, self.error.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_never_echoed_nor_logged() {
        let field = Field::password("password", "Password").value("correct horse");
        assert_eq!(field.shown_value(), "");
        assert!(!format!("{field:?}").contains("horse"));
    }

    #[test]
    fn a_new_password_is_described_by_its_rules() {
        let field = Field::new_password("password", "Password").hint("Sceglila lunga");
        let ids = "field-password-hint field-password-rules";
        assert_eq!(field.described_by().as_deref(), Some(ids));
    }
}
