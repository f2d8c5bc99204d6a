//! The texts of the pages, in Fluent; the engine is the core's, because messages are written with it too.

use std::sync::Arc;

pub use sportello_core::texts::Texts;
use sportello_core::texts::{Language, ProductTexts, TextSource};

/// An argument of a text.
pub type Arg = sportello_core::texts::Arg<'static>;

/// The texts of the shell and its components.
pub const TEXTS: &[TextSource] =
    &[(Language::Italian, include_str!("../texts/it.ftl")), (Language::English, include_str!("../texts/en.ftl"))];

/// The texts of the shell alone, without any desk's: for examples.
///
/// # Errors
/// The first text that cannot be read.
pub fn of(language: Language) -> Result<Arc<Texts>, sportello_core::texts::BadTexts> {
    ProductTexts::new(TEXTS.to_vec()).with(language, None).map(Arc::new)
}
