//! `FETCH`: what is asked of a message and how it is answered.

use std::fmt::Write as _;

use jiff::tz::TimeZone;

use super::token::Token;
use crate::mail::boxes::Kept;

/// One thing asked of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Item {
    Uid,
    Flags,
    InternalDate,
    Size,
    Envelope,
    /// A piece of the raw message; the label is repeated in the answer.
    Piece {
        label: String,
        section: Section,
        part: Option<(usize, usize)>,
        marks_seen: bool,
    },
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Section {
    Whole,
    Header,
    Text,
    Fields { names: Vec<String>, not: bool },
}

impl Item {
    /// Reads the items of a command; `None` when one is not understood.
    pub fn parse(token: &Token) -> Option<Vec<Self>> {
        let words: Vec<String> = match token {
            Token::List(list) => list.iter().map(|word| word.text().map(str::to_owned)).collect::<Option<_>>()?,
            word => vec![word.text()?.to_owned()],
        };
        let mut items = Vec::new();
        for word in words {
            match word.to_ascii_uppercase().as_str() {
                "ALL" => items.extend([Self::Flags, Self::InternalDate, Self::Size, Self::Envelope]),
                "FAST" => items.extend([Self::Flags, Self::InternalDate, Self::Size]),
                upper => items.push(Self::word(upper)?),
            }
        }
        Some(items)
    }

    fn word(word: &str) -> Option<Self> {
        let piece = |label: &str, section, marks_seen| {
            Some(Self::Piece { label: label.to_owned(), section, part: None, marks_seen })
        };
        match word {
            "UID" => Some(Self::Uid),
            "FLAGS" => Some(Self::Flags),
            "INTERNALDATE" => Some(Self::InternalDate),
            "RFC822.SIZE" => Some(Self::Size),
            "ENVELOPE" => Some(Self::Envelope),
            "RFC822" => piece("RFC822", Section::Whole, true),
            "RFC822.HEADER" => piece("RFC822.HEADER", Section::Header, false),
            "RFC822.TEXT" => piece("RFC822.TEXT", Section::Text, true),
            _ => Self::body(word),
        }
    }

    /// `BODY[section]<offset.length>` and `BODY.PEEK[…]`.
    fn body(word: &str) -> Option<Self> {
        let (marks_seen, rest) = match word.strip_prefix("BODY.PEEK[") {
            Some(rest) => (false, rest),
            None => (true, word.strip_prefix("BODY[")?),
        };
        let (name, after) = rest.rsplit_once(']')?;
        let section = match name {
            "" => Section::Whole,
            "HEADER" => Section::Header,
            "TEXT" => Section::Text,
            _ => fields(name)?,
        };
        let part = match after {
            "" => None,
            _ => {
                let (offset, length) = after.strip_prefix('<')?.strip_suffix('>')?.split_once('.')?;
                Some((offset.parse().ok()?, length.parse().ok()?))
            }
        };
        let label = match part {
            Some((offset, _)) => format!("BODY[{name}]<{offset}>"),
            None => format!("BODY[{name}]"),
        };
        Some(Self::Piece { label, section, part, marks_seen })
    }

    pub fn marks_seen(&self) -> bool {
        matches!(self, Self::Piece { marks_seen: true, .. })
    }

    pub fn answer(&self, kept: &Kept, out: &mut Vec<u8>) {
        match self {
            Self::Uid => out.extend(format!("UID {}", kept.uid).bytes()),
            Self::Flags => out.extend(format!("FLAGS ({})", flags(kept)).bytes()),
            Self::InternalDate => {
                let at = kept.at.to_zoned(TimeZone::UTC);
                out.extend(format!("INTERNALDATE \"{} +0000\"", at.strftime("%d-%b-%Y %H:%M:%S")).bytes());
            }
            Self::Size => out.extend(format!("RFC822.SIZE {}", kept.raw.len()).bytes()),
            Self::Envelope => out.extend(format!("ENVELOPE {}", envelope(&kept.raw)).bytes()),
            Self::Piece { label, section, part, .. } => {
                let bytes = section.of(&kept.raw);
                let bytes = match part {
                    Some((offset, length)) => {
                        let start = (*offset).min(bytes.len());
                        &bytes[start..start.saturating_add(*length).min(bytes.len())]
                    }
                    None => &bytes[..],
                };
                out.extend(format!("{label} {{{}}}\r\n", bytes.len()).bytes());
                out.extend_from_slice(bytes);
            }
        }
    }
}

pub(super) fn flags(kept: &Kept) -> String {
    kept.flags.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn fields(name: &str) -> Option<Section> {
    let (not, list) = match name.strip_prefix("HEADER.FIELDS.NOT ") {
        Some(list) => (true, list),
        None => (false, name.strip_prefix("HEADER.FIELDS ")?),
    };
    let list = list.trim().strip_prefix('(')?.strip_suffix(')')?;
    let names = list.split_whitespace().map(|name| name.trim_matches('"').to_owned()).collect();
    Some(Section::Fields { names, not })
}

impl Section {
    fn of(&self, raw: &[u8]) -> Vec<u8> {
        let split = raw.windows(4).position(|window| window == b"\r\n\r\n").map_or(raw.len(), |at| at + 4);
        let (header, text) = raw.split_at(split);
        match self {
            Self::Whole => raw.to_vec(),
            Self::Header => header.to_vec(),
            Self::Text => text.to_vec(),
            Self::Fields { names, not } => chosen(header, names, *not),
        }
    }
}

fn chosen(header: &[u8], names: &[String], not: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut keep = false;
    for line in header.split_inclusive(|&byte| byte == b'\n') {
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            let text = String::from_utf8_lossy(line);
            let name = text.split_once(':').map(|(name, _)| name.trim());
            keep = name.is_some_and(|name| names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name)) != not);
        }
        if keep {
            out.extend_from_slice(line);
        }
    }
    out.extend_from_slice(b"\r\n");
    out
}

/// The envelope structure (RFC 3501, section 7.4.2).
fn envelope(raw: &[u8]) -> String {
    let Some(message) = mail_parser::MessageParser::default().parse_headers(raw) else {
        return "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)".to_owned();
    };
    let field = |name: &str| string(crate::mail::headers::field(raw, name).as_deref());
    let from = people(message.from());
    let or_from = |found: String| if found == "NIL" { from.clone() } else { found };
    format!(
        "({} {} {from} {} {} {} {} {} {} {})",
        field("Date"),
        field("Subject"),
        or_from(people(message.sender())),
        or_from(people(message.reply_to())),
        people(message.to()),
        people(message.cc()),
        people(message.bcc()),
        field("In-Reply-To"),
        field("Message-ID"),
    )
}

fn people(list: Option<&mail_parser::Address<'_>>) -> String {
    let Some(list) = list.filter(|list| list.first().is_some()) else { return "NIL".to_owned() };
    let mut text = String::from("(");
    for found in list.iter() {
        let address = found.address().unwrap_or_default();
        let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
        let _ = write!(text, "({} NIL {} {})", string(found.name()), string(Some(local)), string(Some(domain)));
    }
    text.push(')');
    text
}

/// A quoted string; what a quoted string cannot hold is left out, because only headers are shown this way.
fn string(text: Option<&str>) -> String {
    let Some(text) = text else { return "NIL".to_owned() };
    let mut quoted = String::from("\"");
    for c in text.chars().filter(|c| c.is_ascii() && !c.is_ascii_control()) {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}
