//! Pieces onto pages.

use crate::layout::{Op, Piece, RepeatedHeader};

/// The room for content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// Where content begins on the first page.
    pub first_top: f32,
    /// Where content begins on the others.
    pub later_top: f32,
    /// Where content ends.
    pub bottom: f32,
}

impl Room {
    /// The height that every page has.
    pub(crate) fn height(self) -> f32 {
        self.bottom - self.later_top.max(self.first_top)
    }
}

/// Spreads pieces over pages. Whatever the pieces ask for, each gets a place: wishes to stay
/// together give way when a page cannot hold them.
pub(crate) fn paginate(pieces: Vec<Piece>, headers: &[RepeatedHeader], room: Room) -> Vec<Vec<Op>> {
    let mut sheet = Sheet { pages: vec![Vec::new()], y: room.first_top, empty: true, room };
    let measures: Vec<Measure> = pieces.iter().map(Measure::of).collect();
    for (index, piece) in pieces.into_iter().enumerate() {
        let header = piece.repeats.map(|header| &headers[header]);
        if sheet.must_turn(&measures[index..], header) {
            sheet.turn(header);
        }
        sheet.place(piece);
    }
    sheet.pages
}

#[derive(Debug, Clone, Copy)]
struct Measure {
    before: f32,
    height: f32,
    keep_next: bool,
    new_page: bool,
}

impl Measure {
    fn of(piece: &Piece) -> Self {
        Self { before: piece.before, height: piece.height, keep_next: piece.keep_next, new_page: piece.new_page }
    }
}

struct Sheet {
    pages: Vec<Vec<Op>>,
    y: f32,
    /// Whether no piece stands on the page yet.
    empty: bool,
    room: Room,
}

impl Sheet {
    fn must_turn(&self, rest: &[Measure], header: Option<&RepeatedHeader>) -> bool {
        if self.empty {
            return false;
        }
        let first = rest[0];
        if first.new_page {
            return true;
        }
        let fresh = self.room.bottom - self.room.later_top - header.map_or(0.0, |header| header.height);
        let wanted = group_height(rest, fresh);
        // A group that not even a fresh page holds is not kept together.
        let wanted = if wanted <= fresh { wanted } else { first.height };
        self.y + first.before + wanted > self.room.bottom + 0.01
    }

    fn turn(&mut self, header: Option<&RepeatedHeader>) {
        self.pages.push(Vec::new());
        self.y = self.room.later_top;
        self.empty = true;
        if let Some(header) = header {
            let y = self.y;
            self.paint(header.ops.iter().map(|op| op.clone().decorative().lowered(y)));
            self.y += header.height;
        }
    }

    fn place(&mut self, piece: Piece) {
        if !self.empty {
            self.y += piece.before;
        }
        let y = self.y;
        self.empty = self.empty && piece.height == 0.0 && piece.ops.is_empty();
        self.paint(piece.ops.into_iter().map(|op| op.lowered(y)));
        self.y += piece.height;
    }

    fn paint(&mut self, ops: impl Iterator<Item = Op>) {
        if let Some(page) = self.pages.last_mut() {
            page.extend(ops);
        }
    }
}

/// The height of the first piece and those it must stay with, without the room above. Counting
/// stops where it is clear that it is more than `limit`.
fn group_height(rest: &[Measure], limit: f32) -> f32 {
    let mut height = rest[0].height;
    for pair in rest.windows(2) {
        if !pair[0].keep_next || pair[1].new_page || height > limit {
            break;
        }
        height += pair[1].before + pair[1].height;
    }
    height
}

#[cfg(test)]
mod tests {
    use super::{Room, paginate};
    use crate::layout::{Op, Piece, RepeatedHeader};
    use crate::style::INK;

    const ROOM: Room = Room { first_top: 0.0, later_top: 10.0, bottom: 110.0 };

    fn piece(height: f32) -> Piece {
        let op = Op::Rect { x: 0.0, y: 0.0, width: 1.0, height, colour: INK };
        Piece { height, ops: vec![op], ..Piece::default() }
    }

    fn tops(pages: &[Vec<Op>]) -> Vec<Vec<f32>> {
        let top = |op: &Op| match op {
            Op::Text { y, .. } | Op::Rect { y, .. } | Op::Qr { y, .. } | Op::Anchor { y, .. } => *y,
        };
        pages.iter().map(|page| page.iter().map(top).collect()).collect()
    }

    #[test]
    fn pieces_fill_pages_in_order() {
        let pages = paginate(vec![piece(60.0), piece(50.0), piece(50.0), piece(60.0)], &[], ROOM);
        assert_eq!(tops(&pages), [vec![0.0, 60.0], vec![10.0], vec![10.0]]);
    }

    #[test]
    fn kept_pieces_move_together() {
        let heading = Piece { keep_next: true, ..piece(20.0) };
        let pages = paginate(vec![piece(80.0), heading, piece(30.0)], &[], ROOM);
        assert_eq!(tops(&pages), [vec![0.0], vec![10.0, 30.0]]);
    }

    #[test]
    fn what_no_page_holds_is_not_kept() {
        let kept = || Piece { keep_next: true, ..piece(60.0) };
        let pages = paginate(vec![kept(), kept(), kept()], &[], ROOM);
        assert_eq!(tops(&pages), [vec![0.0], vec![10.0], vec![10.0]]);
    }

    #[test]
    fn room_above_vanishes_at_the_top() {
        let spaced = || Piece { before: 20.0, ..piece(70.0) };
        assert_eq!(tops(&paginate(vec![spaced(), spaced()], &[], ROOM)), [vec![0.0], vec![10.0]]);
    }

    #[test]
    fn headers_are_repeated_before_rows() {
        let header = RepeatedHeader { height: 15.0, ops: piece(15.0).ops };
        let row = || Piece { repeats: Some(0), ..piece(60.0) };
        let pages = paginate(vec![piece(15.0), row(), row()], &[header], ROOM);
        assert_eq!(tops(&pages), [vec![0.0, 15.0], vec![10.0, 25.0]]);
    }

    #[test]
    fn a_page_break_opens_no_empty_page() {
        let broken = |height| Piece { new_page: true, ..piece(height) };
        let pages = paginate(vec![broken(10.0), broken(10.0)], &[], ROOM);
        assert_eq!(tops(&pages), [vec![0.0], vec![10.0]]);
    }
}
