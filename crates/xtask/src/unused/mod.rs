//! `cargo xtask unused`: every crate uses what it asks for.
//!
//! A dependency is used when the sources of the crate name it: `[dependencies]` in `src`, `[build-dependencies]` in the
//! build script, `[dev-dependencies]` anywhere, also in examples of the documentation. Templates and their
//! configuration count as sources. One that must be there without being named has a reason in
//! `[package.metadata.unused-allowed]` (`name = "reason"`), or stands in the list `ignored` of
//! `[package.metadata.cargo-machete]` and has a comment above its line in `Cargo.toml`. A line of
//! `[workspace.dependencies]` that no crate takes is unused as well.

mod names;

use crate::cargo::{self, list, text};
use crate::files::{self, Source};
use crate::report::Report;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Where a dependency is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Normal,
    Dev,
    Build,
}

#[derive(Debug)]
struct Dependency {
    /// As `Cargo.toml` calls it.
    name: String,
    /// As the sources call it.
    in_sources: String,
    kind: Kind,
}

/// A crate of the workspace.
#[derive(Debug, Default)]
struct Package {
    name: String,
    /// From the root, for instance `crates/web`.
    folder: String,
    dependencies: Vec<Dependency>,
    /// Those allowed to be unused, with the reason, if they have one.
    allowed: BTreeMap<String, Option<String>>,
}

/// Asks cargo for the crates and reads their sources.
pub fn run(root: &Path) -> Result<Report, String> {
    let metadata = cargo::metadata(root, &["--filter-platform", &host()?])?;
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).map_err(|e| format!("Cargo.toml: {e}"))?;
    let sources = files::read(root, "", &[".rs", ".html", "askama.toml", "/README.md", "/Cargo.toml"])?;
    let packages = packages(&metadata, &sources)?;
    let shared = shared(&manifest)?;
    Ok(report(&packages, &shared, &sources))
}

/// The system that this runs on: what other systems need may not have been fetched.
fn host() -> Result<String, String> {
    let output = std::process::Command::new("rustc").arg("-vV").output().map_err(|e| format!("rustc: {e}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or("rustc does not say what it runs on".to_owned())
}

/// The names in `[workspace.dependencies]`.
fn shared(manifest: &str) -> Result<Vec<String>, String> {
    let table: toml::Table = manifest.parse().map_err(|e| format!("Cargo.toml: {e}"))?;
    let shared = table.get("workspace").and_then(|workspace| workspace.get("dependencies")?.as_table());
    Ok(shared.into_iter().flatten().map(|(name, _)| name.clone()).collect())
}

fn packages(metadata: &Value, sources: &[Source]) -> Result<Vec<Package>, String> {
    let root = text(&metadata["workspace_root"]);
    let members: BTreeSet<String> = list(&metadata["workspace_members"])?.iter().map(text).collect();
    let libraries = libraries(metadata)?;
    let mut packages = Vec::new();
    for package in list(&metadata["packages"])?.iter().filter(|package| members.contains(&text(&package["id"]))) {
        let path = text(&package["manifest_path"]);
        let path = path.strip_prefix(&root).unwrap_or(&path).trim_start_matches('/').to_owned();
        let manifest = sources.iter().find(|source| source.path == path).map_or("", |source| &source.text);
        packages.push(Package {
            name: text(&package["name"]),
            folder: path.strip_suffix("/Cargo.toml").unwrap_or_default().to_owned(),
            dependencies: list(&package["dependencies"])?.iter().map(|d| dependency(d, &libraries)).collect(),
            allowed: allowed(&package["metadata"], manifest),
        });
    }
    Ok(packages)
}

/// The name of the library of each package: `rustls-webpki` is `webpki` in the sources.
fn libraries(metadata: &Value) -> Result<BTreeMap<String, String>, String> {
    let is_library = |target: &&Value| {
        let kinds = target["kind"].as_array().into_iter().flatten();
        kinds.filter_map(Value::as_str).any(|kind| kind == "proc-macro" || kind.ends_with("lib"))
    };
    let mut libraries = BTreeMap::new();
    for package in list(&metadata["packages"])? {
        if let Some(library) = list(&package["targets"])?.iter().find(is_library) {
            libraries.insert(text(&package["name"]), text(&library["name"]));
        }
    }
    Ok(libraries)
}

fn dependency(value: &Value, libraries: &BTreeMap<String, String>) -> Dependency {
    let name = text(&value["name"]);
    let renamed = value["rename"].as_str();
    let in_sources = renamed.unwrap_or_else(|| libraries.get(&name).map_or(name.as_str(), String::as_str));
    let in_sources = in_sources.replace('-', "_");
    let kind = match value["kind"].as_str() {
        Some("dev") => Kind::Dev,
        Some("build") => Kind::Build,
        _ => Kind::Normal,
    };
    Dependency { in_sources, kind, name: renamed.map_or(name, str::to_owned) }
}

/// The dependencies that may be unused, each with its reason.
fn allowed(metadata: &Value, manifest: &str) -> BTreeMap<String, Option<String>> {
    let mut allowed = BTreeMap::new();
    for name in metadata["cargo-machete"]["ignored"].as_array().into_iter().flatten() {
        allowed.insert(text(name), comment_above(manifest, &text(name)));
    }
    for (name, reason) in metadata["unused-allowed"].as_object().into_iter().flatten() {
        let reason = text(reason);
        allowed.insert(name.clone(), (!reason.trim().is_empty()).then_some(reason));
    }
    allowed
}

/// The comment right above the line of a dependency.
fn comment_above(manifest: &str, name: &str) -> Option<String> {
    let asks = |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
    let lines: Vec<&str> = manifest.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| asks(line))?;
    let above = lines.get(at.checked_sub(1)?)?;
    above.strip_prefix('#').map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty())
}

fn report(packages: &[Package], shared: &[String], sources: &[Source]) -> Report {
    let mut report = Report::default();
    for package in packages {
        let prefix = format!("{}/", package.folder);
        let own: Vec<&Source> = sources.iter().filter(|source| source.path.starts_with(&prefix)).collect();
        for dependency in &package.dependencies {
            if let Some(problem) = judge(package, dependency, &own) {
                report.problem(format!("{} → {}: {problem}", package.name, dependency.name));
            }
        }
        for name in package.allowed.keys().filter(|name| !package.dependencies.iter().any(|d| d.name == **name)) {
            report.problem(format!("{}: {name} is allowed to be unused, but not asked for", package.name));
        }
    }
    for name in shared.iter().filter(|name| !packages.iter().any(|package| takes(package, name))) {
        report.problem(format!("Cargo.toml: no crate takes {name}"));
    }
    let asked: usize = packages.iter().map(|package| package.dependencies.len()).sum();
    report.say(format!("{} crates, {asked} dependencies, {} problems", packages.len(), report.problems));
    report
}

/// Whether a crate asks for a line of `[workspace.dependencies]`, by that name.
fn takes(package: &Package, name: &str) -> bool {
    package.dependencies.iter().any(|dependency| dependency.name == *name)
}

/// What is wrong with a dependency.
fn judge(package: &Package, dependency: &Dependency, own: &[&Source]) -> Option<&'static str> {
    let named_in = |kind: Kind| {
        let files = own.iter().filter(|source| counts(&source.path[package.folder.len() + 1..], kind));
        files.into_iter().any(|source| names::names(source, &dependency.in_sources))
    };
    let allowed = package.allowed.get(&dependency.name);
    match (named_in(dependency.kind), allowed) {
        (true, None) | (false, Some(Some(_))) => None,
        (true, Some(_)) => Some("is allowed to be unused, but is used"),
        (false, Some(None)) => Some("is allowed to be unused without a reason"),
        (false, None) if named_in(Kind::Build) => Some("is used by the build script alone: a build-dependency"),
        (false, None) if named_in(Kind::Dev) => Some("is used by tests, benches or examples alone: a dev-dependency"),
        (false, None) => Some("is never used"),
    }
}

/// Whether a file of a crate, by its path in there, may be what a dependency is for.
fn counts(path: &str, kind: Kind) -> bool {
    let is_build = path == "build.rs" || path.starts_with("build/");
    let is_documentation = path.ends_with(".md");
    let is_product = path.starts_with("src/") || path.starts_with("templates/") || path == "askama.toml";
    match kind {
        Kind::Normal => is_product && !is_documentation,
        Kind::Build => is_build,
        Kind::Dev => !is_build && !path.ends_with("Cargo.toml"),
    }
}

#[cfg(test)]
mod tests;
