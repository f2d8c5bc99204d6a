//! `cargo xtask texts`: Italian and English say the same things, and say nothing in vain.
//!
//! For every crate with a folder `texts`: `it.ftl` and `en.ftl` have the same keys, and each key the same variables.
//! Every key that a page asks for exists. Every key is used: it stands in quotes in some source, another text refers
//! to it, or it stands in `texts/dynamic.txt`, the list of the keys that are put together at run time. A line there is a
//! family with all its members in braces (`vehicle-{lorry,trailer}`), each of which must exist, or the beginning of
//! keys where nobody can name the members.

mod dynamic;
mod ftl;
mod uses;

use crate::files::{self, Source};
use crate::report::Report;
use dynamic::Dynamic;
use ftl::{File, Message};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The texts of one crate.
#[derive(Debug)]
struct Texts {
    folder: String,
    italian: Option<File>,
    english: Option<File>,
    /// The keys that are put together at run time.
    dynamic: Dynamic,
}

/// Reads and compares.
pub fn run(root: &Path) -> Result<Report, String> {
    let texts = collect(&files::read(root, "crates", &[".ftl", "/texts/dynamic.txt"])?);
    let mut sources = files::read(root, "crates", &[".rs", ".html"])?;
    sources.retain(|source| source.crate_folder() != Some("xtask"));
    Ok(report(&texts, &sources))
}

fn collect(files: &[Source]) -> Vec<Texts> {
    let mut all: BTreeMap<String, Texts> = BTreeMap::new();
    for file in files {
        let Some((folder, name)) = file.path.rsplit_once('/') else { continue };
        if !folder.ends_with("/texts") || file.crate_folder().is_none() {
            continue;
        }
        let texts = all.entry(folder.to_owned()).or_insert_with(|| Texts {
            folder: folder.to_owned(),
            italian: None,
            english: None,
            dynamic: Dynamic::default(),
        });
        match name {
            "it.ftl" => texts.italian = Some(ftl::read(&file.text)),
            "en.ftl" => texts.english = Some(ftl::read(&file.text)),
            "dynamic.txt" => texts.dynamic = Dynamic::read(&file.text),
            _ => {}
        }
    }
    all.into_values().collect()
}

fn report(texts: &[Texts], sources: &[Source]) -> Report {
    let mut report = Report::default();
    for texts in texts {
        compare(texts, &mut report);
    }
    missing(texts, sources, &mut report);
    unused(texts, sources, &mut report);
    let keys: usize = texts.iter().flat_map(|t| &t.italian).map(|file| file.messages.len()).sum();
    report.say(format!("{keys} keys in {} folders, {} problems", texts.len(), report.problems));
    report
}

/// Both languages of one crate, side by side.
fn compare(texts: &Texts, report: &mut Report) {
    let folder = &texts.folder;
    let (Some(italian), Some(english)) = (&texts.italian, &texts.english) else {
        report.problem(format!("{folder}: one language is missing"));
        return;
    };
    for (name, file) in [("it", italian), ("en", english)] {
        for (key, line) in &file.doubles {
            report.problem(format!("{folder}/{name}.ftl:{line}: {key} stands there twice"));
        }
    }
    for (key, message) in &italian.messages {
        match english.messages.get(key) {
            None => report.problem(format!("{folder}/en.ftl: {key} is missing")),
            Some(other) if other.variables != message.variables => {
                let (it, en) = (list(message), list(other));
                report.problem(format!("{folder}/en.ftl:{}: {key} has {en}, the Italian has {it}", other.line));
            }
            Some(_) => {}
        }
    }
    for key in english.messages.keys().filter(|key| !italian.messages.contains_key(*key)) {
        report.problem(format!("{folder}/it.ftl: {key} is missing"));
    }
}

fn list(message: &Message) -> String {
    let names: Vec<String> = message.variables.iter().map(|name| format!("${name}")).collect();
    if names.is_empty() { "no variable".to_owned() } else { names.join(", ") }
}

/// Every key of every crate, in either language.
fn keys(texts: &[Texts]) -> BTreeSet<&str> {
    let files = texts.iter().flat_map(|t| [&t.italian, &t.english]).flatten();
    files.flat_map(|file| file.messages.keys()).map(String::as_str).collect()
}

/// Keys that are asked for but nowhere. Of the calls, only crates that make pages are looked at; elsewhere `text(` means other things.
fn missing(texts: &[Texts], sources: &[Source], report: &mut Report) {
    let known = keys(texts);
    for texts in texts {
        for key in texts.dynamic.keys.iter().filter(|key| !known.contains(key.as_str())) {
            report.problem(format!("{}/dynamic.txt: no text has the key {key}", texts.folder));
        }
    }
    let makes_pages = |folder: &str| matches!(folder, "core" | "web" | "sportello") || folder.starts_with("desk-");
    for source in sources.iter().filter(|source| source.crate_folder().is_some_and(makes_pages)) {
        for found in uses::calls(source) {
            if !known.contains(found.key.as_str()) {
                report.problem(format!("{}:{}: no text has the key {}", found.file, found.line, found.key));
            }
        }
    }
}

fn unused(texts: &[Texts], sources: &[Source], report: &mut Report) {
    let mut used: BTreeSet<&str> = sources.iter().flat_map(uses::quoted).collect();
    let files = texts.iter().flat_map(|t| [&t.italian, &t.english]).flatten();
    for (key, message) in files.flat_map(|file| &file.messages) {
        used.extend(message.words.iter().filter(|word| *word != key).map(String::as_str));
    }
    for texts in texts {
        let Some(italian) = &texts.italian else { continue };
        let idle = |key: &str| !used.contains(key) && !texts.dynamic.has(key);
        for (key, message) in italian.messages.iter().filter(|(key, _)| idle(key)) {
            report.problem(format!("{}/it.ftl:{}: {key} is never used", texts.folder, message.line));
        }
    }
}

#[cfg(test)]
mod tests;
