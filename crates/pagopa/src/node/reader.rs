//! Reads XML in one pass: elements of known spaces, text, nothing else.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::NAMESPACE;
use super::error::{Problem, XmlError};

/// The namespaces of SOAP 1.1, which the node uses, and 1.2, which costs nothing to read.
const SOAP: [&str; 2] = ["http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"];

/// How large a message may be before it is refused unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest size in bytes.
    pub bytes: usize,
    /// Deepest nesting of elements. The service needs nine levels.
    pub depth: usize,
}

impl Default for Limits {
    /// 1 MiB, enough for a receipt with revenue stamps, and 24 levels.
    fn default() -> Self {
        Self { bytes: 1024 * 1024, depth: 24 }
    }
}

/// To which vocabulary an element belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    None,
    Soap,
    PaForNode,
    Foreign,
}

/// A cursor over the elements of a document.
pub(super) struct Reader<'i> {
    xml: NsReader<&'i [u8]>,
    start: BytesStart<'i>,
    depth: usize,
    limit: usize,
}

impl<'i> Reader<'i> {
    pub(super) fn new(bytes: &'i [u8], limits: &Limits) -> Result<Self, Problem> {
        if bytes.len() > limits.bytes {
            return Err(Problem::TooLarge { size: bytes.len(), limit: limits.bytes });
        }
        let text = std::str::from_utf8(bytes).map_err(Problem::NotUtf8)?;
        let mut xml = NsReader::from_str(text);
        xml.config_mut().expand_empty_elements = true;
        Ok(Self { xml, start: BytesStart::new(""), depth: 0, limit: limits.depth })
    }

    /// Goes to the next child of the current element, or behind its end.
    pub(super) fn next_element(&mut self) -> Result<Option<Space>, Problem> {
        loop {
            match self.xml.read_event()? {
                Event::Start(start) => return self.enter(start).map(Some),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(None);
                }
                Event::Eof if self.depth == 0 => return Ok(None),
                Event::Eof => return Err(Problem::Truncated),
                Event::Decl(declaration) => match declaration.encoding() {
                    Some(Ok(name)) if !name.eq_ignore_ascii_case("utf-8") => return Err(Problem::Encoding),
                    _ => {}
                },
                other => passive(&other)?,
            }
        }
    }

    /// Goes to the next child that belongs to the service's vocabulary, skipping others; false behind the last.
    pub(super) fn next_child(&mut self) -> Result<bool, Problem> {
        loop {
            match self.next_element()? {
                None => return Ok(false),
                Some(Space::None | Space::PaForNode) => return Ok(true),
                Some(Space::Soap | Space::Foreign) => self.skip()?,
            }
        }
    }

    fn enter(&mut self, start: BytesStart<'i>) -> Result<Space, Problem> {
        if self.depth >= self.limit {
            return Err(Problem::TooDeep { limit: self.limit });
        }
        self.depth += 1;
        let space = match self.xml.resolver().resolve_element(start.name()).0 {
            ResolveResult::Unbound => Space::None,
            ResolveResult::Bound(Namespace(NAMESPACE)) => Space::PaForNode,
            ResolveResult::Bound(Namespace(name)) if SOAP.contains(&name) => Space::Soap,
            ResolveResult::Bound(_) => Space::Foreign,
            ResolveResult::Unknown(_) => return Err(Problem::Prefix),
        };
        self.start = start;
        Ok(space)
    }

    /// The local name of the current element, until the cursor moves.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// Goes behind the end of the current element, whatever it holds.
    pub(super) fn skip(&mut self) -> Result<(), Problem> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next_element()?;
        }
        Ok(())
    }

    /// The text of the current element, which must hold nothing else; the cursor goes behind its end.
    pub(super) fn text(&mut self) -> Result<Cow<'i, str>, Problem> {
        let mut text = Cow::Borrowed("");
        loop {
            match self.xml.read_event()? {
                Event::Text(part) => append(&mut text, part.into_inner()),
                Event::CData(part) => append(&mut text, part.into_inner()),
                Event::GeneralRef(reference) => text.to_mut().push(character(&reference)?),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(text);
                }
                Event::Start(_) | Event::Empty(_) => return Err(Problem::NotText("")),
                Event::Eof => return Err(Problem::Truncated),
                other => passive(&other)?,
            }
        }
    }
}

fn append<'i>(text: &mut Cow<'i, str>, part: Cow<'i, str>) {
    if text.is_empty() {
        *text = part;
    } else {
        text.to_mut().push_str(&part);
    }
}

/// What carries no data here is passed over, except what must not be there at all.
fn passive(event: &Event<'_>) -> Result<(), Problem> {
    match event {
        Event::DocType(_) => Err(Problem::DocumentType),
        Event::GeneralRef(reference) => character(reference).map(|_| ()),
        _ => Ok(()),
    }
}

/// The character that a reference stands for: one of the five entities of XML itself, or a number.
fn character(reference: &BytesRef<'_>) -> Result<char, Problem> {
    match &**reference {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => match reference.resolve_char_ref() {
            Ok(Some(c)) if c >= ' ' || matches!(c, '\t' | '\n' | '\r') => Ok(c),
            Ok(_) => Err(Problem::Entity),
            Err(error) => Err(Problem::Xml(XmlError(error))),
        },
    }
}
