//! Request context, sessions, forms, texts, the page shell and its components.

pub mod choice;
pub mod form;
pub mod parts;
pub mod problems;
pub mod shell;
pub mod table;
pub mod texts;
