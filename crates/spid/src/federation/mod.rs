//! CIE id over OpenID Federation, by the Italian profile (AgID and Ministry of the Interior, "Regole tecniche SPID/CIE
//! OpenID Connect"; OpenID Federation 1.0).
//!
//! | module | what it owns |
//! |---|---|
//! | [`chain`] | from a provider's name to its metadata, through statements that an anchor vouches for |
//! | [`rp`] | the relying party: its configuration, and a sign-in from the button to the person |
//! | [`provider`] | the other side, for tests and the demonstration |
//! | [`statement`], [`policy`], [`trust_mark`] | what chains are made of |
//! | [`client`] | the federation's endpoints, within a budget |
//! | [`jose`], [`json`] | signed and encrypted objects, strictly read |
//! | [`fault`] | errors of others, and what to tell the user about any error |
//!
//! *Invariants:* no key is trusted that no chain vouches for; no token is read before its signature is verified, except
//! to find out whose keys to look for; time and chance are parameters, except the padding of [`jose::encrypt`]; every
//! error says what the user can do ([`fault::Remedy`]).
//!
//! What the caller keeps: a [`chain::TrustChain`] for each provider until it expires, and its statements for 24 months; a
//! [`rp::Started`] for each sign-in under way, forgotten when its answer comes; the `jti` of each id token until it
//! expires, so that none is accepted twice; the [`rp::Tokens`] until the logout, which revokes the access token; the
//! [`rp::Evidence`] for 24 months.

pub mod chain;
pub mod client;
mod entity;
pub mod fault;
pub mod policy;
pub mod provider;
pub mod rp;
pub mod statement;
pub mod times;
pub mod trust_mark;

pub use ::jose;
pub use ::jose::json;
pub use entity::{EntityId, EntityIdError};
