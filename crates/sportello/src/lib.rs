#![doc = include_str!("../README.md")]
#![recursion_limit = "256"]

pub mod assemble;
pub mod cards;
pub mod cli;
mod commands;
pub mod config;
pub mod connect;
pub mod demo;
mod doctor;
mod embedded;
mod exit;
mod log;
mod notify;
pub mod proxies;
mod screen;
pub mod serve;
mod tenants;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

pub use exit::{Exit, Failure};
pub use screen::Screen;

use cli::Cli;
use config::Environment;

/// Runs the program with the arguments and the environment of the process.
pub fn main() -> ExitCode {
    let environment = Environment::of_process();
    let cli = match Cli::command().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            let help = !error.use_stderr();
            let _ = error.print();
            return if help { ExitCode::SUCCESS } else { Exit::Usage.into() };
        }
    };
    let mut screen = Screen::standard(&environment);
    let outcome = commands::run(cli, &environment, &mut screen);
    let flushed = screen.flush();
    match outcome {
        Ok(code) if flushed.is_ok() => code,
        // Whoever read our output has seen enough.
        Ok(_) => ExitCode::SUCCESS,
        Err(failure) if failure.is_closed_output() => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "sportello: {failure}");
            failure.exit.into()
        }
    }
}
