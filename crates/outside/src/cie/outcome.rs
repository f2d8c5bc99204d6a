//! How a sign-in ends.

use std::str::FromStr;

use spid::federation::fault::{Fault, FaultCode};

/// How a sign-in ends: with consent, or with one of the errors that a provider of CIE id reports through the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The person signs in and consents.
    Consent,
    /// The person gives up (25 in SPID's table of messages).
    Cancelled,
    /// The person has no credentials of the level that is asked for (20).
    NoCredentialsOfLevel,
    /// The person does not consent (22).
    ConsentDenied,
    /// The provider is out of service.
    TemporarilyUnavailable,
    /// The provider breaks.
    ServerError,
}

impl Outcome {
    /// All, consent first.
    pub const ALL: [Self; 6] = [
        Self::Consent,
        Self::Cancelled,
        Self::NoCredentialsOfLevel,
        Self::ConsentDenied,
        Self::TemporarilyUnavailable,
        Self::ServerError,
    ];

    /// The name in forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Cancelled => "nr25",
            Self::NoCredentialsOfLevel => "nr20",
            Self::ConsentDenied => "nr22",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::ServerError => "server_error",
        }
    }

    /// The words on the button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Consent => "Acconsento e accedo",
            Self::Cancelled => "Annulla (nr25)",
            Self::NoCredentialsOfLevel => "Nessuna credenziale di questo livello (nr20)",
            Self::ConsentDenied => "Non acconsento (nr22)",
            Self::TemporarilyUnavailable => "Gestore fuori servizio",
            Self::ServerError => "Guasto del gestore",
        }
    }

    /// The same in English.
    #[must_use]
    pub fn english(self) -> &'static str {
        match self {
            Self::Consent => "I agree",
            Self::Cancelled => "Cancel",
            Self::NoCredentialsOfLevel => "No credentials of this level",
            Self::ConsentDenied => "I do not agree",
            Self::TemporarilyUnavailable => "Provider out of service",
            Self::ServerError => "Provider fails",
        }
    }

    /// The error that is reported, if the outcome is one. SPID's number in the words tells refusals apart.
    pub(super) fn fault(self) -> Option<Fault> {
        Some(match self {
            Self::Consent => return None,
            Self::Cancelled => Fault::with(FaultCode::AccessDenied, "ErrorCode nr25"),
            Self::NoCredentialsOfLevel => Fault::with(FaultCode::AccessDenied, "ErrorCode nr20"),
            Self::ConsentDenied => Fault::with(FaultCode::AccessDenied, "ErrorCode nr22"),
            Self::TemporarilyUnavailable => Fault::with(FaultCode::TemporarilyUnavailable, "out of service"),
            Self::ServerError => Fault::with(FaultCode::ServerError, "internal error"),
        })
    }
}

impl FromStr for Outcome {
    type Err = UnknownOutcome;

    fn from_str(name: &str) -> Result<Self, UnknownOutcome> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name).ok_or(UnknownOutcome)
    }
}

/// No outcome has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no sign-in ends like this")]
pub struct UnknownOutcome;
