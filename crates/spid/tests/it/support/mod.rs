//! What the tests stand on: keys, a provider that says whatever it is told to, other people's tools, a naive reader.

pub mod forge;
pub mod keys;
pub mod naive;
pub mod provider;
pub mod xmlsec;
