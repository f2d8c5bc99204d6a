//! `cargo xtask licences`: the licence of every dependency is one that we accept.
//!
//! Reads the list `licenses.allow` and the systems `graph.targets` of `deny.toml`, the file of cargo-deny, so that both
//! say the same and this check needs nothing but cargo.

mod spdx;

use crate::cargo::{self, list, text};
use crate::report::Report;
use serde_json::Value;
use spdx::Expression;
use std::collections::BTreeSet;
use std::path::Path;

/// What `deny.toml` says about licences.
#[derive(Debug, PartialEq, Eq)]
struct Policy {
    accepted: BTreeSet<String>,
    /// The systems that the program is built for; every system when empty.
    targets: Vec<String>,
}

/// Reads the policy, asks cargo for the dependencies and compares.
pub fn run(root: &Path) -> Result<Report, String> {
    let file = "deny.toml";
    let policy = std::fs::read_to_string(root.join(file)).map_err(|e| format!("{file}: {e}"))?;
    let policy = policy_of(&policy).map_err(|e| format!("{file}: {e}"))?;
    let words: Vec<&str> = policy.targets.iter().flat_map(|target| ["--filter-platform", target.as_str()]).collect();
    report(&policy, &cargo::metadata(root, &words)?)
}

fn policy_of(text: &str) -> Result<Policy, String> {
    let table: toml::Table = text.parse().map_err(|e| format!("{e}"))?;
    let strings = |section: &str, key: &str| -> Option<Vec<String>> {
        let values = table.get(section)?.get(key)?.as_array()?;
        values.iter().map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let accepted = strings("licenses", "allow").ok_or("licenses.allow is no list of licences")?;
    let targets = match table.get("graph").and_then(|graph| graph.get("targets")) {
        None => Vec::new(),
        Some(_) => strings("graph", "targets").ok_or("graph.targets is no list of systems")?,
    };
    Ok(Policy { accepted: accepted.into_iter().collect(), targets })
}

fn report(policy: &Policy, metadata: &Value) -> Result<Report, String> {
    let mut report = Report::default();
    let packages = list(&metadata["packages"])?;
    for package in packages {
        if let Err(reason) = judge(policy, package["license"].as_str()) {
            report.problem(format!("{} {}: {reason}", text(&package["name"]), text(&package["version"])));
        }
    }
    report.say(format!("{} crates, {} with a licence that deny.toml does not accept", packages.len(), report.problems));
    Ok(report)
}

/// Why an expression is not accepted.
fn judge(policy: &Policy, licence: Option<&str>) -> Result<(), String> {
    let licence = licence.ok_or("names no licence")?;
    let expression = Expression::read(licence).map_err(|e| format!("{licence}: {e}"))?;
    let accepted = |name: &str| policy.accepted.contains(name);
    if expression.is_satisfied(&accepted) { Ok(()) } else { Err(format!("{licence} is not accepted")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const DENY: &str = "[graph]\ntargets = [\"a-b-c\"]\n[licenses]\nallow = [\n  # Why.\n  \"MIT\", \"ISC\" ]\n";

    #[test]
    fn the_policy_is_read() {
        let policy = policy_of(DENY).unwrap();
        assert_eq!(policy.accepted, BTreeSet::from(["MIT".to_owned(), "ISC".to_owned()]));
        assert_eq!(policy.targets, ["a-b-c"]);
        assert!(policy_of("[licenses]\nallow = []\n").unwrap().targets.is_empty());
    }

    #[test]
    fn a_broken_policy_is_refused() {
        for bad in
            ["", "[licenses]\n", "[licenses]\nallow = [1]\n", "[licenses", "[licenses]\nallow=[]\n[graph]\ntargets=1\n"]
        {
            assert!(policy_of(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_not_accepted_is_told_with_its_licence() {
        let metadata = json!({ "packages": [
            { "name": "good", "version": "1.0.0", "license": "GPL-3.0-only OR (MIT AND ISC)" },
            { "name": "bad", "version": "2.0.0", "license": "MIT AND GPL-3.0-only" },
            { "name": "silent", "version": "3.0.0", "license": null },
            { "name": "garbled", "version": "4.0.0", "license": "MIT OR" },
        ] });
        let report = report(&policy_of(DENY).unwrap(), &metadata).unwrap();
        let expected = [
            "bad 2.0.0: MIT AND GPL-3.0-only is not accepted",
            "silent 3.0.0: names no licence",
            "garbled 4.0.0: MIT OR: it ends where a licence is expected",
            "4 crates, 3 with a licence that deny.toml does not accept",
        ];
        assert_eq!(report.lines, expected);
        assert_eq!(report.problems, 3);
    }

    #[test]
    fn the_policy_in_the_repository_is_whole() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deny.toml");
        let policy = policy_of(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert!(policy.accepted.contains("EUPL-1.2"));
        for licence in policy.accepted.iter().chain(&policy.targets) {
            assert!(!licence.contains(' '), "{licence}");
        }
        assert!(!policy.accepted.iter().any(|licence| licence.contains("GPL-")), "no strong copyleft but our own");
    }
}
