use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::access::Actor;
use crate::accounts::hashing::HashPool;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::cx::Cx;
use crate::identities::cards::CardService;
use crate::ids::Ids;
use crate::jobs::Handlers;
use crate::registry::RegisterSource;
use crate::tenancy::{Connections, Tenant};
use crate::texts::Language;
use crate::vault::Vault;

/// The parts of the running program, shared by all requests and jobs; cheap to clone.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// What the program is put together from.
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub db: store::Db,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// The installation's sealed values.
    pub vault: Vault,
    /// The threads that compute password hashes.
    pub hashing: HashPool,
    /// The tenants by slug.
    pub tenants: BTreeMap<String, Arc<Tenant>>,
    /// The tenants' ways to the outside world, by slug.
    pub connections: BTreeMap<String, Connections>,
    /// The sources that are asked about firms, by name.
    pub sources: BTreeMap<String, Arc<RegisterSource>>,
    /// The listener for smart cards and whom it trusts, when there is one.
    pub cards: Option<CardService>,
    /// The jobs that this program can run.
    pub handlers: Handlers,
    /// The address under which browsers reach the program, without a slash at its end.
    pub public_url: String,
    /// Given-out ids.
    pub ids: Ids,
    /// Wakes the workers.
    pub wake: Notify,
}

impl App {
    /// Puts the program together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The present time's source.
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    /// Chance.
    pub fn chance(&self) -> &dyn Chance {
        &*self.0.chance
    }

    /// Given-out ids.
    pub fn ids(&self) -> &Ids {
        &self.0.ids
    }

    /// The sealed values.
    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// The threads that compute password hashes.
    pub fn hashing(&self) -> &HashPool {
        &self.0.hashing
    }

    /// The database; only the ground modules of this crate may touch it without a [`Cx`].
    pub(crate) fn db(&self) -> &store::Db {
        &self.0.db
    }

    /// Checks that the database answers.
    ///
    /// # Errors
    /// The store's own.
    pub async fn ping(&self) -> Result<(), store::Error> {
        self.0.db.ping().await
    }

    /// The jobs that this program can run.
    pub fn handlers(&self) -> &Handlers {
        &self.0.handlers
    }

    /// The tenants.
    pub fn tenants(&self) -> impl Iterator<Item = &Arc<Tenant>> {
        self.0.tenants.values()
    }

    /// A tenant by slug.
    pub fn tenant(&self, slug: &str) -> Option<&Arc<Tenant>> {
        self.0.tenants.get(slug)
    }

    /// A tenant's ways to the outside world.
    pub fn connections(&self, tenant: &Tenant) -> Option<&Connections> {
        self.0.connections.get(&tenant.slug)
    }

    /// The names of the sources that are asked about firms.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.0.sources.keys().map(String::as_str)
    }

    /// A source that is asked about firms.
    pub fn source(&self, name: &str) -> Option<&Arc<RegisterSource>> {
        self.0.sources.get(name)
    }

    /// The listener for smart cards and whom it trusts.
    pub fn cards(&self) -> Option<&CardService> {
        self.0.cards.as_ref()
    }

    /// The address of a tenant's home page, without a slash at its end.
    pub fn tenant_url(&self, tenant: &Tenant) -> String {
        tenant.url(&self.0.public_url)
    }

    /// The address under which browsers reach the program.
    pub fn public_url(&self) -> &str {
        &self.0.public_url
    }

    /// Tells the workers that there is something to do.
    pub fn wake(&self) {
        self.0.wake.notify_one();
    }

    /// Waits until there may be something to do.
    pub async fn woken(&self) {
        self.0.wake.notified().await;
    }

    /// A context for a tenant.
    pub fn cx(&self, tenant: &Arc<Tenant>, actor: Actor, request: &str, language: Language) -> Cx {
        Cx { app: self.clone(), tenant: Arc::clone(tenant), actor, request: Arc::from(request), language }
    }

    /// A context for the program itself.
    pub fn system(&self, tenant: &Arc<Tenant>, name: &'static str) -> Cx {
        self.cx(tenant, Actor::System(name), name, tenant.language)
    }

    /// Finishes what is open and closes the database.
    pub async fn close(&self) {
        self.0.db.close().await;
    }
}
