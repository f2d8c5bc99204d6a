//! The doctor's only SQL: figures of the whole installation, which no tenant's context can see.

use store::Sql;

/// When the newest migration was applied, in milliseconds since 1970.
pub const LAST_MIGRATION: Sql = Sql::new("SELECT coalesce(max(applied_at), 0) AS n FROM schema_migrations");

/// Since when the oldest job that is due waits, in milliseconds since 1970; 0 when none is due.
pub const OLDEST_DUE: Sql =
    Sql::new("SELECT coalesce(min(run_at), 0) AS n FROM jobs WHERE state = 'ready' AND run_at <= $1");

/// How many questions wait at each source.
pub const QUESTIONS: Sql = Sql::new(
    "SELECT source, count(*) AS n FROM register_questions WHERE created_at <= $1 GROUP BY source ORDER BY source",
);
