//! Text armour of keys and certificates (RFC 7468), as far as a client needs it.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// One armoured block: its label, for example `PRIVATE KEY`, and its bytes.
pub(crate) struct Block {
    pub(crate) label: String,
    pub(crate) der: Vec<u8>,
}

/// Reads every block of `text`; whatever stands between blocks is ignored, as RFC 7468 section 2 allows.
///
/// A block that is not closed or not base64 ends the reading with `None`.
pub(crate) fn blocks(text: &str) -> Option<Vec<Block>> {
    let mut found = Vec::new();
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        let Some(label) = line.strip_prefix("-----BEGIN ").and_then(|rest| rest.strip_suffix("-----")) else {
            continue;
        };
        let end = format!("-----END {label}-----");
        let mut body = String::new();
        loop {
            let line = lines.next()?;
            if line == end {
                break;
            }
            body.push_str(line);
        }
        found.push(Block { label: label.to_owned(), der: STANDARD.decode(body).ok()? });
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_blocks_and_skips_what_is_between() {
        let text = "Bag Attributes\r\n-----BEGIN A-----\r\nAQID\r\nBA==\r\n-----END A-----\nnote\n-----BEGIN B C-----\nBQ==\n-----END B C-----";
        let found = blocks(text).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].label.as_str(), found[0].der.as_slice()), ("A", [1, 2, 3, 4].as_slice()));
        assert_eq!((found[1].label.as_str(), found[1].der.as_slice()), ("B C", [5].as_slice()));
    }

    #[test]
    fn refuses_open_and_damaged_blocks() {
        assert!(blocks("-----BEGIN A-----\nAQID\n").is_none());
        assert!(blocks("-----BEGIN A-----\nAQI*\n-----END A-----").is_none());
        assert!(blocks("").unwrap().is_empty());
    }
}
