//! Reading `daticert.xml`: leniently in form, strictly in meaning.

use std::borrow::Cow;

use italia::EmailAddress;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use roxmltree::{Document, Node, ParsingOptions};

use super::{CertificationData, CertificationError, ErrorKind, Recipient, RecipientKind};
use crate::MessageId;
use crate::wire::{CertifiedType, ReceiptKind};

const LARGEST: usize = 2 * 1024 * 1024;
const DEEPEST: usize = 32;

impl CertificationData {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, CertificationError> {
        if bytes.len() > LARGEST {
            return Err(CertificationError::TooLarge);
        }
        let text = decode(bytes);
        check_depth(&text)?;
        let text = without_document_type(&text)?;
        let options = ParsingOptions { nodes_limit: 200_000, ..ParsingOptions::default() };
        let document = Document::parse_with_options(&text, options).map_err(CertificationError::Xml)?;
        let root = document.root_element();
        if root.tag_name().name() != "postacert" {
            return Err(CertificationError::Missing("postacert"));
        }
        from_root(root)
    }
}

/// Files are UTF-8; some old ones are Latin-1 whatever they declare.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect::<String>().into(),
    };
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start()),
        Cow::Owned(text) => Cow::Owned(text.trim_start().to_owned()),
    }
}

/// The parser may recurse; the depth is bounded before it runs. Tags inside comments count as well, which only errs
/// on the side of refusal.
fn check_depth(text: &str) -> Result<(), CertificationError> {
    let mut depth = 0_usize;
    for piece in text.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or(piece);
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.starts_with(['?', '!']) && !tag.ends_with('/') {
            depth += 1;
            if depth > DEEPEST {
                return Err(CertificationError::TooDeep);
            }
        }
    }
    Ok(())
}

/// A plain reference to the DTD is dropped, never followed; a DTD written inside is refused.
fn without_document_type(text: &str) -> Result<Cow<'_, str>, CertificationError> {
    let Some(start) = text.find("<!DOCTYPE") else { return Ok(Cow::Borrowed(text)) };
    let length = text[start..].find('>').map_or(text.len() - start, |end| end + 1);
    let declaration = &text[start..start + length];
    if declaration.contains('[') {
        return Err(CertificationError::Entities);
    }
    Ok(Cow::Owned(format!("{}{}", &text[..start], &text[start + length..])))
}

fn from_root(root: Node<'_, '_>) -> Result<CertificationData, CertificationError> {
    let kind = word(root, "tipo", CertifiedType::parse)?.ok_or(CertificationError::Missing("tipo"))?;
    let header = child(root, "intestazione");
    let data = child(root, "dati").ok_or(CertificationError::Missing("dati"))?;
    let (at, offset) = instant(data)?;
    Ok(CertificationData {
        kind,
        error: word(root, "errore", ErrorKind::parse)?.unwrap_or_default(),
        sender: header.and_then(|header| text(header, "mittente")).unwrap_or_default(),
        recipients: header.map(recipients).unwrap_or_default(),
        reply_to: header.and_then(|header| text(header, "risposte")),
        subject: header.and_then(|header| text(header, "oggetto")),
        provider: text(data, "gestore-emittente").unwrap_or_default(),
        at,
        offset,
        identifier: text(data, "identificativo").ok_or(CertificationError::Missing("identificativo"))?,
        message_id: text(data, "msgid").as_deref().and_then(MessageId::lenient),
        detail: child(data, "ricevuta").map(|node| word(node, "tipo", ReceiptKind::parse)).transpose()?.flatten(),
        recipient: text(data, "consegna").as_deref().and_then(address),
        taken: children(data, "ricezione").filter_map(|node| address(&whole_text(node))).collect(),
        extended_error: text(data, "errore-esteso"),
    })
}

/// Elements are found by their local name, because some providers write a namespace prefix.
fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// All text below a node: a comment in the middle must not cut a value short.
fn whole_text(node: Node<'_, '_>) -> String {
    let pieces: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
    pieces.trim().to_owned()
}

fn text(node: Node<'_, '_>, name: &'static str) -> Option<String> {
    child(node, name).map(whole_text).filter(|text| !text.is_empty())
}

fn word<T>(
    node: Node<'_, '_>,
    field: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, CertificationError> {
    let Some(value) = node.attributes().find(|attribute| attribute.name() == field) else { return Ok(None) };
    parse(value.value()).map(Some).ok_or_else(|| unknown(field, value.value()))
}

fn unknown(field: &'static str, value: &str) -> CertificationError {
    CertificationError::Value { field, value: value.chars().take(40).collect() }
}

fn address(text: &str) -> Option<EmailAddress> {
    let text = text.trim();
    // Some providers write the whole mailbox, name and brackets included.
    let bare = text.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(text, |(inner, _)| inner);
    EmailAddress::parse(bare.trim()).ok()
}

fn recipients(header: Node<'_, '_>) -> Vec<Recipient> {
    children(header, "destinatari")
        .filter_map(|node| {
            let kind = word(node, "tipo", RecipientKind::parse).ok().flatten().unwrap_or_default();
            address(&whole_text(node)).map(|address| Recipient { address, kind })
        })
        .collect()
}

fn instant(data: Node<'_, '_>) -> Result<(jiff::Timestamp, Offset), CertificationError> {
    let node = child(data, "data").ok_or(CertificationError::Missing("data"))?;
    let zone = word(node, "zona", offset)?.ok_or(CertificationError::Missing("zona"))?;
    let day = text(node, "giorno").ok_or(CertificationError::Missing("giorno"))?;
    let hour = text(node, "ora").ok_or(CertificationError::Missing("ora"))?;
    let date = date(&day).ok_or_else(|| unknown("giorno", &day))?;
    let time = time(&hour).ok_or_else(|| unknown("ora", &hour))?;
    let at = zone.to_timestamp(DateTime::from_parts(date, time)).map_err(|_| unknown("data", &day))?;
    Ok((at, zone))
}

fn date(text: &str) -> Option<Date> {
    let mut numbers = text.split('/');
    let (day, month, year) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let date = Date::new(year.trim().parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()?;
    numbers.next().is_none().then_some(date)
}

fn time(text: &str) -> Option<Time> {
    let mut numbers = text.split(':');
    let (hour, minute, second) = (numbers.next()?, numbers.next()?, numbers.next()?);
    // A leap second is written :60 and means the last one of its minute here.
    let second: i8 = second.trim().parse().ok().map(|second: i8| if second == 60 { 59 } else { second })?;
    let time = Time::new(hour.trim().parse().ok()?, minute.trim().parse().ok()?, second, 0).ok()?;
    numbers.next().is_none().then_some(time)
}

/// `[+|-]hhmm`, with a colon from providers who prefer ISO 8601.
fn offset(text: &str) -> Option<Offset> {
    let text = text.trim();
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => (1, text),
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    (minutes < 60).then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()).flatten()
}
