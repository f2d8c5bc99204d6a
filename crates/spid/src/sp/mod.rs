//! The service provider: asks who somebody is, checks the answer, takes part in single logout.
//!
//! 1. [`AuthnRequest`] makes a signed request; [`AuthnRequest::pending`] is what must be remembered of it.
//! 2. [`response::verify`] takes what came back and gives an [`Identity`](response::Identity) or one precise error.
//! 3. [`logout`] ends a session, whoever begins.
//!
//! The caller remembers: pending requests, each to be used once, and the identifiers of the assertions that were
//! accepted, until they expire. It also keeps both messages for 24 months (DPCM 24-10-2014, art. 13).

pub mod logout;
pub(crate) mod outgoing;
pub(crate) mod reader;
pub(crate) mod request;
pub mod response;

pub use outgoing::{PostForm, Redirection};
pub use reader::{Fault, Violation};
pub use request::{AuthnRequest, ConsumerService, PendingRequest};
