//! Which status carries which error.

use crate::saml::{ErrorCode, Status, StatusCode};

/// The status for an error of the table: outer code, inner code, and `ErrorCode nrNN` as message.
///
/// [`ErrorCode::Other`], which has no number, becomes a bare `Responder`.
pub fn status_of(code: ErrorCode) -> Status {
    use ErrorCode as E;
    let (outer, inner) = match code {
        E::Format | E::Id => (StatusCode::Requester, None),
        E::Version => (StatusCode::VersionMismatch, None),
        E::AuthnContext => (StatusCode::Requester, Some("NoAuthnContext")),
        E::IssueInstant => (StatusCode::Requester, Some("RequestDenied")),
        E::IsPassive => (StatusCode::Requester, Some("NoPassive")),
        E::Destination | E::AssertionConsumerService | E::NameIdPolicy | E::AttributeConsumingService => {
            (StatusCode::Requester, Some("RequestUnsupported"))
        }
        E::Other => (StatusCode::Responder, None),
        _ => (StatusCode::Responder, Some("AuthnFailed")),
    };
    let message = code.number().map(|number| format!("ErrorCode nr{number:02}"));
    Status::with(outer, inner, message.as_deref())
}
