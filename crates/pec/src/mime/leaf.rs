//! What a single part holds, and what a whole message says to its reader.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::html::html_to_text;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;

use super::{Content, Entity};
use crate::Attachment;

impl Entity<'_> {
    /// The body with its transfer encoding undone; broken encodings give what can be saved.
    pub fn decoded(&self) -> Vec<u8> {
        match self.headers.transfer_encoding().as_str() {
            "base64" => decode_base64(self.body),
            "quoted-printable" => quoted_printable_decode(self.body).unwrap_or_else(|| self.body.to_vec()),
            _ => self.body.to_vec(),
        }
    }

    /// The body as text in its declared character set; UTF-8 with replacement marks when that is unknown.
    pub fn decoded_text(&self) -> String {
        let bytes = self.decoded();
        let charset = self.headers.media_type().attribute("charset").filter(|name| !name.is_empty());
        match charset.and_then(|name| charset_decoder(name.trim().as_bytes())) {
            Some(decode) => decode(&bytes),
            None => String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    fn is_text(&self) -> bool {
        let media = self.headers.media_type();
        media.essence().is_empty() || media.is("text") || media.essence().starts_with("text/")
    }

    fn is_html(&self) -> bool {
        self.headers.media_type().is("text/html")
    }

    /// Whether the part is shown in the body of the message rather than kept beside it.
    pub fn is_shown(&self) -> bool {
        let leaf = matches!(self.content, Content::Leaf);
        leaf && self.is_text()
            && self.headers.file_name().is_none()
            && !self.headers.disposition().is("attachment")
            && !self.headers.is("Content-Type", "text/rfc822-headers")
    }

    /// The readable text: the plain form where there is one, else the words of the HTML form.
    pub fn shown_text(&self) -> String {
        let mut pieces = Vec::new();
        self.collect_text(&mut pieces);
        pieces.join("\n").replace("\r\n", "\n").trim().to_owned()
    }

    fn collect_text(&self, pieces: &mut Vec<String>) {
        if self.is_shown() {
            let text = self.decoded_text();
            pieces.push(if self.is_html() { html_to_text(&text) } else { text });
        } else if self.headers.media_type().is("multipart/alternative") {
            if let Some(best) = self.best_alternative() {
                best.collect_text(pieces);
            }
        } else {
            for part in self.parts() {
                part.collect_text(pieces);
            }
        }
    }

    fn best_alternative(&self) -> Option<&Self> {
        let plain = self.parts().iter().find(|part| part.is_shown() && !part.is_html());
        plain.or_else(|| self.parts().last())
    }

    /// Files and enclosed messages, in their order; alternatives of the shown text are not files.
    pub fn attachments(&self) -> Vec<Attachment> {
        let mut found = Vec::new();
        self.walk(&mut |part| {
            if !matches!(part.content, Content::Multipart(_)) && !part.is_shown() {
                found.push(part.as_attachment(found.len() + 1));
            }
        });
        found
    }

    fn as_attachment(&self, number: usize) -> Attachment {
        let media = self.headers.media_type();
        let essence = if media.essence().contains('/') { media.essence() } else { "application/octet-stream" };
        let extension = if essence == "message/rfc822" { "eml" } else { "bin" };
        let name = self.headers.file_name().unwrap_or_else(|| format!("part-{number}.{extension}"));
        Attachment { name, media_type: essence.to_owned(), bytes: self.decoded() }
    }
}

/// Decodes base64, skipping foreign characters as RFC 2045, section 6.8 asks.
fn decode_base64(body: &[u8]) -> Vec<u8> {
    base64_decode(body).unwrap_or_else(|| {
        let clean: Vec<u8> = body
            .iter()
            .copied()
            .filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
            .collect();
        base64_decode(&clean).unwrap_or_default()
    })
}
