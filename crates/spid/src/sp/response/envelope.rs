//! What stands around the assertion.

use super::error::ResponseError;
use super::verify::Input;
use crate::saml::{MessageId, names};
use crate::sp::reader::{Checked, Fault, IssuerFormat, equal, identifier, in_order, instant, issuer, violation};
use crate::xml::{Node, ns};

const ISSUER: &str = "Response/Issuer";

/// The kinds of elements of a Response, in their order. There is no place for extensions in the profile.
const KINDS: [(&str, &str); 4] =
    [(ns::ASSERTION, "Issuer"), (ns::SIGNATURE, "Signature"), (ns::PROTOCOL, "Status"), (ns::ASSERTION, "Assertion")];

/// Checks the Response itself, and gives its identifier.
pub(super) fn check(response: Node<'_>, input: &Input<'_>) -> Checked<MessageId> {
    let pending = input.pending;
    equal(response, "Response/@Version", names::VERSION)?;
    let id = identifier(response, "Response/@ID")?;
    equal(response, "Response/@InResponseTo", pending.id.as_str())?;
    equal(response, "Response/@Destination", &pending.consumer_url)?;
    let place = "Response/@IssueInstant";
    let issued = instant(response, place)?;
    input.clock().not_before(issued, pending.issue_instant, place)?;
    input.clock().not_in_future(issued, place)?;
    if issuer(response, IssuerFormat::Optional, [ISSUER, "Response/Issuer/@Format"])? != pending.provider {
        return violation(ISSUER, Fault::Mismatch);
    }
    Ok(id)
}

/// Nothing stands where it could be taken for the assertion or its signature.
pub(super) fn check_structure(response: Node<'_>) -> Result<(), ResponseError> {
    let (mut assertions, mut signatures) = (0, 0);
    for node in response.descendants() {
        match (node.namespace(), node.local_name()) {
            (ns::ASSERTION, "EncryptedAssertion" | "EncryptedID" | "EncryptedAttribute") => {
                return Err(ResponseError::Encrypted);
            }
            (ns::ASSERTION, "Assertion") => assertions += 1,
            (ns::SIGNATURE, "Signature") => signatures += 1,
            _ => {}
        }
    }
    let own_assertions = response.children(ns::ASSERTION, "Assertion").count();
    let in_assertion = response.child(ns::ASSERTION, "Assertion");
    let own_signatures = [Some(response), in_assertion].into_iter().flatten();
    let own_signatures: usize = own_signatures.map(|node| node.children(ns::SIGNATURE, "Signature").count()).sum();
    if own_assertions > 1 {
        violation("Response/Assertion", Fault::Repeated)?;
    }
    if assertions != own_assertions {
        violation("Response//Assertion", Fault::Unexpected)?;
    }
    if signatures != own_signatures {
        violation("Response//Signature", Fault::Unexpected)?;
    }
    Ok(in_order(response, &KINDS, "Response/*")?)
}
