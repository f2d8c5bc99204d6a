//! The whole world: one clock, the register, the mail providers, the payment node, the providers of SPID and of CIE id
//! and the authority for smart cards, behind one HTTP address.

mod config;
mod notes;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use config::{WorldConfig, WorldError};
pub use notes::{Note, OtpCode, OtpNote, PortalLink};

use crate::cie::{Cie, CieConfig};
use crate::cns::{Cns, CnsConfig};
use crate::inad::{Inad, InadConfig};
use crate::mail::{MailConfig, MailWorld};
use crate::pagopa::{Node, NodeConfig};
use crate::pdnd::{EnrolError, Pdnd};
use crate::register::{Register, RegisterConfig, RegisterFirm};
use crate::spid::{Spid, SpidConfig};
use crate::{Clock, MovableClock, page};

/// How often [`World::spawn_timers`] looks for what is due, in real time.
const TICK: Duration = Duration::from_millis(300);

/// A running world. Clones share it; its servers stop when the last clone is dropped.
#[derive(Debug, Clone)]
pub struct World {
    inner: Arc<Inner>,
    /// Absent in the clone that the world's own HTTP server holds, which must not keep itself alive.
    running: Option<Arc<Running>>,
}

#[derive(Debug)]
struct Inner {
    clock: Arc<dyn MovableClock>,
    address: SocketAddr,
    register: Register,
    node: Node,
    mail: MailWorld,
    spid: Spid,
    cie: Cie,
    cns: Cns,
    /// The interoperability platform with the indexes on it, where the world has them.
    indexes: Option<(Pdnd, Inad)>,
    told: Mutex<Told>,
}

/// Tasks that end with the world.
#[derive(Debug)]
struct Running {
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        for task in self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner) {
            task.abort();
        }
    }
}

/// What the host of the demonstration says about it.
#[derive(Debug, Default)]
struct Told {
    portals: Vec<PortalLink>,
    notes: Vec<Note>,
    otp: Vec<OtpNote>,
}

impl World {
    /// Starts everything: the mail servers, and one HTTP listener with the side page at `/`, the business register
    /// under `/register`, the payment node under `/pagopa`, the providers of SPID under `/spid`, CIE id under `/cie`, the
    /// authority for smart cards under `/cns` and, where the configuration has them, the interoperability platform under
    /// `/pdnd` and its indexes under `/inad` and `/inipec`.
    ///
    /// # Errors
    ///
    /// [`WorldError`] when an address cannot be listened on or a part cannot start.
    pub async fn start(config: WorldConfig) -> Result<Self, WorldError> {
        let listen = |source| WorldError::Listen { address: config.listen, source };
        let listener = TcpListener::bind(config.listen).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let clock: Arc<dyn Clock> = config.clock.clone();
        let register = Register::new(
            clock.clone(),
            RegisterConfig {
                base_url: format!("http://{address}/register"),
                per_minute: config.register_per_minute,
                firms: config.firms,
                seed: config.seed,
            },
        );
        let indexes = config.indexes.map(|entries| start_indexes(address, &clock, config.seed, entries)).transpose()?;
        let mail = MailWorld::start(MailConfig {
            clock: clock.clone(),
            seed: config.seed,
            pec_domains: config.pec_domains,
            accounts: config.accounts,
        })
        .await?;
        let public_base = format!("http://{address}/pagopa").parse().map_err(|_| WorldError::Address { address })?;
        let cns = Cns::new(CnsConfig {
            clock: clock.clone(),
            base: format!("http://{address}/cns"),
            people: config.people.clone(),
        })?;
        let spid = Spid::new(SpidConfig {
            clock: clock.clone(),
            seed: config.seed,
            base: format!("http://{address}/spid"),
            people: config.people.clone(),
        });
        let cie = Cie::new(CieConfig {
            clock: clock.clone(),
            seed: config.seed,
            base: format!("http://{address}/cie"),
            people: config.people,
        });
        let node =
            Node::new(NodeConfig { clock, seed: config.seed, public_base, subscription_key: config.payment_key });
        for creditor in config.creditors {
            node.add_creditor(creditor);
        }
        let told = Told { portals: config.portals, notes: config.notes, otp: config.otp };
        let told = Mutex::new(told);
        let inner = Inner { clock: config.clock, address, register, node, mail, spid, cie, cns, indexes, told };
        let inside = Self { inner: Arc::new(inner), running: None };
        let router = inside.router();
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the world's HTTP server has stopped");
            }
        });
        Ok(Self { running: Some(Arc::new(Running { tasks: Mutex::new(vec![server]) })), ..inside })
    }

    fn router(&self) -> Router {
        let router = match &self.inner.indexes {
            None => Router::new(),
            Some((pdnd, inad)) => Router::new()
                .nest("/pdnd", pdnd.router())
                .nest("/inad", inad.router())
                .nest("/inipec", inad.inipec_router()),
        };
        router
            .nest("/register", self.inner.register.router())
            .nest("/pagopa", self.inner.node.router())
            .nest("/spid", self.inner.spid.router())
            .nest("/cie", self.inner.cie.router())
            .nest("/cns", self.inner.cns.router())
            .merge(page::router(self.clone()))
    }

    /// Delivers by itself what falls due, looking three times a second, until the world ends. Without it, only
    /// [`tick`](Self::tick) and [`advance`](Self::advance) deliver.
    pub fn spawn_timers(&self) {
        let Some(running) = &self.running else { return };
        let inside = Self { inner: self.inner.clone(), running: None };
        let timers = tokio::spawn(async move {
            let mut interval = tokio::time::interval(TICK);
            interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                interval.tick().await;
                inside.tick().await;
            }
        });
        running.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(timers);
    }

    /// Delivers everything that is due at the present instant: mail and its receipts, payment receipts.
    pub async fn tick(&self) {
        if let Err(error) = self.inner.mail.deliver_due() {
            tracing::error!(%error, "mail could not be delivered");
        }
        self.inner.node.deliver_due_receipts().await;
    }

    /// Moves the clock and delivers what has fallen due.
    pub async fn advance(&self, by: SignedDuration) {
        self.inner.clock.advance(by);
        self.tick().await;
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn MovableClock> {
        self.inner.clock.clone()
    }

    /// The address of the HTTP listener.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.inner.address
    }

    /// The address of the side page, with a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.inner.address)
    }

    /// The business register.
    #[must_use]
    pub fn register(&self) -> &Register {
        &self.inner.register
    }

    /// The mail servers and boxes.
    #[must_use]
    pub fn mail(&self) -> &MailWorld {
        &self.inner.mail
    }

    /// The payment node. A portal that starts after the world makes itself known with [`Node::add_creditor`].
    #[must_use]
    pub fn node(&self) -> &Node {
        &self.inner.node
    }

    /// The providers of SPID. A portal makes itself known with [`Spid::admit`].
    #[must_use]
    pub fn spid(&self) -> &Spid {
        &self.inner.spid
    }

    /// CIE id, with its trust anchor. A portal makes itself known with [`Cie::register`].
    #[must_use]
    pub fn cie(&self) -> &Cie {
        &self.inner.cie
    }

    /// The authority for smart cards.
    #[must_use]
    pub fn cns(&self) -> &Cns {
        &self.inner.cns
    }

    /// The interoperability platform, where the world has one.
    #[must_use]
    pub fn pdnd(&self) -> Option<&Pdnd> {
        self.inner.indexes.as_ref().map(|(pdnd, _)| pdnd)
    }

    /// INAD and INI-PEC, where the world has them.
    #[must_use]
    pub fn inad(&self) -> Option<&Inad> {
        self.inner.indexes.as_ref().map(|(_, inad)| inad)
    }

    /// The portals that the side page links to.
    #[must_use]
    pub fn portals(&self) -> Vec<PortalLink> {
        self.told().portals.clone()
    }

    /// Replaces the links to the portals.
    pub fn set_portals(&self, portals: Vec<PortalLink>) {
        self.told().portals = portals;
    }

    /// The notes on the side page.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        self.told().notes.clone()
    }

    /// Replaces the notes on the side page.
    pub fn set_notes(&self, notes: Vec<Note>) {
        self.told().notes = notes;
    }

    /// Replaces the second factors whose codes the side page shows.
    pub fn set_otp(&self, otp: Vec<OtpNote>) {
        self.told().otp = otp;
    }

    /// The present codes of those second factors; one with an unreadable secret is left out.
    #[must_use]
    pub fn otp_codes(&self) -> Vec<OtpCode> {
        let now = self.now();
        self.told().otp.iter().filter_map(|note| note.code(now)).collect()
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.inner.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn start_indexes(
    address: SocketAddr,
    clock: &Arc<dyn Clock>,
    seed: u64,
    entries: Vec<RegisterFirm>,
) -> Result<(Pdnd, Inad), EnrolError> {
    let pdnd = Pdnd::new(clock.clone(), &format!("http://{address}/pdnd"), seed)?;
    let config = InadConfig {
        base_url: format!("http://{address}/inad"),
        inipec_url: format!("http://{address}/inipec"),
        entries,
        seed,
    };
    let inad = Inad::new(clock.clone(), pdnd.clone(), config);
    Ok((pdnd, inad))
}
