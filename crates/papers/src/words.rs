//! The few words that a paper says by itself.

use crate::model::Language;

/// The language tag (RFC 5646).
pub(crate) fn tag(language: Language) -> &'static str {
    match language {
        Language::Italian => "it-IT",
        Language::English => "en-GB",
    }
}

/// "pagina 1 di 3".
pub(crate) fn page_of(language: Language, page: usize, pages: usize) -> String {
    match language {
        Language::Italian => format!("pagina {page} di {pages}"),
        Language::English => format!("page {page} of {pages}"),
    }
}
