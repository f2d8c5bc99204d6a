//! Signing what was written in canonical form, so that nothing need be read again: for who signs all day.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::algorithm::{Digest, SignatureMethod};
use super::error::SignError;
use super::keys::SigningKey;
use crate::xml::{Element, ns};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// Signs an element, and gives its text with the signature put in at `offset`, canonical again.
///
/// `canonical` is the canonical form of the element with the identifier `id`, `prefixes` the `PrefixList` by which it is
/// canonical. Nobody checks that here: the caller's tests do, with a reader.
pub(crate) fn sign_canonical(
    canonical: &str,
    offset: usize,
    id: &str,
    prefixes: &str,
    key: &SigningKey,
) -> Result<String, SignError> {
    let (before, behind) = canonical.split_at_checked(offset).ok_or(SignError::Place)?;
    let digest = STANDARD.encode(Digest::Sha256.of(canonical.as_bytes()));
    // By itself it declares the prefix; inside of the signature, which does, it need not.
    let alone = signed_info(id, prefixes, &digest).to_string();
    let value = STANDARD.encode(key.sign(alone.as_bytes())?);
    let inside = alone.replacen(&format!(" xmlns:ds=\"{}\"", ns::SIGNATURE), "", 1);
    let certificate = element("ds:X509Certificate").text(&key.certificate_base64());
    let signature = element("ds:Signature")
        .attribute("xmlns:ds", ns::SIGNATURE)
        .raw(&inside)
        .child(element("ds:SignatureValue").text(&value))
        .child(element("ds:KeyInfo").child(element("ds:X509Data").child(certificate)));
    Ok([before, &signature.to_string(), behind].concat())
}

fn element(name: &str) -> Element {
    Element::canonical(name)
}

fn signed_info(id: &str, prefixes: &str, digest: &str) -> Element {
    let method = |name: &str, uri: &str| element(name).attribute("Algorithm", uri);
    let list = element("ec:InclusiveNamespaces").attribute("xmlns:ec", ns::EXCLUSIVE).attribute("PrefixList", prefixes);
    let transforms = element("ds:Transforms")
        .child(method("ds:Transform", ENVELOPED))
        .child(method("ds:Transform", ns::EXCLUSIVE).child(list));
    let reference = element("ds:Reference")
        .attribute("URI", &format!("#{id}"))
        .child(transforms)
        .child(method("ds:DigestMethod", Digest::Sha256.uri()))
        .child(element("ds:DigestValue").text(digest));
    element("ds:SignedInfo")
        .attribute("xmlns:ds", ns::SIGNATURE)
        .child(method("ds:CanonicalizationMethod", ns::EXCLUSIVE))
        .child(method("ds:SignatureMethod", SignatureMethod::Rsa(Digest::Sha256).uri()))
        .child(reference)
}
