//! Little that would become much: documents within the limits whose canonical form is not.

use spid::signature::{Problem, SignatureError};
use spid::sp::response::{ResponseError, Signed};
use spid::xml::{MAX_CANONICAL_BYTES, XmlError, canonicalize, parse};

use super::{before, refused};
use crate::support::provider::good;

/// A namespace whose name is a hundred thousand letters long, declared once and used by many elements that stand beside
/// each other: the canonical form declares it in each.
fn flood() -> String {
    let (name, many) = ("n".repeat(100_000), "<f:f/>".repeat(8_000));
    let value =
        format!("<saml:Attribute Name=\"x\"><saml:AttributeValue>{many}</saml:AttributeValue></saml:Attribute>");
    let xml = before(&good().xml(), "</saml:AttributeStatement>", &value);
    xml.replacen("<samlp:Response ", &format!("<samlp:Response xmlns:f=\"{name}\" "), 1)
}

#[test]
fn a_canonical_form_does_not_outgrow_its_document() {
    let xml = flood();
    assert!(xml.len() < 256 * 1024);
    let (document, mut out) = (parse(xml.as_bytes()).unwrap(), Vec::new());
    assert_eq!(canonicalize(document.root(), None, &[], &mut out), Err(XmlError::CanonicalTooLarge));
    assert!(out.len() < MAX_CANONICAL_BYTES + xml.len(), "{}", out.len());
}

#[test]
fn a_response_of_the_kind_is_refused_before_any_key_is_asked() {
    let cause = SignatureError::Profile(Problem::Size);
    assert_eq!(refused("a flood", &flood()), ResponseError::Signature { of: Signed::Response, cause });
}
