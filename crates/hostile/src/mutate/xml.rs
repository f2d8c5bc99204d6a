//! Changes of documents: elements that move, and other spellings of the same.

use super::tags::{Piece, element, join, pieces};
use super::words;
use crate::chance::Chance;

/// Changes one thing. What is not UTF-8 stays as it is.
pub fn change(data: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(data) else { return data.to_vec() };
    let mut parts = pieces(text);
    match chance.below(4) {
        0 => structure(&mut parts, other, chance),
        1 => tag(&mut parts, chance),
        2 => content(&mut parts, chance),
        _ => return spelling(&mut parts, chance).into_bytes(),
    }
    join(&parts).into_bytes()
}

fn starts(parts: &[Piece]) -> Vec<usize> {
    (0..parts.len()).filter(|index| parts[*index].is_start()).collect()
}

/// Moves, copies, wraps, replaces or removes an element.
fn structure(parts: &mut Vec<Piece>, other: &[u8], chance: &mut Chance) {
    let Some(start) = chance.one_of(&starts(parts)).copied() else { return };
    let range = element(parts, start);
    let this = parts[range.clone()].to_vec();
    let foreign = || {
        let theirs = pieces(std::str::from_utf8(other).unwrap_or_default());
        let begin = starts(&theirs);
        (theirs, begin)
    };
    match chance.below(6) {
        0 => drop(parts.drain(range)),
        1 => {
            let at = chance.below(parts.len() + 1);
            drop(parts.splice(at..at, this));
        }
        2 => {
            drop(parts.drain(range));
            let at = chance.below(parts.len() + 1);
            drop(parts.splice(at..at, this));
        }
        3 => {
            let wrapped = format!("{}{}{}", WRAPS[chance.below(3)].0, join(&this), WRAPS[chance.below(3)].1);
            drop(parts.splice(range, [Piece::Text(wrapped)]));
        }
        _ => {
            let (theirs, begin) = foreign();
            let Some(from) = chance.one_of(&begin).copied() else { return };
            let stranger = theirs[element(&theirs, from)].to_vec();
            let range = if chance.once_in(2) { range } else { start..start };
            drop(parts.splice(range, stranger));
        }
    }
}

const WRAPS: [(&str, &str); 3] = [
    ("<samlp:Extensions>", "</samlp:Extensions>"),
    ("<ds:Object xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">", "</ds:Object>"),
    ("<x xmlns=\"urn:x\">", "</x>"),
];

/// Changes one tag: an attribute more, one less, another value.
fn tag(parts: &mut [Piece], chance: &mut Chance) {
    let Some(at) = chance.one_of(&starts(parts)).copied() else { return };
    let Piece::Tag(tag) = &mut parts[at] else { return };
    let name_end = tag.find([' ', '\n', '/', '>']).unwrap_or(tag.len());
    match chance.below(4) {
        0 => tag.insert_str(name_end, ATTRIBUTES[chance.below(ATTRIBUTES.len())]),
        1 => tag.insert_str(name_end, &format!(" xmlns:z{}=\"{}\"", chance.below(3), words::any(chance))),
        2 => {
            if let Some((from, to)) = value_range(tag, chance) {
                tag.replace_range(from..to, &words::any(chance).replace('<', ""));
            }
        }
        _ => {
            if let Some((from, to)) = value_range(tag, chance) {
                let start = tag[..from].rfind(' ').unwrap_or(from);
                tag.replace_range(start..(to + 1).min(tag.len()), "");
            }
        }
    }
}

const ATTRIBUTES: [&str; 9] = [
    " ID=\"_assertion\"",
    " ID=\"_response\"",
    " id='_assertion'",
    " xml:id=\"_assertion\"",
    " xmlns=\"\"",
    " xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\"",
    " xmlns:saml=\"urn:evil\"",
    " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"",
    " a='\t\n'",
];

/// Where the value of some attribute stands.
fn value_range(tag: &str, chance: &mut Chance) -> Option<(usize, usize)> {
    let quotes: Vec<usize> = tag.match_indices('"').map(|(index, _)| index).collect();
    let which = chance.below(quotes.len() / 2) * 2;
    Some((quotes.get(which)? + 1, *quotes.get(which + 1)?))
}

/// Changes one text, or puts something between two pieces.
fn content(parts: &mut Vec<Piece>, chance: &mut Chance) {
    let texts: Vec<usize> = (0..parts.len()).filter(|at| matches!(parts[*at], Piece::Text(_))).collect();
    let at = chance.below(parts.len() + 1);
    match (chance.below(3), chance.one_of(&texts)) {
        (0, _) => parts.insert(at, Piece::Text(BETWEEN[chance.below(BETWEEN.len())].to_owned())),
        (1, Some(text)) => parts[*text] = Piece::Text(words::any(chance).to_owned()),
        (_, Some(text)) => {
            let Piece::Text(text) = &mut parts[*text] else { return };
            let place = (0..=chance.below(text.len() + 1)).rev().find(|place| text.is_char_boundary(*place));
            text.insert_str(place.unwrap_or_default(), BETWEEN[chance.below(BETWEEN.len())]);
        }
        (_, None) => {}
    }
}

const BETWEEN: [&str; 10] =
    ["<!-- c -->", "<?p i?>", "<![CDATA[]]>", "<![CDATA[<x>]]>", "x", "\r\n", " ", "&lt;", "&e;", "<x xmlns=''/>"];

/// Says the same otherwise: a reader that follows XML sees no difference but in `&` and blanks between elements.
fn spelling(parts: &mut [Piece], chance: &mut Chance) -> String {
    let whole = join(parts);
    let at = chance.below(parts.len());
    let Some(piece) = parts.get_mut(at) else { return whole };
    match piece {
        Piece::Text(text) => *text = text_otherwise(text, chance),
        Piece::Tag(tag) => *tag = tag_otherwise(tag, chance),
    }
    match chance.below(12) {
        0 => format!("\u{feff}{}", join(parts)),
        1 => format!("<?xml version=\"1.0\" encoding='UTF-8'?>\r\n{}", join(parts)),
        2 => join(parts).replace('\n', "\r\n"),
        _ => join(parts),
    }
}

fn text_otherwise(text: &str, chance: &mut Chance) -> String {
    if chance.once_in(3) && !text.contains(['&', ']']) {
        return format!("<![CDATA[{text}]]>");
    }
    let letters: Vec<char> = text.chars().collect();
    let at = chance.below(letters.len());
    let spelled = |(index, letter): (usize, &char)| match index == at && letter.is_alphanumeric() && !text.contains('&')
    {
        true => format!("&#x{:x};", u32::from(*letter)),
        false => letter.to_string(),
    };
    letters.iter().enumerate().map(spelled).collect()
}

fn tag_otherwise(tag: &str, chance: &mut Chance) -> String {
    let otherwise = match (chance.below(5), tag.strip_suffix("/>"), tag.strip_suffix('>')) {
        (0, ..) if !tag.contains('\'') => Some(tag.replace('"', "'")),
        (1, ..) => Some(tag.replacen(' ', "\n\t ", 1)),
        (2, Some(open), _) => {
            let name = open[1..].split([' ', '\n']).next().unwrap_or_default();
            Some(format!("{open}></{name}>"))
        }
        (3, None, Some(open)) => Some(format!("{open} >")),
        (4, ..) => reordered(tag),
        _ => None,
    };
    otherwise.unwrap_or_else(|| tag.to_owned())
}

/// The last attribute first.
fn reordered(tag: &str) -> Option<String> {
    let (name, rest) = tag.split_once(' ')?;
    let end = if rest.ends_with("/>") { "/>" } else { ">" };
    let body = rest.strip_suffix(end)?;
    let last = body.rfind("\" ").map(|place| place + 1)?;
    let (before, attribute) = body.split_at(last);
    Some(format!("{name}{attribute} {before}{end}"))
}
