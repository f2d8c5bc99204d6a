//! Writing MIME parts and headers as providers do: Latin-1 text, UTF-8 XML, everything in seven bits.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::boundary;
use super::manner::{Encoding, Manner};
use crate::certification::CertificationData;
use crate::certification::write::zone;
use crate::wire;

/// The outer header of a message under construction.
pub(super) struct Head {
    text: String,
}

impl Head {
    pub fn new() -> Self {
        Self { text: String::new() }
    }

    /// A field with an ASCII value of our own; anything that could break the line is dropped.
    pub fn text(&mut self, name: &str, value: &str) {
        let value: String = value.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
        let _ = write!(self.text, "{name}: {value}\r\n");
    }

    /// A field taken over word for word, made one line.
    pub fn inherit(&mut self, name: &str, raw: Option<&[u8]>) {
        let Some(raw) = raw else { return };
        let unfolded = String::from_utf8_lossy(raw).split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(self.text, "{name}: {unfolded}\r\n");
    }

    pub fn subject(&mut self, subject: &str) {
        let _ = write!(self.text, "Subject: {}\r\n", encoded_words(subject));
    }

    /// "Per conto di": the provider signs, the name shows on whose behalf.
    pub fn on_behalf_of(&mut self, sender: &str, provider: &str) {
        let name: String =
            sender.chars().filter(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '<' | '>')).collect();
        let _ = write!(self.text, "From: \"Per conto di: {name}\" <{provider}>\r\n");
    }

    pub fn date(&mut self, data: &CertificationData) {
        let local = data.local_time();
        let _ = write!(self.text, "Date: {} {}\r\n", local.strftime("%a, %d %b %Y %H:%M:%S"), zone(data.offset));
    }
}

/// RFC 2047 with base64 and UTF-8, folded; plain ASCII stays as it is, in short lines.
fn encoded_words(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if clean.is_ascii() && clean.len() < 900 && !clean.contains("=?") {
        return clean;
    }
    let mut words = Vec::new();
    let mut piece = String::new();
    for c in clean.chars() {
        if piece.len() + c.len_utf8() > 42 {
            words.push(std::mem::take(&mut piece));
        }
        piece.push(c);
    }
    words.push(piece);
    let words: Vec<_> = words.iter().map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word))).collect();
    words.join("\r\n ")
}

/// The readable text, Latin-1 and quoted-printable (RFC 6109, section 4.3.1).
pub(super) fn text_part(text: &str) -> Vec<u8> {
    let mut part = String::from(
        "Content-Type: text/plain; charset=\"iso-8859-1\"\r\nContent-Disposition: inline\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n",
    );
    for line in text.lines() {
        part.push_str(&quoted_printable(line));
        part.push_str("\r\n");
    }
    part.into_bytes()
}

fn quoted_printable(line: &str) -> String {
    let mut written = String::new();
    let mut column = 0;
    let count = line.chars().count();
    for (at, c) in line.chars().enumerate() {
        // What Latin-1 does not know is shown as a question mark; the XML has it right.
        let byte = u8::try_from(u32::from(c)).unwrap_or(b'?');
        let last = at + 1 == count;
        let plain = (byte.is_ascii_graphic() && byte != b'=') || (byte == b' ' && !last);
        if column >= 72 {
            written.push_str("=\r\n");
            column = 0;
        }
        if plain {
            written.push(char::from(byte));
            column += 1;
        } else {
            let _ = write!(written, "={byte:02X}");
            column += 3;
        }
    }
    written
}

pub(super) fn certification_part(data: &CertificationData, manner: &Manner) -> Vec<u8> {
    let file = manner.file_name.as_deref().unwrap_or(wire::CERTIFICATION_FILE);
    let media = manner.media_type.as_deref().unwrap_or("application/xml");
    let encoding = manner.encoding.name();
    let head = format!(
        "Content-Type: {media}; name=\"{file}\"\r\nContent-Disposition: inline; filename=\"{file}\"\r\n\
         Content-Transfer-Encoding: {encoding}\r\n\r\n"
    );
    let bytes = manner.certification.clone().unwrap_or_else(|| data.write().into_bytes());
    let body = match manner.encoding {
        Encoding::Base64 => wrapped_base64(&bytes).into_bytes(),
        Encoding::QuotedPrintable => quoted_printable_lines(&bytes).into_bytes(),
        Encoding::Plain => with_crlf(&bytes),
    };
    [head.as_bytes(), &body].concat()
}

/// Every octet that is not plain ASCII is written as a number, line by line.
fn quoted_printable_lines(bytes: &[u8]) -> String {
    let lines = bytes.split(|&byte| byte == b'\n').map(|line| {
        let line: String = line.iter().filter(|byte| **byte != b'\r').map(|&byte| char::from(byte)).collect();
        quoted_printable(&line)
    });
    lines.collect::<Vec<_>>().join("\r\n")
}

/// The original message, untouched but for its line ends, which the signature needs to be CRLF.
pub(super) fn original_part(original: &[u8]) -> Vec<u8> {
    let file = wire::ORIGINAL_FILE;
    let encoding = if original.is_ascii() { "7bit" } else { "8bit" };
    let head = format!(
        "Content-Type: message/rfc822; name=\"{file}\"\r\nContent-Disposition: inline; filename=\"{file}\"\r\n\
         Content-Transfer-Encoding: {encoding}\r\n\r\n"
    );
    [head.as_bytes(), &with_crlf(original)].concat()
}

fn with_crlf(bytes: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(bytes.len() + bytes.len() / 40);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(line) => {
                lines.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
                lines.extend_from_slice(b"\r\n");
            }
            None => lines.extend_from_slice(line),
        }
    }
    lines
}

/// The content that is signed: header and body of a `multipart/mixed`.
pub(super) fn mixed(parts: &[Vec<u8>]) -> Vec<u8> {
    let boundary = boundary(parts);
    let mut content = format!("Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n").into_bytes();
    for part in parts {
        content.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        content.extend_from_slice(part);
        content.extend_from_slice(b"\r\n");
    }
    content.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    content
}

pub(super) fn signed(head: Head, content: &[u8], signature: &[u8]) -> Vec<u8> {
    let boundary = boundary(&[content.to_vec(), signature.to_vec()]);
    let mut message = head.text;
    let _ = write!(
        message,
        "MIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol=\"application/x-pkcs7-signature\";\r\n \
         micalg=\"sha-256\"; boundary=\"{boundary}\"\r\n\r\nThis is an S/MIME signed message\r\n\r\n--{boundary}\r\n"
    );
    let mut bytes = message.into_bytes();
    bytes.extend_from_slice(content);
    let file = "smime.p7s";
    let rest = format!(
        "\r\n--{boundary}\r\nContent-Type: application/x-pkcs7-signature; name=\"{file}\"\r\n\
         Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"{file}\"\r\n\r\n\
         {}\r\n--{boundary}--\r\n",
        wrapped_base64(signature)
    );
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// The signature around its content (RFC 8551, section 3.5.2).
pub(super) fn opaque(head: Head, signature: &[u8]) -> Vec<u8> {
    let file = "smime.p7m";
    let rest = format!(
        "MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=\"{file}\"\r\n\
         Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"{file}\"\r\n\r\n{}",
        wrapped_base64(signature)
    );
    (head.text + &rest).into_bytes()
}

fn wrapped_base64(bytes: &[u8]) -> String {
    let mut lines = String::new();
    // 57 octets give a line of 76 characters.
    for chunk in bytes.chunks(57) {
        lines.push_str(&STANDARD.encode(chunk));
        lines.push_str("\r\n");
    }
    lines
}
