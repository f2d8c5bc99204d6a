//! Automation of this repository. `cargo xtask` without a word lists the commands.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing is what a command-line tool does")]

mod belfiore;
mod cargo;
mod csv;
mod files;
mod layers;
mod licences;
mod report;
mod requirements;
mod sizes;
mod texts;
mod unused;

use report::Report;
use requirements::Form;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask layers                  are the arrows between our crates those of the design?
cargo xtask requirements [--summary | --json]
                                    which test proves which requirement?
cargo xtask texts                   do Italian and English match, and is every text used?
cargo xtask sizes                   is any Rust file over 400 lines?
cargo xtask licences                does deny.toml accept the licence of every dependency?
cargo xtask unused                  is every dependency used by the crate that asks for it?
cargo xtask belfiore <municipalities.csv> <states.csv>
                                    writes crates/italia/data/places.tsv";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&root(), &words) {
        Ok(report) => {
            for line in &report.lines {
                println!("{line}");
            }
            if report.problems == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// Runs one command. An error is a command that could not do its work; what it found is in the report.
fn run(root: &Path, words: &[&str]) -> Result<Report, String> {
    match words {
        ["layers"] => layers::run(root),
        ["requirements"] => requirements::run(root, Form::Full),
        ["requirements", "--summary"] => requirements::run(root, Form::Summary),
        ["requirements", "--json"] => requirements::run(root, Form::Json),
        ["texts"] => texts::run(root),
        ["sizes"] => sizes::run(root),
        ["licences"] => licences::run(root),
        ["unused"] => unused::run(root),
        ["belfiore", municipalities, states] => belfiore::run(root, municipalities, states),
        [] | ["help" | "--help" | "-h"] => Ok(Report::good(USAGE)),
        _ => Err(format!("unknown command: {}\n\n{USAGE}", words.join(" "))),
    }
}

/// The root of the repository, two folders above this crate.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}
