//! The back office as operators see it, page by page, without scripts.

mod browser;
mod decisions;
mod entering;
mod firms;
mod settings;
