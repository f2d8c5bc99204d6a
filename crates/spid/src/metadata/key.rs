//! Keys in metadata.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::MetadataError;
use crate::signature::{SigningKey, VerifyingKey};
use crate::xml::{Element, Node, ns};

/// More keys than anybody rolls over.
const MAX_KEYS: usize = 16;

/// The own key first, then the others, each certificate once.
pub(super) fn key_descriptors(key: &SigningKey, also: &[&[u8]]) -> Vec<Element> {
    let mut written: Vec<&[u8]> = Vec::with_capacity(1 + also.len());
    for certificate in std::iter::once(key.certificate_der()).chain(also.iter().copied()) {
        if !written.contains(&certificate) {
            written.push(certificate);
        }
    }
    let descriptor = |der: &&[u8]| Element::new("md:KeyDescriptor").attribute("use", "signing").child(key_info(der));
    written.iter().map(descriptor).collect()
}

pub(super) fn key_info(certificate: &[u8]) -> Element {
    let text = Element::new("ds:X509Certificate").text(&STANDARD.encode(certificate));
    Element::new("ds:KeyInfo").attribute("xmlns:ds", ns::SIGNATURE).child(Element::new("ds:X509Data").child(text))
}

/// The bytes of a certificate in base64, with or without the lines of PEM around it.
pub(crate) fn certificate_bytes(text: &str) -> Option<Vec<u8>> {
    let body = text.trim().strip_prefix("-----BEGIN CERTIFICATE-----").unwrap_or(text);
    let body = body.trim().strip_suffix("-----END CERTIFICATE-----").unwrap_or(body);
    let compact: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    if compact.is_empty() { None } else { STANDARD.decode(compact).ok() }
}

/// All keys that sign: those marked so, and those that are not marked. Each is given once; keys that cannot be read are
/// passed over as long as one can.
///
/// # Errors
/// [`MetadataError`] when there is none, or more than anybody needs.
pub(super) fn signing_keys(descriptor: Node<'_>) -> Result<Vec<VerifyingKey>, MetadataError> {
    let mut keys: Vec<VerifyingKey> = Vec::new();
    let mut found = 0;
    for node in descriptor.children(ns::METADATA, "KeyDescriptor") {
        if !matches!(node.attribute("use"), None | Some("signing")) {
            continue;
        }
        let certificates = node
            .children(ns::SIGNATURE, "KeyInfo")
            .flat_map(|info| info.children(ns::SIGNATURE, "X509Data"))
            .flat_map(|data| data.children(ns::SIGNATURE, "X509Certificate"));
        for certificate in certificates {
            found += 1;
            if found > MAX_KEYS {
                return Err(MetadataError::TooManyKeys);
            }
            let key = certificate.text().and_then(|text| VerifyingKey::from_certificate_base64(&text).ok());
            if let Some(key) = key.filter(|key| !keys.contains(key)) {
                keys.push(key);
            }
        }
    }
    if keys.is_empty() { Err(MetadataError::NoKey) } else { Ok(keys) }
}
