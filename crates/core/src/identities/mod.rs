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
pub mod cie;
mod config;
mod fetch;
mod finish;
mod links;
mod log;
mod logout;
mod model;
mod problem;
mod problems;
mod providers;
pub mod store;
mod sweep;

pub use accept::{Accepted, Refusal, Refused, accept};
pub use begin::{BeginError, Begun, Wanted, begin};
pub use config::{METADATA, SpidConnection, SpidFile, entity_id_of, is_on, metadata, opens, service};
pub use finish::{Candidate, Choice, FinishError, Finished, finish};
pub(crate) use links::unlink_all;
pub use links::{Link, linked, unlink};
pub use log::{LogLine, export};
pub use logout::{Left, LogoutRefusal, Reply, answer, leave, left, replace};
pub use model::{Intent, Proved};
pub use problem::{Problem, Severity};
pub use problems::problems;
pub use providers::{ProviderChoice, RefreshProviders, choices, findings, refresh};
pub use sweep::SweepIdentities;

use crate::jobs::{Handlers, Schedule, enqueue_alone};
use crate::{Cx, Error};

/// Adds the jobs of identities.
pub fn handlers(handlers: Handlers) -> Handlers {
    handlers
        .with::<RefreshProviders>()
        .with::<SweepIdentities>()
        .with::<cie::RefreshChain>()
        .with::<cie::RevokeToken>()
        .with::<cards::RefreshTrustList>()
}

/// Enqueues the recurring jobs of a tenant. Harmless when they are enqueued already.
///
/// # Errors
/// [`Error::Store`].
pub async fn start(cx: &Cx) -> Result<(), Error> {
    enqueue_alone(cx, &RefreshProviders {}, Schedule::now().unique("providers")).await?;
    if cie::is_on(cx) {
        enqueue_alone(cx, &cie::RefreshChain {}, Schedule::now().unique("chain")).await?;
    }
    enqueue_alone(cx, &cards::RefreshTrustList {}, Schedule::now().unique("trust-list")).await?;
    enqueue_alone(cx, &SweepIdentities {}, Schedule::now().unique("identities")).await
}
