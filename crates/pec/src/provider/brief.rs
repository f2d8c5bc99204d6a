//! Brief receipts: the original message with its files replaced by their hashes (RFC 6109, section 3.3.2.2).

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use crate::StructureError;
use crate::mime::{Content, Entity};

/// The message with every named part and every enclosed message replaced.
pub(super) fn shorten(original: &[u8]) -> Result<Vec<u8>, StructureError> {
    let message = Entity::parse(original)?;
    let mut out = Vec::with_capacity(original.len());
    rewrite(&message, true, &mut out);
    Ok(out)
}

fn rewrite(entity: &Entity<'_>, root: bool, out: &mut Vec<u8>) {
    match &entity.content {
        Content::Multipart(parts) => {
            let boundary = entity.headers.media_type().boundary().unwrap_or_default();
            out.extend_from_slice(&entity.raw[..entity.raw.len() - entity.body.len()]);
            for part in parts {
                out.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
                rewrite(part, false, out);
                out.extend_from_slice(b"\r\n");
            }
            out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        }
        // The signature of a signed original stays whole, so that its structure can still be recognised.
        _ if is_signature(entity) || root => out.extend_from_slice(entity.raw),
        Content::Message(_) => out.extend_from_slice(&hashed(entity)),
        Content::Leaf if entity.headers.file_name().is_some() => out.extend_from_slice(&hashed(entity)),
        Content::Leaf => out.extend_from_slice(entity.raw),
    }
}

fn is_signature(entity: &Entity<'_>) -> bool {
    let media = entity.headers.media_type();
    ["pkcs7-signature", "x-pkcs7-signature", "pkcs7-mime", "x-pkcs7-mime"]
        .iter()
        .any(|subtype| media.is(&format!("application/{subtype}")))
}

/// The hash is over the part as it is transfer-encoded, in forty hexadecimal digits.
fn hashed(part: &Entity<'_>) -> Vec<u8> {
    let name = part.headers.file_name().unwrap_or_else(|| "messaggio.eml".to_owned());
    let name: String = name.chars().filter(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\\')).collect();
    let digits = sha1(part.body);
    format!(
        "Content-Type: text/plain; name=\"{name}.hash\"\r\n\
         Content-Disposition: attachment; filename=\"{name}.hash\"\r\n\r\n{digits}"
    )
    .into_bytes()
}

/// The forty hexadecimal digits of a `.hash` file.
pub(crate) fn sha1(content: &[u8]) -> String {
    digest(&SHA1_FOR_LEGACY_USE_ONLY, content).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
