//! Why a Response gives no identity.

use crate::saml::{Attribute, BindingError, Comparison, ErrorCode, Level, Remedy, Status, StatusCode};
use crate::signature::SignatureError;
use crate::sp::reader::Violation;
use crate::xml::XmlError;

/// What carries a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signed {
    /// The Response, which may be signed.
    Response,
    /// The Assertion, which must be.
    Assertion,
}

impl std::fmt::Display for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Response => "Response",
            Self::Assertion => "Assertion",
        })
    }
}

/// Why a Response was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResponseError {
    /// The value of the form holds no message.
    #[error("the Response cannot be decoded")]
    Binding(#[from] BindingError),
    /// The message is no document within the limits.
    #[error("the Response cannot be read")]
    Xml(#[from] XmlError),
    /// The document is another message.
    #[error("the message is not a Response")]
    NotAResponse,
    /// A rule was broken.
    #[error("the Response breaks a rule: {0}")]
    Rule(#[from] Violation),
    /// The provider says that there is no identity to give. This is not an attack but an outcome.
    #[error(transparent)]
    Status(#[from] StatusError),
    /// Encryption is not part of the profile.
    #[error("the Response has an encrypted part, which the profile does not provide for")]
    Encrypted,
    /// A signature is missing or not good.
    #[error("the signature of the {of} was not accepted")]
    Signature {
        /// Of what.
        of: Signed,
        /// Why.
        #[source]
        cause: SignatureError,
    },
    /// The person was authenticated at a level that does not meet the request.
    #[error("the level reached, {reached:?}, does not meet the level asked for, {asked:?} ({comparison:?})")]
    Level {
        /// The level asked for.
        asked: Level,
        /// How it could differ.
        comparison: Comparison,
        /// The level reached.
        reached: Level,
    },
    /// Attributes asked for were not sent.
    #[error("the Assertion has not all attributes asked for")]
    MissingAttributes(Vec<Attribute>),
}

/// The provider answered with an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the provider answered {status}, {error_code:?}")]
pub struct StatusError {
    /// The status as it came. Its message is the provider's and not for showing.
    pub status: Status,
    /// What AgID's table calls it.
    pub error_code: ErrorCode,
}

impl StatusError {
    pub(super) fn new(status: Status) -> Self {
        Self { error_code: status.error_code(), status }
    }

    /// The outer code.
    pub fn code(&self) -> StatusCode {
        self.status.code
    }

    /// What should happen next.
    pub fn remedy(&self) -> Remedy {
        self.error_code.remedy()
    }
}
