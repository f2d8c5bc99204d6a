//! A short way through the shaper for plain Latin text.
//!
//! The fonts have no ligatures, and all they do between letters is to move pairs apart or
//! together. So each pair is shown to the shaper once in the life of the process, and its answer
//! is kept; text of such letters is then set without it, five times as fast.

use std::sync::atomic::{AtomicI16, Ordering};

use rustybuzz::{Direction, Face, ShapePlan, UnicodeBuffer, script};

/// Letters from space to the end of Latin Extended-A, one slot each.
const LETTERS: usize = 0x180;
/// Common signs beyond them, in the slots after the letters.
const SIGNS: [char; 12] = ['–', '—', '‘', '’', '“', '”', '•', '…', '€', '‹', '›', '™'];
const SLOTS: usize = LETTERS + SIGNS.len();

/// The pair was not looked at yet.
const UNKNOWN: i16 = i16::MIN;
/// The shaper does more to the pair than to move it.
const IRREGULAR: i16 = i16::MIN + 1;

/// What is known of one font's pairs.
pub(crate) struct Kerning {
    /// Glyph and width by slot; glyph 0 where the font has none.
    letters: Vec<(u16, i16)>,
    /// The change to the width of the first letter, by slot of the first and second.
    pairs: Vec<AtomicI16>,
}

/// A letter's slot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot(usize);

impl Kerning {
    pub(crate) fn new(face: &Face<'_>) -> Self {
        let letters = (0..SLOTS).map(|slot| {
            let character = match slot.checked_sub(LETTERS) {
                Some(sign) => Some(SIGNS[sign]),
                None => u32::try_from(slot).ok().and_then(char::from_u32).filter(|letter| *letter >= ' '),
            };
            let glyph = character.and_then(|character| face.glyph_index(character));
            let width =
                glyph.and_then(|glyph| face.glyph_hor_advance(glyph)).and_then(|width| i16::try_from(width).ok());
            (glyph.map_or(0, |glyph| if width.is_some() { glyph.0 } else { 0 }), width.unwrap_or(0))
        });
        let pairs = (0..SLOTS * SLOTS).map(|_| AtomicI16::new(UNKNOWN));
        Self { letters: letters.collect(), pairs: pairs.collect() }
    }

    /// The slot of a letter that the font has.
    pub(crate) fn slot(&self, character: char) -> Option<Slot> {
        let code = u32::from(character) as usize;
        let slot = if code < LETTERS { code } else { LETTERS + SIGNS.iter().position(|sign| *sign == character)? };
        (self.letters[slot].0 != 0).then_some(Slot(slot))
    }

    /// Glyph and width of a letter.
    pub(crate) fn letter(&self, slot: Slot) -> (u16, i16) {
        self.letters[slot.0]
    }

    /// The change to the width of `first` before `second`; `None` when the pair needs the shaper.
    pub(crate) fn pair(
        &self,
        first: Slot,
        second: Slot,
        characters: [char; 2],
        face: &Face<'_>,
        plan: &ShapePlan,
    ) -> Option<i16> {
        let known = &self.pairs[first.0 * SLOTS + second.0];
        let mut change = known.load(Ordering::Relaxed);
        if change == UNKNOWN {
            change = self.ask(first, second, characters, face, plan);
            known.store(change, Ordering::Relaxed);
        }
        (change != IRREGULAR).then_some(change)
    }

    fn ask(&self, first: Slot, second: Slot, characters: [char; 2], face: &Face<'_>, plan: &ShapePlan) -> i16 {
        let mut buffer = UnicodeBuffer::new();
        for (character, cluster) in characters.into_iter().zip(0..) {
            buffer.add(character, cluster);
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(face, plan, buffer);
        let ([a, b], [at_a, at_b]) = (shaped.glyph_infos(), shaped.glyph_positions()) else {
            return IRREGULAR;
        };
        let (glyph_a, width_a) = self.letter(first);
        let (glyph_b, width_b) = self.letter(second);
        let still = [at_a, at_b].iter().all(|at| at.x_offset == 0 && at.y_offset == 0);
        let same = a.glyph_id == u32::from(glyph_a) && b.glyph_id == u32::from(glyph_b);
        if !still || !same || at_b.x_advance != i32::from(width_b) {
            return IRREGULAR;
        }
        i16::try_from(at_a.x_advance - i32::from(width_a))
            .ok()
            .filter(|change| *change > IRREGULAR)
            .unwrap_or(IRREGULAR)
    }
}
