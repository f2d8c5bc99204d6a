//! The back office as operators see it, page by page, without scripts.

#[path = "../common/mod.rs"]
mod common;

mod browser;
mod decisions;
mod entering;
mod firms;
mod settings;
