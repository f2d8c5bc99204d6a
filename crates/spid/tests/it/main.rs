//! Tests of the crate from outside.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod federation;
