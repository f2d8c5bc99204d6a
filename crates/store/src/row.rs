use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use crate::Error;

/// The engine's own error when a column cannot be read.
pub type ColumnError = sqlx::Error;

/// One row of a result, of either engine.
#[derive(Debug)]
pub enum Row {
    /// From the embedded engine.
    #[doc(hidden)]
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    #[doc(hidden)]
    Postgres(PgRow),
}

impl Row {
    /// Reads a column by name.
    ///
    /// # Errors
    /// [`Error::Column`] when there is no such column or it holds another type.
    pub fn get<T: Column>(&self, column: &str) -> Result<T, Error> {
        T::read(self, column).map_err(|source| Error::Column { column: column.to_owned(), source })
    }
}

/// A type that a column can be read as.
pub trait Column: Sized {
    /// Reads the column.
    ///
    /// # Errors
    /// The engine's own error.
    fn read(row: &Row, column: &str) -> Result<Self, ColumnError>;
}

macro_rules! column {
    ($($type:ty),*) => { $(
        impl Column for $type {
            fn read(row: &Row, column: &str) -> Result<Self, ColumnError> {
                // Unchecked: SQLite derives a column's type from its declaration, which expressions do not have.
                match row {
                    Row::Sqlite(row) => row.try_get_unchecked(column),
                    Row::Postgres(row) => row.try_get_unchecked(column),
                }
            }
        }
        impl Column for Option<$type> {
            fn read(row: &Row, column: &str) -> Result<Self, ColumnError> {
                match row {
                    Row::Sqlite(row) => row.try_get_unchecked(column),
                    Row::Postgres(row) => row.try_get_unchecked(column),
                }
            }
        }
    )* };
}

column!(i64, String, bool, Vec<u8>);

/// A struct that is read from a row.
pub trait FromRow: Sized {
    /// Reads the struct.
    ///
    /// # Errors
    /// [`Error::Column`] of the first column that cannot be read.
    fn from_row(row: &Row) -> Result<Self, Error>;
}

/// A typed id, kept as a `bigint`.
pub trait Key: Sized {
    /// The id of a number.
    fn from_number(number: i64) -> Self;
    /// The number of the id.
    fn number(self) -> i64;
}

impl<K: Key> Column for K {
    fn read(row: &Row, column: &str) -> Result<Self, ColumnError> {
        i64::read(row, column).map(K::from_number)
    }
}

impl<K: Key> Column for Option<K> {
    fn read(row: &Row, column: &str) -> Result<Self, ColumnError> {
        Ok(Option::<i64>::read(row, column)?.map(K::from_number))
    }
}
