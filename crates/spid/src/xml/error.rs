//! Why a text is no document of ours.

/// Why [`parse`](super::parse) refused a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum XmlError {
    /// More than [`read::MAX_BYTES`](super::read::MAX_BYTES).
    #[error("the document has {bytes} bytes, more than are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// The bytes are not UTF-8, or the declaration names another encoding.
    #[error("the document is not in UTF-8")]
    Encoding,
    /// A document type, and with it possibly entities.
    #[error("the document has a document type")]
    DocumentType,
    /// A comment: a value could be read up to it only.
    #[error("the document has a comment")]
    Comment,
    /// A processing instruction.
    #[error("the document has a processing instruction")]
    ProcessingInstruction,
    /// More elements one inside the other than [`read::MAX_DEPTH`](super::read::MAX_DEPTH).
    #[error("the elements of the document are nested too deeply")]
    TooDeep,
    /// More elements than [`read::MAX_ELEMENTS`](super::read::MAX_ELEMENTS).
    #[error("the document has too many elements")]
    TooManyElements,
    /// An element with more than [`read::MAX_ATTRIBUTES`](super::read::MAX_ATTRIBUTES) attributes.
    #[error("an element of the document has too many attributes")]
    TooManyAttributes,
    /// A canonical form longer than [`MAX_CANONICAL_BYTES`](super::MAX_CANONICAL_BYTES).
    #[error("the canonical form of the document is far longer than the document")]
    CanonicalTooLarge,
    /// Not well-formed, or a prefix that nobody declared.
    #[error("the document is not well-formed: {0}")]
    Malformed(String),
}
