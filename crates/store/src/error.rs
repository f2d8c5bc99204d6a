/// What can go wrong between the product and its database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A uniqueness rule refused the write. `constraint` is the constraint's name on PostgreSQL and the list of
    /// columns (`table.column`) on SQLite.
    #[error("a uniqueness rule refused the write ({constraint})")]
    Unique {
        /// Which rule.
        constraint: String,
        /// The engine's own error.
        #[source]
        source: sqlx::Error,
    },
    /// A query that must give a row gave none.
    #[error("no row")]
    NoRow,
    /// A column could not be read as the type that the program expects.
    #[error("column `{column}` cannot be read")]
    Column {
        /// The column's name.
        column: String,
        /// The engine's own error.
        #[source]
        source: sqlx::Error,
    },
    /// The common transaction of a group could not be made durable; nothing of this transaction was kept.
    #[error("the transaction could not be made durable: {reason}")]
    NotDurable {
        /// The engine's message.
        reason: String,
    },
    /// The database was made by a newer version of the program.
    #[error("the database has migration {found}, this program knows {known}: install the newer program")]
    NewerSchema {
        /// The version in the database.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// A migration failed.
    #[error("migration {version} ({name}) failed")]
    Migration {
        /// Its number.
        version: i64,
        /// Its name.
        name: &'static str,
        /// Why.
        #[source]
        source: Box<Error>,
    },
    /// The address of the database is not understood.
    #[error("`{0}` is not a database address: use sqlite:PATH, sqlite::memory: or postgres://…")]
    Address(String),
    /// Anything else that the engine reports.
    #[error("the database refused the operation")]
    Engine(#[source] sqlx::Error),
}

impl Error {
    /// Whether a uniqueness rule whose name or columns contain `part` refused the write.
    pub fn is_unique(&self, part: &str) -> bool {
        matches!(self, Self::Unique { constraint, .. } if constraint.contains(part))
    }

    /// Whether the same transaction may succeed when it is tried again (lost race, full disk, closed connection).
    pub fn is_transient(&self) -> bool {
        match self {
            Self::NotDurable { .. } => true,
            Self::Engine(sqlx::Error::Database(e)) => {
                matches!(e.code().as_deref(), Some("40001" | "40P01" | "5" | "517" | "13"))
            }
            Self::Engine(sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => true,
            _ => false,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NoRow,
            sqlx::Error::Database(e) if e.is_unique_violation() => {
                let constraint = e.constraint().map_or_else(|| e.message().to_owned(), str::to_owned);
                Self::Unique { constraint, source: error }
            }
            _ => Self::Engine(error),
        }
    }
}
