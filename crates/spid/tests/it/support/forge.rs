//! Signatures of every shape, good and bad, by whatever key.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use spid::xml::{Node, canonicalize, ns, parse};

use super::keys::Keys;

pub const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
pub const HMAC_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
pub const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
pub const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
pub const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

pub fn canonical(node: Node<'_>, without: Option<Node<'_>>) -> Vec<u8> {
    let mut out = Vec::new();
    canonicalize(node, without, &[], &mut out).unwrap();
    out
}

pub fn sha256(bytes: &[u8]) -> String {
    STANDARD.encode(digest::digest(&digest::SHA256, bytes))
}

/// The digest of the element with this identifier, which has no signature yet.
pub fn digest_of(xml: &str, id: &str) -> String {
    let document = parse(xml.as_bytes()).unwrap();
    let element = document.root().descendants().find(|node| node.attribute("ID") == Some(id)).unwrap();
    sha256(&canonical(element, None))
}

pub fn transform(algorithm: &str) -> String {
    format!("<ds:Transform Algorithm=\"{algorithm}\"/>")
}

/// A reference by the profile, but for what the caller changes in it.
pub fn reference(uri: &str, digest: &str) -> String {
    format!(
        "<ds:Reference URI=\"{uri}\"><ds:Transforms>{}{}</ds:Transforms><ds:DigestMethod Algorithm=\"{SHA256}\"/>\
         <ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>",
        transform(ENVELOPED),
        transform(EXCLUSIVE)
    )
}

pub fn signed_info(method: &str, references: &str) -> String {
    format!(
        "<ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\"/>\
         <ds:SignatureMethod Algorithm=\"{method}\"/>{references}</ds:SignedInfo>"
    )
}

/// Whose signature.
pub enum Signer<'a> {
    Rsa(&'a Keys),
    Mac(&'a [u8]),
}

/// A signature over `info`, with `beside` behind its value.
pub fn signature(info: &str, signer: &Signer<'_>, beside: &str) -> String {
    let start = format!("<ds:Signature xmlns:ds=\"{}\">", ns::SIGNATURE);
    let text = format!("{start}{info}</ds:Signature>");
    let document = parse(text.as_bytes()).unwrap();
    let message = canonical(document.root().child(ns::SIGNATURE, "SignedInfo").unwrap(), None);
    let value = STANDARD.encode(sign(&message, signer));
    format!("{start}{info}<ds:SignatureValue>{value}</ds:SignatureValue>{beside}</ds:Signature>")
}

fn sign(message: &[u8], signer: &Signer<'_>) -> Vec<u8> {
    match signer {
        Signer::Mac(secret) => hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message).as_ref().to_vec(),
        Signer::Rsa(keys) => {
            let body: String = keys.private_pem.lines().filter(|line| !line.starts_with('-')).collect();
            let pair = RsaKeyPair::from_pkcs8(&STANDARD.decode(body).unwrap()).unwrap();
            let mut value = vec![0; pair.public_modulus_len()];
            pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut value).unwrap();
            value
        }
    }
}

pub fn key_info(keys: &Keys) -> String {
    let certificate = keys.signing.certificate_base64();
    format!(
        "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    )
}

/// Puts a signature behind the issuer of the assertion.
pub fn put(xml: &str, signature: &str) -> String {
    let assertion = xml.find("<saml:Assertion").unwrap();
    let place = assertion + xml[assertion..].find("</saml:Issuer>").unwrap() + "</saml:Issuer>".len();
    [&xml[..place], signature, &xml[place..]].concat()
}
