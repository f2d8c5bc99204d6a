//! What a paper says, without a word about how it looks.

use jiff::Timestamp;

/// The language a paper is written in; it drives the fixed words ("pagina 1 di 3") and the
/// language that screen readers are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Italian (`it-IT`).
    Italian,
    /// English (`en-GB`).
    English,
}

/// A paper of A4 pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The title in the metadata, in the window's title bar and at the head of every page but the
    /// first. It is not set on the page: begin [`Document::blocks`] with a heading.
    pub title: String,
    /// The language of all texts.
    pub language: Language,
    /// What the paper is about, in the metadata; may be empty.
    pub subject: String,
    /// Who issues the paper, in the metadata; may be empty.
    pub author: String,
    /// The instant of creation, written into the metadata in UTC, to the second.
    pub created: Timestamp,
    /// The letterhead of the first page.
    pub header: Option<Header>,
    /// The text at the foot of every page, beside the page number; may be empty.
    pub footer: String,
    /// The content.
    pub blocks: Vec<Block>,
}

/// A letterhead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// The body that issues the paper.
    pub organisation: String,
    /// The office within the body; may be empty.
    pub department: String,
    /// Address, telephone, PEC, one to a line.
    pub address: Vec<String>,
}

/// A part of the content, set below the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 for the title of the paper, 2 for a section, 3 for a part of it; lower levels look
        /// like 3. In the structure tree a skipped level is closed up, as PDF/UA-1 7.4.2 wants.
        level: u8,
        /// The words.
        text: String,
    },
    /// Running text.
    Paragraph(Vec<Run>),
    /// Labels and their values, one pair to a row.
    KeyValues(Vec<KeyValue>),
    /// A list.
    List {
        /// Whether the items are numbered (1., 2., …) or have bullets.
        ordered: bool,
        /// The items.
        items: Vec<Vec<Run>>,
    },
    /// A table.
    Table(Table),
    /// A QR code with error correction M, as lines and not as an image.
    QrCode {
        /// What a reader finds in the code.
        payload: String,
        /// The same in words, for who cannot see the code.
        alt: String,
        /// The side in millimetres, 10 to 120, without the white border.
        size_mm: u16,
    },
    /// A text that must not be missed.
    Callout {
        /// The first line, set bold; may be empty.
        title: String,
        /// The text.
        body: Vec<Run>,
    },
    /// A thin line across the page.
    Rule,
    /// Empty room; it vanishes at the top of a page.
    Spacer {
        /// The height in millimetres, at most 200.
        mm: u16,
    },
    /// Two stacks of blocks side by side, kept on one page when a page can hold them. A page break
    /// inside is ignored.
    Columns {
        /// The blocks at the left, read first.
        left: Vec<Block>,
        /// The blocks at the right.
        right: Vec<Block>,
        /// The width of the left column in hundredths, 15 to 85.
        left_share: u8,
    },
    /// Blocks kept on one page, when a page can hold them. A page break inside is ignored.
    KeepTogether(Vec<Block>),
    /// What follows begins a new page.
    PageBreak,
}

impl Block {
    /// A heading.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, text: text.into() }
    }

    /// A paragraph in one style.
    pub fn paragraph(text: impl Into<Run>) -> Self {
        Self::Paragraph(vec![text.into()])
    }

    /// A QR code.
    pub fn qr_code(payload: impl Into<String>, alt: impl Into<String>, size_mm: u16) -> Self {
        Self::QrCode { payload: payload.into(), alt: alt.into(), size_mm }
    }

    /// A callout in one style.
    pub fn callout(title: impl Into<String>, body: impl Into<Run>) -> Self {
        Self::Callout { title: title.into(), body: vec![body.into()] }
    }
}

/// A stretch of text in one style. Line breaks are kept; control characters are dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// How they look.
    pub style: RunStyle,
}

/// How a run looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunStyle {
    /// Titillium Web.
    Plain,
    /// Titillium Web semibold, tagged as strong.
    Bold,
    /// Roboto Mono, for codes that are copied by hand.
    Mono,
}

impl Run {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: RunStyle::Plain }
    }

    /// Bold text.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: RunStyle::Bold }
    }

    /// Text in letters of equal width. To keep the groups of a code on one line, put no-break spaces
    /// (U+00A0) between them.
    pub fn mono(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: RunStyle::Mono }
    }
}

impl From<&str> for Run {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Run {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyValue {
    /// The label.
    pub label: String,
    /// The value.
    pub value: Vec<Run>,
}

impl KeyValue {
    /// A label with a value in one style.
    pub fn new(label: impl Into<String>, value: impl Into<Run>) -> Self {
        Self { label: label.into(), value: vec![value.into()] }
    }
}

/// A table. Its header row is repeated at the top of every page it runs over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The caption above the table; may be empty.
    pub caption: String,
    /// The columns, at least one.
    pub columns: Vec<Column>,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// A last row set bold and never left alone on a page.
    pub total: Option<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The words in the header row.
    pub header: String,
    /// The width relative to the other columns; 0 counts as 1.
    pub share: u16,
    /// Where the text of the cells stands.
    pub align: Align,
}

impl Column {
    /// A column aligned left.
    pub fn left(header: impl Into<String>, share: u16) -> Self {
        Self { header: header.into(), share, align: Align::Left }
    }

    /// A column aligned right, for amounts.
    pub fn right(header: impl Into<String>, share: u16) -> Self {
        Self { header: header.into(), share, align: Align::Right }
    }
}

/// The alignment of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// Flush left.
    Left,
    /// Flush right.
    Right,
    /// In the middle.
    Centre,
}

/// The text of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell(pub Vec<Run>);

impl<T: Into<Run>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self(vec![text.into()])
    }
}
