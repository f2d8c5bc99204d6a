//! Mailboxes: reading what comes in, message by message, without losing or repeating any.
//!
//! A desk declares its [`Inboxes`]; each says where the mailbox is and what is done with a message. Messages are fetched
//! one at a time. What is made of a message, the message itself as evidence, and the place in the mailbox change in one
//! transaction ([`keep`]): a crash reads it again, and whatever number it then has, its digest tells that it is known.
//! What cannot be fetched or read is quarantined with its reason, and reading goes on.
//!
//! [`Watch`] keeps every mailbox open on one node and is told by the server when something comes. The job
//! [`ReadMailbox`] looks into those that no node keeps open.

mod cause;
mod keep;
mod leases;
mod model;
mod quarantine;
mod read;
pub mod store;
mod watch;

pub use cause::{Cause, Why};
pub use keep::keep;
pub use leases::{Held, Leases};
pub use model::{Arrived, Inbox, Inboxes, Kept, Taking, Trouble};
pub use quarantine::{
    Irregular, Quarantined, TryAgain, irregular, quarantined, quarantined_count, set_aside, try_again,
};
pub use read::{ReadMailbox, read_now, start};
pub use watch::Watch;
