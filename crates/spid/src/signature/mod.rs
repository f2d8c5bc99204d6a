//! Signatures by the profile of AgID: XML signatures of one element, and signatures over a query.
//!
//! XML signatures can say a thousand things, and most of them are ways to be deceived. Here a signature says exactly
//! one: *this element, without the signature itself, in exclusive canonical form*. [`verify`] first compares the
//! signature with that profile, node by node, and only then computes anything; what it returns is the very node whose
//! digest was compared. Keys come from the caller alone: what a signature says about its own key is not read.
//!
//! [`verify_list`] is the one exception: the signature of a trusted list of the Union is an XAdES signature, whose second
//! reference is to what the signature says of itself.
//!
//! Source: *Regole tecniche SPID*, "Firma"; W3C, *XML Signature Syntax and Processing*; avviso 29 v3 for the algorithms.

mod algorithm;
mod direct;
mod error;
mod keys;
mod list;
mod list_sign;
mod pem;
mod profile;
mod query;
mod sign;
mod verify;

pub use algorithm::{Digest, SignatureMethod};
pub(crate) use direct::sign_canonical;
pub use error::{KeyError, ListError, Problem, QuerySignatureError, SignError, SignatureError};
pub use keys::{SigningKey, VerifyingKey};
pub use list::{MAX_LIST, verify_list};
pub use list_sign::sign_list;
pub(crate) use query::parameter;
pub use query::{sign_query, verify_query};
pub use sign::sign;
pub use verify::{Verified, verify};

/// Where the signature stands among the children of the element that it signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before everything else: metadata.
    First,
    /// Directly behind `Issuer`: messages and assertions.
    AfterIssuer,
}
