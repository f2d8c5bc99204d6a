//! Changes of compact tokens: their parts exchanged, and what is in them changed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::chance::Chance;

/// Changes one part. What has no parts stays as it is.
pub fn change(data: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let (Ok(text), Ok(other)) = (std::str::from_utf8(data), std::str::from_utf8(other)) else { return data.to_vec() };
    let mut parts: Vec<String> = text.split('.').map(str::to_owned).collect();
    let theirs: Vec<&str> = other.split('.').collect();
    let at = chance.below(parts.len());
    match chance.below(5) {
        0 => parts[at] = theirs[chance.below(theirs.len())].to_owned(),
        1 => parts.insert(at, theirs[chance.below(theirs.len())].to_owned()),
        2 if parts.len() > 1 => drop(parts.remove(at)),
        _ => {
            if let Ok(inside) = URL_SAFE_NO_PAD.decode(&parts[at]) {
                parts[at] = URL_SAFE_NO_PAD.encode(super::json::change(&inside, &[], chance));
            }
        }
    }
    parts.join(".").into_bytes()
}
