//! The judges of others: where they are, and what is said when they are not.

use std::path::PathBuf;
use std::process::Command;

/// Says that a judge is missing. Where `make test` has installed them all, that is a failure.
pub fn missing(what: &str) {
    assert!(std::env::var_os("SPORTELLO_JUDGES").is_none_or(|value| value != "required"), "{what}");
    println!("skipped: {what}");
}

/// A program of the environment that `conformance/spid/install` makes.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = environment().join("bin").join(name);
    if path.exists() {
        return Some(path);
    }
    missing(&format!("{name} is missing, run conformance/spid/install"));
    None
}

/// A schema among those that come with `spid-sp-test`.
pub fn schema(name: &str) -> Option<PathBuf> {
    let versions = std::fs::read_dir(environment().join("lib")).into_iter().flatten();
    let folders = versions.flatten().map(|version| version.path().join("site-packages/spid_sp_test/xsd"));
    let found = folders.map(|folder| folder.join(name)).find(|path| path.exists());
    if found.is_none() {
        missing(&format!("the schema {name} is missing, run conformance/spid/install"));
    }
    found
}

/// A program of the system.
pub fn system(name: &'static str, question: &str) -> Option<&'static str> {
    let answers = Command::new(name).arg(question).output().is_ok();
    if !answers {
        missing(&format!("{name} is not installed"));
    }
    answers.then_some(name)
}

fn environment() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../conformance/spid/.venv"))
}
