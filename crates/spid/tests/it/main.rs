//! One binary, one module for each thing that is tested.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]
#![expect(clippy::print_stdout, reason = "a test that looks at less says so")]

mod attacks;
mod canonical;
mod certificate;
mod curves;
mod federation;
mod idp;
mod judge;
mod list;
mod logout;
mod materials;
mod metadata;
mod registry;
mod request;
mod response;
mod signature;
mod support;
mod vectors;
