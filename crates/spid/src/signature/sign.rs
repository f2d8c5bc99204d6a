//! Signing: a signature by the profile, put at its place in a text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Place;
use super::algorithm::{Digest, SignatureMethod};
use super::error::SignError;
use super::keys::SigningKey;
use crate::xml::read::with_text;
use crate::xml::{Document, Element, Node, canonicalize, ns};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// Signs the element of `xml` whose `ID` is `element_id`, with RSA and SHA-256, and gives the whole text with it.
///
/// # Errors
/// [`SignError`] when the text cannot be read, no element or several have the identifier, or there is no place.
pub fn sign(xml: &str, element_id: &str, key: &SigningKey, place: Place) -> Result<String, SignError> {
    with_text(xml, |text, document| {
        let element = target(document, element_id)?;
        let at = offset(element, place).ok_or(SignError::Place)?;
        let signature = make(element, element_id, key)?;
        let (before, behind) = text.split_at_checked(at).ok_or(SignError::Place)?;
        Ok([before, &signature, behind].concat())
    })?
}

fn target<'d>(document: &'d Document<'_>, id: &str) -> Result<Node<'d>, SignError> {
    if !document.has_unique_ids() {
        return Err(SignError::Target);
    }
    document.root().descendants().find(|node| node.attribute("ID") == Some(id)).ok_or(SignError::Target)
}

/// Where in the text the signature goes.
fn offset(element: Node<'_>, place: Place) -> Option<usize> {
    match place {
        Place::First => element.content_start(),
        Place::AfterIssuer => {
            let issuer = element.elements().next().filter(|first| first.is(ns::ASSERTION, "Issuer"))?;
            issuer.range().map(|range| range.end)
        }
    }
}

fn make(element: Node<'_>, id: &str, key: &SigningKey) -> Result<String, SignError> {
    let mut canonical = Vec::new();
    canonicalize(element, None, &[], &mut canonical)?;
    let digest = STANDARD.encode(Digest::Sha256.of(&canonical));
    let info = signed_info(id, &digest).to_string();
    let message = canonical_info(&info)?;
    let value = STANDARD.encode(key.sign(&message)?);
    let certificate =
        Element::new("ds:X509Data").child(Element::new("ds:X509Certificate").text(&key.certificate_base64()));
    let signature = Element::new("ds:Signature")
        .attribute("xmlns:ds", ns::SIGNATURE)
        .raw(&info)
        .child(Element::new("ds:SignatureValue").text(&value))
        .child(Element::new("ds:KeyInfo").child(certificate));
    Ok(signature.to_string())
}

fn signed_info(id: &str, digest: &str) -> Element {
    let method = |name: &str, uri: &str| Element::new(name).attribute("Algorithm", uri);
    let transforms = Element::new("ds:Transforms")
        .child(method("ds:Transform", ENVELOPED))
        .child(method("ds:Transform", ns::EXCLUSIVE));
    let reference = Element::new("ds:Reference")
        .attribute("URI", &format!("#{id}"))
        .child(transforms)
        .child(method("ds:DigestMethod", Digest::Sha256.uri()))
        .child(Element::new("ds:DigestValue").text(digest));
    Element::new("ds:SignedInfo")
        .child(method("ds:CanonicalizationMethod", ns::EXCLUSIVE))
        .child(method("ds:SignatureMethod", SignatureMethod::Rsa(Digest::Sha256).uri()))
        .child(reference)
}

/// What is signed: the canonical form of `SignedInfo` where it will stand.
fn canonical_info(info: &str) -> Result<Vec<u8>, SignError> {
    let around = Element::new("ds:Signature").attribute("xmlns:ds", ns::SIGNATURE).raw(info).to_string();
    with_text(&around, |_, document| {
        let mut canonical = Vec::new();
        if let Some(info) = document.root().child(ns::SIGNATURE, "SignedInfo") {
            canonicalize(info, None, &[], &mut canonical)?;
        }
        Ok(canonical)
    })?
}
