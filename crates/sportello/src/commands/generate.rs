//! `completions` and `man`.

use std::path::Path;
use std::process::ExitCode;

use clap::CommandFactory as _;

use crate::cli::Cli;
use crate::exit::{Exit, Failure, Outcome};
use crate::screen::Screen;

pub fn completions(shell: clap_complete::Shell, screen: &mut Screen) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "sportello", &mut script);
    screen.raw(&script)?;
    Ok(ExitCode::SUCCESS)
}

pub fn manual(directory: &Path, screen: &mut Screen) -> Outcome {
    let cannot = |error: std::io::Error| {
        Failure::because(Exit::CannotCreate, &format!("{}: the pages cannot be written", directory.display()), &error)
    };
    std::fs::create_dir_all(directory).map_err(cannot)?;
    clap_mangen::generate_to(Cli::command(), directory).map_err(cannot)?;
    screen.line(format!("{}: manual pages written", directory.display()))?;
    Ok(ExitCode::SUCCESS)
}
