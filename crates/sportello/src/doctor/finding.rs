use serde::Serialize;

/// How a finding is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// All is well.
    Good,
    /// To be looked at.
    Warning,
    /// Something does not work.
    Bad,
}

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// What was looked at; stable.
    pub check: String,
    /// How to take it.
    pub state: State,
    /// What was found.
    pub message: String,
    /// What to do.
    pub remedy: Option<String>,
}

impl Finding {
    pub fn good(check: impl Into<String>, message: impl Into<String>) -> Self {
        Self { check: check.into(), state: State::Good, message: message.into(), remedy: None }
    }

    pub fn warning(check: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { check: check.into(), state: State::Warning, message: message.into(), remedy: Some(remedy.into()) }
    }

    pub fn bad(check: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { check: check.into(), state: State::Bad, message: message.into(), remedy: Some(remedy.into()) }
    }
}
