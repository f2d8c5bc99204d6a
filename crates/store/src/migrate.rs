use crate::{Db, Error, Sql, args, dialect};

/// One step of the schema, written once for both engines.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its place in the order, from 1 without gaps.
    pub version: i64,
    /// What it does, for the log.
    pub name: &'static str,
    /// Statements separated by a semicolon at the end of a line.
    pub sql: &'static str,
}

/// Where a database stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MigrationState {
    /// The newest migration that the database has, 0 when it is empty.
    pub found: i64,
    /// The newest migration that the program knows.
    pub known: i64,
}

const TABLE: Sql = Sql::new(
    "CREATE TABLE IF NOT EXISTS schema_migrations (version bigint PRIMARY KEY, name text NOT NULL, applied_at bigint NOT NULL)",
);
const NEWEST: Sql = Sql::new("SELECT coalesce(max(version), 0) AS version FROM schema_migrations");
const RECORD: Sql = Sql::new("INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)");

impl Db {
    /// Reads where the database stands without changing it, except for the table that says so.
    ///
    /// # Errors
    /// [`Error::Engine`].
    pub async fn migration_state(&self, migrations: &[Migration]) -> Result<MigrationState, Error> {
        let mut tx = self.begin().await?;
        tx.execute(TABLE, args![]).await?;
        let found = tx.fetch_one(NEWEST, args![]).await?.get("version")?;
        tx.commit().await?;
        Ok(MigrationState { found, known: migrations.last().map_or(0, |m| m.version) })
    }

    /// Brings the schema up to date, one transaction a migration, and returns how many were applied. `now` is in
    /// milliseconds since 1970. Two nodes that start together do not apply a migration twice.
    ///
    /// # Errors
    /// [`Error::NewerSchema`] when the database is ahead of the program, [`Error::Migration`] when one fails.
    pub async fn migrate(&self, migrations: &[Migration], now: i64) -> Result<usize, Error> {
        let state = self.migration_state(migrations).await?;
        if state.found > state.known {
            return Err(Error::NewerSchema { found: state.found, known: state.known });
        }
        let mut applied = 0;
        for migration in migrations.iter().filter(|m| m.version > state.found) {
            let result = self.apply(migration, now).await;
            applied += usize::from(result.map_err(|source| Error::Migration {
                version: migration.version,
                name: migration.name,
                source: Box::new(source),
            })?);
        }
        Ok(applied)
    }

    async fn apply(&self, migration: &Migration, now: i64) -> Result<bool, Error> {
        let mut tx = self.begin().await?;
        let newest: i64 = tx.fetch_one(NEWEST, args![]).await?.get("version")?;
        if newest >= migration.version {
            return Ok(false);
        }
        // The record comes first: on PostgreSQL a second node waits here for the first one's key.
        tx.execute(RECORD, args![migration.version, migration.name, now]).await?;
        let text = dialect::migration(self.engine(), &without_comments(migration.sql));
        for statement in text.split(";\n").map(str::trim).filter(|s| !s.is_empty()) {
            tx.execute_built(statement.trim_end_matches(';').to_owned(), args![]).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

fn without_comments(sql: &str) -> String {
    let code = |line: &str| line.split_once("--").map_or(line, |(code, _)| code).trim_end().to_owned();
    sql.lines().map(|line| code(line) + "\n").collect()
}
