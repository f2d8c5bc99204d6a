//! Tables.

use super::rows::{CellText, RowLook};
use super::{Frame, Setter};
use crate::error::PaperError;
use crate::fonts::FontId;
use crate::layout::{Piece, RepeatedHeader, Strip, merge, stack_height};
use crate::model::{Cell, Column, Run, Table};
use crate::style::{BLOCK_GAP, CAPTION, CELL, CELL_HEAD, CELL_TOTAL, HAIRLINE, INK, LINE, TextStyle, WASH};
use crate::tags::{NodeId, Role};

const HEAD: RowLook = RowLook { pad: 4.0, fill: Some(WASH), above: None, below: Some((LINE, 0.8)) };
const ROW: RowLook = RowLook { pad: 3.5, fill: None, above: None, below: Some((HAIRLINE, 0.5)) };
const TOTAL: RowLook = RowLook { pad: 5.0, fill: Some(WASH), above: Some((INK, 1.0)), below: None };

/// The room at both sides of a cell's text.
const CELL_PAD: f32 = 5.0;

impl Setter<'_> {
    pub(super) fn table(&mut self, table: &Table, frame: Frame) -> Result<Vec<Piece>, PaperError> {
        check(table)?;
        let strips = strips(&table.columns, frame);
        let node = self.layout.tags.group(None, Role::Table);
        let mut pieces = self.caption(&table.caption, node, frame);
        let (head, repeats, limit) = self.head(table, &strips, node, frame);
        pieces.extend(head);
        let body = self.layout.tags.group(Some(node), Role::TableBody);
        for row in &table.rows {
            let cells = self.cells(row, &strips, CELL, body, Role::Data);
            let mut parts = self.row(&cells, ROW, frame, limit);
            for part in &mut parts {
                part.repeats = repeats;
            }
            pieces.append(&mut parts);
        }
        if let Some(total) = &table.total {
            if let Some(last) = pieces.last_mut() {
                last.keep_next = true;
            }
            let foot = self.layout.tags.group(Some(node), Role::TableFoot);
            let cells = self.cells(total, &strips, CELL_TOTAL, foot, Role::RowHeader);
            let mut parts = self.row(&cells, TOTAL, frame, limit);
            for part in &mut parts {
                part.repeats = repeats;
            }
            pieces.append(&mut parts);
        }
        if let Some(first) = pieces.first_mut() {
            first.before = BLOCK_GAP;
        }
        Ok(pieces)
    }

    fn caption(&mut self, caption: &str, table: NodeId, frame: Frame) -> Vec<Piece> {
        let runs = [Run::plain(caption)];
        if crate::sanitise::clean_line(caption).is_empty() {
            return Vec::new();
        }
        let node = self.layout.tags.group(Some(table), Role::Caption);
        let Some(flow) = self.layout.flow(&runs, CAPTION, Some(node)) else {
            return Vec::new();
        };
        let mut pieces = self.line_pieces(flow, Strip::left(frame.x, frame.width), 0.0);
        for piece in &mut pieces {
            piece.keep_next = true;
        }
        if let Some(last) = pieces.last_mut() {
            last.height += 3.0;
        }
        pieces
    }

    /// The header row, the number under which it is repeated, and the height left for a row. A
    /// header that would eat half a page is not repeated.
    fn head(
        &mut self,
        table: &Table,
        strips: &[Strip],
        node: NodeId,
        frame: Frame,
    ) -> (Vec<Piece>, Option<usize>, f32) {
        let group = self.layout.tags.group(Some(node), Role::TableHead);
        let headers: Vec<Cell> = table.columns.iter().map(|column| Cell::from(column.header.as_str())).collect();
        let cells = self.cells(&headers, strips, CELL_HEAD, group, Role::ColumnHeader);
        let mut head = self.row(&cells, HEAD, frame, self.limit);
        let height = stack_height(&head);
        if height > self.limit / 2.0 {
            return (head, None, self.limit);
        }
        let mut row = merge(std::mem::take(&mut head));
        row.keep_next = true;
        self.layout.headers.push(RepeatedHeader { height, ops: row.ops.clone() });
        (vec![row], Some(self.layout.headers.len() - 1), self.limit - height)
    }

    /// The cells of a row; `first` is the role of the first one when it names the row.
    fn cells(
        &mut self,
        cells: &[Cell],
        strips: &[Strip],
        style: TextStyle,
        group: NodeId,
        first: Role,
    ) -> Vec<CellText> {
        let row = self.layout.tags.group(Some(group), Role::Row);
        let names_row = matches!(first, Role::RowHeader);
        cells
            .iter()
            .zip(strips)
            .enumerate()
            .map(|(index, (cell, strip))| {
                let role = if index > 0 && names_row { Role::Data } else { first.clone() };
                let node = self.layout.tags.group(Some(row), role);
                // Semibold rows are semibold as a whole; a bold run in them means nothing more.
                let flow = match style.font {
                    FontId::Semibold => self.layout.flow_or_blank(&plain(cell), style, Some(node)),
                    _ => self.layout.flow_or_blank(&cell.0, style, Some(node)),
                };
                self.cell(flow, *strip)
            })
            .collect()
    }
}

fn plain(cell: &Cell) -> Vec<Run> {
    let unbold = |run: &Run| match run.style {
        crate::model::RunStyle::Bold => Run::plain(run.text.as_str()),
        _ => run.clone(),
    };
    cell.0.iter().map(unbold).collect()
}

fn check(table: &Table) -> Result<(), PaperError> {
    let columns = table.columns.len();
    if columns == 0 {
        return Err(PaperError::NoColumns { caption: table.caption.clone() });
    }
    for (index, row) in table.rows.iter().chain(&table.total).enumerate() {
        if row.len() != columns {
            let caption = table.caption.clone();
            return Err(PaperError::RaggedRow { caption, row: index + 1, cells: row.len(), columns });
        }
    }
    Ok(())
}

/// The columns' strips of text, from their shares of the width.
fn strips(columns: &[Column], frame: Frame) -> Vec<Strip> {
    let share = |column: &Column| f32::from(column.share.max(1));
    let all: f32 = columns.iter().map(share).sum();
    let mut x = frame.x;
    columns
        .iter()
        .map(|column| {
            let width = frame.width * share(column) / all;
            let pad = CELL_PAD.min(width / 4.0);
            let strip = Strip { x: x + pad, width: width - 2.0 * pad, align: column.align };
            x += width;
            strip
        })
        .collect()
}
