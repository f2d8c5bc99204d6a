//! Errors that others report, and what the person at the keyboard can do about any error.

use super::json::{self, Members as _};

/// What to tell the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Begin the sign-in again: it was cancelled, took too long, or was begun in another window.
    SignInAgain,
    /// Wait a little: somebody's machine is not answering.
    TryLater,
    /// Sign in with a credential of a higher level, such as the card and its PIN.
    UseHigherLevel,
    /// Agree to hand over the data, without which the service cannot be used.
    GiveConsent,
    /// Nothing that the user can do: our own configuration or registration is wrong, and the operator has to be told.
    TellOperator,
    /// Nothing that the user can do: the answer was not what it must be, perhaps because somebody meddled with it. Refuse
    /// it, log it, and offer to begin again.
    Refuse,
}

/// An error by its name on the wire. RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core section 3.1.2.6, RFC 6750
/// section 3.1, and the Italian table of federation errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultCode {
    /// The user or the provider said no, or the credential was not good enough (`access_denied`).
    AccessDenied,
    /// We may not ask: no trust mark, or a policy forbids our metadata (`unauthorized_client`).
    UnauthorizedClient,
    /// Our trust chain or our authentication failed (`invalid_client`).
    InvalidClient,
    /// A parameter is missing or wrong (`invalid_request`).
    InvalidRequest,
    /// Our signed request is wrong (`invalid_request_object`).
    InvalidRequestObject,
    /// We asked for a scope that does not exist (`invalid_scope`).
    InvalidScope,
    /// Code, verifier or refresh token are used up, expired or not ours (`invalid_grant`).
    InvalidGrant,
    /// The access token is expired or revoked (`invalid_token`).
    InvalidToken,
    /// The provider broke (`server_error`).
    ServerError,
    /// The provider, or somebody's federation endpoint, is out of reach for now (`temporarily_unavailable`).
    TemporarilyUnavailable,
    /// The user must sign in (`login_required`).
    LoginRequired,
    /// The user must agree (`consent_required`).
    ConsentRequired,
    /// Nothing is known of what was asked for (`not_found`).
    NotFound,
    /// Any other, as sent, cut to 64 characters.
    Other(String),
}

impl FaultCode {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("access_denied", Self::AccessDenied),
        ("unauthorized_client", Self::UnauthorizedClient),
        ("invalid_client", Self::InvalidClient),
        ("invalid_request", Self::InvalidRequest),
        ("invalid_request_object", Self::InvalidRequestObject),
        ("invalid_scope", Self::InvalidScope),
        ("invalid_grant", Self::InvalidGrant),
        ("invalid_token", Self::InvalidToken),
        ("server_error", Self::ServerError),
        ("temporarily_unavailable", Self::TemporarilyUnavailable),
        ("login_required", Self::LoginRequired),
        ("consent_required", Self::ConsentRequired),
        ("not_found", Self::NotFound),
    ];

    /// The error of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let known = Self::NAMES.iter().find(|(known, _)| *known == name);
        known.map_or_else(|| Self::Other(tidy(name, 64)), |(_, code)| code.clone())
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Other(name) => name,
            known => Self::NAMES.iter().find(|(_, code)| code == known).map_or("", |(name, _)| name),
        }
    }

    /// The name, when it is one of the protocols' own; `other` for words that the other party made up.
    #[must_use]
    pub fn known_name(&self) -> &str {
        if let Self::Other(_) = self { "other" } else { self.name() }
    }

    /// The HTTP status with which an endpoint reports it, where it is not reported through the browser.
    #[must_use]
    pub fn status(&self) -> http::StatusCode {
        match self {
            Self::InvalidClient | Self::InvalidToken => http::StatusCode::UNAUTHORIZED,
            Self::NotFound => http::StatusCode::NOT_FOUND,
            Self::ServerError => http::StatusCode::INTERNAL_SERVER_ERROR,
            Self::TemporarilyUnavailable => http::StatusCode::SERVICE_UNAVAILABLE,
            _ => http::StatusCode::BAD_REQUEST,
        }
    }
}

/// An error that another party reported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the other party reports {}", .code.known_name())]
pub struct Fault {
    /// Which.
    pub code: FaultCode,
    /// Their words, without control characters, cut to 300 characters. Never to be shown as ours, nor to be written into a
    /// log: whoever holds the browser can write them.
    pub description: Option<String>,
}

impl Fault {
    /// An error without description.
    #[must_use]
    pub fn new(code: FaultCode) -> Self {
        Self { code, description: None }
    }

    /// An error with a description.
    #[must_use]
    pub fn with(code: FaultCode, description: &str) -> Self {
        Self { code, description: Some(tidy(description, 300)) }
    }

    /// Reads `{"error": …, "error_description": …}`; `None` when the body is something else.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<Self> {
        let object = json::parse_object(body, 8 * 1024).ok()?;
        let description = object.optional_text("error_description").ok().flatten();
        let code = FaultCode::from_name(object.text("error").ok()?);
        Some(Self { code, description: description.map(|text| tidy(text, 300)) })
    }

    /// What to tell the user.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self.code {
            FaultCode::AccessDenied => self.denied(),
            FaultCode::LoginRequired | FaultCode::InvalidGrant | FaultCode::InvalidToken => Remedy::SignInAgain,
            FaultCode::ConsentRequired => Remedy::GiveConsent,
            FaultCode::ServerError | FaultCode::TemporarilyUnavailable => Remedy::TryLater,
            _ => Remedy::TellOperator,
        }
    }

    /// One code stands for several refusals; the provider may add the number of the SPID table of messages.
    fn denied(&self) -> Remedy {
        let text = self.description.as_deref().unwrap_or_default();
        if text.contains("nr20") {
            Remedy::UseHigherLevel
        } else if text.contains("nr22") {
            Remedy::GiveConsent
        } else {
            Remedy::SignInAgain
        }
    }
}

fn tidy(text: &str, length: usize) -> String {
    text.chars().filter(|character| !character.is_control()).take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_and_written() {
        for (name, code) in FaultCode::NAMES {
            assert_eq!(FaultCode::from_name(name), *code);
            assert_eq!(code.name(), *name);
        }
        assert_eq!(FaultCode::from_name(&"x\n".repeat(100)).name().len(), 64);
    }

    #[test]
    fn a_denial_says_what_to_do() {
        let denied = |text| Fault::with(FaultCode::AccessDenied, text).remedy();
        assert_eq!(denied("ErrorCode nr20"), Remedy::UseHigherLevel);
        assert_eq!(denied("ErrorCode nr22"), Remedy::GiveConsent);
        assert_eq!(denied("ErrorCode nr25"), Remedy::SignInAgain);
        assert_eq!(Fault::read(br#"{"error":"invalid_client"}"#).unwrap().remedy(), Remedy::TellOperator);
        assert_eq!(Fault::read(b"<html>"), None);
    }
}
