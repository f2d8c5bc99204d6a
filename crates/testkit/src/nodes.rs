//! More than one node, and nodes that die.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::SignedDuration;
use outside::MovableClock as _;
use sportello_core::jobs::Worker;
use sportello_core::registry::RegisterSource;
use sportello_core::tenancy::Connections;
use sportello_core::vault::Vault;
use sportello_core::{App, Parts};
use store::Db;

use crate::{BODY, SeededChance, Stage};

type Sources = BTreeMap<String, Arc<RegisterSource>>;

impl Stage {
    /// The worker of this node.
    pub fn worker(&self) -> &Worker {
        &self.worker
    }

    /// Moves the clock, and lets nothing happen yet.
    pub fn lets_pass(&self, time: SignedDuration) {
        self.clock.advance(time);
    }

    /// Another node on the same database, at the same time.
    pub async fn another_node(&self) -> Worker {
        let tenant = self.app.tenant(BODY).unwrap();
        Worker::new(self.another_app(crate::stage::connections(&self.world, tenant), self.sources()).await)
    }

    /// The program is started again, with a configuration by which the body asks another source, at the same register.
    pub async fn asks_another_source(&mut self, name: &str) {
        let mut connections = crate::stage::connections(&self.world, self.app.tenant(BODY).unwrap());
        connections.register = Some(name.to_owned());
        let made = crate::stage::source(&self.world, name, crate::stage::PATIENT);
        self.app = self.another_app(connections, BTreeMap::from([(name.to_owned(), made)])).await;
        self.worker = Worker::new(self.app.clone());
    }

    pub(crate) fn sources(&self) -> Sources {
        self.app.sources().map(|name| (name.to_owned(), Arc::clone(self.app.source(name).unwrap()))).collect()
    }

    /// The program a second time on the same database, with these ways to the outside world.
    pub(crate) async fn another_app(&self, connections: Connections, sources: Sources) -> App {
        let db = Db::open(&self.database.address, 8).await.unwrap();
        let tenant = Arc::clone(self.app.tenant(BODY).unwrap());
        App::new(Parts {
            db,
            clock: Arc::clone(&self.clock) as Arc<dyn sportello_core::clock::Clock>,
            chance: Arc::new(SeededChance::new(43)),
            vault: Vault::new(&[42; 32]),
            hashing: self.app.hashing().clone(),
            connections: BTreeMap::from([(BODY.to_owned(), connections)]),
            tenants: BTreeMap::from([(BODY.to_owned(), tenant)]),
            sources,
            cards: None,
            handlers: self.app.handlers().clone(),
            public_url: self.app.public_url().to_owned(),
            ids: sportello_core::ids::Ids::default(),
            wake: tokio::sync::Notify::new(),
        })
    }

    /// Lets jobs run, and kills the node that runs them as soon as something is so.
    pub async fn dies_while(&self, so: impl Fn(&Self) -> bool) {
        let worker = self.another_node().await;
        let node = tokio::spawn(async move { worker.run_due().await });
        while !so(self) {
            tokio::task::yield_now().await;
        }
        node.abort();
        let _ = node.await;
    }

    /// Waits, for as long as a test may run, until something is so that happens on another task.
    pub async fn until(&self, mut so: impl AsyncFnMut() -> bool) {
        while !so().await {
            tokio::task::yield_now().await;
        }
    }
}
