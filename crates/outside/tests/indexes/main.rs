//! The interoperability platform with INAD and INI-PEC on it, asked by the product's own clients over HTTP.
// req: F-01 A-18
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod inad;
mod stage;
mod vouchers;
