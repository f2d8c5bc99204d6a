use super::*;
use serde_json::json;

/// What is told about a crate `web` that asks for one dependency of this kind and has these files.
fn problems(kind: Kind, files: &[(&str, &str)], allowed: Option<Option<&str>>) -> Vec<String> {
    let dependency = Dependency { name: "deep-sea".to_owned(), in_sources: "deep_sea".to_owned(), kind };
    let package = Package {
        name: "web".to_owned(),
        folder: "crates/web".to_owned(),
        dependencies: vec![dependency],
        allowed: allowed.map(|reason| ("deep-sea".to_owned(), reason.map(str::to_owned))).into_iter().collect(),
    };
    let sources: Vec<Source> =
        files.iter().map(|(path, text)| Source::new(&format!("crates/web/{path}"), text)).collect();
    let mut report = report(&[package], &["deep-sea".to_owned()], &sources);
    report.lines.truncate(report.problems);
    report.lines
}

const USE: &str = "use deep_sea::Fish;";

#[test]
fn a_dependency_that_is_named_passes() {
    assert_eq!(problems(Kind::Normal, &[("src/a/b.rs", USE)], None), [""; 0]);
    assert_eq!(problems(Kind::Normal, &[("templates/a.html", "{{ deep_sea::fish() }}")], None), [""; 0]);
    assert_eq!(problems(Kind::Build, &[("build.rs", USE)], None), [""; 0]);
    for path in ["src/a.rs", "tests/it/main.rs", "benches/a.rs", "examples/a.rs", "README.md"] {
        assert_eq!(problems(Kind::Dev, &[(path, USE)], None), [""; 0], "{path}");
    }
}

#[test]
fn a_dependency_that_is_never_named_is_told() {
    for kind in [Kind::Normal, Kind::Dev, Kind::Build] {
        let found = problems(kind, &[("src/a.rs", "use shallow_sea::Fish;")], None);
        assert_eq!(found, ["web → deep-sea: is never used"]);
    }
    assert_eq!(problems(Kind::Normal, &[("Cargo.toml", USE)], None).len(), 1);
}

#[test]
fn a_dependency_of_the_wrong_kind_is_told() {
    let found = problems(Kind::Normal, &[("tests/a.rs", USE)], None);
    assert_eq!(found, ["web → deep-sea: is used by tests, benches or examples alone: a dev-dependency"]);
    let found = problems(Kind::Normal, &[("build.rs", USE)], None);
    assert_eq!(found, ["web → deep-sea: is used by the build script alone: a build-dependency"]);
}

#[test]
fn sources_of_another_crate_do_not_count() {
    let mut other = Package { name: "web-two".to_owned(), folder: "crates/web-two".to_owned(), ..Package::default() };
    other.dependencies.push(Dependency {
        name: "deep-sea".to_owned(),
        in_sources: "deep_sea".to_owned(),
        kind: Kind::Normal,
    });
    let report = report(&[other], &[], &[Source::new("crates/web/src/a.rs", USE)]);
    assert_eq!(report.lines[0], "web-two → deep-sea: is never used");
}

#[test]
fn an_allowance_needs_a_reason_and_a_need() {
    let nothing = [("src/a.rs", "")];
    assert_eq!(problems(Kind::Normal, &nothing, Some(Some("chooses a feature"))), [""; 0]);
    let found = problems(Kind::Normal, &nothing, Some(None));
    assert_eq!(found, ["web → deep-sea: is allowed to be unused without a reason"]);
    let found = problems(Kind::Normal, &[("src/a.rs", USE)], Some(Some("chooses a feature")));
    assert_eq!(found, ["web → deep-sea: is allowed to be unused, but is used"]);
    let idle = Package { allowed: BTreeMap::from([("gone".to_owned(), None)]), ..Package::default() };
    assert_eq!(report(&[idle], &[], &[]).problems, 1);
}

#[test]
fn reasons_are_read_from_both_tables() {
    let metadata = json!({ "cargo-machete": { "ignored": ["a", "b"] }, "unused-allowed": { "c": "why", "d": " " } });
    let manifest = "[dependencies]\n# Named to choose a feature.\na.workspace = true\nb = \"1\"\n";
    let found = allowed(&metadata, manifest);
    assert_eq!(found["a"].as_deref(), Some("Named to choose a feature."));
    assert_eq!((&found["b"], found["c"].as_deref(), &found["d"]), (&None, Some("why"), &None));
}

#[test]
fn a_line_of_the_workspace_that_no_crate_takes_is_told() {
    let names = shared("[workspace.dependencies]\na = \"1\"\nb = { version = \"2\" }\n").unwrap();
    assert_eq!(names, ["a", "b"]);
    let report = report(&[], &names, &[]);
    assert_eq!(report.lines[..2], ["Cargo.toml: no crate takes a", "Cargo.toml: no crate takes b"]);
}

#[test]
fn what_cargo_prints_is_read() {
    let metadata = json!({
        "workspace_root": "/somewhere",
        "workspace_members": ["web-id"],
        "packages": [
            { "id": "web-id", "name": "web", "manifest_path": "/somewhere/crates/web/Cargo.toml", "metadata": null,
              "targets": [{ "name": "web", "kind": ["lib"] }],
              "dependencies": [
                { "name": "rustls-webpki", "kind": null, "rename": null },
                { "name": "x509-cert", "kind": "dev", "rename": null },
                { "name": "serde", "kind": "build", "rename": "cerde-two" },
              ] },
            { "id": "other", "name": "rustls-webpki", "targets": [{ "name": "webpki", "kind": ["lib"] }] },
        ],
    });
    let packages = packages(&metadata, &[]).unwrap();
    assert_eq!((packages.len(), packages[0].folder.as_str()), (1, "crates/web"));
    let found: Vec<_> =
        packages[0].dependencies.iter().map(|d| (d.name.as_str(), d.in_sources.as_str(), d.kind)).collect();
    let expected = [
        ("rustls-webpki", "webpki", Kind::Normal),
        ("x509-cert", "x509_cert", Kind::Dev),
        ("cerde-two", "cerde_two", Kind::Build),
    ];
    assert_eq!(found, expected);
}
