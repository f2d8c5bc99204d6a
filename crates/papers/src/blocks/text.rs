//! Headings, paragraphs, lists and callouts.

use krilla::tagging::ListNumbering;

use super::{Frame, Setter};
use crate::fonts::FontId;
use crate::layout::{FlowId, Op, OutlineEntry, Piece, Strip, merge, stack_height};
use crate::model::{Align, Run};
use crate::sanitise::clean_line;
use crate::style::{ACCENT, BLOCK_GAP, BODY, CALLOUT_TITLE, PARAGRAPH_GAP, WASH, heading};
use crate::tags::Role;

/// Longer texts are cut in the outline and in the titles of the structure tree.
const OUTLINE_LENGTH: usize = 160;

impl Setter<'_> {
    pub(super) fn heading(&mut self, level: u8, text: &str, frame: Frame) -> Vec<Piece> {
        let title: String = clean_line(text).chars().take(OUTLINE_LENGTH).collect();
        if title.is_empty() {
            return Vec::new();
        }
        let (style, before) = heading(level);
        let (node, level) = self.layout.tags.heading(None, level, title.clone());
        let Some(flow) = self.layout.flow(&[Run::plain(text)], style, Some(node)) else {
            return Vec::new();
        };
        let entry = self.layout.outline.len();
        self.layout.outline.push(OutlineEntry { level, text: title });
        let mut pieces = self.line_pieces(flow, Strip::left(frame.x, frame.width), before);
        for piece in &mut pieces {
            piece.keep_next = true;
        }
        pieces[0].ops.insert(0, Op::Anchor { entry, y: 0.0 });
        pieces
    }

    pub(super) fn paragraph(&mut self, runs: &[Run], frame: Frame) -> Vec<Piece> {
        if runs.iter().all(|run| clean_line(&run.text).is_empty()) {
            return Vec::new();
        }
        let node = self.layout.tags.group(None, Role::Paragraph);
        match self.layout.flow(runs, BODY, Some(node)) {
            Some(flow) => self.line_pieces(flow, Strip::left(frame.x, frame.width), PARAGRAPH_GAP),
            None => Vec::new(),
        }
    }

    /// A piece for each line, the first two and the last two of which stay together.
    pub(super) fn line_pieces(&mut self, flow: FlowId, strip: Strip, before: f32) -> Vec<Piece> {
        let lines = self.layout.lines(flow, strip.width);
        let leading = self.layout.style(flow).leading;
        let count = lines.len();
        let piece = |(index, line)| Piece {
            before: if index == 0 { before } else { 0.0 },
            height: leading,
            ops: vec![self.layout.text(flow, line, strip, 0.0)],
            keep_next: count > 1 && (index == 0 || index + 2 == count),
            ..Piece::default()
        };
        lines.iter().enumerate().map(piece).collect()
    }

    pub(super) fn list(&mut self, ordered: bool, items: &[Vec<Run>], frame: Frame) -> Vec<Piece> {
        let numbering = if ordered { ListNumbering::Decimal } else { ListNumbering::Disc };
        let list = self.layout.tags.group(None, Role::List(numbering));
        let label_width = if ordered { 8.0 + 6.0 * items.len().to_string().len() as f32 } else { 10.0 };
        let indent = (label_width + 6.0).min(frame.width / 2.0);
        let label_strip = match ordered {
            true => Strip { x: frame.x, width: label_width, align: Align::Right },
            false => Strip { x: frame.x, width: label_width, align: Align::Centre },
        };
        let body_strip = Strip::left(frame.x + indent, frame.width - indent);
        let mut pieces: Vec<Piece> = Vec::new();
        for (index, runs) in items.iter().enumerate() {
            if runs.iter().all(|run| clean_line(&run.text).is_empty()) {
                continue;
            }
            let item = self.layout.tags.group(Some(list), Role::Item);
            let label_node = self.layout.tags.group(Some(item), Role::ItemLabel);
            let body_node = self.layout.tags.group(Some(item), Role::ItemBody);
            let mark = if ordered { format!("{}.", index + 1) } else { "•".to_owned() };
            let label = self.layout.flow_or_blank(&[Run::plain(mark)], BODY, Some(label_node));
            let body = self.layout.flow_or_blank(runs, BODY, Some(body_node));
            let before = if pieces.is_empty() { PARAGRAPH_GAP } else { 2.0 };
            let mut set = self.line_pieces(body, body_strip, before);
            let label_line = &self.layout.lines(label, f32::MAX)[0];
            set[0].ops.insert(0, self.layout.text(label, label_line, label_strip, 0.0));
            pieces.append(&mut set);
        }
        pieces
    }

    pub(super) fn callout(&mut self, title: &str, body: &[Run], frame: Frame) -> Vec<Piece> {
        const PAD: f32 = 9.0;
        let strip = Strip::left(frame.x + 14.0, (frame.width - 26.0).max(1.0));
        let node = self.layout.tags.group(None, Role::Division);
        let mut pieces = Vec::new();
        for (runs, style) in [(&[Run::plain(title)][..], CALLOUT_TITLE), (body, BODY.with_font(FontId::Regular))] {
            if runs.iter().all(|run| clean_line(&run.text).is_empty()) {
                continue;
            }
            let paragraph = self.layout.tags.group(Some(node), Role::Paragraph);
            if let Some(flow) = self.layout.flow(runs, style, Some(paragraph)) {
                pieces.append(&mut self.line_pieces(flow, strip, 0.0));
            }
        }
        if pieces.is_empty() {
            return pieces;
        }
        if stack_height(&pieces) + 2.0 * PAD <= self.limit {
            return vec![boxed(merge(pieces), frame, PAD, PAD, BLOCK_GAP)];
        }
        // Higher than a page: every line carries its share of the box.
        let last = pieces.len() - 1;
        let share = |(index, piece)| {
            let (top, before) = if index == 0 { (PAD, BLOCK_GAP) } else { (0.0, 0.0) };
            boxed(piece, frame, top, if index == last { PAD } else { 0.0 }, before)
        };
        pieces.into_iter().enumerate().map(share).collect()
    }
}

/// Puts a coloured box with a bar at the left behind a piece.
fn boxed(piece: Piece, frame: Frame, top: f32, bottom: f32, before: f32) -> Piece {
    let height = piece.height + top + bottom;
    let mut ops = vec![
        Op::Rect { x: frame.x, y: 0.0, width: frame.width, height, colour: WASH },
        Op::Rect { x: frame.x, y: 0.0, width: 3.0, height, colour: ACCENT },
    ];
    ops.extend(piece.ops.into_iter().map(|op| op.lowered(top)));
    Piece { before, height, ops, ..piece }
}
