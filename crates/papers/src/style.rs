//! Sizes and colours, in one place. Lengths are points, a 72nd of an inch, unless they say so.

use crate::fonts::FontId;

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// The size of an A4 page.
pub(crate) const PAGE_WIDTH: f32 = 210.0 * MM;
/// See [`PAGE_WIDTH`].
pub(crate) const PAGE_HEIGHT: f32 = 297.0 * MM;

/// The margins of a document. A payment notice has its own.
pub(crate) const SIDE_MARGIN: f32 = 20.0 * MM;
/// Where the letterhead begins.
pub(crate) const FIRST_TOP: f32 = 15.0 * MM;
/// Where the running head of the later pages stands.
pub(crate) const RUNNING_HEAD: f32 = 12.0 * MM;
/// Where the content of the later pages begins.
pub(crate) const LATER_TOP: f32 = 23.0 * MM;
/// The room below the last footer line.
pub(crate) const BOTTOM_MARGIN: f32 = 11.0 * MM;

/// A colour as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub u8, pub u8, pub u8);

/// Text. The three text colours have a contrast above 7 to 1 on white and above 5 to 1 on [`WASH`].
pub(crate) const INK: Colour = Colour(0x17, 0x24, 0x33);
/// Labels, captions, footers.
pub(crate) const QUIET: Colour = Colour(0x45, 0x55, 0x66);
/// The blue of the Italian public administration's design system, darkened for text.
pub(crate) const ACCENT: Colour = Colour(0x00, 0x4D, 0x99);
/// Hairlines between rows.
pub(crate) const HAIRLINE: Colour = Colour(0xD3, 0xDA, 0xE1);
/// Stronger lines.
pub(crate) const LINE: Colour = Colour(0x8A, 0x99, 0xA8);
/// The background of table heads and callouts.
pub(crate) const WASH: Colour = Colour(0xEF, 0xF4, 0xF9);
/// Text on [`ACCENT`] and the light of a QR code.
pub(crate) const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);
/// The dark of a QR code: scanners like full contrast.
pub(crate) const BLACK: Colour = Colour(0, 0, 0);

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextStyle {
    /// The font of plain runs.
    pub font: FontId,
    /// The size of the letters.
    pub size: f32,
    /// From baseline to baseline.
    pub leading: f32,
    /// The colour.
    pub colour: Colour,
}

impl TextStyle {
    const fn new(font: FontId, size: f32, leading: f32, colour: Colour) -> Self {
        Self { font, size, leading, colour }
    }

    /// The same in another font.
    pub(crate) const fn with_font(self, font: FontId) -> Self {
        Self { font, ..self }
    }

    /// From the top of a line to its baseline: the letters of Titillium Web reach from -0.2 to 0.7
    /// of their size, so the rest of the leading is shared around 0.25.
    pub(crate) fn ascent(self) -> f32 {
        self.leading / 2.0 + self.size * 0.25
    }
}

pub(crate) const BODY: TextStyle = TextStyle::new(FontId::Regular, 10.0, 14.5, INK);
pub(crate) const LABEL: TextStyle = TextStyle::new(FontId::Regular, 9.5, 14.5, QUIET);
pub(crate) const CELL: TextStyle = TextStyle::new(FontId::Regular, 9.0, 12.5, INK);
pub(crate) const CELL_HEAD: TextStyle = TextStyle::new(FontId::Semibold, 8.5, 12.0, INK);
pub(crate) const CELL_TOTAL: TextStyle = TextStyle::new(FontId::Semibold, 10.0, 14.0, INK);
pub(crate) const CAPTION: TextStyle = TextStyle::new(FontId::Semibold, 9.5, 13.0, QUIET);
pub(crate) const CALLOUT_TITLE: TextStyle = TextStyle::new(FontId::Semibold, 10.0, 14.5, ACCENT);
pub(crate) const SMALL: TextStyle = TextStyle::new(FontId::Regular, 8.0, 11.0, QUIET);
pub(crate) const ORGANISATION: TextStyle = TextStyle::new(FontId::Semibold, 14.0, 18.0, ACCENT);
pub(crate) const DEPARTMENT: TextStyle = TextStyle::new(FontId::Regular, 9.5, 13.0, INK);

/// The style of a heading and the room above it.
pub(crate) fn heading(level: u8) -> (TextStyle, f32) {
    match level {
        0 | 1 => (TextStyle::new(FontId::Semibold, 21.0, 26.0, INK), 18.0),
        2 => (TextStyle::new(FontId::Semibold, 13.5, 18.0, ACCENT), 16.0),
        _ => (TextStyle::new(FontId::Semibold, 11.0, 15.0, INK), 12.0),
    }
}

/// The room between two paragraphs.
pub(crate) const PARAGRAPH_GAP: f32 = 6.0;
/// The room above and below tables, lists of values, callouts and codes.
pub(crate) const BLOCK_GAP: f32 = 10.0;
