//! Serving and working until somebody says stop.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::middleware::from_fn_with_state;
use sportello_core::App;
use sportello_core::jobs::Worker;
use sportello_core::mailboxes::Watch;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::assemble;
use crate::config::Server;
use crate::exit::{Exit, Failure};
use crate::proxies::{self, Network};

/// Requests that are under way get so long to be answered.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Listens on an address.
///
/// # Errors
/// When the address is taken or not ours.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::because(Exit::Unavailable, &format!("cannot listen on {address}"), &error)
            .remedy("stop the other program, or choose another port")
    })
}

/// Says when to stop: once, to everybody.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Stops on SIGTERM and on Ctrl-C.
    ///
    /// # Errors
    /// When the signals cannot be caught.
    pub fn on_signal() -> std::io::Result<Self> {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        Ok(Self::when(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            tracing::info!("stopping");
        }))
    }

    /// Stops when a future ends.
    pub fn when(end: impl Future<Output = ()> + Send + 'static) -> Self {
        let (say, hear) = watch::channel(false);
        tokio::spawn(async move {
            end.await;
            let _ = say.send(true);
        });
        Self(hear)
    }

    /// Waits until it is time to stop.
    pub async fn wait(mut self) {
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}

/// Serves until it is time to stop; then answers what is under way, for as long as patience lasts.
///
/// # Errors
/// When the listener fails.
pub async fn pages(
    app: &App,
    server: &Server,
    listener: TcpListener,
    stop: Stop,
    patience: Duration,
) -> std::io::Result<()> {
    let trusted: Arc<[Network]> = server.trusted_proxies.clone().into();
    let router = assemble::router(app, server).layer(from_fn_with_state(trusted, proxies::middleware));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stop.clone().wait());
    let give_up = async {
        stop.wait().await;
        tokio::time::sleep(patience).await;
    };
    tokio::select! {
        served = serving => served,
        () = give_up => {
            tracing::warn!("some requests were not answered in time");
            Ok(())
        }
    }
}

/// Does jobs and keeps the mailboxes open until it is time to stop, and lets what is under way finish.
pub async fn jobs(app: &App, stop: Stop) {
    let (worker, watch) = (Worker::new(app.clone()), Watch::new(app.clone()));
    tokio::join!(worker.run(stop.clone().wait()), watch.run(stop.wait()));
}
