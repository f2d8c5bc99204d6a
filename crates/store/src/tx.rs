use sqlx::postgres::{PgArguments, Postgres};
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe, Transaction};

use crate::Pending;
use crate::db::Pools;
use crate::sqlite::{Embedded, Guard};
use crate::{Arg, Engine, Error, FromRow, Row, Sql, dialect};

/// A transaction. Dropped without [`Tx::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Tx(Inner);

#[derive(Debug)]
enum Inner {
    Sqlite(Embedded, Guard),
    Postgres(Transaction<'static, Postgres>),
}

/// Parameters in the form that SQLite's driver wants.
pub(crate) fn sqlite_arguments(args: Vec<Arg>) -> Result<SqliteArguments, sqlx::Error> {
    let mut bound = SqliteArguments::default();
    for arg in args {
        match arg {
            Arg::Int(v) => bound.add(v),
            Arg::Text(v) => bound.add(v),
            Arg::Bool(v) => bound.add(v),
            Arg::Bytes(v) => bound.add(v),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(bound)
}

/// Parameters in the form that PostgreSQL's driver wants.
pub(crate) fn postgres_arguments(args: Vec<Arg>) -> Result<PgArguments, sqlx::Error> {
    let mut bound = PgArguments::default();
    for arg in args {
        match arg {
            Arg::Int(v) => bound.add(v),
            Arg::Text(v) => bound.add(v),
            Arg::Bool(v) => bound.add(v),
            Arg::Bytes(v) => bound.add(v),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(bound)
}

/// An error after which SQLite may have rolled back more than the statement.
fn poisons(error: &sqlx::Error) -> bool {
    match error {
        // SQLITE_CONSTRAINT and its extended codes undo the statement only.
        sqlx::Error::Database(e) => {
            !e.code().is_some_and(|c| c.parse::<i64>().is_ok_and(|code| code & 0xff == 19 || code & 0xff == 1))
        }
        sqlx::Error::RowNotFound | sqlx::Error::Encode(_) => false,
        _ => true,
    }
}

impl Tx {
    pub(crate) async fn begin(pools: &Pools) -> Result<Self, Error> {
        Ok(Self(match pools {
            Pools::Sqlite(embedded) => Inner::Sqlite(embedded.clone(), embedded.begin().await?),
            Pools::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        }))
    }

    /// Runs a statement and returns the number of rows that it changed.
    ///
    /// # Errors
    /// [`Error::Unique`] or [`Error::Engine`].
    pub fn execute(&mut self, sql: Sql, args: Vec<Arg>) -> Pending<'_, Result<u64, Error>> {
        Box::pin(async move {
            match &mut self.0 {
                Inner::Sqlite(_, writer) => {
                    let text = dialect::statement(Engine::Sqlite, sql.text());
                    let query = sqlx::query_with(AssertSqlSafe(text), sqlite_arguments(args)?);
                    let done = query.execute(&mut writer.connection).await;
                    writer.poisoned |= done.as_ref().is_err_and(poisons);
                    Ok(done?.rows_affected())
                }
                Inner::Postgres(tx) => {
                    let text = dialect::statement(Engine::Postgres, sql.text());
                    let query = sqlx::query_with(AssertSqlSafe(text), postgres_arguments(args)?);
                    Ok(query.execute(&mut **tx).await?.rows_affected())
                }
            }
        })
    }

    /// Runs a statement whose text is built at run time out of constants (bulk inserts, migrations).
    ///
    /// # Errors
    /// As [`Tx::execute`].
    pub fn execute_built(&mut self, text: String, args: Vec<Arg>) -> Pending<'_, Result<u64, Error>> {
        Box::pin(async move {
            match &mut self.0 {
                Inner::Sqlite(_, writer) => {
                    let query = sqlx::query_with(AssertSqlSafe(text), sqlite_arguments(args)?);
                    let done = query.execute(&mut writer.connection).await;
                    writer.poisoned |= done.as_ref().is_err_and(poisons);
                    Ok(done?.rows_affected())
                }
                Inner::Postgres(tx) => {
                    let query = sqlx::query_with(AssertSqlSafe(text), postgres_arguments(args)?);
                    Ok(query.execute(&mut **tx).await?.rows_affected())
                }
            }
        })
    }

    /// All rows of a query, as this transaction sees them.
    ///
    /// # Errors
    /// As [`Tx::execute`].
    pub fn fetch_all(&mut self, sql: Sql, args: Vec<Arg>) -> Pending<'_, Result<Vec<Row>, Error>> {
        Box::pin(async move {
            match &mut self.0 {
                Inner::Sqlite(_, writer) => {
                    let text = dialect::statement(Engine::Sqlite, sql.text());
                    let query = sqlx::query_with(AssertSqlSafe(text), sqlite_arguments(args)?);
                    let rows = query.fetch_all(&mut writer.connection).await;
                    writer.poisoned |= rows.as_ref().is_err_and(poisons);
                    Ok(rows?.into_iter().map(Row::Sqlite).collect())
                }
                Inner::Postgres(tx) => {
                    let text = dialect::statement(Engine::Postgres, sql.text());
                    let query = sqlx::query_with(AssertSqlSafe(text), postgres_arguments(args)?);
                    Ok(query.fetch_all(&mut **tx).await?.into_iter().map(Row::Postgres).collect())
                }
            }
        })
    }

    /// The first row of a query, if there is one.
    ///
    /// # Errors
    /// As [`Tx::execute`].
    pub async fn fetch_optional(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Option<Row>, Error> {
        Ok(self.fetch_all(sql, args).await?.into_iter().next())
    }

    /// The first row of a query that must have one.
    ///
    /// # Errors
    /// [`Error::NoRow`], or as [`Tx::execute`].
    pub async fn fetch_one(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Row, Error> {
        self.fetch_optional(sql, args).await?.ok_or(Error::NoRow)
    }

    /// All rows of a query, read into structs.
    ///
    /// # Errors
    /// As [`Tx::execute`], or [`Error::Column`].
    pub async fn list<T: FromRow>(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Vec<T>, Error> {
        self.fetch_all(sql, args).await?.iter().map(T::from_row).collect()
    }

    /// The first row of a query, read into a struct.
    ///
    /// # Errors
    /// As [`Tx::execute`], or [`Error::Column`].
    pub async fn find<T: FromRow>(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Option<T>, Error> {
        self.fetch_optional(sql, args).await?.as_ref().map(T::from_row).transpose()
    }

    /// Makes the transaction durable. When this returns `Ok`, the writes survive a crash.
    ///
    /// # Errors
    /// [`Error::NotDurable`] or [`Error::Engine`]; then nothing was kept.
    pub fn commit(self) -> Pending<'static, Result<(), Error>> {
        Box::pin(async move {
            match self.0 {
                Inner::Sqlite(embedded, guard) => embedded.commit(guard).await,
                Inner::Postgres(tx) => Ok(tx.commit().await?),
            }
        })
    }

    /// Undoes the transaction now rather than when it is dropped.
    ///
    /// # Errors
    /// [`Error::Engine`] when the connection is lost; the writes are gone all the same.
    pub fn rollback(self) -> Pending<'static, Result<(), Error>> {
        Box::pin(async move {
            match self.0 {
                Inner::Sqlite(_, mut guard) => guard.undo().await,
                Inner::Postgres(tx) => Ok(tx.rollback().await?),
            }
        })
    }

    /// The engine that this transaction runs on.
    pub fn engine(&self) -> Engine {
        match &self.0 {
            Inner::Sqlite(..) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }
}
