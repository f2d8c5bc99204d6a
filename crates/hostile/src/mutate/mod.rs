//! Changes: new bytes from old ones, by the shape of what is read.

mod bytes;
mod der;
mod jose;
mod json;
mod lines;
mod tags;
mod words;
mod xml;

use crate::chance::Chance;
use crate::target::Shape;

/// No mutant is longer, in bytes: a little more than the largest document that is read.
const LONGEST: usize = 300 * 1024;

/// Changes `data` at one to six places; parts of `other`, something of the same kind, may go into it.
pub fn mutate(shape: Shape, data: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut mutant = data.to_vec();
    for _ in 0..=chance.below(6) {
        // Most changes know what they change; the others break what those would never break.
        mutant = match shape {
            _ if chance.once_in(6) => bytes::change(&mutant, chance),
            Shape::Xml => xml::change(&mutant, other, chance),
            Shape::Der => der::change(&mutant, other, chance),
            Shape::Jose => jose::change(&mutant, other, chance),
            Shape::Json => json::change(&mutant, other, chance),
            Shape::Mail => lines::change(&mutant, other, chance),
            Shape::Text => bytes::splice(&mutant, other, chance),
        };
        mutant.truncate(LONGEST);
    }
    mutant
}
