#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod bounded;
pub mod cie;
pub mod clock;
pub mod cns;
pub mod inad;
pub mod mail;
pub mod page;
pub mod pagopa;
pub mod pdnd;
pub mod register;
pub mod spid;
pub mod world;

pub use clock::{Clock, MovableClock, VirtualClock};
