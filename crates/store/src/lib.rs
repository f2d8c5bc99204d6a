#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod arg;
mod db;
mod dialect;
mod error;
mod migrate;
mod row;
mod sql;
mod sqlite;
mod tx;

pub use arg::Arg;
pub use db::{Db, Engine};
pub use error::Error;
pub use migrate::{Migration, MigrationState};
pub use row::{Column, ColumnError, FromRow, Key, Row};
pub use sql::Sql;
pub use tx::Tx;

/// An operation that waits for the engine. It is boxed here, once: callers in other crates would otherwise each compile the
/// whole of the database's client again into every operation of theirs.
pub type Pending<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
