use std::fmt;

use serde::Serialize;
use spid::certificate::Expiry;

/// How much it matters that something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Somebody should look at it; everybody can sign in meanwhile.
    Warning,
    /// Somebody cannot sign in, or will not be able to within seven days.
    Bad,
}

/// Something that is wrong with a way to sign in, in a sentence for whoever runs the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// The sentence.
    pub message: String,
}

impl Problem {
    /// Something to be looked at.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, message: message.into() }
    }

    /// Something that does not work.
    pub fn bad(message: impl Into<String>) -> Self {
        Self { severity: Severity::Bad, message: message.into() }
    }

    /// About a certificate that ends: 90 and 30 days are time enough to get another, seven are not.
    pub(super) fn by_expiry(expiry: Expiry, message: impl Into<String>) -> Self {
        let severity = if expiry < Expiry::Within7Days { Severity::Warning } else { Severity::Bad };
        Self { severity, message: message.into() }
    }

    /// Whether something does not work.
    pub fn is_bad(&self) -> bool {
        self.severity == Severity::Bad
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
