//! How a request ended: `Status`.

use std::fmt;

use super::error_code::ErrorCode;

/// The outer `StatusCode` (SAML V2.0 Core 3.2.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatusCode {
    /// It went well.
    Success,
    /// Not, because of the requester.
    Requester,
    /// Not, because of the responder.
    Responder,
    /// Not, because of the version of the request.
    VersionMismatch,
}

impl StatusCode {
    const PREFIX: &'static str = "urn:oasis:names:tc:SAML:2.0:status:";
    /// All.
    pub const ALL: [Self; 4] = [Self::Success, Self::Requester, Self::Responder, Self::VersionMismatch];

    /// The last part of the name.
    fn short(self) -> &'static str {
        match self {
            Self::Success => "Success",
            Self::Requester => "Requester",
            Self::Responder => "Responder",
            Self::VersionMismatch => "VersionMismatch",
        }
    }

    /// The name in `StatusCode`.
    pub fn uri(self) -> String {
        Self::uri_of(self.short())
    }

    /// The name of an inner code, such as `AuthnFailed`.
    pub(crate) fn uri_of(short: &str) -> String {
        format!("{}{short}", Self::PREFIX)
    }

    /// The code with this name.
    pub fn from_uri(uri: &str) -> Option<Self> {
        let short = uri.strip_prefix(Self::PREFIX)?;
        Self::ALL.into_iter().find(|code| code.short() == short)
    }
}

/// A status with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The outer code.
    pub code: StatusCode,
    /// The inner code, the last part of its name if it is one of SAML's: `AuthnFailed`, `PartialLogout`.
    pub substatus: Option<String>,
    /// `StatusMessage`, at most 512 characters of it. Written by the provider: never shown as it is.
    pub message: Option<String>,
}

impl Status {
    /// A status without more.
    pub fn new(code: StatusCode) -> Self {
        Self { code, substatus: None, message: None }
    }

    /// Keeps the parts, each within bounds.
    pub fn with(code: StatusCode, substatus: Option<&str>, message: Option<&str>) -> Self {
        let cut = |text: &str| text.chars().take(512).collect::<String>();
        let short = |uri: &str| cut(uri.strip_prefix(StatusCode::PREFIX).unwrap_or(uri));
        Self { code, substatus: substatus.map(short), message: message.map(cut) }
    }

    /// What AgID's table says about it: `ErrorCode nr19` in the message.
    pub fn error_code(&self) -> ErrorCode {
        self.message.as_deref().map_or(ErrorCode::Other, ErrorCode::in_message)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.short())?;
        match &self.substatus {
            Some(substatus) => write!(f, "/{substatus}"),
            None => Ok(()),
        }
    }
}
