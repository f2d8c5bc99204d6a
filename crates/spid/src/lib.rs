//! Italian digital identity, without sockets, clock or chance of its own.
#![deny(missing_docs)]

pub mod federation;
pub mod fetch;
