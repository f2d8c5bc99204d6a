#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod certificate;
pub mod federation;
pub mod fetch;
pub mod idp;
pub mod metadata;
pub mod registry;
pub mod saml;
pub mod signature;
pub mod sp;
pub mod xml;
