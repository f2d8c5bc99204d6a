//! Laid-out content: things to paint, stacked in pieces that no page break may cut.

use crate::error::PaperError;
use crate::fingerprint::Fingerprint;
use crate::fonts::Press;
use crate::lines::{Line, break_lines};
use crate::model::{Align, Run, RunStyle};
use crate::qr::Qr;
use crate::shape::{Flow, Shaper};
use crate::style::{Colour, TextStyle};
use crate::tags::{LeafId, NodeId, Role, Tags};

/// A flow of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FlowId(pub usize);

/// Something to paint. Coordinates are points from the top left corner, `y` within a piece until
/// the piece has its place on a page.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    /// Glyphs of a flow from `start` to `end`, `y` being the baseline.
    Text { flow: FlowId, start: usize, end: usize, x: f32, y: f32, decoration: bool },
    /// A filled rectangle, always a decoration.
    Rect { x: f32, y: f32, width: f32, height: f32, colour: Colour },
    /// A QR code.
    Qr { code: usize, x: f32, y: f32, side: f32 },
    /// A place that the outline points to.
    Anchor { entry: usize, y: f32 },
}

impl Op {
    /// The same further down.
    pub(crate) fn lowered(mut self, by: f32) -> Self {
        match &mut self {
            Self::Text { y, .. } | Self::Rect { y, .. } | Self::Qr { y, .. } | Self::Anchor { y, .. } => *y += by,
        }
        self
    }

    /// The same as a decoration, for the header row of a table that is repeated.
    pub(crate) fn decorative(mut self) -> Self {
        if let Self::Text { decoration, .. } = &mut self {
            *decoration = true;
        }
        self
    }
}

/// A strip of content that stays on one page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Piece {
    /// The room above, which vanishes at the top of a page.
    pub before: f32,
    /// The height without the room above.
    pub height: f32,
    /// What is in it.
    pub ops: Vec<Op>,
    /// Whether the next piece must stand on the same page.
    pub keep_next: bool,
    /// Whether it begins a new page.
    pub new_page: bool,
    /// The table header to repeat when this piece is the first on a page.
    pub repeats: Option<usize>,
}

/// Stacks pieces into one.
pub(crate) fn merge(pieces: Vec<Piece>) -> Piece {
    let mut merged = Piece::default();
    for (index, piece) in pieces.into_iter().enumerate() {
        let top = if index == 0 { 0.0 } else { merged.height + piece.before };
        if index == 0 {
            merged.before = piece.before;
            merged.new_page = piece.new_page;
            merged.repeats = piece.repeats;
        }
        merged.ops.extend(piece.ops.into_iter().map(|op| op.lowered(top)));
        merged.height = top + piece.height;
        merged.keep_next = piece.keep_next;
    }
    merged
}

/// The height of a stack, without the room above it.
pub(crate) fn stack_height(pieces: &[Piece]) -> f32 {
    let all: f32 = pieces.iter().map(|piece| piece.before + piece.height).sum();
    all - pieces.first().map_or(0.0, |piece| piece.before)
}

/// A QR code and its place in the structure tree.
#[derive(Debug)]
pub(crate) struct PlacedQr {
    pub code: Qr,
    pub figure: NodeId,
    pub leaf: LeafId,
}

/// An entry of the outline.
#[derive(Debug)]
pub(crate) struct OutlineEntry {
    pub level: u16,
    pub text: String,
}

/// A header row to repeat.
#[derive(Debug, Clone)]
pub(crate) struct RepeatedHeader {
    pub height: f32,
    pub ops: Vec<Op>,
}

/// Everything that is known of a paper before its pages are painted.
pub(crate) struct Layout {
    pub press: &'static Press,
    shaper: Shaper,
    pub fingerprint: Fingerprint,
    pub tags: Tags,
    pub flows: Vec<Flow>,
    pub codes: Vec<PlacedQr>,
    pub outline: Vec<OutlineEntry>,
    pub headers: Vec<RepeatedHeader>,
}

impl Layout {
    pub(crate) fn new() -> Result<Self, PaperError> {
        Ok(Self {
            press: Press::shared()?,
            shaper: Shaper::default(),
            fingerprint: Fingerprint::default(),
            tags: Tags::default(),
            flows: Vec::new(),
            codes: Vec::new(),
            outline: Vec::new(),
            headers: Vec::new(),
        })
    }

    /// Shapes runs that hang in `parent`; `None` when there is nothing to see.
    pub(crate) fn flow(&mut self, runs: &[Run], style: TextStyle, parent: Option<NodeId>) -> Option<FlowId> {
        let flow = self.shaper.flow(self.press, runs, style)?;
        Some(self.hang(flow, runs, parent))
    }

    /// The same, with a blank where there is nothing to see.
    pub(crate) fn flow_or_blank(&mut self, runs: &[Run], style: TextStyle, parent: Option<NodeId>) -> FlowId {
        match self.shaper.flow(self.press, runs, style) {
            Some(flow) => self.hang(flow, runs, parent),
            None => {
                let flow = self.shaper.blank(self.press, style);
                self.hang(flow, &[], parent)
            }
        }
    }

    /// Shapes a text that is no part of the structure tree.
    pub(crate) fn decoration(&mut self, text: &str, style: TextStyle) -> Option<FlowId> {
        let flow = self.shaper.flow(self.press, &[Run::plain(text)], style)?;
        self.flows.push(flow);
        Some(FlowId(self.flows.len() - 1))
    }

    fn hang(&mut self, mut flow: Flow, runs: &[Run], parent: Option<NodeId>) -> FlowId {
        for (index, leaf) in flow.leaves.iter_mut().enumerate() {
            let strong = runs.get(index).is_some_and(|run| run.style == RunStyle::Bold);
            let parent = if strong { Some(self.tags.group(parent, Role::Strong)) } else { parent };
            *leaf = Some(self.tags.leaf(parent));
        }
        self.fingerprint.add(&flow.text);
        self.flows.push(flow);
        FlowId(self.flows.len() - 1)
    }

    /// The lines of a flow at a width.
    pub(crate) fn lines(&self, flow: FlowId, width: f32) -> Vec<Line> {
        break_lines(&self.flows[flow.0], width)
    }

    /// The width of a flow on one line.
    pub(crate) fn natural_width(&self, flow: FlowId) -> f32 {
        self.lines(flow, f32::MAX).iter().map(|line| line.width).fold(0.0, f32::max)
    }

    /// How a flow is set.
    pub(crate) fn style(&self, flow: FlowId) -> TextStyle {
        self.flows[flow.0].style
    }

    /// Paints a line in a strip whose top is `y`.
    pub(crate) fn text(&self, flow: FlowId, line: &Line, strip: Strip, y: f32) -> Op {
        let room = strip.width - line.width;
        let indent = match strip.align {
            Align::Left => 0.0,
            Align::Right => room,
            Align::Centre => room / 2.0,
        };
        Op::Text {
            flow,
            start: line.start,
            end: line.end,
            x: strip.x + indent,
            y: y + self.style(flow).ascent(),
            decoration: false,
        }
    }

    /// A QR code as a figure.
    pub(crate) fn qr(
        &mut self,
        parent: Option<NodeId>,
        payload: &str,
        alt: String,
        version: Option<i16>,
    ) -> Result<usize, PaperError> {
        let code = Qr::encode(payload, version)?;
        self.fingerprint.add(payload);
        self.fingerprint.add(&alt);
        let figure = self.tags.group(parent, Role::Figure { alt, place: None });
        let leaf = self.tags.leaf(Some(figure));
        self.codes.push(PlacedQr { code, figure, leaf });
        Ok(self.codes.len() - 1)
    }
}

/// A column that text stands in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Strip {
    pub x: f32,
    pub width: f32,
    pub align: Align,
}

impl Strip {
    /// Flush left.
    pub(crate) fn left(x: f32, width: f32) -> Self {
        Self { x, width, align: Align::Left }
    }
}
