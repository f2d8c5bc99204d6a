//! The text form of keys and certificates (RFC 7468), as lenient as OpenSSL's.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The bytes of the first block with one of these labels, and its label.
pub(super) fn first<'l>(text: &str, labels: &[&'l str]) -> Option<(&'l str, Vec<u8>)> {
    labels.iter().find_map(|label| block(text, label).map(|bytes| (*label, bytes)))
}

fn block(text: &str, label: &str) -> Option<Vec<u8>> {
    let (_, behind) = text.split_once(&format!("-----BEGIN {label}-----"))?;
    let (body, _) = behind.split_once(&format!("-----END {label}-----"))?;
    let compact: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(compact).ok()
}
