//! What to do with a request that is not accepted (*Tabella messaggi di errore*).

use super::accepted::ReplyTo;
use crate::saml::{BindingError, EntityId, ErrorCode};
use crate::signature::{QuerySignatureError, SignatureError};
use crate::sp::Violation;
use crate::xml::XmlError;

/// Why a request is not accepted, and who is to be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The person sees a page, and the service hears nothing: nobody knows whether it was the service that asked.
    #[error("the request is answered with a page")]
    Page(#[from] Page),
    /// The service gets a Response that says what was wrong with its request.
    #[error("the request is answered with an error")]
    Reply(#[from] Box<Rejection>),
}

/// An error of the table that only the person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageCode {
    /// 3: something is wrong here.
    System,
    /// 4: the message cannot be read.
    Binding,
    /// 5: the signature over the query is missing or not good.
    QuerySignature,
    /// 6: the address does not take messages that come this way.
    WrongBinding,
    /// 7: the signature in the message is missing or not good.
    PostSignature,
    /// 10: the issuer is missing, malformed or unknown.
    Issuer,
}

impl PageCode {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::System, Self::Binding, Self::QuerySignature, Self::WrongBinding, Self::PostSignature, Self::Issuer];

    /// The number in the table.
    pub fn number(self) -> u8 {
        match self {
            Self::System => 3,
            Self::Binding => 4,
            Self::QuerySignature => 5,
            Self::WrongBinding => 6,
            Self::PostSignature => 7,
            Self::Issuer => 10,
        }
    }

    /// The status of HTTP with which the page goes out.
    pub fn http_status(self) -> http::StatusCode {
        match self {
            Self::System => http::StatusCode::INTERNAL_SERVER_ERROR,
            _ => http::StatusCode::FORBIDDEN,
        }
    }
}

/// A page to be shown, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("code {} of the table", code.number())]
pub struct Page {
    /// Which of the table.
    pub code: PageCode,
    /// What was found, for the operators.
    #[source]
    pub cause: PageCause,
}

/// What was found in a request that is answered with a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageCause {
    /// The parameter holds no message.
    #[error("the request cannot be decoded")]
    Binding(#[from] BindingError),
    /// The message is no document within the limits.
    #[error("the request cannot be read")]
    Xml(#[from] XmlError),
    /// The query lacks a parameter, has one twice, or its signature is not good.
    #[error("the query was not accepted")]
    Query(#[from] QuerySignatureError),
    /// The relay state is too long or wrongly escaped.
    #[error("the relay state cannot be taken")]
    RelayState,
    /// No endpoint with this binding is at the address.
    #[error("no endpoint for this binding is at the address at which the request arrived")]
    NotOffered,
    /// The issuer breaks a rule.
    #[error("the request breaks a rule: {0}")]
    Issuer(Violation),
    /// Nobody knows the issuer.
    #[error("the request comes from {0}, which is not known")]
    UnknownIssuer(EntityId),
    /// The signature in the message.
    #[error("the signature of the request was not accepted")]
    Signature(#[from] SignatureError),
    /// The signature is good, but its certificate is not valid now.
    #[error("the request is signed with a certificate that is not valid now")]
    Certificate,
    /// The metadata name no place for answers.
    #[error("the metadata of the service name no place for answers")]
    NoConsumer,
}

impl PageCause {
    pub(super) fn page(self, code: PageCode) -> Page {
        Page { code, cause: self }
    }
}

/// An error that the service gets: nr08, nr09, nr11 to nr18.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("error {code:?} of the table")]
pub struct Rejection {
    /// Which of the table.
    pub code: ErrorCode,
    /// Where the Response goes.
    pub reply_to: ReplyTo,
    /// What was found.
    #[source]
    pub cause: Violation,
}
