//! What can go wrong while a paper is set.

/// The reason why a paper could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PaperError {
    /// The title is empty: PDF/UA-1 (ISO 14289-1, 7.1) wants one, shown in the window's title bar.
    #[error("the document has no title")]
    MissingTitle,
    /// A figure has no alternative text (ISO 14289-1, 7.3).
    #[error("a QR code has no alternative text")]
    MissingAlternative,
    /// A table has no columns.
    #[error("the table \"{caption}\" has no columns")]
    NoColumns {
        /// The caption of the table.
        caption: String,
    },
    /// A row has more or fewer cells than the table has columns.
    #[error("row {row} of the table \"{caption}\" has {cells} cells instead of {columns}")]
    RaggedRow {
        /// The caption of the table.
        caption: String,
        /// The number of the row, from 1; the total row comes after the last one.
        row: usize,
        /// Cells found.
        cells: usize,
        /// Cells wanted.
        columns: usize,
    },
    /// A QR code is too small to be scanned or too large for the page.
    #[error("a QR code of {millimetres} mm is not between 10 and 120 mm")]
    QrSize {
        /// The side that was asked for.
        millimetres: u16,
    },
    /// The payload does not fit the QR code.
    #[error("the payload does not fit the QR code")]
    QrPayload(#[source] qrcode::types::QrError),
    /// Blocks are nested too deeply.
    #[error("blocks are nested more than {limit} deep")]
    TooDeep {
        /// The deepest nesting allowed.
        limit: usize,
    },
    /// The footer takes too much of the page.
    #[error("the footer takes {lines} lines, more than {limit}")]
    FooterTooLong {
        /// Lines needed.
        lines: usize,
        /// Lines allowed.
        limit: usize,
    },
    /// A field of a payment notice is longer than its specification allows.
    #[error("{field} has {length} characters, more than {limit}")]
    TooLong {
        /// The field.
        field: &'static str,
        /// Characters found.
        length: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// A field of a payment notice is not of the form its specification asks for.
    #[error("{field} must be {wanted}")]
    Malformed {
        /// The field.
        field: &'static str,
        /// The form that is asked for.
        wanted: &'static str,
    },
    /// The texts of a payment notice do not fit on its only page.
    #[error("the payment notice does not fit on one page")]
    NoticeTooTall,
    /// An embedded font could not be read: the build is broken.
    #[error("the embedded font {name} cannot be read")]
    Font {
        /// The font.
        name: &'static str,
    },
    /// The PDF library refused the file, because it would break PDF/A-2a or PDF/UA-1.
    #[error("the PDF cannot be written: {0}")]
    Pdf(String),
}
