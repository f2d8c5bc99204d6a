//! Signing a trusted list, for who publishes one: demonstrations and tests.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::algorithm::{Digest, SignatureMethod};
use super::error::SignError;
use super::keys::SigningKey;
use super::list::{PROPERTIES, XADES};
use crate::xml::read::with_text;
use crate::xml::{Element, canonicalize, ns};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const PROPERTIES_ID: &str = "signed-properties";

/// Signs a list as a whole, with RSA and SHA-256, and gives it with the signature as the last element of its root.
///
/// # Errors
/// [`SignError`] when the text cannot be read, or its root has no end tag of its own.
pub fn sign_list(xml: &str, key: &SigningKey, at: Timestamp) -> Result<String, SignError> {
    let digest = with_text(xml, |_, document| {
        let mut canonical = Vec::new();
        canonicalize(document.root(), None, &[], &mut canonical)?;
        Ok::<_, SignError>(STANDARD.encode(Digest::Sha256.of(&canonical)))
    })??;
    let object = object(key, at);
    let properties = STANDARD.encode(Digest::Sha256.of(&canonical_inside(&object.to_string(), "SignedProperties")?));
    let info = signed_info(&digest, &properties).to_string();
    let value = STANDARD.encode(key.sign(&canonical_inside(&info, "SignedInfo")?)?);
    let certificate = Element::new("ds:X509Certificate").text(&key.certificate_base64());
    let signature = Element::new("ds:Signature")
        .attribute("xmlns:ds", ns::SIGNATURE)
        .attribute("Id", "signature")
        .raw(&info)
        .child(Element::new("ds:SignatureValue").text(&value))
        .child(Element::new("ds:KeyInfo").child(Element::new("ds:X509Data").child(certificate)))
        .child(object)
        .to_string();
    let end = xml.rfind("</").ok_or(SignError::Place)?;
    let (before, behind) = xml.split_at_checked(end).ok_or(SignError::Place)?;
    Ok([before, &signature, behind].concat())
}

/// What the signature says of itself: when it was made, and with which certificate.
fn object(key: &SigningKey, at: Timestamp) -> Element {
    let digest = STANDARD.encode(Digest::Sha256.of(key.certificate_der()));
    let certificate = Element::new("xades:CertDigest")
        .child(Element::new("ds:DigestMethod").attribute("Algorithm", Digest::Sha256.uri()))
        .child(Element::new("ds:DigestValue").text(&digest));
    let signing = Element::new("xades:SignedSignatureProperties")
        .child(Element::new("xades:SigningTime").text(&format!("{at:.0}")))
        .child(Element::new("xades:SigningCertificateV2").child(Element::new("xades:Cert").child(certificate)));
    let properties = Element::new("xades:SignedProperties").attribute("Id", PROPERTIES_ID).child(signing);
    let qualifying = Element::new("xades:QualifyingProperties")
        .attribute("xmlns:xades", XADES)
        .attribute("Target", "#signature")
        .child(properties);
    Element::new("ds:Object").child(qualifying)
}

fn signed_info(list: &str, properties: &str) -> Element {
    let method = |name: &str, uri: &str| Element::new(name).attribute("Algorithm", uri);
    let reference = |uri: &str, of: Option<&str>, digest: &str| {
        let enveloped = of.is_none().then(|| method("ds:Transform", ENVELOPED));
        let steps = enveloped.into_iter().chain([method("ds:Transform", ns::EXCLUSIVE)]);
        Element::new("ds:Reference")
            .attribute_if("Type", of)
            .attribute("URI", uri)
            .child(Element::new("ds:Transforms").children(steps))
            .child(method("ds:DigestMethod", Digest::Sha256.uri()))
            .child(Element::new("ds:DigestValue").text(digest))
    };
    Element::new("ds:SignedInfo")
        .child(method("ds:CanonicalizationMethod", ns::EXCLUSIVE))
        .child(method("ds:SignatureMethod", SignatureMethod::Rsa(Digest::Sha256).uri()))
        .child(reference("", None, list))
        .child(reference(&format!("#{PROPERTIES_ID}"), Some(PROPERTIES), properties))
}

/// The canonical form of the element with this name, where it will stand: inside of the signature.
fn canonical_inside(xml: &str, name: &str) -> Result<Vec<u8>, SignError> {
    let around = Element::new("ds:Signature").attribute("xmlns:ds", ns::SIGNATURE).raw(xml).to_string();
    with_text(&around, |_, document| {
        let found = document.root().descendants().find(|node| node.local_name() == name).ok_or(SignError::Target)?;
        let mut canonical = Vec::new();
        canonicalize(found, None, &[], &mut canonical)?;
        Ok(canonical)
    })?
}
