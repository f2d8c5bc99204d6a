//! Committenti: third parties that query the regularity of firms, with keys, limits and records of their own.
//!
//! Owns the organisations, their invitations, keys and usage, and the records of repeated requests; what is asked about
//! firms belongs to the desk that knows them. Invariants: a key is stored as a digest and shown once; keys and
//! suspensions are looked up at every request; the limit holds over all keys and all nodes; a request with the same
//! `Idempotency-Key` makes one thing, whatever crashes in between.

pub mod idempotency;
mod invitations;
mod keys;
mod manage;
mod model;
pub mod store;
mod sweep;
pub mod usage;

pub use invitations::{InvitationError, accept, check, invite};
pub use keys::{KeyError, KeyState, authenticate, expiring, issue, of, revoke, sign_in};
pub use manage::{AddError, NewCommittente, add, all, by_tax_code, get, set_limit, set_suspended};
pub use model::{ApiKey, Committente, CommittenteId, Issued, KeyId, Known};
pub use sweep::SweepCommittenti;
