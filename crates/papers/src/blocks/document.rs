//! A whole document: letterhead, content, running head, foot.

use super::{Frame, Setter};
use crate::error::PaperError;
use crate::layout::{FlowId, Layout, Op, Piece, Strip, merge};
use crate::lines::Line;
use crate::model::{Align, Document, Header, Run};
use crate::paginate::{Room, paginate};
use crate::paint::{About, write};
use crate::sanitise::clean_line;
use crate::style::{
    ACCENT, BOTTOM_MARGIN, DEPARTMENT, FIRST_TOP, HAIRLINE, LATER_TOP, ORGANISATION, PAGE_HEIGHT, PAGE_WIDTH,
    RUNNING_HEAD, SIDE_MARGIN, SMALL,
};
use crate::tags::Role;
use crate::words;

/// The width of the page number's room at the foot.
const NUMBER_WIDTH: f32 = 90.0;

/// More lines of footer than this leave too little of the page.
const FOOTER_LINES: usize = 6;

const FRAME: Frame = Frame { x: SIDE_MARGIN, width: PAGE_WIDTH - 2.0 * SIDE_MARGIN };

/// See [`crate::render`].
pub(crate) fn render(document: &Document) -> Result<Vec<u8>, PaperError> {
    if clean_line(&document.title).is_empty() {
        return Err(PaperError::MissingTitle);
    }
    let mut layout = Layout::new()?;
    let footer_lines = Footer::measure(&mut layout, &document.footer)?;
    let foot_top = PAGE_HEIGHT - BOTTOM_MARGIN - footer_lines as f32 * SMALL.leading;
    let room = Room { first_top: FIRST_TOP, later_top: LATER_TOP, bottom: foot_top - 16.0 };
    let mut setter = Setter { layout: &mut layout, limit: room.height() };
    let mut pieces = document.header.as_ref().map_or_else(Vec::new, |header| setter.letterhead(header));
    pieces.append(&mut setter.blocks(&document.blocks, FRAME, 0)?);
    let mut pages = paginate(pieces, &layout.headers, room);
    let footer = Footer::set(&mut layout, &document.footer);
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        if index > 0 {
            let head = running_head(&mut layout, document);
            page.splice(0..0, head);
        }
        let label = words::page_of(document.language, index + 1, count);
        footer.paint(&mut layout, page, &label, foot_top, index + 1 == count);
    }
    let about = About {
        title: &document.title,
        subject: &document.subject,
        author: &document.author,
        language: document.language,
        created: document.created,
    };
    write(layout, &pages, &about)
}

impl Setter<'_> {
    /// The name of the body at the left, its address at the right, a coloured line below. It is
    /// part of the content: who hears the paper read must know who sent it.
    fn letterhead(&mut self, header: &Header) -> Vec<Piece> {
        let left = Strip::left(FRAME.x, FRAME.width * 0.62);
        let right_width = FRAME.width * 0.35;
        let right = Strip { x: FRAME.x + FRAME.width - right_width, width: right_width, align: Align::Right };
        let mut name = Vec::new();
        for (text, style) in [(&header.organisation, ORGANISATION), (&header.department, DEPARTMENT)] {
            name.append(&mut self.letterhead_lines(text, style, left));
        }
        let address = self.letterhead_lines(&header.address.join("\n"), SMALL, right);
        if name.is_empty() && address.is_empty() {
            return Vec::new();
        }
        let (name, mut address) = (merge(name), merge(address));
        // The first lines of both sides stand on one baseline.
        let drop = if name.height > 0.0 { ORGANISATION.ascent() - SMALL.ascent() } else { 0.0 };
        address.height += drop;
        let height = name.height.max(address.height) + 6.0;
        let mut ops = name.ops;
        ops.extend(address.ops.into_iter().map(|op| op.lowered(drop)));
        ops.push(Op::Rect { x: FRAME.x, y: height, width: FRAME.width, height: 1.4, colour: ACCENT });
        vec![Piece { height: height + 1.4, ops, ..Piece::default() }]
    }

    fn letterhead_lines(&mut self, text: &str, style: crate::style::TextStyle, strip: Strip) -> Vec<Piece> {
        if clean_line(text).is_empty() {
            return Vec::new();
        }
        let node = self.layout.tags.group(None, Role::Paragraph);
        match self.layout.flow(&[Run::plain(text)], style, Some(node)) {
            Some(flow) => self.line_pieces(flow, strip, 0.0),
            None => Vec::new(),
        }
    }
}

/// The body and the title in one line at the head of the later pages.
fn running_head(layout: &mut Layout, document: &Document) -> Vec<Op> {
    let organisation = document.header.as_ref().map_or("", |header| header.organisation.as_str());
    let (organisation, title) = (clean_line(organisation), clean_line(&document.title));
    let text = if organisation.is_empty() { title } else { format!("{organisation} – {title}") };
    let mut ops = Vec::new();
    if let Some(flow) = layout.decoration(&text, SMALL) {
        let line = layout.lines(flow, FRAME.width)[0].clone();
        let line = layout.text(flow, &line, Strip::left(FRAME.x, FRAME.width), RUNNING_HEAD);
        ops.push(line.decorative());
    }
    let y = RUNNING_HEAD + SMALL.leading + 3.0;
    ops.push(Op::Rect { x: FRAME.x, y, width: FRAME.width, height: 0.5, colour: HAIRLINE });
    ops
}

/// The foot of the pages. Its text is content on the last page, decoration on the others.
struct Footer {
    text: Option<(FlowId, Vec<Line>)>,
}

impl Footer {
    const STRIP: Strip = Strip { x: FRAME.x, width: FRAME.width - NUMBER_WIDTH, align: Align::Left };

    /// The number of lines, at least the one of the page number.
    fn measure(layout: &mut Layout, text: &str) -> Result<usize, PaperError> {
        let Some(flow) = layout.decoration(text, SMALL) else {
            return Ok(1);
        };
        let lines = layout.lines(flow, Self::STRIP.width).len();
        if lines > FOOTER_LINES {
            return Err(PaperError::FooterTooLong { lines, limit: FOOTER_LINES });
        }
        Ok(lines)
    }

    /// Its place in the structure tree is after all content, hence after [`Footer::measure`].
    fn set(layout: &mut Layout, text: &str) -> Self {
        if clean_line(text).is_empty() {
            return Self { text: None };
        }
        let node = layout.tags.group(None, Role::Paragraph);
        let text = layout.flow(&[Run::plain(text)], SMALL, Some(node)).map(|flow| {
            let lines = layout.lines(flow, Self::STRIP.width);
            (flow, lines)
        });
        Self { text }
    }

    fn paint(&self, layout: &mut Layout, page: &mut Vec<Op>, label: &str, top: f32, last: bool) {
        page.push(Op::Rect { x: FRAME.x, y: top - 5.0, width: FRAME.width, height: 0.5, colour: HAIRLINE });
        if let Some(number) = layout.decoration(label, SMALL) {
            let line = layout.lines(number, NUMBER_WIDTH)[0].clone();
            let strip = Strip { x: FRAME.x + FRAME.width - NUMBER_WIDTH, width: NUMBER_WIDTH, align: Align::Right };
            page.push(layout.text(number, &line, strip, top).decorative());
        }
        let Some((flow, lines)) = &self.text else {
            return;
        };
        for (index, line) in lines.iter().enumerate() {
            let op = layout.text(*flow, line, Self::STRIP, top + index as f32 * SMALL.leading);
            page.push(if last { op } else { op.decorative() });
        }
    }
}
