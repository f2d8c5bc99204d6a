//! From characters to glyphs.

use std::ops::Range;

use krilla::surface::Location;
use krilla::text::GlyphId;
use rustybuzz::{Direction, UnicodeBuffer, script};

use crate::fonts::{FontId, Press, PressFont};
use crate::model::{Run, RunStyle};
use crate::sanitise::clean;
use crate::style::TextStyle;
use crate::tags::LeafId;

/// A glyph of a flow. Lengths are in units of the letter size of the flow.
#[derive(Debug, Clone)]
pub(crate) struct FlowGlyph {
    id: u16,
    /// The font, which may be another than that of the run when a glyph is missing.
    pub font: FontId,
    /// The run it belongs to.
    pub run: u16,
    /// The width in units of the size at which its font is set.
    advance: f32,
    offset: (f32, f32),
    /// The characters it stands for, as bytes of the flow's text.
    start: u32,
    end: u32,
}

impl FlowGlyph {
    /// The width at a letter size of the flow.
    pub(crate) fn width(&self, size: f32) -> f32 {
        self.advance * self.font.scale() * size
    }

    /// Where its characters begin.
    pub(crate) fn start(&self) -> usize {
        self.start as usize
    }
}

impl krilla::text::Glyph for FlowGlyph {
    fn glyph_id(&self) -> GlyphId {
        GlyphId::new(u32::from(self.id))
    }

    fn text_range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    fn x_advance(&self, size: f32) -> f32 {
        self.advance * size
    }

    fn x_offset(&self, size: f32) -> f32 {
        self.offset.0 * size
    }

    fn y_offset(&self, size: f32) -> f32 {
        self.offset.1 * size
    }

    fn y_advance(&self, _size: f32) -> f32 {
        0.0
    }

    fn location(&self) -> Option<Location> {
        None
    }
}

/// A text as glyphs, to be broken into lines and painted.
#[derive(Debug)]
pub(crate) struct Flow {
    /// The characters; a line break that was asked for is a space here.
    pub text: String,
    /// The glyphs, in reading order.
    pub glyphs: Vec<FlowGlyph>,
    /// The bytes of the text where a line break was asked for, in order.
    pub breaks: Vec<usize>,
    /// Where each run hangs in the structure tree; `None` for decoration.
    pub leaves: Vec<Option<LeafId>>,
    /// How it is set.
    pub style: TextStyle,
}

/// Shapes texts. It keeps the shaper's buffer for the next one.
#[derive(Default)]
pub(crate) struct Shaper {
    buffer: Option<UnicodeBuffer>,
}

impl Shaper {
    /// Shapes runs one after the other; `None` when nothing visible is left of them.
    pub(crate) fn flow(&mut self, press: &Press, runs: &[Run], style: TextStyle) -> Option<Flow> {
        let length = runs.iter().map(|run| run.text.len()).sum();
        let mut flow = Flow {
            text: String::with_capacity(length),
            glyphs: Vec::with_capacity(length),
            breaks: Vec::new(),
            leaves: vec![None; runs.len()],
            style,
        };
        for (index, run) in runs.iter().enumerate() {
            let start = flow.text.len();
            clean(&run.text, &mut flow.text);
            let font = match run.style {
                RunStyle::Plain => style.font,
                RunStyle::Bold => FontId::Semibold,
                RunStyle::Mono => FontId::Mono,
            };
            mark_breaks(&mut flow, start);
            self.shape(press, &mut flow, start, font, u16::try_from(index).unwrap_or(u16::MAX));
        }
        if flow.text.chars().all(char::is_whitespace) { None } else { Some(flow) }
    }

    /// A single space: something to hang an empty cell of a table on.
    pub(crate) fn blank(&mut self, press: &Press, style: TextStyle) -> Flow {
        let mut flow = Flow { text: " ".to_owned(), glyphs: Vec::new(), breaks: Vec::new(), leaves: vec![None], style };
        self.shape(press, &mut flow, 0, style.font, 0);
        flow
    }

    fn shape(&mut self, press: &Press, flow: &mut Flow, from: usize, font: FontId, run: u16) {
        let text = &flow.text[from..];
        let with = press.font(font);
        if text.is_empty() || set_letters(with, text, &mut flow.glyphs, (from, font, run)) {
            return;
        }
        self.shape_fully(with, press.substitute, flow, (from, font, run));
    }

    /// Shapes text of any kind.
    fn shape_fully(
        &mut self,
        with: &PressFont,
        substitute: (u16, f32),
        flow: &mut Flow,
        (from, font, run): (usize, FontId, u16),
    ) {
        let text = &flow.text[from..];
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(&with.face, &with.plan, buffer);
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
        // Clusters rise from left to right, so a glyph's characters end where the next cluster
        // begins.
        let mut end = text.len();
        let mut next_cluster = end;
        let first = flow.glyphs.len();
        for (info, position) in infos.iter().zip(positions).rev() {
            let cluster = info.cluster as usize;
            if cluster != next_cluster {
                end = next_cluster;
                next_cluster = cluster;
            }
            let mut glyph = FlowGlyph {
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                font,
                run,
                advance: position.x_advance as f32 / with.units,
                offset: (position.x_offset as f32 / with.units, position.y_offset as f32 / with.units),
                start: offset(from + cluster),
                end: offset(from + end),
            };
            if glyph.id == 0 {
                let (id, advance) = substitute;
                glyph = FlowGlyph { id, font: FontId::Mono, advance, offset: (0.0, 0.0), ..glyph };
            }
            flow.glyphs.push(glyph);
        }
        flow.glyphs[first..].reverse();
        self.buffer = Some(shaped.clear());
    }
}

/// Sets plain Latin text by its pairs of letters. Where that is not enough it leaves no trace and
/// answers `false`.
fn set_letters(
    with: &PressFont,
    text: &str,
    glyphs: &mut Vec<FlowGlyph>,
    (from, font, run): (usize, FontId, u16),
) -> bool {
    // The shaper is shown pairs; what it makes of a letter alone is not known.
    if text.chars().nth(1).is_none() {
        return false;
    }
    let begin = glyphs.len();
    let mut before = None;
    for (at, character) in text.char_indices() {
        let Some(slot) = with.kerning.slot(character) else {
            glyphs.truncate(begin);
            return false;
        };
        if let (Some((first, letter)), Some(glyph)) = (before, glyphs.last_mut()) {
            let Some(change) = with.kerning.pair(first, slot, [letter, character], &with.face, &with.plan) else {
                glyphs.truncate(begin);
                return false;
            };
            glyph.advance += f32::from(change) / with.units;
        }
        before = Some((slot, character));
        let (id, width) = with.kerning.letter(slot);
        glyphs.push(FlowGlyph {
            id,
            font,
            run,
            advance: f32::from(width) / with.units,
            offset: (0.0, 0.0),
            start: offset(from + at),
            end: offset(from + at + character.len_utf8()),
        });
    }
    true
}

/// Notes where line breaks were asked for and puts spaces in their place.
fn mark_breaks(flow: &mut Flow, from: usize) {
    if !flow.text[from..].contains('\n') {
        return;
    }
    let found = flow.text[from..].match_indices('\n').map(|(at, _)| from + at);
    flow.breaks.extend(found);
    let spaced = flow.text[from..].replace('\n', " ");
    flow.text.truncate(from);
    flow.text.push_str(&spaced);
}

/// A position in a flow. Four thousand million characters fit on no paper.
fn offset(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use krilla::text::Glyph;

    use proptest::prelude::*;

    use super::{Flow, Shaper};
    use crate::fonts::{FontId, Press};
    use crate::model::Run;
    use crate::style::BODY;

    fn shape(text: &str) -> Flow {
        Shaper::default().flow(Press::shared().unwrap(), &[Run::plain(text)], BODY).unwrap()
    }

    #[test]
    fn every_character_is_covered_once() {
        let flow = shape("Città è perché\nÀ l'œuvre, Šibenik");
        let mut at = 0;
        for glyph in &flow.glyphs {
            assert_eq!(glyph.text_range().start, at);
            at = glyph.text_range().end;
        }
        assert_eq!(at, flow.text.len());
        assert_eq!(flow.breaks, ["Città è perché".len()]);
    }

    #[test]
    fn a_decomposed_letter_is_one_glyph() {
        let flow = shape("e\u{301}");
        assert_eq!(flow.glyphs.len(), 1);
        assert_eq!(flow.glyphs[0].text_range(), 0..3);
        assert_eq!(flow.glyphs[0].font, FontId::Regular);
    }

    #[test]
    fn missing_glyphs_are_substituted_but_keep_their_text() {
        let flow = shape("a漢b");
        let fonts: Vec<_> = flow.glyphs.iter().map(|glyph| glyph.font).collect();
        assert_eq!(fonts, [FontId::Regular, FontId::Mono, FontId::Regular]);
        assert_eq!(&flow.text[flow.glyphs[1].text_range()], "漢");
        assert!(flow.glyphs.iter().all(|glyph| glyph.glyph_id().to_u32() != 0));
    }

    proptest! {
        /// Pairs of letters give what the shaper gives for the whole text.
        #[test]
        fn the_short_way_leads_to_the_same_place(text in "[ -~\u{a0}-\u{ac}\u{ae}-\u{17f}–—‘’“”•…€]{1,60}", font in 0..3usize) {
            let press = Press::shared().unwrap();
            let font = [FontId::Regular, FontId::Semibold, FontId::Mono][font];
            let mut short = Vec::new();
            if super::set_letters(press.font(font), &text, &mut short, (0, font, 0)) {
                let mut flow = Flow { text, glyphs: Vec::new(), breaks: Vec::new(), leaves: Vec::new(), style: BODY };
                Shaper::default().shape_fully(press.font(font), press.substitute, &mut flow, (0, font, 0));
                prop_assert_eq!(short.len(), flow.glyphs.len());
                for (short, full) in short.iter().zip(&flow.glyphs) {
                    prop_assert_eq!((short.id, short.text_range()), (full.id, full.text_range()));
                    prop_assert!((short.advance - full.advance).abs() < 1e-6);
                    prop_assert_eq!(short.offset, full.offset);
                }
            }
        }
    }

    #[test]
    fn a_letter_alone_is_the_one_that_the_shaper_makes_of_it() {
        let alone = shape("\u{15e}").glyphs[0].glyph_id();
        assert_eq!(shape("\u{15e}a").glyphs[0].glyph_id(), alone, "the font has another form of it for some languages");
    }

    #[test]
    fn nearly_all_letters_go_the_short_way() {
        let press = Press::shared().unwrap();
        let text = "Città, perché l’œuvre è «così»: 94,56 € – AVATAR Tò Šibenik (n. 11/2016)";
        for font in [FontId::Regular, FontId::Semibold, FontId::Mono] {
            assert!(super::set_letters(press.font(font), text, &mut Vec::new(), (0, font, 0)));
        }
    }

    #[test]
    fn nothing_visible_is_no_flow() {
        let press = Press::shared().unwrap();
        assert!(Shaper::default().flow(press, &[Run::plain("\u{0} \n\t\u{feff}")], BODY).is_none());
        assert!(Shaper::default().flow(press, &[], BODY).is_none());
    }
}
