//! Connections and handshakes: many at a time, each within its limits.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use sportello_core::App;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::rustls::server::Acceptor;

use super::connection::Connection;
use super::door::{Door, TlsDoor};
use super::slots::{Slot, Slots};

/// A browser says at once what it is.
const HELLO: Duration = Duration::from_secs(10);
/// Then its user looks for the card, chooses the certificate and types the PIN.
const HANDSHAKE: Duration = Duration::from_secs(120);
/// Handshakes that are done and not yet served.
const READY: usize = 64;
/// After an error of the machine, such as too many open files.
const PAUSE: Duration = Duration::from_millis(500);

/// Gives connections whose handshake is done.
#[derive(Debug)]
pub struct CardListener {
    ready: mpsc::Receiver<(Connection, SocketAddr)>,
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl Drop for CardListener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl CardListener {
    /// Accepts connections at a door.
    ///
    /// # Errors
    /// When the listener has no address.
    pub fn new(app: App, listener: TcpListener, door: Arc<Door>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (send, ready) = mpsc::channel(READY);
        Ok(Self { ready, address, accepting: tokio::spawn(accept(app, listener, door, send)) })
    }
}

async fn accept(app: App, listener: TcpListener, door: Arc<Door>, ready: mpsc::Sender<(Connection, SocketAddr)>) {
    let slots = match &*door {
        Door::Tls(_) => Slots::for_visitors(),
        Door::Proxy(_) => Slots::for_proxies(),
    };
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::debug!(%error, "a connection was not accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        // A connection too many is closed at once: waiting in line would help whoever holds the others.
        let Some(slot) = slots.take(peer.ip()) else { continue };
        let (app, door, ready) = (app.clone(), Arc::clone(&door), ready.clone());
        tokio::spawn(async move {
            let connection = match &*door {
                Door::Tls(tls) => handshake(&app, tls, stream, slot).await,
                Door::Proxy(_) => Some(Connection::plain(stream, slot)),
            };
            if let Some(connection) = connection {
                let _ = ready.send((connection, peer)).await;
            }
        });
    }
}

async fn handshake(app: &App, door: &TlsDoor, stream: TcpStream, slot: Slot) -> Option<Connection> {
    let hello = timeout(HELLO, LazyConfigAcceptor::new(Acceptor::default(), stream)).await.ok()?;
    let start = hello.inspect_err(|error| tracing::debug!(%error, "a connection for cards is no TLS")).ok()?;
    let config = match door.config(app) {
        Ok(config) => config,
        Err(error) => {
            tracing::error!(error = sportello_core::chain(&error), "the listener for cards cannot be set up");
            return None;
        }
    };
    let done = timeout(HANDSHAKE, start.into_stream(config)).await.ok()?;
    let stream = done.inspect_err(|error| tracing::debug!(%error, "a handshake for cards failed")).ok()?;
    Some(Connection::tls(stream, slot))
}

impl Listener for CardListener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        match self.ready.recv().await {
            Some(ready) => ready,
            // The accepting task ends with this value, and not before.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
