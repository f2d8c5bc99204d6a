use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

use pec::imap::{ImapError, Mailbox, Wake};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

use super::leases::{Held, Leases};
use super::model::Trouble;
use super::read::read_new;
use crate::Cx;
use crate::app::App;
use crate::error::chain;

/// How often a node says that it lives, and looks for mailboxes that nobody keeps open.
const BEAT: Duration = Duration::from_secs(15);
/// A wait that nothing ends is ended after so long: the listing that follows finds what a server did not announce, and
/// a connection that died in silence. What came is known within a minute in any case.
const ROUND: Duration = Duration::from_secs(50);
/// The pauses between attempts to open a mailbox double up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How long open mailboxes may take to end what they are doing when the program stops.
const FAREWELL: Duration = Duration::from_secs(10);

type Key = (String, &'static str);

/// Keeps the mailboxes of all tenants open that no other node keeps, and reads what comes.
#[derive(Debug)]
pub struct Watch {
    app: App,
    leases: Leases,
}

impl Watch {
    /// For a program with its configured tenants.
    pub fn new(app: App) -> Self {
        Self { leases: Leases::new(app.clone()), app }
    }

    /// Watches until `stop` ends; then lets every mailbox finish the message that it is about.
    pub async fn run(&self, stop: impl Future<Output = ()> + Send) {
        let (say, hear) = watch::channel(false);
        let (mut tasks, mut running) = (JoinSet::new(), HashMap::new());
        tokio::pin!(stop);
        loop {
            match self.leases.beat().await {
                Ok(held) => self.follow(held, &mut tasks, &mut running, &hear),
                // Whoever cannot say that it lives will be taken for dead: what is read twice meanwhile counts once.
                Err(error) => tracing::error!(error = chain(&error), "mailboxes cannot be shared out"),
            }
            tokio::select! {
                () = &mut stop => break,
                () = tokio::time::sleep(BEAT) => {}
            }
        }
        say.send_replace(true);
        let all = async { while tasks.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(FAREWELL, all).await;
        if let Err(error) = self.leases.release().await {
            tracing::warn!(error = chain(&error), "the mailboxes will be another node's only in a minute");
        }
    }

    /// Opens what is held and not open, and leaves what is held no more.
    fn follow(
        &self,
        held: Vec<Held>,
        tasks: &mut JoinSet<()>,
        running: &mut HashMap<Key, AbortHandle>,
        stop: &watch::Receiver<bool>,
    ) {
        while tasks.try_join_next().is_some() {}
        let key = |held: &Held| (held.tenant.slug.clone(), held.inbox.name);
        let keys: Vec<Key> = held.iter().map(key).collect();
        running.retain(|key, task| {
            let keep = keys.contains(key) && !task.is_finished();
            if !keep {
                task.abort();
            }
            keep
        });
        for held in held {
            running.entry(key(&held)).or_insert_with(|| {
                let cx = self.app.system(&held.tenant, "mailbox");
                tasks.spawn(keep_open(cx, held, stop.clone()))
            });
        }
    }
}

/// Opens a mailbox again and again, with growing pauses when that fails.
async fn keep_open(cx: Cx, held: Held, mut stop: watch::Receiver<bool>) {
    let mut failures = 0_u32;
    loop {
        let Err(error) = session(&cx, &held, &mut stop, &mut failures).await else { return };
        failures += 1;
        let pause = Duration::from_secs(1 << failures.min(6)).min(LONGEST_PAUSE);
        // Not all at once when a server with many mailboxes comes back.
        let pause = pause.mul_f64(0.5 + f64::from(cx.chance().below(512)) / 1024.0);
        let (tenant, mailbox) = (&cx.tenant.slug, held.inbox.name);
        tracing::warn!(tenant, mailbox, failures, error = chain(&error), "a mailbox will be opened again");
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Reads and waits over one connection, until it is time to stop.
async fn session(cx: &Cx, held: &Held, stop: &mut watch::Receiver<bool>, failures: &mut u32) -> Result<(), Trouble> {
    let Some(config) = (held.inbox.config)(cx) else { return Ok(()) };
    let mut mailbox = Mailbox::open(config).await?;
    loop {
        read_new(cx, held.inbox, &mut mailbox, || *stop.borrow()).await?;
        *failures = 0;
        let mut stopping = stop.clone();
        let cancel = async move {
            let _ = stopping.wait_for(|stop| *stop).await;
        };
        let wake = match mailbox.idle(ROUND, cancel).await {
            // A server that cannot announce anything is asked from time to time.
            Err(ImapError::Refused { .. }) => pause(stop).await,
            other => other?,
        };
        if wake == Wake::Cancelled {
            if let Err(error) = mailbox.close().await {
                tracing::debug!(error = chain(&error), "the mailbox did not say goodbye");
            }
            return Ok(());
        }
    }
}

async fn pause(stop: &mut watch::Receiver<bool>) -> Wake {
    tokio::select! {
        _ = stop.wait_for(|stop| *stop) => Wake::Cancelled,
        () = tokio::time::sleep(ROUND) => Wake::TimedOut,
    }
}
