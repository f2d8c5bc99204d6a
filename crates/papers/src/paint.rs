//! From laid-out pages to the bytes of a PDF file.

use jiff::tz::TimeZone;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, BBox, ContentTag, SpanTag};
use krilla::{Document, SerializeSettings};

use crate::error::PaperError;
use crate::layout::{FlowId, Layout, Op, OutlineEntry};
use crate::model::Language;
use crate::sanitise::clean_line;
use crate::style::{BLACK, Colour, PAGE_HEIGHT, PAGE_WIDTH, WASH};
use crate::tags::LeafId;
use crate::words;

/// What the metadata say.
pub(crate) struct About<'a> {
    pub title: &'a str,
    pub subject: &'a str,
    pub author: &'a str,
    pub language: Language,
    pub created: jiff::Timestamp,
}

/// Paints the pages and writes the file.
pub(crate) fn write(mut layout: Layout, pages: &[Vec<Op>], about: &About<'_>) -> Result<Vec<u8>, PaperError> {
    let mut document = Document::new_with(SerializeSettings {
        compress_content_streams: true,
        configuration: configuration()?,
        ..SerializeSettings::default()
    });
    let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).unwrap_or_default();
    let mut anchors = vec![(0, 0.0); layout.outline.len()];
    for (number, ops) in pages.iter().enumerate() {
        let mut page = document.start_page_with(settings.clone());
        let mut brush = Brush::new(page.surface(), number);
        brush.rectangles(&mut layout, ops);
        for op in ops {
            if let Op::Anchor { entry, y } = op {
                anchors[*entry] = (number, *y);
            } else {
                brush.paint(&mut layout, op);
            }
        }
        brush.finish();
    }
    document.set_outline(outline(&layout.outline, &anchors, about));
    document.set_metadata(metadata(&mut layout, about));
    document.set_tag_tree(layout.tags.into_tree(words::tag(about.language)));
    document.finish().map_err(|error| PaperError::Pdf(error.to_string()))
}

/// PDF/A-2a and PDF/UA-1 together: the writer refuses to make a file that breaks a rule of either
/// which it can check.
fn configuration() -> Result<Configuration, PaperError> {
    ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PaperError::Pdf(format!("{error:?}")))
}

/// What a stretch of painted content is in the structure tree.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mark {
    Decoration,
    Leaf(LeafId),
    Figure(LeafId),
}

/// Paints one page. Neighbours of the same mark share one marked-content sequence.
struct Brush<'a> {
    surface: Surface<'a>,
    page: usize,
    mark: Option<Mark>,
    colour: Option<Colour>,
}

impl<'a> Brush<'a> {
    fn new(surface: Surface<'a>, page: usize) -> Self {
        Self { surface, page, mark: None, colour: None }
    }

    fn finish(mut self) {
        if self.mark.is_some() {
            self.surface.end_tagged();
        }
        self.surface.finish();
    }

    fn paint(&mut self, layout: &mut Layout, op: &Op) {
        match *op {
            Op::Text { flow, start, end, x, y, decoration } => {
                self.text(layout, flow, start..end, (x, y), decoration);
            }
            Op::Qr { code, x, y, side } => {
                let (figure, leaf) = (layout.codes[code].figure, layout.codes[code].leaf);
                self.mark(layout, Mark::Figure(leaf));
                self.colour(BLACK);
                let code = &layout.codes[code].code;
                let module = side / code.width() as f32;
                if let Some(path) = code.outline() {
                    self.surface.push_transform(&Transform::from_row(module, 0.0, 0.0, module, x, y));
                    self.surface.draw_path(&path);
                    self.surface.pop();
                }
                if let Some(rect) = Rect::from_xywh(x, y, side, side) {
                    layout.tags.locate(figure, BBox::new(self.page, rect));
                }
            }
            Op::Rect { .. } | Op::Anchor { .. } => {}
        }
    }

    /// Paints all rectangles of the page below everything else, those of one colour as one path:
    /// a table has a line for every row, and a path for each would be an eighth of the file. Pale
    /// backgrounds come first, so that lines stand on them.
    fn rectangles(&mut self, layout: &mut Layout, ops: &[Op]) {
        let mut paths = vec![(WASH, PathBuilder::new())];
        for op in ops {
            let Op::Rect { x, y, width, height, colour } = *op else {
                continue;
            };
            let (left, top) = (round(x), round(y));
            let Some(rect) = Rect::from_ltrb(left, top, round(x + width), round(y + height)) else {
                continue;
            };
            match paths.iter_mut().find(|(of, _)| *of == colour) {
                Some((_, path)) => path.push_rect(rect),
                None => {
                    let mut path = PathBuilder::new();
                    path.push_rect(rect);
                    paths.push((colour, path));
                }
            }
        }
        for (colour, path) in paths {
            if let Some(path) = path.finish() {
                self.mark(layout, Mark::Decoration);
                self.colour(colour);
                self.surface.draw_path(&path);
            }
        }
    }

    /// Paints glyphs, one call for each stretch of the same font and run.
    fn text(
        &mut self,
        layout: &mut Layout,
        flow: FlowId,
        range: std::ops::Range<usize>,
        at: (f32, f32),
        decoration: bool,
    ) {
        let (mut x, y) = at;
        let style = layout.style(flow);
        let mut start = range.start;
        while start < range.end {
            let glyphs = &layout.flows[flow.0].glyphs[start..range.end];
            let (font, run) = (glyphs[0].font, glyphs[0].run);
            let length = glyphs.iter().take_while(|glyph| glyph.font == font && glyph.run == run).count();
            let leaf = layout.flows[flow.0].leaves.get(usize::from(run)).copied().flatten();
            let mark = leaf.filter(|_| !decoration).map_or(Mark::Decoration, Mark::Leaf);
            self.mark(layout, mark);
            self.colour(style.colour);
            let text = &layout.flows[flow.0];
            let glyphs = &text.glyphs[start..start + length];
            let size = style.size * font.scale();
            let font = layout.press.font(font).font.clone();
            self.surface.draw_glyphs(Point::from_xy(round(x), round(y)), glyphs, font, &text.text, size, false);
            x += glyphs.iter().map(|glyph| glyph.width(style.size)).sum::<f32>();
            start += length;
        }
    }

    fn mark(&mut self, layout: &mut Layout, mark: Mark) {
        if self.mark == Some(mark) {
            return;
        }
        if self.mark.is_some() {
            self.surface.end_tagged();
        }
        let tag = match mark {
            Mark::Decoration => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            Mark::Leaf(_) => ContentTag::Span(SpanTag::empty()),
            Mark::Figure(_) => ContentTag::Other,
        };
        let identifier = self.surface.start_tagged(tag);
        if let Mark::Leaf(leaf) | Mark::Figure(leaf) = mark {
            layout.tags.fill(leaf, identifier);
        }
        self.mark = Some(mark);
    }

    fn colour(&mut self, colour: Colour) {
        if self.colour == Some(colour) {
            return;
        }
        self.colour = Some(colour);
        self.surface.set_fill(Some(Fill {
            paint: rgb::Color::new(colour.0, colour.1, colour.2).into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::NonZero,
        }));
    }
}

/// Hundredths of a point are finer than any printer, and short to write.
fn round(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

fn metadata(layout: &mut Layout, about: &About<'_>) -> Metadata {
    let (title, subject, author) = (clean_line(about.title), clean_line(about.subject), clean_line(about.author));
    for text in [&title, &subject, &author] {
        layout.fingerprint.add(text);
    }
    layout.fingerprint.add(words::tag(about.language));
    layout.fingerprint.add(&about.created.to_string());
    let metadata = Metadata::new()
        .title(title)
        .description(subject)
        .creator("Sportello".to_owned())
        .producer("Sportello papers".to_owned())
        .language(words::tag(about.language).to_owned())
        .creation_date(date(about.created))
        .document_id(layout.fingerprint.hex());
    if author.is_empty() { metadata } else { metadata.authors(vec![author]) }
}

/// The date in UTC; years that PDF cannot write become the nearest that it can.
fn date(instant: jiff::Timestamp) -> DateTime {
    let time = instant.to_zoned(TimeZone::UTC);
    let small = |number: i8| u8::try_from(number).unwrap_or(0);
    DateTime::new(u16::try_from(time.year()).unwrap_or(0))
        .month(small(time.month()))
        .day(small(time.day()))
        .hour(small(time.hour()))
        .minute(small(time.minute()))
        .second(small(time.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// The outline, which PDF/UA-1 wants even of a page without headings.
fn outline(entries: &[OutlineEntry], anchors: &[(usize, f32)], about: &About<'_>) -> Outline {
    let mut outline = Outline::new();
    let node = |text: String, (page, y): (usize, f32)| {
        OutlineNode::new(text, XyzDestination::new(page, Point::from_xy(0.0, (y - 12.0).max(0.0))))
    };
    if entries.is_empty() {
        outline.push_child(node(clean_line(about.title), (0, 0.0)));
    }
    // Open nodes, outermost first; a heading closes those of its own level and below.
    let mut open: Vec<(u16, OutlineNode)> = Vec::new();
    for (entry, anchor) in entries.iter().zip(anchors) {
        close(&mut open, entry.level, &mut outline);
        open.push((entry.level, node(entry.text.clone(), *anchor).with_open(true)));
    }
    close(&mut open, 0, &mut outline);
    outline
}

fn close(open: &mut Vec<(u16, OutlineNode)>, level: u16, outline: &mut Outline) {
    while let Some((_, node)) = open.pop_if(|(of, _)| *of >= level) {
        match open.last_mut() {
            Some((_, parent)) => parent.push_child(node),
            None => outline.push_child(node),
        }
    }
}
