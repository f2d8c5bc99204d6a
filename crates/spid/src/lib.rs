#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod fetch;
pub mod saml;
pub mod signature;
pub mod sp;
pub mod xml;
