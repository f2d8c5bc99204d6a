//! Identities that somebody else vouches for: sign-in with SPID and CIE, and what it leaves behind.
//!
//! A request waits in a row that the first answer deletes. What a provider proved waits under a one-time token until the
//! same browser fetches it; only then is an account looked for and a session opened, at the level that was proved. Request
//! and Response are kept, sealed, as long as the rules demand. Nothing here creates an account.
//! Threats and answers: `docs/security/spid-and-cie.md`.

mod accept;
mod begin;
pub mod cards;
pub mod certificate;
mod config;
mod fetch;
mod finish;
mod links;
mod log;
mod logout;
mod model;
mod problems;
mod providers;
pub mod store;
mod sweep;

pub use accept::{Accepted, Refusal, accept};
pub use begin::{BeginError, Begun, Wanted, begin};
pub use config::{METADATA, SpidConnection, SpidFile, entity_id_of, metadata, service};
pub use finish::{Candidate, FinishError, Finished, finish};
pub(crate) use links::unlink_all;
pub use links::{Link, linked, unlink};
pub use log::{LogLine, export};
pub use logout::{LogoutRefusal, Reply, answer, leave};
pub use model::{Intent, Proved};
pub use problems::problems;
pub use providers::{ProviderChoice, RefreshProviders, choices, findings, refresh};
pub use sweep::SweepIdentities;
