//! The identity provider: hears a request, answers it, remembers who is signed in where.
//!
//! 1. [`request::verify`] takes what the browser brought and gives an [`AcceptedRequest`](request::AcceptedRequest), or
//!    says by AgID's table what to do instead: show a page, or send the service an error.
//! 2. [`response::Provider`] writes the answer: an assertion about a person, or one of the errors nr08 to nr30.
//! 3. [`session`] says what a sign-in does to the session of level 1, the only one that there is.
//! 4. [`logout`] ends that session, everywhere.
//! 5. [`log`] is what the law wants to be kept.
//!
//! The caller remembers: the identifiers of the requests that it accepted, so that none is used twice, sessions, and the
//! log. It also shows pages and asks people for credentials and consent.

pub mod log;
pub mod logout;
pub mod request;
pub mod response;
pub mod session;
mod status;

pub use status::status_of;
