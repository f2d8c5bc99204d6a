//! Where the tags and texts of a document stand, well-formed or not.

use std::ops::Range;

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// From `<` to `>`, quotes looked at.
    Tag(String),
    /// What stands between.
    Text(String),
}

impl Piece {
    pub fn text(&self) -> &str {
        match self {
            Self::Tag(text) | Self::Text(text) => text,
        }
    }

    fn opens(&self) -> bool {
        matches!(self, Self::Tag(tag) if !tag.starts_with("</") && !tag.ends_with("/>") && !tag.starts_with("<!"))
    }

    fn closes(&self) -> bool {
        matches!(self, Self::Tag(tag) if tag.starts_with("</"))
    }

    pub fn is_start(&self) -> bool {
        matches!(self, Self::Tag(tag) if !tag.starts_with("</") && !tag.starts_with("<!") && !tag.starts_with("<?"))
    }
}

/// Takes a document apart; together the pieces are the document again.
pub fn pieces(text: &str) -> Vec<Piece> {
    let (mut found, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let length = if rest.starts_with('<') { tag_length(rest) } else { rest.find('<').unwrap_or(rest.len()) };
        let (piece, behind) = rest.split_at(length);
        found.push(if piece.starts_with('<') { Piece::Tag(piece.to_owned()) } else { Piece::Text(piece.to_owned()) });
        rest = behind;
    }
    found
}

fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (index, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (b'>', None) => return index + 1,
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The pieces of the element that begins at `start`, up to its end tag.
pub fn element(pieces: &[Piece], start: usize) -> Range<usize> {
    let mut depth = 0_usize;
    for (index, piece) in pieces.iter().enumerate().skip(start) {
        depth += usize::from(piece.opens());
        depth -= usize::from(piece.closes() && depth > 0);
        if depth == 0 {
            return start..index + 1;
        }
    }
    start..pieces.len()
}

/// Puts the pieces together.
pub fn join(pieces: &[Piece]) -> String {
    pieces.iter().map(Piece::text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_document_and_elements_have_their_ends() {
        let text = "<a b='>'>x<c/><d><d>y</d></d></a>z";
        let found = pieces(text);
        assert_eq!(join(&found), text);
        assert_eq!(join(&found[element(&found, 0)]), "<a b='>'>x<c/><d><d>y</d></d></a>");
        assert_eq!(join(&found[element(&found, 2)]), "<c/>");
        assert_eq!(join(&found[element(&found, 3)]), "<d><d>y</d></d>");
    }
}
