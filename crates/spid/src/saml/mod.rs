//! The words that both sides share.

pub mod binding;
