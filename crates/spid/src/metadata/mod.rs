//! Metadata: what entities publish about themselves, signed.
//!
//! [`sp`] writes ours as a service provider from a checked configuration; [`idp`] reads those of identity providers,
//! alone or in an aggregate, and writes ours as one; [`client`] reads those of service providers that sign in at ours.
//!
//! Whatever is read is bounded ([`xml`](crate::xml)), and read below the element whose signature was checked, never
//! anywhere else. Sources: *Regole tecniche SPID*, "Metadata"; avvisi SPID n. 19 v4 and n. 29 v3; SAML 2.0 Metadata.

mod address;
pub mod client;
mod comment;
mod endpoint;
mod error;
pub mod idp;
mod key;
mod read;
pub mod sp;

pub use endpoint::{Endpoint, EndpointBinding};
pub use error::MetadataError;
pub use read::{Localized, OrganizationNames, Trust};

pub(crate) use address::https as https_address;
pub(crate) use key::certificate_bytes;
