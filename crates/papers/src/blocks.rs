//! Laying out blocks.

pub(crate) mod document;
mod rows;
mod table;
mod text;

use crate::error::PaperError;
use crate::layout::{Layout, Op, Piece, merge, stack_height};
use crate::model::Block;
use crate::style::{BLOCK_GAP, LINE, MM};

/// Blocks inside blocks inside blocks end here.
const DEEPEST: usize = 16;

/// The room between two columns.
const GUTTER: f32 = 8.0 * MM;

/// The column that blocks are set in.
#[derive(Debug, Clone, Copy)]
struct Frame {
    x: f32,
    width: f32,
}

/// Lays out blocks into pieces.
struct Setter<'a> {
    layout: &'a mut Layout,
    /// The height that every page can hold.
    limit: f32,
}

impl Setter<'_> {
    fn blocks(&mut self, blocks: &[Block], frame: Frame, depth: usize) -> Result<Vec<Piece>, PaperError> {
        if depth > DEEPEST {
            return Err(PaperError::TooDeep { limit: DEEPEST });
        }
        let mut pieces = Vec::new();
        let mut new_page = false;
        for block in blocks {
            if *block == Block::PageBreak {
                new_page = depth == 0;
                continue;
            }
            let mut set = self.block(block, frame, depth)?;
            if let Some(first) = set.first_mut() {
                first.new_page |= new_page;
                new_page = false;
            }
            pieces.append(&mut set);
        }
        Ok(pieces)
    }

    fn block(&mut self, block: &Block, frame: Frame, depth: usize) -> Result<Vec<Piece>, PaperError> {
        Ok(match block {
            Block::Heading { level, text } => self.heading(*level, text, frame),
            Block::Paragraph(runs) => self.paragraph(runs, frame),
            Block::KeyValues(rows) => self.key_values(rows, frame),
            Block::List { ordered, items } => self.list(*ordered, items, frame),
            Block::Table(table) => self.table(table, frame)?,
            Block::QrCode { payload, alt, size_mm } => vec![self.qr_code(payload, alt, *size_mm, frame)?],
            Block::Callout { title, body } => self.callout(title, body, frame),
            Block::Rule => vec![rule(frame)],
            Block::Spacer { mm } => vec![Piece { before: f32::from((*mm).min(200)) * MM, ..Piece::default() }],
            Block::Columns { left, right, left_share } => self.columns(left, right, *left_share, frame, depth + 1)?,
            Block::KeepTogether(blocks) => {
                let pieces = self.blocks(blocks, frame, depth + 1)?;
                self.together(pieces)
            }
            Block::PageBreak => Vec::new(),
        })
    }

    /// One piece, if a page can hold it.
    fn together(&self, pieces: Vec<Piece>) -> Vec<Piece> {
        if pieces.is_empty() || stack_height(&pieces) > self.limit {
            return pieces;
        }
        vec![merge(pieces)]
    }

    /// Two stacks side by side, or one after the other when they are higher than a page.
    fn columns(
        &mut self,
        left: &[Block],
        right: &[Block],
        share: u8,
        frame: Frame,
        depth: usize,
    ) -> Result<Vec<Piece>, PaperError> {
        let room = (frame.width - GUTTER).max(2.0);
        let left_width = room * f32::from(share.clamp(15, 85)) / 100.0;
        let left_frame = Frame { x: frame.x, width: left_width };
        let right_frame = Frame { x: frame.x + left_width + GUTTER, width: room - left_width };
        let mut left = self.blocks(left, left_frame, depth)?;
        let mut right = self.blocks(right, right_frame, depth)?;
        if stack_height(&left).max(stack_height(&right)) > self.limit {
            left.append(&mut right);
            return Ok(left);
        }
        let (left, right) = (merge(left), merge(right));
        let mut ops = left.ops;
        ops.extend(right.ops);
        Ok(vec![Piece {
            before: left.before.max(right.before),
            height: left.height.max(right.height),
            ops,
            ..Piece::default()
        }])
    }

    fn qr_code(&mut self, payload: &str, alt: &str, size_mm: u16, frame: Frame) -> Result<Piece, PaperError> {
        if !(10..=120).contains(&size_mm) {
            return Err(PaperError::QrSize { millimetres: size_mm });
        }
        let alt = crate::sanitise::clean_line(alt);
        if alt.is_empty() {
            return Err(PaperError::MissingAlternative);
        }
        let side = (f32::from(size_mm) * MM).min(frame.width);
        let code = self.layout.qr(None, payload, alt, None)?;
        // Scanners want a white border of four modules; the smallest code has 21 on a side.
        let border = (side * 4.0 / 21.0 - BLOCK_GAP).max(0.0);
        Ok(Piece {
            before: BLOCK_GAP,
            height: side + border,
            ops: vec![Op::Qr { code, x: frame.x, y: border / 2.0, side }],
            ..Piece::default()
        })
    }
}

fn rule(frame: Frame) -> Piece {
    let line = Op::Rect { x: frame.x, y: 0.0, width: frame.width, height: 0.6, colour: LINE };
    Piece { before: BLOCK_GAP, height: 4.0, ops: vec![line], ..Piece::default() }
}
