//! The readers that all these attacks were made for: *if a signature is good, read an Assertion*.
//!
//! They compute everything as they should, and still are deceived, because what they verify is not what they read, or
//! because they believe the message about its own key.

use std::borrow::Cow;
use std::collections::BTreeSet;

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use spid::xml::{Document, Node, ns, parse};
use x509_cert::der::{Decode as _, Encode as _};

use super::forge::{HMAC_SHA256, canonical, sha256};
use super::keys;
use super::xmlsec::{Trust, verifies};

/// All names that one naive reader or another believes, if it believes the document at all.
pub fn reads(xml: &str) -> BTreeSet<String> {
    let document = parse(xml.as_bytes()).unwrap();
    let signatures = document.root().descendants().filter(|node| node.is(ns::SIGNATURE, "Signature"));
    if !signatures.into_iter().any(|signature| is_good(&document, signature)) {
        return BTreeSet::new();
    }
    let all: Vec<_> = document.root().descendants().filter(|node| node.is(ns::ASSERTION, "Assertion")).collect();
    let readers = [all.first().copied(), all.last().copied(), document.root().child(ns::ASSERTION, "Assertion")];
    readers.into_iter().flatten().filter_map(name).collect()
}

fn name(assertion: Node<'_>) -> Option<String> {
    let subject = assertion.child(ns::ASSERTION, "Subject")?;
    Some(subject.child(ns::ASSERTION, "NameID")?.trimmed()?.into_owned())
}

/// Some take the first of several, some the last.
fn is_good<'d>(document: &'d Document<'d>, signature: Node<'d>) -> bool {
    let infos: Vec<_> = signature.children(ns::SIGNATURE, "SignedInfo").collect();
    let (Some(first), Some(last)) = (infos.first(), infos.last()) else { return false };
    let digests = [true, false].iter().any(|from_start| digests_are_good(document, signature, *last, *from_start));
    digests && value_is_good(signature, *first)
}

fn digests_are_good<'d>(document: &'d Document<'d>, signature: Node<'d>, info: Node<'d>, from_start: bool) -> bool {
    info.children(ns::SIGNATURE, "Reference").all(|reference| {
        let uri = reference.attribute("URI").unwrap_or("");
        let mut found: Vec<_> = document.root().descendants().filter(|node| has_id(*node, uri)).collect();
        if uri.is_empty() {
            found.push(document.root());
        }
        let target = if from_start { found.first() } else { found.last() };
        let digest = reference.child(ns::SIGNATURE, "DigestValue").and_then(Node::trimmed);
        target.is_some_and(|target| Some(sha256(&canonical(*target, Some(signature)))) == digest.map(Cow::into_owned))
    })
}

/// By any attribute that looks like an identifier.
fn has_id(node: Node<'_>, uri: &str) -> bool {
    let id = uri.strip_prefix('#').unwrap_or("\0");
    let of_any_space = ["ID", "Id", "id"].iter().filter_map(|name| node.attribute(name));
    of_any_space.chain(node.attribute_of(ns::XML, "id")).chain(node.attribute_of("urn:evil", "ID")).any(|it| it == id)
}

/// With the provider's key, with the provider's certificate as a secret, or with the key that the message names.
fn value_is_good(signature: Node<'_>, info: Node<'_>) -> bool {
    let message = canonical(info, None);
    let Some(value) = signature.child(ns::SIGNATURE, "SignatureValue").and_then(Node::trimmed) else { return false };
    let Ok(value) = STANDARD.decode(value.as_bytes()) else { return false };
    let provider = keys::provider().signing.certificate_der();
    let method = info.child(ns::SIGNATURE, "SignatureMethod").and_then(|node| node.attribute("Algorithm"));
    if method == Some(HMAC_SHA256) {
        return hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, provider), &message, &value).is_ok();
    }
    let named = signature.descendants().find(|node| node.is(ns::SIGNATURE, "X509Certificate"));
    let named = named.and_then(Node::trimmed).and_then(|text| STANDARD.decode(text.as_bytes()).ok());
    [Some(provider.to_vec()), named].into_iter().flatten().any(|certificate| {
        let certificate = x509_cert::Certificate::from_der(&certificate).unwrap();
        let key = certificate.tbs_certificate.subject_public_key_info.to_der().unwrap();
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(&message, &value).is_ok()
    })
}

/// The reader with libxmlsec for the signature, and of the name the first text only, as so many have written it.
pub fn xmlsec_reads(xml: &str) -> Option<String> {
    let signatures = xml.matches("<ds:Signature ").count();
    let trust = Trust::Certificate(&keys::provider().certificate_pem);
    (1..=signatures).any(|index| verifies(xml, index, trust)).then(|| first_text(xml)).flatten()
}

fn first_text(xml: &str) -> Option<String> {
    let document = uppsala::parse(xml).ok()?;
    let assertion = *document.get_elements_by_tag_name("Assertion").first()?;
    let name = document
        .descendants(assertion)
        .into_iter()
        .find(|id| document.element(*id).is_some_and(|element| element.name.local_name == "NameID"))?;
    let first_text = document.children_iter(name).find_map(|id| document.text_content(id))?;
    Some(first_text.trim().to_owned())
}
