//! The desk of yearly fees below its pages, and its back office page by page.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod claims;
mod common;
mod fee;
mod import;
mod office;
mod papers;
mod stats;
