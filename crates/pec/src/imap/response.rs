//! What the server said (RFC 3501, section 7), as far as a reader needs it.

use super::wire::Piece;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    Ok,
    No,
    Bad,
    Bye,
    PreAuth,
}

#[derive(PartialEq, Eq, Debug)]
pub(super) enum Response {
    /// The server waits for the rest of a command.
    Continue,
    /// The end of a command.
    Done { tag: String, status: Status, text: String },
    /// A remark, with its code and the number in it, such as `UIDVALIDITY 7`.
    Remark { status: Status, code: Option<(String, u32)>, text: String },
    /// The number of messages in the folder.
    Exists(u32),
    /// Facts about a message.
    Fetch(Facts),
    /// Anything else.
    Other,
}

/// What a `FETCH` response says about a message.
#[derive(PartialEq, Eq, Default, Debug)]
pub(super) struct Facts {
    pub uid: Option<u32>,
    pub size: Option<u64>,
    pub body: Option<Vec<u8>>,
}

impl Response {
    pub fn parse(pieces: Vec<Piece>) -> Self {
        let first = match pieces.first() {
            Some(Piece::Text(text)) => String::from_utf8_lossy(text).into_owned(),
            _ => return Self::Other,
        };
        let (tag, rest) = first.split_once(' ').unwrap_or((&first, ""));
        match tag {
            "+" => Self::Continue,
            "*" => untagged(rest, pieces),
            _ => {
                let (word, text) = rest.split_once(' ').unwrap_or((rest, ""));
                match status(word) {
                    Some(status) => Self::Done { tag: tag.to_owned(), status, text: text.to_owned() },
                    None => Self::Other,
                }
            }
        }
    }
}

fn status(word: &str) -> Option<Status> {
    let known = [
        ("OK", Status::Ok),
        ("NO", Status::No),
        ("BAD", Status::Bad),
        ("BYE", Status::Bye),
        ("PREAUTH", Status::PreAuth),
    ];
    known.into_iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, status)| status)
}

fn untagged(rest: &str, pieces: Vec<Piece>) -> Response {
    let (first, after) = rest.split_once(' ').unwrap_or((rest, ""));
    if let Some(status) = status(first) {
        return Response::Remark { status, code: code(after), text: after.to_owned() };
    }
    let Ok(number) = first.parse() else { return Response::Other };
    let word = after.split(' ').next().unwrap_or_default();
    if word.eq_ignore_ascii_case("EXISTS") {
        Response::Exists(number)
    } else if word.eq_ignore_ascii_case("FETCH") {
        Response::Fetch(facts(tokens(pieces)))
    } else {
        Response::Other
    }
}

/// `[UIDVALIDITY 7]` at the beginning of a remark.
fn code(text: &str) -> Option<(String, u32)> {
    let (inside, _) = text.strip_prefix('[')?.split_once(']')?;
    let (name, number) = inside.split_once(' ')?;
    Some((name.to_ascii_uppercase(), number.trim().parse().ok()?))
}

#[derive(PartialEq, Eq, Debug)]
enum Token {
    Word(Vec<u8>),
    String(Vec<u8>),
    Open,
    Close,
}

fn tokens(pieces: Vec<Piece>) -> Vec<Token> {
    let mut found = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Literal(bytes) => found.push(Token::String(bytes)),
            Piece::Text(text) => in_text(&text, &mut found),
        }
    }
    found
}

fn in_text(text: &[u8], found: &mut Vec<Token>) {
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match byte {
            b' ' | b'\t' => at += 1,
            b'(' => {
                found.push(Token::Open);
                at += 1;
            }
            b')' => {
                found.push(Token::Close);
                at += 1;
            }
            b'"' => {
                let (string, length) = quoted(&text[at + 1..]);
                found.push(Token::String(string));
                at += 1 + length;
            }
            _ => {
                let length = word_length(&text[at..]);
                let word = &text[at..at + length];
                // The mark of a literal is no word: the literal itself follows.
                if !(word.starts_with(b"{") && at + length == text.len()) {
                    found.push(Token::Word(word.to_vec()));
                }
                at += length;
            }
        }
    }
}

/// The content of a quoted string, and how far it reaches.
fn quoted(text: &[u8]) -> (Vec<u8>, usize) {
    let mut content = Vec::new();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        match byte {
            b'"' => break,
            b'\\' => {
                content.extend(text.get(at));
                at += 1;
            }
            other => content.push(other),
        }
    }
    (content, at.min(text.len()))
}

/// A word ends at a space or a bracket, but `BODY[HEADER.FIELDS (TO)]<0>` is one.
fn word_length(text: &[u8]) -> usize {
    let mut inside = false;
    let end = text.iter().position(|&byte| {
        match byte {
            b'[' => inside = true,
            b']' => inside = false,
            _ => {}
        }
        !inside && matches!(byte, b' ' | b'\t' | b'(' | b')' | b'"')
    });
    end.unwrap_or(text.len()).max(1)
}

/// Names and values between the outermost parentheses; values that are lists are passed over.
fn facts(tokens: Vec<Token>) -> Facts {
    let mut facts = Facts::default();
    let mut depth = 0_usize;
    let mut name: Option<Vec<u8>> = None;
    for token in tokens {
        match token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            Token::Word(_) | Token::String(_) if depth != 1 => {}
            Token::Word(word) => match name.take() {
                None => name = Some(word.to_ascii_uppercase()),
                Some(name) => facts.number(&name, &word),
            },
            Token::String(string) => {
                if let Some(name) = name.take()
                    && name.starts_with(b"BODY[")
                {
                    facts.body = Some(string);
                }
            }
        }
        if depth != 1 {
            name = None;
        }
    }
    facts
}

impl Facts {
    fn number(&mut self, name: &[u8], word: &[u8]) {
        let digits = std::str::from_utf8(word).unwrap_or_default();
        match name {
            b"UID" => self.uid = digits.parse().ok(),
            b"RFC822.SIZE" => self.size = digits.parse().ok(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Response {
        Response::parse(vec![Piece::Text(text.as_bytes().to_vec())])
    }

    #[test]
    fn remarks_and_ends_are_told_apart() {
        let code = Some(("UIDVALIDITY".to_owned(), 7));
        let text = "[UIDVALIDITY 7] x".to_owned();
        assert_eq!(parsed("* OK [UIDVALIDITY 7] x"), Response::Remark { status: Status::Ok, code, text });
        assert_eq!(
            parsed("a1 no not so"),
            Response::Done { tag: "a1".into(), status: Status::No, text: "not so".into() }
        );
        assert_eq!(parsed("+ idling"), Response::Continue);
        assert_eq!(parsed("+"), Response::Continue);
        assert_eq!(parsed("* 23 EXISTS"), Response::Exists(23));
        assert_eq!(parsed("* 23 EXPUNGE"), Response::Other);
        assert_eq!(parsed("* LIST (x) y"), Response::Other);
        assert_eq!(parsed(""), Response::Other);
    }

    #[test]
    fn facts_are_found_in_any_order_and_among_others() {
        let line = r#"* 4 FETCH (FLAGS (\Seen UID 9) RFC822.SIZE 77 BODY[HEADER.FIELDS (UID 8)]<0> "a \"b\"" UID 12)"#;
        let expected = Facts { uid: Some(12), size: Some(77), body: Some(b"a \"b\"".to_vec()) };
        assert_eq!(parsed(line), Response::Fetch(expected));
    }

    #[test]
    fn a_literal_stands_for_its_mark() {
        let pieces = vec![
            Piece::Text(b"* 1 FETCH (UID 3 BODY[] {5}".to_vec()),
            Piece::Literal(b") (\r\n".to_vec()),
            Piece::Text(b" FLAGS ())".to_vec()),
        ];
        let expected = Facts { uid: Some(3), size: None, body: Some(b") (\r\n".to_vec()) };
        assert_eq!(Response::parse(pieces), Response::Fetch(expected));
    }

    #[test]
    fn nonsense_is_survived() {
        for line in [
            "* 1 FETCH",
            "* 1 FETCH (((((",
            "* 1 FETCH )))",
            "* 1 FETCH (UID",
            "* 1 FETCH (UID \"x",
            "* 1 FETCH ({",
            "* \u{fffd}",
        ] {
            let facts = match parsed(line) {
                Response::Fetch(facts) => facts,
                other => {
                    assert_eq!(other, Response::Other, "{line}");
                    continue;
                }
            };
            assert_eq!(facts, Facts::default(), "{line}");
        }
        assert_eq!(parsed("* 1 FETCH (UID 99999999999)"), Response::Fetch(Facts::default()));
    }
}
