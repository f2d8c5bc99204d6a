//! Rows of cells, and the lists of labels and values made of them.

use krilla::tagging::ListNumbering;

use super::{Frame, Setter};
use crate::layout::{FlowId, Op, Piece, Strip};
use crate::lines::Line;
use crate::model::{KeyValue, Run};
use crate::style::{BLOCK_GAP, BODY, Colour, HAIRLINE, LABEL};
use crate::tags::Role;

/// The text of a cell, broken into lines.
pub(super) struct CellText {
    pub flow: FlowId,
    pub lines: Vec<Line>,
    pub strip: Strip,
}

/// What surrounds the texts of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowLook {
    /// The room above the first line and below the last one.
    pub pad: f32,
    /// The background.
    pub fill: Option<Colour>,
    /// The line above: colour and thickness.
    pub above: Option<(Colour, f32)>,
    /// The line below: colour and thickness.
    pub below: Option<(Colour, f32)>,
}

impl Setter<'_> {
    /// A cell.
    pub(super) fn cell(&self, flow: FlowId, strip: Strip) -> CellText {
        CellText { flow, lines: self.layout.lines(flow, strip.width), strip }
    }

    /// A row as one piece, or as several when it is higher than `limit`.
    pub(super) fn row(&self, cells: &[CellText], look: RowLook, frame: Frame, limit: f32) -> Vec<Piece> {
        let leading = cells.iter().map(|cell| self.layout.style(cell.flow).leading).fold(1.0, f32::max);
        let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        // Whole lines only: the cast drops the fraction.
        let per_piece = (((limit - 2.0 * look.pad) / leading) as usize).max(1);
        (0..lines)
            .step_by(per_piece)
            .map(|from| self.part_of_row(cells, look, frame, (from, (from + per_piece).min(lines)), leading))
            .collect()
    }

    fn part_of_row(
        &self,
        cells: &[CellText],
        look: RowLook,
        frame: Frame,
        (from, to): (usize, usize),
        leading: f32,
    ) -> Piece {
        let height = (to - from) as f32 * leading + 2.0 * look.pad;
        let mut ops = Vec::with_capacity(cells.len() * (to - from) + 2);
        let mut band = |y, height, colour| {
            ops.push(Op::Rect { x: frame.x, y, width: frame.width, height, colour });
        };
        if let Some(colour) = look.fill {
            band(0.0, height, colour);
        }
        if let Some((colour, thickness)) = look.above {
            band(0.0, thickness, colour);
        }
        if let Some((colour, thickness)) = look.below {
            band(height - thickness, thickness, colour);
        }
        for cell in cells {
            for (index, line) in cell.lines.iter().enumerate().take(to).skip(from) {
                let y = look.pad + (index - from) as f32 * leading;
                ops.push(self.layout.text(cell.flow, line, cell.strip, y));
            }
        }
        Piece { height, ops, ..Piece::default() }
    }

    /// Labels and values, as a list whose labels are the labels: a screen reader says each before
    /// its value.
    pub(super) fn key_values(&mut self, rows: &[KeyValue], frame: Frame) -> Vec<Piece> {
        const LOOK: RowLook = RowLook { pad: 2.25, fill: None, above: None, below: Some((HAIRLINE, 0.5)) };
        const GAP: f32 = 12.0;
        // Labels that follow no numbering (ISO 32000-1, table 347).
        let list = self.layout.tags.group(None, Role::List(ListNumbering::None));
        let mut flows = Vec::with_capacity(rows.len());
        for row in rows {
            let item = self.layout.tags.group(Some(list), Role::Item);
            let label = self.layout.tags.group(Some(item), Role::ItemLabel);
            let value = self.layout.tags.group(Some(item), Role::ItemBody);
            flows.push((
                self.layout.flow_or_blank(&[Run::plain(row.label.as_str())], LABEL, Some(label)),
                self.layout.flow_or_blank(&row.value, BODY, Some(value)),
            ));
        }
        let natural = flows.iter().map(|(label, _)| self.layout.natural_width(*label)).fold(0.0, f32::max);
        let labels = natural.max(frame.width * 0.28 - GAP).min(frame.width * 0.42 - GAP).max(1.0);
        let label_strip = Strip::left(frame.x, labels);
        let value_strip = Strip::left(frame.x + labels + GAP, (frame.width - labels - GAP).max(1.0));
        let mut pieces = Vec::with_capacity(rows.len());
        for (label, value) in flows {
            let cells = [self.cell(label, label_strip), self.cell(value, value_strip)];
            pieces.append(&mut self.row(&cells, LOOK, frame, self.limit));
        }
        if let Some(first) = pieces.first_mut() {
            first.before = BLOCK_GAP;
        }
        pieces
    }
}
