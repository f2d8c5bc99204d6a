//! The log, on standard error: standard output belongs to commands.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::config::Log;
use crate::exit::{Exit, Failure};

/// PostgreSQL tells of every table that is there already; `log.level` can still ask for it.
const QUIET: &str = "sqlx=warn";

/// Starts the log. Only the first call of a process has an effect.
pub fn start(log: &Log) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(format!("{QUIET},{}", log.level)).map_err(|error| {
        Failure::because(Exit::Config, &format!("log.level: `{}` cannot be used", log.level), &error)
            .remedy("use error, warn, info, debug or trace")
    })?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    // Somebody else's log (a test's) may be running already, which is as good.
    let _ = if log.json {
        builder.json().flatten_event(true).try_init()
    } else {
        builder.with_ansi(io::stderr().is_terminal()).try_init()
    };
    Ok(())
}
