#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod asn1;
#[cfg(feature = "authority")]
pub mod authority;
mod card;
mod chain;
mod fetch;
pub mod oid;
mod policy;
pub mod proxy;
pub mod revocation;
mod signature;
#[cfg(feature = "tls")]
pub mod tls;
pub mod trust;
mod verify;

pub use card::{Card, CardError, CardKind, CertificateOf, ProfileError, SubjectError};
pub use fetch::{Fetch, FetchError};
pub use policy::{Policy, RevocationOrder};
pub use revocation::RevocationEvidence;
pub use trust::TrustList;
pub use verify::{claims, validity, verify};
