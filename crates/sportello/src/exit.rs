//! How the program ends: exit codes and one-line errors.

use std::fmt;
use std::process::ExitCode;

use crate::config::ConfigError;

/// Why the program did not do what it was asked, as an exit code (`sysexits.h`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// A check found something wrong; nothing else did.
    Found = 1,
    /// The command line is wrong.
    Usage = 64,
    /// Data that was handed in is wrong: a tenant, a CSV file.
    Data = 65,
    /// A file that was named is not there.
    NoInput = 66,
    /// Something that the program needs does not answer: database, port, server.
    Unavailable = 69,
    /// The program itself is at fault.
    Software = 70,
    /// A file cannot be made.
    CannotCreate = 73,
    /// Reading or writing failed.
    Io = 74,
    /// The configuration is wrong, or does not fit the database.
    Config = 78,
}

/// The table of exit codes that the help shows.
pub const EXIT_CODES: &str = "\
Exit codes:
   0  done
   1  a check found something wrong
  64  the command line is wrong
  65  data that was handed in is wrong (tenant, CSV file)
  66  a file that was named is not there
  69  something that is needed does not answer (database, port, server)
  70  the program itself is at fault
  73  a file cannot be made
  74  reading or writing failed
  78  the configuration is wrong, or does not fit the database";

/// A command that failed: what, why, and what to do, in one line.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What failed and why.
    pub message: String,
    /// What to do about it.
    pub remedy: Option<String>,
}

/// What a command gives: its exit code, or why it failed.
pub type Outcome = Result<ExitCode, Failure>;

impl Failure {
    /// A failure without a remedy.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), remedy: None }
    }

    /// A failure because of an error, with all its causes.
    pub fn because(exit: Exit, what: &str, error: &(dyn std::error::Error + 'static)) -> Self {
        Self::new(exit, format!("{what}: {}", sportello_core::chain(error)))
    }

    /// Says what to do.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Messages of parsers may have lines; ours has one.
        let line = |text: &str| text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" ");
        f.write_str(&line(&self.message))?;
        self.remedy.as_deref().map_or(Ok(()), |remedy| write!(f, "; {}", line(remedy)))
    }
}

impl std::error::Error for Failure {}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(Exit::Config, error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::because(Exit::Io, "reading or writing failed", &error)
    }
}

impl From<sportello_core::Error> for Failure {
    fn from(error: sportello_core::Error) -> Self {
        let exit = if matches!(error, sportello_core::Error::Store(_)) { Exit::Unavailable } else { Exit::Software };
        Self::because(exit, "the operation failed", &error)
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        let exit = match error {
            store::Error::NewerSchema { .. } | store::Error::Address(_) => Exit::Config,
            store::Error::Migration { .. } => Exit::Software,
            _ => Exit::Unavailable,
        };
        Self::because(exit, "the database cannot be used", &error)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Failure {
    /// Whether the only trouble is that nobody reads our output any more.
    pub(crate) fn is_closed_output(&self) -> bool {
        self.exit == Exit::Io && self.message.contains("os error 32")
    }
}
