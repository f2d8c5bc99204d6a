//! Comments in metadata.
//!
//! Messages must have none, but metadata are often written by hand: those of CIE begin with a comment. Canonical XML
//! without comments leaves them out, so a document without them has the same digest, and whatever is read of it is what
//! was signed.

use std::borrow::Cow;

use super::error::MetadataError;
use crate::xml::XmlError;
use crate::xml::read::MAX_BYTES;

const OPEN: &[u8] = b"<!--";
const CLOSE: &[u8] = b"-->";
const DATA: &[u8] = b"<![CDATA[";
const DATA_END: &[u8] = b"]]>";

/// The same document without its comments. A `<` begins markup everywhere but in a CDATA section, which is passed over.
pub(super) fn without_comments(bytes: &[u8]) -> Result<Cow<'_, [u8]>, MetadataError> {
    if bytes.len() > MAX_BYTES {
        return Err(XmlError::TooLarge { bytes: bytes.len() }.into());
    }
    if find(bytes, OPEN).is_none() {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(place) = rest.iter().position(|byte| *byte == b'<') {
        let (before, markup) = rest.split_at(place);
        out.extend_from_slice(before);
        let (length, is_comment) = if markup.starts_with(OPEN) {
            (OPEN.len() + end(markup, OPEN, CLOSE)?, true)
        } else if markup.starts_with(DATA) {
            (DATA.len() + end(markup, DATA, DATA_END)?, false)
        } else {
            (1, false)
        };
        let (piece, behind) = markup.split_at(length);
        if !is_comment {
            out.extend_from_slice(piece);
        }
        rest = behind;
    }
    out.extend_from_slice(rest);
    Ok(Cow::Owned(out))
}

/// How many bytes behind the opening the closing ends.
fn end(markup: &[u8], open: &[u8], close: &[u8]) -> Result<usize, MetadataError> {
    let content = markup.get(open.len()..).unwrap_or_default();
    let place = find(content, close).ok_or_else(|| XmlError::Malformed("a comment does not end".to_owned()))?;
    Ok(place + close.len())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_nothing_else() {
        for (with, without) in [
            ("<a/>", "<a/>"),
            ("<!-- <b> --><a>x<!----><!-- - -->y</a>", "<a>xy</a>"),
            ("<a><![CDATA[<!-- x -->]]><!-- ]]> --></a>", "<a><![CDATA[<!-- x -->]]></a>"),
            ("<!--<![CDATA[--><a/><!--]]>-->", "<a/>"),
        ] {
            assert_eq!(without_comments(with.as_bytes()).unwrap(), without.as_bytes(), "{with}");
        }
        assert!(without_comments(b"<a/><!-- ").is_err());
        assert!(without_comments(b"<!-- --><a><![CDATA[").is_err());
    }
}
