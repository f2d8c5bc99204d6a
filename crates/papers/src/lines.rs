//! Breaking a flow into lines.

use crate::shape::Flow;

/// A line of a flow, as a range of its glyphs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// The first glyph.
    pub start: usize,
    /// The glyph after the last. A space at the break is inside, because readers take words apart
    /// by it, though it is not seen.
    pub end: usize,
    /// The width of what is seen.
    pub width: f32,
}

/// Breaks a flow into lines no wider than `width`, at spaces and after hyphens between letters. A
/// word wider than a line is broken where the line ends. There is always at least one line and
/// never a line without progress, however narrow the width.
pub(crate) fn break_lines(flow: &Flow, width: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut breaks = flow.breaks.iter().copied().peekable();
    let count = flow.glyphs.len();
    let mut start = 0;
    while start < count {
        while breaks.next_if(|at| *at < flow.glyphs[start].start()).is_some() {}
        let line = next_line(flow, start, width, breaks.peek().copied());
        start = line.end;
        let hard = line.end > line.start && breaks.peek() == Some(&flow.glyphs[line.end - 1].start());
        if !hard {
            // Spaces that did not fit any more belong to the break, not to the next line.
            while start < count && is_space(flow, start) && breaks.peek() != Some(&flow.glyphs[start].start()) {
                start += 1;
            }
        }
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push(Line { start: 0, end: 0, width: 0.0 });
    }
    lines
}

fn next_line(flow: &Flow, start: usize, width: f32, hard_break: Option<usize>) -> Line {
    let size = flow.style.size;
    let mut at = 0.0;
    let mut seen = 0.0;
    // The last place where the line may end: the glyph after it, and the width seen up to it.
    let mut last_break = None;
    for index in start..flow.glyphs.len() {
        let glyph = &flow.glyphs[index];
        if hard_break == Some(glyph.start()) {
            return Line { start, end: index + 1, width: seen };
        }
        at += glyph.width(size);
        if is_space(flow, index) {
            last_break = Some((index + 1, seen));
            continue;
        }
        // A hundredth of a point forgives the rounding of widths that were measured before.
        if at > width + 0.01 && index > start {
            let (end, width) = last_break.unwrap_or((index, seen));
            return Line { start, end, width };
        }
        seen = at;
        if is_hyphen_in_word(flow, index) {
            last_break = Some((index + 1, seen));
        }
    }
    Line { start, end: flow.glyphs.len(), width: seen }
}

fn byte(flow: &Flow, index: usize) -> Option<u8> {
    let glyph = flow.glyphs.get(index)?;
    flow.text.as_bytes().get(glyph.start()).copied()
}

fn is_space(flow: &Flow, index: usize) -> bool {
    byte(flow, index) == Some(b' ')
}

/// A hyphen between two letters: dates and codes stay whole.
fn is_hyphen_in_word(flow: &Flow, index: usize) -> bool {
    let letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic());
    byte(flow, index) == Some(b'-') && index > 0 && letter(byte(flow, index - 1)) && letter(byte(flow, index + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::break_lines;
    use crate::fonts::Press;
    use crate::model::Run;
    use crate::shape::{Flow, Shaper};
    use crate::style::BODY;

    fn flow(text: &str) -> Flow {
        Shaper::default().flow(Press::shared().unwrap(), &[Run::plain(text)], BODY).unwrap()
    }

    fn lines(text: &str, width: f32) -> Vec<String> {
        let flow = flow(text);
        let end = |index: usize| flow.glyphs.get(index).map_or(flow.text.len(), super::super::shape::FlowGlyph::start);
        break_lines(&flow, width).iter().map(|line| flow.text[end(line.start)..end(line.end)].to_owned()).collect()
    }

    #[test]
    fn words_stay_whole_and_keep_their_space() {
        assert_eq!(lines("uno due tre", 40.0), ["uno due ", "tre"]);
    }

    #[test]
    fn a_long_word_is_broken() {
        let broken = lines("precipitevolissimevolmente", 40.0);
        assert!(broken.len() > 2);
        assert_eq!(broken.concat(), "precipitevolissimevolmente");
    }

    #[test]
    fn asked_breaks_are_kept() {
        assert_eq!(lines("uno\n\ndue ", 400.0), ["uno ", " ", "due "]);
    }

    #[test]
    fn hyphens_break_words_and_not_dates() {
        assert_eq!(lines("socio-economico", 52.0), ["socio-", "economico"]);
        assert_eq!(lines("il giorno 2026-12-31", 75.0), ["il giorno ", "2026-12-31"]);
    }

    proptest! {
        #[test]
        fn lines_cover_the_text_and_fit(text in "[a-zA-Zàèìòù漢 \n-]{1,80}", width in 1.0f32..300.0) {
            prop_assume!(!text.trim().is_empty());
            let flow = flow(&text);
            let mut at = 0;
            for line in break_lines(&flow, width) {
                prop_assert!(line.start >= at && line.end > line.start);
                for glyph in &flow.glyphs[at..line.start] {
                    prop_assert_eq!(flow.text.as_bytes()[glyph.start()], b' ');
                }
                let seen = (line.start..line.end).filter(|index| !super::is_space(&flow, *index)).count();
                prop_assert!(line.width <= width + 0.02 || seen == 1, "{} > {}", line.width, width);
                at = line.end;
            }
            for glyph in &flow.glyphs[at..] {
                prop_assert_eq!(flow.text.as_bytes()[glyph.start()], b' ');
            }
        }
    }
}
