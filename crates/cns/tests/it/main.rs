//! Cards of a small authority, good and bad, against everything that the crate promises.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

mod cards;
mod hostile;
mod judges;
mod listener;
mod others;
mod proxy;
mod revocation;
mod stage;
mod trust;
