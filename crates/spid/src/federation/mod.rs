//! CIE id over OpenID Federation, by the Italian profile.
pub mod chain;
pub mod client;
mod entity;
pub mod fault;
pub mod jose;
pub mod json;
pub mod policy;
pub mod provider;
pub mod rp;
pub mod statement;
pub mod times;
pub mod trust_mark;

pub use entity::{EntityId, EntityIdError};
