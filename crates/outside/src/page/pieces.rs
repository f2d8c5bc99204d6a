//! Text in which web addresses can be followed. Nothing here is markup: the templates escape every piece.

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Plain text.
    Text(String),
    /// A web address, `http` or `https` only.
    Link(String),
}

/// Cuts `text` at its web addresses. Punctuation after an address belongs to the sentence, not to it.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = next_address(rest) {
        let address = &rest[start..];
        let end = address.find(|c: char| c.is_whitespace() || "<>\"'`".contains(c)).unwrap_or(address.len());
        let address = address[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '»']);
        push_text(&mut found, &rest[..start]);
        match url::Url::parse(address) {
            Ok(url) if url.has_host() => found.push(Piece::Link(address.to_owned())),
            _ => push_text(&mut found, address),
        }
        rest = &rest[start + address.len()..];
    }
    push_text(&mut found, rest);
    found
}

fn next_address(text: &str) -> Option<usize> {
    [text.find("https://"), text.find("http://")].into_iter().flatten().min()
}

fn push_text(found: &mut Vec<Piece>, text: &str) {
    match found.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Text(before)) => before.push_str(text),
        _ => found.push(Piece::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |piece| match piece {
            Piece::Text(text) => text,
            Piece::Link(url) => format!("[{url}]"),
        };
        pieces(text).into_iter().map(show).collect()
    }

    #[test]
    fn addresses_are_found_and_sentences_keep_their_full_stop() {
        assert_eq!(shown("Vai a http://127.0.0.1:8080/albo?c=1&d=2."), "Vai a [http://127.0.0.1:8080/albo?c=1&d=2].");
        assert_eq!(
            shown("(https://a.example/x), poi <https://b.example>"),
            "([https://a.example/x]), poi <[https://b.example]>"
        );
        assert_eq!(shown("a\nhttps://a.example/\nb"), "a\n[https://a.example/]\nb");
        assert_eq!(shown("niente qui"), "niente qui");
        assert_eq!(shown(""), "");
    }

    #[test]
    fn what_only_looks_like_an_address_stays_text() {
        for text in ["javascript:alert(1)", "http://", "https://.", "data:text/html,<b>", "mailto:a@b.example"] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(pieces("http:// x").len(), 1, "text stays in one piece");
    }
}
