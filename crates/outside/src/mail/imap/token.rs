//! The words of an IMAP command.

use std::ops::RangeInclusive;

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    Atom(String),
    /// A quoted string or literal.
    Text(String),
    List(Vec<Token>),
}

impl Token {
    /// The word as text, whichever way it was written.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Atom(text) | Self::Text(text) => Some(text),
            Self::List(_) => None,
        }
    }

    /// The word in capitals, for comparing with keywords.
    pub fn keyword(&self) -> String {
        self.text().unwrap_or_default().to_ascii_uppercase()
    }
}

const DEEPEST: usize = 16;

/// Splits a command into words. Literals stand in it as `{n}` CRLF and their octets.
pub(super) fn tokens(command: &[u8]) -> Option<Vec<Token>> {
    let mut scanner = Scanner { bytes: command };
    let tokens = scanner.list(0)?;
    scanner.bytes.is_empty().then_some(tokens)
}

struct Scanner<'a> {
    bytes: &'a [u8],
}

impl Scanner<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    /// Words up to a closing parenthesis, which is left in place, or the end.
    fn list(&mut self, depth: usize) -> Option<Vec<Token>> {
        let mut tokens = Vec::new();
        loop {
            match self.bytes.first() {
                None | Some(b')') => return Some(tokens),
                Some(b' ' | b'\r' | b'\n') => {
                    self.next();
                }
                Some(b'(') if depth < DEEPEST => {
                    self.next();
                    tokens.push(Token::List(self.list(depth + 1)?));
                    self.next().filter(|byte| *byte == b')')?;
                }
                Some(b'(') => return None,
                Some(b'"') => tokens.push(self.quoted()?),
                Some(b'{') => tokens.push(self.literal()?),
                Some(_) => tokens.push(self.atom()),
            }
        }
    }

    fn quoted(&mut self) -> Option<Token> {
        self.next();
        let mut text = Vec::new();
        loop {
            match self.next()? {
                b'"' => return Some(Token::Text(String::from_utf8_lossy(&text).into_owned())),
                b'\\' => text.push(self.next()?),
                byte => text.push(byte),
            }
        }
    }

    fn literal(&mut self) -> Option<Token> {
        let end = self.bytes.iter().position(|byte| *byte == b'\n')?;
        let length = literal_length(&self.bytes[..=end])?;
        let rest = &self.bytes[end + 1..];
        let (text, rest) = rest.split_at_checked(length)?;
        self.bytes = rest;
        Some(Token::Text(String::from_utf8_lossy(text).into_owned()))
    }

    /// An atom; what stands in square brackets belongs to it, spaces and parentheses included.
    fn atom(&mut self) -> Token {
        let mut in_brackets = false;
        let end = self.bytes.iter().position(|byte| {
            match byte {
                b'[' => in_brackets = true,
                b']' => in_brackets = false,
                _ => {}
            }
            !in_brackets && matches!(byte, b' ' | b'(' | b')' | b'"' | b'\r' | b'\n')
        });
        let (atom, rest) = self.bytes.split_at(end.unwrap_or(self.bytes.len()));
        self.bytes = rest;
        Token::Atom(String::from_utf8_lossy(atom).into_owned())
    }
}

/// The length announced at the end of a line, `{n}` or `{n+}`.
pub(super) fn literal_length(line: &[u8]) -> Option<usize> {
    let line = line.trim_ascii_end().strip_suffix(b"}")?;
    let start = line.iter().rposition(|byte| *byte == b'{')?;
    let digits = &line[start + 1..];
    std::str::from_utf8(digits.strip_suffix(b"+").unwrap_or(digits)).ok()?.parse().ok()
}

/// A sequence set: `1,3:5,7:*`, where `*` is `last`.
pub(super) fn ranges(text: &str, last: u32) -> Option<Vec<RangeInclusive<u32>>> {
    let number = |text: &str| if text == "*" { Some(last) } else { text.parse().ok().filter(|number| *number > 0) };
    text.split(',')
        .map(|piece| {
            let (from, to) = piece.split_once(':').unwrap_or((piece, piece));
            let (from, to) = (number(from)?, number(to)?);
            Some(from.min(to)..=from.max(to))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atom(text: &str) -> Token {
        Token::Atom(text.into())
    }

    #[test]
    fn words_are_split() {
        let found = tokens(b"UID FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (FROM TO)]<0.9>)\r\n").unwrap();
        let items = vec![atom("UID"), atom("BODY.PEEK[HEADER.FIELDS (FROM TO)]<0.9>")];
        assert_eq!(found, [atom("UID"), atom("FETCH"), atom("1:*"), Token::List(items)]);
        let found = tokens(b"LOGIN \"a\\\"b\" {3}\r\nx y\r\n").unwrap();
        assert_eq!(found, [atom("LOGIN"), Token::Text("a\"b".into()), Token::Text("x y".into())]);
    }

    #[test]
    fn broken_commands_are_refused() {
        for command in ["(", ")", "\"open", "{5}\r\nabc"] {
            assert_eq!(tokens(command.as_bytes()), None, "{command}");
        }
        assert_eq!(tokens(&b"(".repeat(1000)), None);
    }

    #[test]
    fn sets_are_read() {
        assert_eq!(ranges("1,3:5,9:*", 7).unwrap(), [1..=1, 3..=5, 7..=9]);
        assert_eq!(ranges("0", 7), None);
        assert_eq!(ranges("a", 7), None);
    }
}
