use crate::access::{Operation, Role};

/// What any operation may run into, whatever it is about.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The actor's role does not allow the operation.
    #[error("{role:?} may not {operation:?}")]
    Forbidden {
        /// Who asked.
        role: Role,
        /// For what.
        operation: Operation,
    },
    /// The tenant demands a proved identity for the operation, at a level that the session does not have.
    #[error("{operation:?} needs an identity of level {level}")]
    Level {
        /// For what.
        operation: Operation,
        /// The level that is demanded.
        level: u8,
    },
    /// The database.
    #[error("the store failed")]
    Store(#[from] store::Error),
    /// A stored value is not one that this program writes.
    #[error("table `{table}`, column `{column}`, row {row}: `{value}` is not a value that this program writes")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's id.
        row: i64,
        /// What was found; never a personal value.
        value: String,
    },
    /// A sealed value could not be opened.
    #[error("a sealed value cannot be opened")]
    Vault(#[from] crate::vault::CannotOpen),
    /// A paper could not be made.
    #[error("a paper cannot be made")]
    Paper(#[from] papers::PaperError),
    /// A part of the program has stopped (shutdown).
    #[error("{0} has stopped")]
    Stopped(&'static str),
}

/// An error with all its causes in one line, for the log.
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        line.push_str(": ");
        line.push_str(&cause.to_string());
        next = cause.source();
    }
    line
}
