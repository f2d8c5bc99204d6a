//! The node as a value.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use jiff::Timestamp;
use pagopa::CodeError;
use tokio::task::JoinHandle;
use url::Url;

use super::chance::Chance;
use super::control::NodeControl;
use super::creditor::Creditor;
use super::report::PaymentRecord;
use super::state::State;
use super::{routes, station};
use crate::Clock;

/// How often [`Node::spawn_timer`] looks for receipts that are due, in real time.
const TICK: Duration = Duration::from_millis(500);

/// What a node is made from.
#[derive(Clone)]
pub struct NodeConfig {
    /// The world's clock.
    pub clock: Arc<dyn Clock>,
    /// From which every identifier and company name follows.
    pub seed: u64,
    /// The address under which browsers reach [`Node::router`], such as `http://127.0.0.1:8080/pagopa`.
    pub public_base: Url,
    /// The key that carts must carry.
    pub subscription_key: String,
}

impl fmt::Debug for NodeConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NodeConfig")
            .field("seed", &self.seed)
            .field("public_base", &self.public_base.as_str())
            .finish_non_exhaustive()
    }
}

/// A pagoPA node; clones share it.
#[derive(Clone)]
pub struct Node {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) base: Url,
    pub(super) key: String,
    pub(super) http: reqwest::Client,
    state: Mutex<State>,
}

impl Node {
    /// A node without creditors.
    #[must_use]
    pub fn new(config: NodeConfig) -> Self {
        let mut base = config.public_base;
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let chance = Chance::new(config.seed)
            .unwrap_or_else(|error: CodeError| unreachable!("the invented companies have well-formed codes: {error}"));
        let state = State {
            control: NodeControl::default(),
            chance,
            creditors: Default::default(),
            carts: Default::default(),
            underway: Default::default(),
            entries: Vec::new(),
        };
        let inner = Inner {
            clock: config.clock,
            base,
            key: config.subscription_key,
            http: station::http_client(),
            state: Mutex::new(state),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The node's addresses, to be mounted where `public_base` says.
    pub fn router(&self) -> Router {
        routes::router(self.clone())
    }

    /// Makes a creditor known, or replaces what was known of it.
    pub fn add_creditor(&self, creditor: Creditor) {
        self.state().creditors.insert(creditor.fiscal_code, creditor);
    }

    /// The switches as they stand.
    #[must_use]
    pub fn control(&self) -> NodeControl {
        self.state().control.clone()
    }

    /// Sets the switches.
    pub fn set_control(&self, control: NodeControl) {
        self.state().control = control;
    }

    /// Every payment that was made, oldest first.
    #[must_use]
    pub fn payments(&self) -> Vec<PaymentRecord> {
        self.state().entries.iter().map(super::state::Entry::record).collect()
    }

    /// Sends receipts as they fall due, until the last handle of the node is dropped or the task is aborted.
    ///
    /// Must be called inside a Tokio runtime.
    pub fn spawn_timer(&self) -> JoinHandle<()> {
        let inner = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(TICK);
            loop {
                ticks.tick().await;
                let Some(inner) = inner.upgrade() else { return };
                Self { inner }.deliver_due_receipts().await;
            }
        })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// The path of one of the node's own addresses as browsers see it.
    pub(super) fn path(&self, local: &str) -> String {
        format!("{}{local}", self.inner.base.path())
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node").field("base", &self.inner.base.as_str()).finish_non_exhaustive()
    }
}
