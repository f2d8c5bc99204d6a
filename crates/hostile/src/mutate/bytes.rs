//! Changes that know nothing of what they change.

use super::words;
use crate::chance::Chance;

/// Flips, puts in, takes out, repeats or overwrites a few bytes.
pub fn change(data: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut out = data.to_vec();
    let at = chance.below(out.len() + 1);
    let end = (at + 1 + chance.below(8)).min(out.len());
    match chance.below(7) {
        0 => {
            if let Some(byte) = out.get_mut(at) {
                *byte ^= 1 << chance.below(8);
            }
        }
        1 => out.insert(at, any(chance)),
        2 => drop(out.drain(at.min(end)..end)),
        3 => {
            let part = out[at.min(end)..end].to_vec();
            let times = 1 + chance.below(40);
            drop(out.splice(end..end, part.repeat(times)));
        }
        4 => out.truncate(at),
        5 => {
            if let Some(byte) = out.get_mut(at) {
                *byte = any(chance);
            }
        }
        _ => drop(out.splice(at..at, words::any(chance).bytes())),
    }
    out
}

fn any(chance: &mut Chance) -> u8 {
    const OFTEN: [u8; 18] = *b"\0<>&\"'=/%+:;.\t\n\r \xff";
    match chance.once_in(3) {
        true => chance.number().to_le_bytes()[0],
        false => OFTEN[chance.below(OFTEN.len())],
    }
}

/// Puts a part of another text in, or exchanges one `&`-separated part for another.
pub fn splice(data: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    if chance.once_in(2) {
        return fields(data, other, chance);
    }
    let (from, at) = (chance.below(other.len() + 1), chance.below(data.len() + 1));
    let part = &other[from..(from + chance.below(200)).min(other.len())];
    let behind = (at + chance.below(2) * part.len()).min(data.len());
    [&data[..at], part, &data[behind..]].concat()
}

fn fields(data: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let split = |text: &[u8]| text.split(|byte| *byte == b'&').map(<[u8]>::to_vec).collect::<Vec<_>>();
    let (mut ours, theirs) = (split(data), split(other));
    let at = chance.below(ours.len());
    let stranger = theirs[chance.below(theirs.len())].clone();
    match chance.below(5) {
        0 => ours[at] = stranger,
        1 => ours.insert(at, stranger),
        2 => drop(ours.remove(at)),
        3 => {
            let with = chance.below(ours.len());
            ours.swap(at, with);
        }
        _ => ours[at] = escaped(&ours[at], chance),
    }
    ours.join(&b'&')
}

/// One character of the field in another spelling.
fn escaped(field: &[u8], chance: &mut Chance) -> Vec<u8> {
    let at = chance.below(field.len());
    let Some(byte) = field.get(at) else { return field.to_vec() };
    let spelling = if chance.once_in(2) { format!("%{byte:02X}") } else { format!("%{byte:02x}") };
    [&field[..at], spelling.as_bytes(), &field[at + 1..]].concat()
}
