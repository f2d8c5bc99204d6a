//! The answer: from bytes to an identity, or to one precise error.
//!
//! [`verify`] is the only way. It reads nothing of a person before a signature of the provider over that very element
//! was checked, and every rule of the *Regole tecniche* has a place and a kind of error.
//!
//! Three things only the caller can know, because only the caller remembers:
//!
//! - which request was pending. Its identifier goes in; a Response to anything else, or to nothing, is refused.
//!   The caller **removes the pending request** before it calls, so that no Response is used twice with it;
//! - whether the assertion was seen before. The caller keeps [`Identity::assertion_id`] until
//!   [`Identity::not_on_or_after`], and refuses what it knows;
//! - that the browser which brings the Response is the one that was sent away with the request.

mod assertion;
mod envelope;
mod error;
mod identity;
mod status;
mod verify;

pub use error::{ResponseError, Signed, StatusError};
pub use identity::{Identity, Subject};
pub(super) use status::status as read_status;
pub use verify::{AttributePolicy, Input, Policy, verify};
