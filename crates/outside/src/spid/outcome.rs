//! How a sign-in ends.

use std::str::FromStr;

use spid::saml::ErrorCode;

/// How a sign-in ends, which a visitor chooses with a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The person is who they say, and consents.
    Consent,
    /// nr19: wrong credentials, too often.
    WrongCredentials,
    /// nr20: no credentials of the level asked for.
    NoCredentialsOfLevel,
    /// nr21: it took too long.
    Timeout,
    /// nr22: the person denies consent.
    ConsentDenied,
    /// nr23: the identity is suspended or blocked.
    Blocked,
    /// nr25: the person cancels.
    Cancelled,
    /// nr30: another kind of identity than the one asked for.
    WrongKindOfIdentity,
    /// An answer that no provider should give: of one level less than was asked for.
    LowerLevel,
    /// An answer that was changed after it was signed.
    Tampered,
}

impl Outcome {
    /// All, in the order of the buttons.
    pub const ALL: [Self; 10] = [
        Self::Consent,
        Self::WrongCredentials,
        Self::NoCredentialsOfLevel,
        Self::Timeout,
        Self::ConsentDenied,
        Self::Blocked,
        Self::Cancelled,
        Self::WrongKindOfIdentity,
        Self::LowerLevel,
        Self::Tampered,
    ];

    /// The value of the button: `consent`, `nr19` and so on, `lower_level`, `tampered`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::WrongCredentials => "nr19",
            Self::NoCredentialsOfLevel => "nr20",
            Self::Timeout => "nr21",
            Self::ConsentDenied => "nr22",
            Self::Blocked => "nr23",
            Self::Cancelled => "nr25",
            Self::WrongKindOfIdentity => "nr30",
            Self::LowerLevel => "lower_level",
            Self::Tampered => "tampered",
        }
    }

    /// The words on the button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Consent => "Acconsento",
            Self::WrongCredentials => "Credenziali errate, troppe volte (nr19)",
            Self::NoCredentialsOfLevel => "Nessuna credenziale di questo livello (nr20)",
            Self::Timeout => "Tempo scaduto (nr21)",
            Self::ConsentDenied => "Non acconsento (nr22)",
            Self::Blocked => "Identità sospesa o bloccata (nr23)",
            Self::Cancelled => "Annulla (nr25)",
            Self::WrongKindOfIdentity => "Identità di altro tipo (nr30)",
            Self::LowerLevel => "Rispondi a un livello inferiore",
            Self::Tampered => "Altera la risposta dopo la firma",
        }
    }

    /// The error of the table, if the outcome is one.
    pub(super) fn error(self) -> Option<ErrorCode> {
        Some(match self {
            Self::WrongCredentials => ErrorCode::WrongCredentials,
            Self::NoCredentialsOfLevel => ErrorCode::NoCredentialsOfLevel,
            Self::Timeout => ErrorCode::Timeout,
            Self::ConsentDenied => ErrorCode::ConsentDenied,
            Self::Blocked => ErrorCode::Blocked,
            Self::Cancelled => ErrorCode::Cancelled,
            Self::WrongKindOfIdentity => ErrorCode::WrongKindOfIdentity,
            Self::Consent | Self::LowerLevel | Self::Tampered => return None,
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
