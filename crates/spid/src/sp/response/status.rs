//! Reading `Status`, of a Response and of the answer to a logout.

use crate::saml::{Status, StatusCode};
use crate::sp::reader::{Checked, Fault, one, required, violation};
use crate::xml::{Node, ns};

const STATUS: &str = "Response/Status";
const CODE: &str = "Response/Status/StatusCode";
const VALUE: &str = "Response/Status/StatusCode/@Value";

/// Reads the status of `message`. A code that SAML does not know is malformed.
pub(in crate::sp) fn status(message: Node<'_>) -> Checked<Status> {
    let status = one(message, ns::PROTOCOL, STATUS)?;
    let code = one(status, ns::PROTOCOL, CODE)?;
    let Some(outer) = StatusCode::from_uri(required(code, VALUE)?) else {
        return violation(VALUE, Fault::Malformed);
    };
    let inner = code.child(ns::PROTOCOL, "StatusCode").and_then(|inner| inner.attribute("Value"));
    let message = status.child(ns::PROTOCOL, "StatusMessage").and_then(Node::trimmed);
    Ok(Status::with(outer, inner, message.as_deref()))
}
