use std::sync::Arc;

use serde_json::{Map, Value};
use store::{Arg, FromRow};

use crate::access::Operation;
use crate::app::App;
use crate::audit;
use crate::cx::{Cx, scoped};
use crate::error::Error;
use crate::statement::Statement;
use crate::tenancy::Tenant;

/// The transaction of one operation for one tenant.
///
/// It writes its own line in the audit when it commits, and wakes the workers when jobs were enqueued in it.
#[derive(Debug)]
pub struct Tx {
    inner: store::Tx,
    app: App,
    tenant: Arc<Tenant>,
    pub(crate) entry: audit::Entry,
    pub(crate) wakes: bool,
}

impl Tx {
    pub(crate) fn new(cx: &Cx, operation: Operation, inner: store::Tx) -> Self {
        let (actor_kind, actor_id) = cx.actor.audit();
        let entry = audit::Entry {
            id: cx.id(),
            at: cx.now_ms(),
            actor_kind,
            actor_id,
            operation: operation.key(),
            firm: None,
            detail: Map::new(),
            request: Arc::clone(&cx.request),
        };
        Self { inner, app: cx.app.clone(), tenant: Arc::clone(&cx.tenant), entry, wakes: false }
    }

    /// Names the firm that the operation is about: the audit line then stands in the firm's timeline.
    pub fn about(&mut self, firm: crate::people::FirmId) -> &mut Self {
        self.entry.firm = Some(firm.0);
        self
    }

    /// Adds a detail to the audit line. Never a secret, never more personal data than the firm's own record holds.
    pub fn note(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.entry.detail.insert(key.to_owned(), value.into());
        self
    }

    /// Runs a statement; returns the number of changed rows.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn execute(&mut self, statement: Statement, args: Vec<Arg>) -> Result<u64, Error> {
        Ok(self.inner.execute(statement.0, scoped(&self.tenant, args)).await?)
    }

    /// Inserts many rows of the same table with few statements. Every row begins with the tenant, which is added here.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn insert_many(&mut self, table: &'static str, columns: &[&'static str], rows: Vec<Vec<Arg>>) -> Result<u64, Error> {
        // Both engines take thousands of parameters; longer statements win nothing.
        const PARAMETERS: usize = 2_000;
        let width = columns.len() + 1;
        let mut inserted = 0;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<Vec<Arg>> = rows.by_ref().take(PARAMETERS / width).collect();
            let text = insert_text(table, columns, chunk.len());
            let args = chunk.into_iter().flat_map(|row| scoped(&self.tenant, row)).collect();
            inserted += self.inner.execute_built(text, args).await?;
        }
        Ok(inserted)
    }

    /// All rows of a query, read into structs.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn list<T: FromRow>(&mut self, statement: Statement, args: Vec<Arg>) -> Result<Vec<T>, Error> {
        Ok(self.inner.list(statement.0, scoped(&self.tenant, args)).await?)
    }

    /// The first row of a query, read into a struct.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn find<T: FromRow>(&mut self, statement: Statement, args: Vec<Arg>) -> Result<Option<T>, Error> {
        Ok(self.inner.find(statement.0, scoped(&self.tenant, args)).await?)
    }

    /// One number that a query counts or computes, in its column `n`.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn count(&mut self, statement: Statement, args: Vec<Arg>) -> Result<i64, Error> {
        let row = self.inner.fetch_one(statement.0, scoped(&self.tenant, args)).await?;
        Ok(row.get::<Option<i64>>("n")?.unwrap_or(0))
    }

    /// Writes the audit line and makes everything durable; then wakes the workers.
    ///
    /// # Errors
    /// [`Error::Store`]; then nothing was kept.
    pub async fn commit(mut self) -> Result<(), Error> {
        audit::write(&mut self).await?;
        self.commit_unaudited().await
    }

    /// Makes everything durable without a line in the audit: for bookkeeping that is no operation of anybody (a job's
    /// own state, the time a session was last seen).
    ///
    /// # Errors
    /// [`Error::Store`]; then nothing was kept.
    pub async fn commit_unaudited(self) -> Result<(), Error> {
        self.inner.commit().await?;
        if self.wakes {
            self.app.wake();
        }
        Ok(())
    }

    /// Undoes the transaction now rather than when it is dropped.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn rollback(self) -> Result<(), Error> {
        Ok(self.inner.rollback().await?)
    }
}

fn insert_text(table: &str, columns: &[&str], rows: usize) -> String {
    let width = columns.len() + 1;
    let tuple = |row: usize| {
        let places: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
        format!("({})", places.join(", "))
    };
    let tuples: Vec<String> = (0..rows).map(tuple).collect();
    format!("INSERT INTO {table} (tenant, {}) VALUES {}", columns.join(", "), tuples.join(", "))
}
