use std::sync::Arc;

use serde_json::{Map, Value};
use store::{Arg, FromRow};

use crate::access::Operation;
use crate::app::App;
use crate::audit;
use crate::cx::{Cx, scoped, scoped_to};
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

    /// The transaction itself, for statements about what no tenant owns.
    pub(crate) fn shared(&mut self) -> &mut store::Tx {
        &mut self.inner
    }

    /// Runs a statement for another tenant that shares something with this one; returns the number of changed rows.
    pub(crate) async fn execute_for(
        &mut self,
        tenant: &str,
        statement: Statement,
        args: Vec<Arg>,
    ) -> Result<u64, Error> {
        Ok(self.inner.execute(statement.0, scoped_to(tenant, args)).await?)
    }

    /// Inserts many rows of the same table with few statements; the tenant is added to every row. `conflict` is what
    /// follows `ON CONFLICT`, such as `(tenant, plate) DO NOTHING`; it must name a unique index that begins with the
    /// tenant. Returns the number of rows that were inserted or changed.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn insert_many(
        &mut self,
        table: &'static str,
        columns: &[&'static str],
        rows: Vec<Vec<Arg>>,
        conflict: Option<&'static str>,
    ) -> Result<u64, Error> {
        // Both engines take thousands of parameters; longer statements win nothing.
        const PARAMETERS: usize = 2_000;
        let most = PARAMETERS / (columns.len() + 1);
        let place = place(self.inner.engine());
        let full = if rows.len() >= most { insert_text(table, columns, most, conflict, place) } else { String::new() };
        let mut inserted = 0;
        let mut rows = rows.into_iter();
        while rows.len() > 0 {
            let count = rows.len().min(most);
            let text = if count == most { full.clone() } else { insert_text(table, columns, count, conflict, place) };
            let args = rows.by_ref().take(count).flat_map(|row| scoped(&self.tenant, row)).collect();
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

/// How the n-th parameter is written in a statement of thousands. To SQLite `$1` is a name, and its driver looks the
/// name of every parameter up in a list: that takes quadratic time, which `?` does not.
fn place(engine: store::Engine) -> fn(usize) -> String {
    match engine {
        store::Engine::Sqlite => |_| "?".to_owned(),
        store::Engine::Postgres => |number| format!("${number}"),
    }
}

/// The statement for so many rows.
fn insert_text(
    table: &str,
    columns: &[&str],
    rows: usize,
    conflict: Option<&str>,
    place: fn(usize) -> String,
) -> String {
    let width = columns.len() + 1;
    let tuple = |row: usize| {
        let places: Vec<String> = (1..=width).map(|column| place(row * width + column)).collect();
        format!("({})", places.join(", "))
    };
    let tuples: Vec<String> = (0..rows).map(tuple).collect();
    let conflict = conflict.map(|c| format!(" ON CONFLICT {c}")).unwrap_or_default();
    format!("INSERT INTO {table} (tenant, {}) VALUES {}{conflict}", columns.join(", "), tuples.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_go_into_one_statement() {
        let text = |engine| insert_text("firms", &["id", "name"], 2, Some("(tenant, id) DO NOTHING"), place(engine));
        assert_eq!(
            text(store::Engine::Postgres),
            "INSERT INTO firms (tenant, id, name) VALUES ($1, $2, $3), ($4, $5, $6) ON CONFLICT (tenant, id) DO NOTHING"
        );
        assert_eq!(
            text(store::Engine::Sqlite),
            "INSERT INTO firms (tenant, id, name) VALUES (?, ?, ?), (?, ?, ?) ON CONFLICT (tenant, id) DO NOTHING"
        );
    }
}
