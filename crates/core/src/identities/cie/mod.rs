//! CIE over OpenID Federation: from the button to what waits for the browser, as with SPID.
//!
//! The operator configures a trust anchor and the provider's name; keys and addresses follow from a chain of statements,
//! collected when it is needed, kept in the database for all nodes, verified again whenever it is read.

mod accept;
mod begin;
mod chain;
mod connection;
mod fault;
mod problems;
mod revoke;

pub use accept::accept;
pub use begin::begin;
pub use chain::{RefreshChain, own_chain, refresh, resolve};
pub use connection::{CieConnection, CieError, CieFile, CieKeys, CieSettings, entity_configuration, federation_keys};
pub use fault::FederationError;
pub use problems::problems;
pub use revoke::RevokeToken;
pub(super) use revoke::{revoke_now, revoke_with};

use spid::federation::rp::Acr;

use crate::Cx;

/// Whether people may sign in with CIE at the context's tenant.
pub fn is_on(cx: &Cx) -> bool {
    connection::connection(cx).is_some()
}

/// A level as the database holds it.
fn number(level: Acr) -> i64 {
    match level {
        Acr::L1 => 1,
        Acr::L2 => 2,
        Acr::L3 => 3,
    }
}
