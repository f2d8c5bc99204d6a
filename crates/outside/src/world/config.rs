//! How a world starts out.

use std::net::SocketAddr;
use std::sync::Arc;

use super::notes::{Note, OtpNote, PortalLink};
use crate::MovableClock;
use crate::cns::CnsError;
use crate::mail::{Account, MailError};
use crate::pagopa::Creditor;
use crate::pdnd::EnrolError;
use crate::register::RegisterFirm;
use crate::spid::Person;

/// How a world starts out. Firms, rates, behaviours and notes can be changed while it runs.
#[derive(Clone)]
pub struct WorldConfig {
    /// The world's time.
    pub clock: Arc<dyn MovableClock>,
    /// Seed of everything that happens by chance.
    pub seed: u64,
    /// Where the HTTP listener stands; port 0 takes a free one. Loopback only: nothing here asks who its visitor is.
    pub listen: SocketAddr,
    /// The firms on file at the business register.
    pub firms: Vec<RegisterFirm>,
    /// The people and firms at INAD and INI-PEC, which stand on the interoperability platform; absent, there is none of
    /// the three.
    pub indexes: Option<Vec<RegisterFirm>>,
    /// Tax codes that the business register answers in any 60 seconds.
    pub register_per_minute: u32,
    /// Domains whose boxes are boxes of certified mail.
    pub pec_domains: Vec<String>,
    /// Those who can log in at the mail servers from the start.
    pub accounts: Vec<Account>,
    /// The key that a portal's carts must carry to the payment node.
    pub payment_key: String,
    /// The creditors that the payment node knows from the start.
    pub creditors: Vec<Creditor>,
    /// Who can sign in at the providers of SPID and with CIE id, and have a card.
    pub people: Vec<Person>,
    /// Links to the portals.
    pub portals: Vec<PortalLink>,
    /// Paragraphs about the people of the demonstration.
    pub notes: Vec<Note>,
    /// Second factors whose present codes are shown.
    pub otp: Vec<OtpNote>,
}

impl WorldConfig {
    /// An empty world on a free port, with a register that answers 60 codes a minute and one domain of
    /// certified mail, `pec.example`.
    #[must_use]
    pub fn new(clock: Arc<dyn MovableClock>) -> Self {
        Self {
            clock,
            seed: 1,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            firms: Vec::new(),
            indexes: None,
            register_per_minute: 60,
            pec_domains: vec!["pec.example".to_owned()],
            accounts: Vec::new(),
            payment_key: "chiave-dimostrazione".to_owned(),
            creditors: Vec::new(),
            people: Vec::new(),
            portals: Vec::new(),
            notes: Vec::new(),
            otp: Vec::new(),
        }
    }
}

impl std::fmt::Debug for WorldConfig {
    /// Leaves out what is secret between the world and a portal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WorldConfig")
            .field("clock", &self.clock)
            .field("seed", &self.seed)
            .field("listen", &self.listen)
            .field("firms", &self.firms.len())
            .field("accounts", &self.accounts.len())
            .finish_non_exhaustive()
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
    /// The mail servers cannot start.
    #[error("the mail servers cannot start")]
    Mail(#[from] MailError),
    /// The authority for smart cards has no keys.
    #[error("the authority for smart cards cannot start")]
    Cards(#[from] CnsError),
    /// The interoperability platform has no key.
    #[error("the interoperability platform cannot start")]
    Platform(#[from] EnrolError),
    /// The address of the listener cannot be part of a web address.
    #[error("no web address can be made of {address}")]
    Address {
        /// The address.
        address: SocketAddr,
    },
}
