//! The embedded engine: one writer with group commit, many readers.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::Error;

/// The writer's lock, held by one transaction at a time.
pub(crate) type Guard = OwnedMutexGuard<Writer>;

/// The embedded database.
#[derive(Clone, Debug)]
pub(crate) struct Embedded {
    pub(crate) readers: SqlitePool,
    writer: Arc<Mutex<Writer>>,
}

/// The writing connection and the state of its open group.
#[derive(Debug)]
pub(crate) struct Writer {
    pub(crate) connection: SqliteConnection,
    /// Number of the group that is open, or that was open last.
    group: u64,
    open: bool,
    /// Highest group that is on disk.
    durable: u64,
    /// Recent groups that were lost, with all their members.
    lost: BTreeSet<u64>,
    /// A savepoint was left behind by a transaction that was dropped.
    abandoned: bool,
    /// The engine may have rolled back the whole group by itself (disk full, input/output error).
    pub(crate) poisoned: bool,
}

impl Embedded {
    pub(crate) async fn open(address: &str, readers: u32) -> Result<Self, Error> {
        let options = SqliteConnectOptions::from_str(address)
            .map_err(|_| Error::Address(address.to_owned()))?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(256)
            .disable_statement_logging();
        // A memory database is private to its connection unless the cache is shared by name.
        let in_memory = address.contains(":memory:") || address.contains("mode=memory");
        let connection = options.connect().await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(readers)
            .min_connections(u32::from(in_memory))
            // A file does not hang up: asking each connection before each query whether it still lives costs as much as
            // many a query.
            .test_before_acquire(false)
            .connect_with(if in_memory { options } else { options.pragma("query_only", "on") })
            .await?;
        let writer = Writer {
            connection,
            group: 0,
            open: false,
            durable: 0,
            lost: BTreeSet::new(),
            abandoned: false,
            poisoned: false,
        };
        Ok(Self { readers, writer: Arc::new(Mutex::new(writer)) })
    }

    /// Waits for the writer and opens a savepoint for one transaction.
    pub(crate) async fn begin(&self) -> Result<Guard, Error> {
        let mut writer = Arc::clone(&self.writer).lock_owned().await;
        writer.begin().await?;
        Ok(writer)
    }

    /// Closes the transaction's savepoint and returns when its group is on disk.
    ///
    /// The lock is taken twice on purpose. It is fair: whoever waits for it between the two takes part in the same
    /// group, and the first member that gets the lock back makes the whole group durable with one synchronisation.
    pub(crate) async fn commit(&self, mut guard: Guard) -> Result<(), Error> {
        guard.release().await?;
        let group = guard.group;
        drop(guard);
        let lock = Arc::clone(&self.writer);
        // In a task of its own, so that a caller who goes away cannot leave the group open.
        let task = tokio::spawn(async move { lock.lock_owned().await.settle(group).await });
        task.await.unwrap_or_else(|e| Err(Error::NotDurable { reason: e.to_string() }))
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
        let mut writer = self.writer.lock().await;
        let group = writer.group;
        if writer.open {
            let _ = writer.settle(group).await;
        }
        let _ = sqlx::query("PRAGMA optimize").execute(&mut writer.connection).await;
    }
}

impl Writer {
    async fn run(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(sql).execute(&mut self.connection).await.map(drop)
    }

    async fn begin(&mut self) -> Result<(), Error> {
        if self.abandoned && !self.poisoned {
            let undone = self.run("ROLLBACK TO member").await.is_ok() && self.run("RELEASE member").await.is_ok();
            self.poisoned |= !undone;
        }
        self.abandoned = false;
        if self.poisoned {
            self.lose().await;
        }
        if self.open {
            self.run("SAVEPOINT member").await?;
        } else {
            // One way to the engine's thread instead of two.
            if let Err(error) = self.run("BEGIN IMMEDIATE; SAVEPOINT member").await {
                // The transaction may be open without its savepoint.
                self.poisoned = true;
                return Err(error.into());
            }
            self.open = true;
            self.group += 1;
        }
        self.abandoned = true;
        Ok(())
    }

    async fn release(&mut self) -> Result<(), Error> {
        self.abandoned = false;
        if !self.poisoned && self.run("RELEASE member").await.is_ok() {
            return Ok(());
        }
        self.lose().await;
        Err(Error::NotDurable { reason: "the engine gave the transaction up".to_owned() })
    }

    /// Makes the group durable unless another member already has.
    async fn settle(&mut self, group: u64) -> Result<(), Error> {
        if self.lost.contains(&group) {
            return Err(Error::NotDurable {
                reason: "another member of the group failed to reach the disk".to_owned(),
            });
        }
        if self.durable >= group {
            return Ok(());
        }
        if self.abandoned && !self.poisoned {
            let undone = self.run("ROLLBACK TO member").await.is_ok() && self.run("RELEASE member").await.is_ok();
            self.poisoned |= !undone;
            self.abandoned = false;
        }
        if self.poisoned {
            self.lose().await;
            return Err(Error::NotDurable { reason: "the engine gave the transaction up".to_owned() });
        }
        match self.run("COMMIT").await {
            Ok(()) => {
                self.open = false;
                self.durable = group;
                Ok(())
            }
            Err(error) => {
                self.lose().await;
                Err(Error::NotDurable { reason: error.to_string() })
            }
        }
    }

    /// Gives the open group up: none of its members was told that it is durable.
    async fn lose(&mut self) {
        // The engine may already have rolled back; then this statement fails, and that is fine.
        let _ = self.run("ROLLBACK").await;
        if self.open {
            self.lost.insert(self.group);
            while self.lost.len() > 1_000 {
                self.lost.pop_first();
            }
        }
        self.open = false;
        self.poisoned = false;
        self.abandoned = false;
    }

    /// Undoes the current member and leaves the group to the others.
    pub(crate) async fn undo(&mut self) -> Result<(), Error> {
        self.abandoned = false;
        if self.run("ROLLBACK TO member").await.is_err() || self.run("RELEASE member").await.is_err() {
            self.poisoned = true;
        }
        Ok(())
    }

    /// Checks that the connection still answers.
    pub(crate) async fn ping(&mut self) -> Result<(), Error> {
        Ok(self.connection.ping().await?)
    }
}

impl Embedded {
    pub(crate) async fn ping(&self) -> Result<(), Error> {
        self.writer.lock().await.ping().await
    }
}
