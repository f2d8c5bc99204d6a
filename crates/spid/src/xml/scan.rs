//! A look at the text before the tree: what has no place here never reaches the parser.

use std::borrow::Cow;

use super::error::XmlError;
use super::read::{MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS};

/// Checks the limits, `most` bytes among them, and gives the text that is to be parsed.
///
/// XML 1.0 makes a line feed of every line end (2.11), and a space of every tab and line end that stands in an attribute
/// value as such (3.3.3). The parser leaves the first in CDATA sections and the second everywhere, so both are done here;
/// texts that have any are rare.
pub(super) fn scan(bytes: &[u8], most: usize) -> Result<Cow<'_, str>, XmlError> {
    if bytes.len() > most {
        return Err(XmlError::TooLarge { bytes: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| XmlError::Encoding)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    let mut scanner = Scanner { text: &text, at: 0, depth: 0, elements: 0, most, blanks: Vec::new() };
    scanner.declaration()?;
    scanner.content()?;
    let blanks = scanner.blanks;
    Ok(if blanks.is_empty() { text } else { Cow::Owned(with_spaces(&text, &blanks)) })
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    elements: usize,
    /// The largest document, in bytes.
    most: usize,
    /// Where attribute values have a line end or a tab.
    blanks: Vec<usize>,
}

impl Scanner<'_> {
    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The declaration may name UTF-8 or its part ASCII; a reader that believed another name would see another text.
    fn declaration(&mut self) -> Result<(), XmlError> {
        let Some(rest) = self.text.strip_prefix("<?xml") else { return Ok(()) };
        if !rest.starts_with([' ', '\t', '\r', '\n']) {
            return Err(XmlError::ProcessingInstruction);
        }
        let end = rest.find("?>").ok_or_else(|| malformed("the declaration does not end"))?;
        let declaration = rest.get(..end).unwrap_or_default();
        if let Some((_, named)) = declaration.split_once("encoding") {
            let name = named.trim_start_matches([' ', '\t', '\r', '\n', '=', '"', '\'']);
            let name = name.split(['"', '\'']).next().unwrap_or_default();
            if !["utf-8", "us-ascii"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
                return Err(XmlError::Encoding);
            }
        }
        self.at = self.text.len() - rest.len() + end + 2;
        Ok(())
    }

    fn content(&mut self) -> Result<(), XmlError> {
        while let Some(to_markup) = self.rest().iter().position(|byte| *byte == b'<') {
            self.at += to_markup;
            match self.rest() {
                [_, b'!', b'-', b'-', ..] => return Err(XmlError::Comment),
                [_, b'!', b'[', b'C', b'D', ..] => self.character_data()?,
                [_, b'!', ..] => return Err(XmlError::DocumentType),
                [_, b'?', ..] => return Err(XmlError::ProcessingInstruction),
                [_, b'/', ..] => self.end_tag()?,
                _ => self.start_tag()?,
            }
        }
        Ok(())
    }

    fn character_data(&mut self) -> Result<(), XmlError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += 3 + rest.find("]]>").ok_or_else(|| malformed("a CDATA section does not end"))?;
        Ok(())
    }

    fn end_tag(&mut self) -> Result<(), XmlError> {
        let length = self.rest().iter().position(|byte| *byte == b'>');
        self.at += 1 + length.ok_or_else(|| malformed("an end tag does not end"))?;
        self.depth = self.depth.checked_sub(1).ok_or_else(|| malformed("an end tag without a start tag"))?;
        Ok(())
    }

    fn start_tag(&mut self) -> Result<(), XmlError> {
        let mut attributes = 0;
        loop {
            let rest = self.rest();
            let special = rest.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'>'));
            let Some(length) = special else { return Err(malformed("a start tag does not end")) };
            let quote = rest.get(length).copied().unwrap_or_default();
            let empty = length > 0 && rest.get(length - 1) == Some(&b'/');
            self.at += length + 1;
            if quote == b'>' {
                return self.enter(empty, attributes);
            }
            attributes += 1;
            self.value(quote)?;
        }
    }

    /// The value of an attribute, up to the quote that ends it.
    fn value(&mut self, quote: u8) -> Result<(), XmlError> {
        let length = self.rest().iter().position(|byte| *byte == quote);
        let length = length.ok_or_else(|| malformed("a start tag does not end"))?;
        let value = self.text.as_bytes().get(self.at..self.at + length).unwrap_or_default();
        let blanks = value.iter().enumerate().filter(|(_, byte)| matches!(byte, b'\t' | b'\n'));
        self.blanks.extend(blanks.map(|(index, _)| self.at + index));
        self.at += length + 1;
        Ok(())
    }

    fn most_elements(&self) -> usize {
        self.most / (MAX_BYTES / MAX_ELEMENTS)
    }

    fn enter(&mut self, empty: bool, attributes: usize) -> Result<(), XmlError> {
        if attributes > MAX_ATTRIBUTES {
            return Err(XmlError::TooManyAttributes);
        }
        if self.depth == MAX_DEPTH {
            return Err(XmlError::TooDeep);
        }
        // A larger document may have more of them, in proportion.
        if self.elements == self.most_elements() {
            return Err(XmlError::TooManyElements);
        }
        self.elements += 1;
        self.depth += usize::from(!empty);
        Ok(())
    }
}

fn malformed(reason: &str) -> XmlError {
    XmlError::Malformed(reason.to_owned())
}

/// Makes a space of each place.
fn with_spaces(text: &str, places: &[usize]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for place in places.iter().copied() {
        out.push_str(text.get(from..place).unwrap_or_default());
        out.push(' ');
        from = place + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}
