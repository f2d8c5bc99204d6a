use std::time::Duration;

use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

use crate::Pending;
use crate::sqlite::Embedded;
use crate::tx::{postgres_arguments, sqlite_arguments};
use crate::{Arg, Error, FromRow, Row, Sql, Tx, dialect};

/// Which of the two engines a database runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded SQLite.
    Sqlite,
    /// PostgreSQL 15 or later.
    Postgres,
}

/// A database, cheap to clone.
#[derive(Clone, Debug)]
pub struct Db(Pools);

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    Sqlite(Embedded),
    Postgres(PgPool),
}

impl Db {
    /// Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…` with so many reading connections (all connections,
    /// on PostgreSQL).
    ///
    /// # Errors
    /// [`Error::Address`] for an address that is not understood, [`Error::Engine`] when the engine does not answer.
    pub async fn open(address: &str, connections: u32) -> Result<Self, Error> {
        if address == "sqlite::memory:" {
            // Named and shared, so that the readers see what the writer wrote.
            use std::sync::atomic::{AtomicU64, Ordering};
            static NEXT: AtomicU64 = AtomicU64::new(0);
            let name = NEXT.fetch_add(1, Ordering::Relaxed);
            let address = format!("sqlite:file:memory-{name}?mode=memory&cache=shared");
            return Ok(Self(Pools::Sqlite(Embedded::open(&address, connections).await?)));
        }
        if address.starts_with("sqlite:") {
            return Ok(Self(Pools::Sqlite(Embedded::open(address, connections).await?)));
        }
        if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let pool = PgPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(Duration::from_secs(10))
                .connect(address)
                .await?;
            return Ok(Self(Pools::Postgres(pool)));
        }
        Err(Error::Address(address.to_owned()))
    }

    /// The engine behind this database.
    pub fn engine(&self) -> Engine {
        match &self.0 {
            Pools::Sqlite(_) => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Begins a write transaction. On the embedded engine this waits for the writer.
    ///
    /// # Errors
    /// [`Error::Engine`] when the engine does not answer.
    pub fn begin(&self) -> Pending<'_, Result<Tx, Error>> {
        Box::pin(async move { Tx::begin(&self.0).await })
    }

    /// All rows of a query, outside any transaction.
    ///
    /// # Errors
    /// [`Error::Engine`].
    pub fn fetch_all(&self, sql: Sql, args: Vec<Arg>) -> Pending<'_, Result<Vec<Row>, Error>> {
        Box::pin(async move {
            let text = AssertSqlSafe(dialect::statement(self.engine(), sql.text()));
            match &self.0 {
                Pools::Sqlite(embedded) => {
                    let query = sqlx::query_with(text, sqlite_arguments(args)?);
                    Ok(query.fetch_all(&embedded.readers).await?.into_iter().map(Row::Sqlite).collect())
                }
                Pools::Postgres(pool) => {
                    let query = sqlx::query_with(text, postgres_arguments(args)?);
                    Ok(query.fetch_all(pool).await?.into_iter().map(Row::Postgres).collect())
                }
            }
        })
    }

    /// The first row of a query, if there is one.
    ///
    /// # Errors
    /// [`Error::Engine`].
    pub async fn fetch_optional(&self, sql: Sql, args: Vec<Arg>) -> Result<Option<Row>, Error> {
        Ok(self.fetch_all(sql, args).await?.into_iter().next())
    }

    /// The first row of a query that must have one.
    ///
    /// # Errors
    /// [`Error::NoRow`] or [`Error::Engine`].
    pub async fn fetch_one(&self, sql: Sql, args: Vec<Arg>) -> Result<Row, Error> {
        self.fetch_optional(sql, args).await?.ok_or(Error::NoRow)
    }

    /// All rows of a query, read into structs.
    ///
    /// # Errors
    /// [`Error::Engine`] or [`Error::Column`].
    pub async fn list<T: FromRow>(&self, sql: Sql, args: Vec<Arg>) -> Result<Vec<T>, Error> {
        self.fetch_all(sql, args).await?.iter().map(T::from_row).collect()
    }

    /// The first row of a query, read into a struct.
    ///
    /// # Errors
    /// [`Error::Engine`] or [`Error::Column`].
    pub async fn find<T: FromRow>(&self, sql: Sql, args: Vec<Arg>) -> Result<Option<T>, Error> {
        self.fetch_optional(sql, args).await?.as_ref().map(T::from_row).transpose()
    }

    /// Asks the engine to parse a statement against the present schema without running it.
    ///
    /// # Errors
    /// [`Error::Engine`] with the engine's complaint.
    pub async fn prepare(&self, sql: Sql) -> Result<(), Error> {
        let text = AssertSqlSafe(dialect::statement(self.engine(), sql.text())).into_sql_str();
        match &self.0 {
            Pools::Sqlite(embedded) => embedded.readers.prepare(text).await.map(drop)?,
            Pools::Postgres(pool) => pool.prepare(text).await.map(drop)?,
        }
        Ok(())
    }

    /// Runs one administrative statement outside any transaction (`CREATE DATABASE`): for tests and tools.
    ///
    /// # Errors
    /// [`Error::Engine`].
    pub async fn administer(&self, text: &str) -> Result<(), Error> {
        let text = AssertSqlSafe(text.to_owned());
        match &self.0 {
            Pools::Sqlite(embedded) => sqlx::query(text).execute(&embedded.readers).await.map(drop)?,
            Pools::Postgres(pool) => sqlx::query(text).execute(pool).await.map(drop)?,
        }
        Ok(())
    }

    /// Checks that the engine answers and accepts writes.
    ///
    /// # Errors
    /// [`Error::Engine`].
    pub async fn ping(&self) -> Result<(), Error> {
        match &self.0 {
            Pools::Sqlite(embedded) => embedded.ping().await,
            Pools::Postgres(pool) => Ok(sqlx::query("SELECT 1").execute(pool).await.map(drop)?),
        }
    }

    /// Finishes what is open and closes the connections.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite(embedded) => embedded.close().await,
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}
