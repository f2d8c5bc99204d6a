//! Statements that others can verify: a payload signed with a key of the tenant's own (JWS compact, RFC 7515).
//!
//! Owns the keys. A tenant's configured key signs; without one a key is generated and kept sealed. Invariants: these keys
//! sign statements and nothing else; public keys are kept when keys change, so that what was stated stays verifiable; the
//! algorithm is the key's, never the one that a header names.

mod key;
mod ring;
pub mod store;

pub use key::{KeyError, StatementKey};
pub use ring::{PublicKey, keys, rotate, sign, verify};
