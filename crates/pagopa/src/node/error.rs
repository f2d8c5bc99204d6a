//! Why a message of the node, or the creditor's answer, could not be read.

use super::fault::{Fault, FaultCode};
use super::operation::Operation;
use super::response::{Response, SoapFault, SoapFaultCode};

/// A message that could not be read: which operation it was, if that much was understood, and why.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the pagoPA message{}", of(*operation))]
pub struct NodeError {
    /// The operation, once its element was recognised.
    pub operation: Option<Operation>,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

fn of(operation: Option<Operation>) -> String {
    operation.map(|operation| format!(" {operation}")).unwrap_or_default()
}

/// What is wrong with a message.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The message is larger than the limit.
    #[error("the message has {size} bytes, the limit is {limit}")]
    TooLarge {
        /// Size in bytes.
        size: usize,
        /// Limit in bytes.
        limit: usize,
    },
    /// The bytes are not UTF-8.
    #[error("the message is not UTF-8")]
    NotUtf8(#[source] std::str::Utf8Error),
    /// The XML declaration names another encoding.
    #[error("the message declares an encoding that is not UTF-8")]
    Encoding,
    /// The message is not well-formed XML.
    #[error("the message is not well-formed XML")]
    Xml(#[source] XmlError),
    /// There is a document type declaration, which SOAP forbids and attacks need.
    #[error("the message has a document type declaration")]
    DocumentType,
    /// There is a reference to an entity that XML does not define by itself, or to a character it cannot carry.
    #[error("the message refers to an entity or a character that XML does not have")]
    Entity,
    /// A prefix is used that no `xmlns` declares.
    #[error("the message uses a prefix without a namespace")]
    Prefix,
    /// Elements are nested deeper than the limit.
    #[error("elements are nested deeper than {limit} levels")]
    TooDeep {
        /// Limit in levels.
        limit: usize,
    },
    /// The message ends too early.
    #[error("the message ends before its last element is closed")]
    Truncated,
    /// The root is not a SOAP envelope with a body.
    #[error("the message is not a SOAP envelope with a body")]
    NotEnvelope,
    /// The body is empty, or holds more than one element.
    #[error("the SOAP body does not hold exactly one element")]
    Body,
    /// The element in the body is no request (or no response) of the service, or is in another namespace.
    #[error("the service has no element {0:?} in this direction and namespace")]
    UnknownElement(Box<str>),
    /// The operation is one that this program does not offer.
    #[error("this creditor does not offer the operation")]
    Unsupported,
    /// A mandatory element is missing.
    #[error("the element {0} is missing")]
    Missing(&'static str),
    /// An element that may occur once occurs again.
    #[error("the element {0} occurs more than once")]
    Repeated(&'static str),
    /// A list is longer than allowed.
    #[error("there are more than {limit} elements {element}")]
    TooMany {
        /// The repeated element.
        element: &'static str,
        /// How many may occur.
        limit: usize,
    },
    /// Elements were found where text belongs.
    #[error("the element {0} holds elements where text belongs")]
    NotText(&'static str),
    /// The text of an element is not a value of its type.
    #[error("the element {element} has a wrong value")]
    Value {
        /// The element.
        element: &'static str,
        /// What a value would be.
        #[source]
        reason: ValueError,
    },
    /// The transfers do not fit the amount.
    #[error("the transfers are inconsistent")]
    Transfers(#[source] crate::PaymentError),
}

/// What a value of an element would have been. It does not repeat the value, which may be personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ValueError(pub(super) String);

/// An error of the XML parser.
#[derive(Debug, Clone, thiserror::Error)]
#[error(transparent)]
pub struct XmlError(pub(super) quick_xml::Error);

impl From<quick_xml::Error> for Problem {
    fn from(error: quick_xml::Error) -> Self {
        Self::Xml(XmlError(error))
    }
}

impl Problem {
    /// The code that a creditor answers with.
    #[must_use]
    pub fn fault_code(&self) -> FaultCode {
        match self {
            Self::Unsupported | Self::Transfers(_) => FaultCode::Semantic,
            Self::UnknownElement(_)
            | Self::Missing(_)
            | Self::Repeated(_)
            | Self::TooMany { .. }
            | Self::NotText(_)
            | Self::Value { .. } => FaultCode::SyntaxSchema,
            _ => FaultCode::SyntaxBeyondSchema,
        }
    }
}

impl NodeError {
    /// What to answer to the node: a fault in the operation's own response element, or a SOAP fault where not even the
    /// operation was understood.
    #[must_use]
    pub fn answer(&self, creditor: impl std::fmt::Display) -> Response {
        let description = chain(&self.problem);
        match self.operation {
            Some(operation) => {
                let fault = Fault::new(self.problem.fault_code(), creditor).with_description(description);
                Response::refusal(operation, fault)
            }
            None => Response::SoapFault(SoapFault { code: SoapFaultCode::Client, string: description.into() }),
        }
    }
}

/// The messages of an error and its causes, from the outside in.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
