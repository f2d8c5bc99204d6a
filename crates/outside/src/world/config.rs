//! How a world starts out.

use std::net::SocketAddr;
use std::sync::Arc;

use super::notes::{Note, OtpNote, PortalLink};
use crate::MovableClock;
use crate::register::RegisterFirm;

/// How a world starts out. Firms, rates, behaviours and notes can be changed while it runs.
#[derive(Debug, Clone)]
pub struct WorldConfig {
    /// The world's time.
    pub clock: Arc<dyn MovableClock>,
    /// Seed of everything that happens by chance.
    pub seed: u64,
    /// Where the HTTP listener stands; port 0 takes a free one. Loopback only: nothing here asks who its visitor is.
    pub listen: SocketAddr,
    /// The firms on file at the business register.
    pub firms: Vec<RegisterFirm>,
    /// Tax codes that the business register answers in any 60 seconds.
    pub register_per_minute: u32,
    /// Links to the portals.
    pub portals: Vec<PortalLink>,
    /// Paragraphs about the people of the demonstration.
    pub notes: Vec<Note>,
    /// Second factors whose present codes are shown.
    pub otp: Vec<OtpNote>,
}

impl WorldConfig {
    /// An empty world on a free port, with a register that answers 60 codes a minute.
    #[must_use]
    pub fn new(clock: Arc<dyn MovableClock>) -> Self {
        Self {
            clock,
            seed: 1,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            firms: Vec::new(),
            register_per_minute: 60,
            portals: Vec::new(),
            notes: Vec::new(),
            otp: Vec::new(),
        }
    }
}

/// A world that cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorldError {
    /// The HTTP address is taken, or not ours.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
}
