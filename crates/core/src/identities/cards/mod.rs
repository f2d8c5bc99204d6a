//! Sign-in with a smart card: what begins on the portal, is proved at the listener, and is finished on the portal.
//!
//! The portal keeps a request that is tied to the browser and sends the browser to the listener, the only place where a
//! certificate is asked for. The listener verifies the card and leaves what it proved under a one-time token, as a
//! provider of SPID would; the portal's page finds it with the browser's cookie ([`finish`](super::finish())). Whatever
//! cannot be checked signs nobody in. Threats and answers: `docs/security/cns.md`.

mod accept;
mod begin;
mod file;
mod http;
mod problems;
mod refusal;
mod service;
mod signature;
mod state;
mod trust;

pub use accept::accept;
pub use begin::{CardBegun, CardWanted, LISTENER_PATH, begin};
pub use file::{CardName, CnsFile};
pub use problems::problems;
pub use refusal::{CardProblem, CardRefusal, CardRefused};
pub use service::{CardService, CardSettings, CardSource};
pub use signature::signers_from_pem;
pub use state::{Examined, certificates, examine, is_card_session};
pub use trust::{RefreshTrustList, TrustState, refresh, state};

/// The name of cards where providers have theirs.
pub(super) const SCHEME: &str = "cns";
