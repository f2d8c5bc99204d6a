//! From the octets of `daticert.xml` to text that a parser of XML accepts.

use super::CertificationError;
use crate::Irregularity;

const DEEPEST: usize = 32;

/// The text of the file, repaired where that needs no guess about its meaning.
pub(super) fn repaired(bytes: &[u8], odd: &mut Vec<Irregularity>) -> Result<String, CertificationError> {
    let text = decode(bytes, odd);
    let text = without_document_type(&text, odd)?;
    let text = only_markup(&text, odd);
    let text = with_references(&text, odd);
    check_depth(&text)?;
    Ok(text)
}

/// Files are UTF-8; some old ones are Latin-1 whatever they declare, and some systems write UTF-16.
fn decode(bytes: &[u8], odd: &mut Vec<Irregularity>) -> String {
    if let Some(text) = utf_16(bytes) {
        odd.push(Irregularity::Encoding("UTF-16"));
        return text;
    }
    let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bare.len() < bytes.len() {
        odd.push(Irregularity::ByteOrderMark);
    }
    let declared_latin = declares_latin_1(bare);
    match std::str::from_utf8(bare) {
        Ok(text) => {
            if declared_latin && !text.is_ascii() {
                odd.push(Irregularity::Encoding("UTF-8"));
            }
            text.to_owned()
        }
        Err(_) => {
            if !declared_latin {
                odd.push(Irregularity::Encoding("Latin-1"));
            }
            bare.iter().map(|&byte| char::from(byte)).collect()
        }
    }
}

fn utf_16(bytes: &[u8]) -> Option<String> {
    let read: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}

fn declares_latin_1(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    let declaration = head.split("?>").next().unwrap_or_default();
    declaration.contains("<?xml") && ["8859-1", "windows-1252", "latin1"].iter().any(|name| declaration.contains(name))
}

/// A plain reference to the DTD is dropped, never followed; a DTD written inside is refused, and so are all others.
fn without_document_type(text: &str, odd: &mut Vec<Irregularity>) -> Result<String, CertificationError> {
    const OPENING: &str = "<!DOCTYPE";
    let Some(start) = text.find(OPENING) else { return Ok(text.to_owned()) };
    let length = text[start..].find('>').map_or(text.len() - start, |end| end + 1);
    let rest = &text[start + length..];
    if text[start..start + length].contains('[') || rest.contains(OPENING) || rest.contains("<!ENTITY") {
        return Err(CertificationError::Entities);
    }
    odd.push(Irregularity::DocumentType);
    Ok(format!("{}{rest}", &text[..start]))
}

/// Drops what stands before the first and after the last tag, and what no XML may hold.
fn only_markup(text: &str, odd: &mut Vec<Irregularity>) -> String {
    let (start, end) = (text.find('<').unwrap_or(0), text.rfind('>').map_or(text.len(), |at| at + 1));
    let inside = text.get(start..end).unwrap_or(text);
    let kept: String = inside.chars().filter(|c| is_xml(*c)).collect();
    let around = text.len() - inside.len();
    let blank = text[..start].trim().is_empty() && text.get(end..).unwrap_or_default().trim().is_empty();
    if kept.len() < inside.len() || (around > 0 && !blank) {
        odd.push(Irregularity::StrayText);
    }
    kept
}

/// The characters of XML 1.0, section 2.2.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Writes bare ampersands as references. An ampersand in a subject is the commonest reason why a file is no XML.
fn with_references(text: &str, odd: &mut Vec<Irregularity>) -> String {
    let mut pieces = text.split('&');
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    let mut bare = false;
    // In a character data section an ampersand is itself.
    let mut literal = in_character_data(false, &whole);
    for piece in pieces {
        if literal || is_reference(piece) {
            whole.push('&');
        } else {
            bare = true;
            whole.push_str("&amp;");
        }
        whole.push_str(piece);
        literal = in_character_data(literal, piece);
    }
    if bare {
        odd.push(Irregularity::BareAmpersand);
    }
    whole
}

fn in_character_data(before: bool, piece: &str) -> bool {
    match (piece.rfind("<![CDATA["), piece.rfind("]]>")) {
        (Some(open), Some(close)) => open > close,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => before,
    }
}

/// Whether what follows an ampersand is one of the five names of XML or a number; other names need a DTD.
fn is_reference(rest: &str) -> bool {
    let Some((name, _)) = rest.split_once(';') else { return false };
    match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix('x') {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            code.ok().and_then(char::from_u32).is_some_and(is_xml)
        }
        None => matches!(name, "amp" | "lt" | "gt" | "quot" | "apos"),
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
