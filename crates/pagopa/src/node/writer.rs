//! Writes XML: elements and escaped text, without attributes beyond the envelope's namespaces.

use std::fmt::{self, Display, Write as _};

/// A growing document.
#[derive(Debug)]
pub(super) struct Writer(String);

impl Writer {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Appends markup as it is.
    pub(super) fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    pub(super) fn open(&mut self, name: &str) {
        self.0.push('<');
        self.0.push_str(name);
        self.0.push('>');
    }

    pub(super) fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element that holds only text.
    pub(super) fn leaf(&mut self, name: &str, value: impl Display) {
        self.open(name);
        self.text(value);
        self.close(name);
    }

    /// Escaped character data. What XML cannot carry at all becomes a space.
    pub(super) fn text(&mut self, value: impl Display) {
        // Writing into a string cannot fail, and a failing `Display` leaves what it wrote.
        let _ = write!(Escape(&mut self.0), "{value}");
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

struct Escape<'a>(&'a mut String);

impl fmt::Write for Escape<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '\t' | '\n' => self.0.push(c),
                '\r' => self.0.push_str("&#13;"),
                '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => self.0.push(' '),
                _ => self.0.push(c),
            }
        }
        Ok(())
    }
}
