//! Why a message of logout was refused.

use crate::saml::{BindingError, EntityId};
use crate::signature::{QuerySignatureError, SignatureError};
use crate::sp::reader::Violation;
use crate::xml::XmlError;

/// Why a message of logout was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LogoutError {
    /// The value holds no message.
    #[error("the message cannot be decoded")]
    Binding(#[from] BindingError),
    /// The message is no document within the limits.
    #[error("the message cannot be read")]
    Xml(#[from] XmlError),
    /// The document is another message.
    #[error("the message is not the one of logout that was expected")]
    OtherMessage,
    /// A rule was broken.
    #[error("the message breaks a rule: {0}")]
    Rule(#[from] Violation),
    /// Nobody knows who sends it.
    #[error("the message comes from {0}, which is not known")]
    UnknownIssuer(EntityId),
    /// The signature in the message is missing or not good.
    #[error("the signature of the message was not accepted")]
    Signature(#[from] SignatureError),
    /// The signature over the query is missing or not good.
    #[error("the signature over the query was not accepted")]
    Query(#[from] QuerySignatureError),
}
