//! A bounded reader of MIME structure.
//!
//! The structure is read here, over the untouched bytes, because a detached signature covers exactly the octets
//! between two boundary lines and because a hostile message may nest as deep as its sender likes. Single header
//! fields, transfer encodings and character sets are left to `mail-parser`.

mod header;
mod leaf;

pub(crate) use header::Headers;

/// Limits that no honest message comes near.
const DEEPEST: usize = 24;
const MOST_PARTS: usize = 2_000;
const LARGEST_HEADER: usize = 512 * 1024;

/// Why the structure of a message was not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StructureError {
    /// Multiparts or enclosed messages nested too deep.
    #[error("parts are nested deeper than {DEEPEST} levels")]
    TooDeep,
    /// Too many parts in all.
    #[error("the message has more than {MOST_PARTS} parts")]
    TooManyParts,
    /// The header section of a part is too long.
    #[error("a header section is longer than {LARGEST_HEADER} bytes")]
    HeaderTooLarge,
}

/// A message or a part of one.
#[derive(Debug)]
pub(crate) struct Entity<'a> {
    pub headers: Headers<'a>,
    /// Header section and body, exactly as they came.
    pub raw: &'a [u8],
    pub body: &'a [u8],
    pub content: Content<'a>,
}

#[derive(Debug)]
pub(crate) enum Content<'a> {
    /// Text, data, or an enclosed message that is transfer-encoded.
    Leaf,
    Multipart(Vec<Entity<'a>>),
    /// An enclosed message written in clear.
    Message(Box<Entity<'a>>),
}

struct Budget {
    parts: usize,
}

impl<'a> Entity<'a> {
    /// Reads the structure of a whole message.
    pub fn parse(raw: &'a [u8]) -> Result<Self, StructureError> {
        Self::parse_at(raw, 0, &mut Budget { parts: MOST_PARTS })
    }

    fn parse_at(raw: &'a [u8], depth: usize, budget: &mut Budget) -> Result<Self, StructureError> {
        if depth >= DEEPEST {
            return Err(StructureError::TooDeep);
        }
        budget.parts = budget.parts.checked_sub(1).ok_or(StructureError::TooManyParts)?;
        let (head, body) = split_head(raw);
        if head.len() > LARGEST_HEADER {
            return Err(StructureError::HeaderTooLarge);
        }
        let headers = Headers::parse(head);
        let content = Self::content(&headers, body, depth, budget)?;
        Ok(Self { headers, raw, body, content })
    }

    fn content(
        headers: &Headers<'a>,
        body: &'a [u8],
        depth: usize,
        budget: &mut Budget,
    ) -> Result<Content<'a>, StructureError> {
        let media = headers.media_type();
        if let (true, Some(boundary)) = (media.is_multipart(), media.boundary()) {
            let mut parts = Vec::new();
            for part in split_parts(body, boundary.as_bytes(), budget.parts)? {
                parts.push(Self::parse_at(part, depth + 1, budget)?);
            }
            if !parts.is_empty() {
                return Ok(Content::Multipart(parts));
            }
        }
        if media.is("message/rfc822") && !headers.is_transfer_encoded() {
            return Ok(Content::Message(Box::new(Self::parse_at(body, depth + 1, budget)?)));
        }
        Ok(Content::Leaf)
    }

    /// The direct parts, none unless this is a multipart.
    pub fn parts(&self) -> &[Entity<'a>] {
        match &self.content {
            Content::Multipart(parts) => parts,
            Content::Leaf | Content::Message(_) => &[],
        }
    }

    /// Visits this entity and everything below it, without entering enclosed messages.
    pub fn walk<'s>(&'s self, visit: &mut dyn FnMut(&'s Entity<'a>)) {
        visit(self);
        for part in self.parts() {
            part.walk(visit);
        }
    }

    /// The first part, outside enclosed messages, for which `wanted` holds.
    pub fn find<'s>(&'s self, wanted: impl Fn(&Entity<'a>) -> bool) -> Option<&'s Entity<'a>> {
        let mut found = None;
        self.walk(&mut |part| {
            if found.is_none() && wanted(part) {
                found = Some(part);
            }
        });
        found
    }
}

/// The length of the first line of `bytes`, its end included; everything when there is no line end.
fn line_length(bytes: &[u8]) -> usize {
    // `skip_until` on a slice is a vectorised search, also in unoptimised builds, and cannot fail.
    let mut rest = bytes;
    std::io::BufRead::skip_until(&mut rest, b'\n').unwrap_or(bytes.len())
}

fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Splits at the first empty line; without one everything is header.
fn split_head(raw: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while at < raw.len() {
        let length = line_length(&raw[at..]);
        if without_line_end(&raw[at..at + length]).is_empty() {
            return (&raw[..at], &raw[at + length..]);
        }
        at += length;
    }
    (raw, &[])
}

/// The octets between boundary lines, without the line end that belongs to the boundary (RFC 2046, section 5.1.1).
/// A missing closing boundary ends the last part at the end of the body.
fn split_parts<'a>(body: &'a [u8], boundary: &[u8], most: usize) -> Result<Vec<&'a [u8]>, StructureError> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    while at < body.len() {
        let length = line_length(&body[at..]);
        if let Some(closing) = boundary_line(&body[at..at + length], boundary) {
            if let Some(start) = start {
                parts.push(without_line_end(&body[start..at]));
                if parts.len() > most {
                    return Err(StructureError::TooManyParts);
                }
            }
            start = Some(at + length);
            if closing {
                return Ok(parts);
            }
        }
        at += length;
    }
    if let Some(start) = start
        && start < body.len()
    {
        parts.push(&body[start..]);
    }
    Ok(parts)
}

/// `Some(false)` for a delimiter, `Some(true)` for the closing one.
fn boundary_line(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?;
    let (closing, rest) = match rest.strip_prefix(b"--") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    rest.iter().all(u8::is_ascii_whitespace).then_some(closing)
}

#[cfg(test)]
mod tests;
