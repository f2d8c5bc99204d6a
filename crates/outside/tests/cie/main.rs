//! CIE id in the eyes of a relying party that is the `spid` crate's own, over loopback sockets.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod behaviours;
mod federation;
mod pages;
mod party;
mod scripts;
mod sign_in;
