#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod blocks;
mod error;
mod fingerprint;
mod fonts;
mod kerning;
mod layout;
mod lines;
mod model;
pub mod notice;
mod paginate;
mod paint;
mod qr;
mod sanitise;
mod shape;
mod style;
mod tags;
mod words;

pub use error::PaperError;
pub use model::{Align, Block, Cell, Column, Document, Header, KeyValue, Language, Run, RunStyle, Table};

/// Renders a document to the bytes of a PDF file.
///
/// The file is PDF 1.7, asks for PDF/A-2a and PDF/UA-1 together, embeds its fonts as subsets and
/// carries the whole structure tree. The same document always gives the same bytes: time comes
/// from [`Document::created`] alone, and the identifier is derived from the content.
///
/// # Errors
///
/// [`PaperError`] says which part of the document cannot be set. Unknown characters are never an
/// error: a glyph the fonts lack is replaced by a visible mark, and its real character stays in
/// the text layer.
pub fn render(document: &Document) -> Result<Vec<u8>, PaperError> {
    blocks::document::render(document)
}
