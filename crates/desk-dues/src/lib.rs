//! The dues desk: members of a register who owe a yearly fee.
//!
//! Registration by certified mail checked at the business register, or simplified; credentials; the fee computed from
//! the fleet on a date; pagoPA; receipts; and behind the counter the operators' side of all that.

#![recursion_limit = "256"]

pub mod claims;
pub mod fee;
pub mod fleet;
pub mod help;
pub mod import;
pub mod pages;
pub mod papers;
pub mod profile;
pub mod registration;
pub mod regularity;
pub mod rules;
pub mod stats;

mod desk;
pub use desk::{INBOXES, NAME, TEXTS, dues, handlers, load, start, statements};
pub use pages::router;
