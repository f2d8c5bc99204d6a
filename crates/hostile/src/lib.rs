//! What must hold whatever bytes come from outside.
//!
//! A [`Target`] takes any bytes, gives them to a reader of `spid`, `cns` or `pec`, and panics when one of the properties of that
//! reader does not hold: not only that it returns, but that what it accepts says what somebody signed. [`mutate`] makes
//! new bytes from old ones by changes that a reader has reason to fear.
//!
//! Two drivers share the targets. `tests/bounded.rs` runs each for a fixed number of rounds in every run of the tests;
//! the folder `fuzz/` of the repository runs them under libFuzzer for as long as one likes (`make fuzz`).
//!
//! The seeds in `seeds/` were made by `cargo run -p hostile --example make_seeds`, with keys that serve nothing else.

#![expect(clippy::unwrap_used, reason = "a property that does not hold is told by a panic")]

pub mod chance;
pub mod mutate;
pub mod post;
pub mod target;
pub mod world;

pub use chance::Chance;
pub use target::{ALL, Target};
