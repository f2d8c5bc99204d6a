//! The only file that knows how the two engines differ.

use std::borrow::Cow;

use crate::Engine;

/// Marks that PostgreSQL reads as a clause and SQLite as a comment: SQLite has one writer and nothing to skip.
const CLAUSES: [(&str, &str); 2] =
    [("/*FOR UPDATE SKIP LOCKED*/", "FOR UPDATE SKIP LOCKED"), ("/*FOR UPDATE*/", "FOR UPDATE")];

/// The statement as this engine wants it. Allocates only when the text holds a mark.
pub(crate) fn statement(engine: Engine, text: &'static str) -> Cow<'static, str> {
    if engine == Engine::Sqlite || !text.contains("/*") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(CLAUSES.iter().fold(text.to_owned(), |sql, (mark, clause)| sql.replace(mark, clause)))
}

/// A migration as this engine wants it: the column type `bytes` has another name on each.
pub(crate) fn migration(engine: Engine, text: &str) -> String {
    let bytes = match engine {
        Engine::Sqlite => " blob",
        Engine::Postgres => " bytea",
    };
    text.replace(" bytes", bytes)
}
