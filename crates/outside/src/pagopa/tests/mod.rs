//! The node against a small creditor that speaks the real protocol.

mod browser;
mod creditor;
mod payments;
mod switches;

use std::sync::Arc;

use jiff::Timestamp;
use pagopa::{CreditorCode, NoticeNumber, SegregationCode};
use tokio::net::TcpListener;
use url::Url;

use super::{Creditor, Node, NodeConfig};
use crate::VirtualClock;
use creditor::Station;

const START: &str = "2026-11-10T08:00:00Z";
const KEY: &str = "chiave-di-prova";

/// A node, a creditor, and the clock over both.
struct World {
    clock: Arc<VirtualClock>,
    node: Node,
    station: Station,
    base: Url,
}

impl World {
    async fn new() -> Self {
        Self::with_seed(7).await
    }

    async fn with_seed(seed: u64) -> Self {
        let start: Timestamp = START.parse().unwrap();
        let clock = Arc::new(VirtualClock::frozen(start));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}/pagopa", listener.local_addr().unwrap())).unwrap();
        let config =
            NodeConfig { clock: clock.clone(), seed, public_base: base.clone(), subscription_key: KEY.to_owned() };
        let node = Node::new(config);
        let router = axum::Router::new().nest("/pagopa", node.router());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let station = Station::start().await;
        node.add_creditor(Creditor::direct(creditor(), "Albo di esempio", station.url.clone()).unwrap());
        Self { clock, node, station, base }
    }

    fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }
}

fn creditor() -> CreditorCode {
    CreditorCode::parse("01199250158").unwrap()
}

fn notice(base: u64) -> NoticeNumber {
    NoticeNumber::generate(SegregationCode::new(1).unwrap(), base).unwrap()
}

/// A client that behaves like a browser that stops at every redirect.
fn browser() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}
