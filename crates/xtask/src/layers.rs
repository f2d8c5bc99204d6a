//! `cargo xtask layers`: the arrows between our crates point down, as the design says.
//!
//! ```text
//! sportello → desk-* → web → core → store, spid cns pec pagopa fatturapa registries papers → italia jose
//! ```
//! Any level may be skipped. `store` knows no Italian facts and signs nothing. `outside`, the world in a box, stands on the protocol
//! crates alone, and only the program and tests may use it. `testkit` is for tests. `benches` measures everything, and
//! nothing uses it. `hostile` tries what the protocol crates read, and nothing uses it either.

use crate::cargo::{self, list, text};
use crate::report::Report;
use serde_json::Value;
use std::path::Path;

/// A crate of the workspace with the crates it asks for.
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

struct Dependency {
    name: String,
    /// Asked for by tests, examples and benches only.
    dev: bool,
}

/// Where a crate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    Italia,
    /// Signed JSON, beside `italia` at the bottom: neither knows the other.
    Jose,
    Protocol,
    Store,
    Core,
    Web,
    Desk,
    Program,
    Outside,
    Testkit,
    Benches,
    Hostile,
    Tool,
}

/// What a crate with no I/O of its own must never ask for.
const DATABASES_AND_WEB_FRAMEWORKS: &[&str] = &["sqlx", "axum"];

/// Asks cargo for the crates and checks every arrow.
pub fn run(root: &Path) -> Result<Report, String> {
    let metadata = cargo::metadata(root, &["--no-deps"])?;
    Ok(report(&packages(&metadata)?))
}

fn packages(metadata: &Value) -> Result<Vec<Package>, String> {
    let mut packages = Vec::new();
    for package in list(&metadata["packages"])? {
        let dependencies = list(&package["dependencies"])?;
        let dependency = |d: &Value| Dependency { name: text(&d["name"]), dev: d["kind"] == "dev" };
        packages.push(Package {
            name: text(&package["name"]),
            dependencies: dependencies.iter().map(dependency).collect(),
        });
    }
    Ok(packages)
}

fn layer(name: &str) -> Option<Layer> {
    Some(match name {
        "italia" => Layer::Italia,
        "jose" => Layer::Jose,
        "spid" | "cns" | "pec" | "pagopa" | "fatturapa" | "registries" | "papers" => Layer::Protocol,
        "store" => Layer::Store,
        "sportello-core" => Layer::Core,
        "web" => Layer::Web,
        "sportello" => Layer::Program,
        "outside" => Layer::Outside,
        "testkit" => Layer::Testkit,
        "benches" => Layer::Benches,
        "hostile" => Layer::Hostile,
        "xtask" => Layer::Tool,
        _ if name.starts_with("desk-") => Layer::Desk,
        _ => return None,
    })
}

fn report(packages: &[Package]) -> Report {
    let mut report = Report::default();
    let mut arrows = 0;
    for package in packages {
        let Some(from) = layer(&package.name) else {
            report.problem(format!("{}: this crate has no place in the layers; give it one", package.name));
            continue;
        };
        for dependency in &package.dependencies {
            // A crate that asks for itself in its tests switches its own features on for them.
            if dependency.dev && dependency.name == package.name {
                continue;
            }
            let ours = packages.iter().any(|other| other.name == dependency.name);
            let reason = match (ours, layer(&dependency.name)) {
                (true, Some(to)) => forbidden(from, to, dependency.dev),
                (false, _) => forbidden_foreign(from, &dependency.name, dependency.dev),
                (true, None) => None,
            };
            arrows += usize::from(ours);
            if let Some(reason) = reason {
                let dev = if dependency.dev { " (dev)" } else { "" };
                report.problem(format!("{} → {}{dev}: {reason}", package.name, dependency.name));
            }
        }
    }
    report.say(format!("{} crates, {arrows} arrows, {} forbidden", packages.len(), report.problems));
    report
}

/// Why a crate of ours may not ask for another; `None` when it may.
fn forbidden(from: Layer, to: Layer, dev: bool) -> Option<&'static str> {
    use Layer::{Benches, Core, Desk, Hostile, Italia, Jose, Outside, Program, Protocol, Store, Testkit, Tool, Web};
    if from == to && from == Desk {
        return Some("no desk knows another desk");
    }
    match (from, to) {
        (Tool, _) | (_, Tool) => Some("the automation of the repository stands apart from the product"),
        (Hostile, Protocol | Italia | Jose) => None,
        (Hostile, _) | (_, Hostile) => Some("hostile tries the protocol crates, and nothing uses it"),
        (Benches, _) => None,
        (_, Benches) => Some("benches stands above everything, and nothing uses it"),
        (_, Testkit) if dev => None,
        (_, Testkit) => Some("testkit is a dev-dependency only"),
        (Testkit, _) => None,
        (_, Outside) if dev => None,
        (Program, Outside) => None,
        (_, Outside) => Some("only sportello, testkit and tests may use the outside world in a box"),
        (Outside, Protocol | Italia | Jose) => None,
        (Outside, _) => Some("outside is the world: it speaks protocols and knows nothing of the product"),
        (Store, Italia | Jose) => Some("store knows no Italian facts and signs nothing"),
        (Protocol, Protocol) => Some("a protocol crate stands on italia and jose alone"),
        (Protocol, Store | Core | Web) => Some("a protocol crate has no database, no product and no web framework"),
        _ if rank(from) > rank(to) => None,
        (Store | Core | Web | Desk | Program | Italia | Jose | Protocol, _) => Some("arrows point down the layers"),
    }
}

/// Why a crate may not ask for one by others. Tests of a protocol crate may serve its fake over HTTP: what they ask
/// for never reaches those who use the crate.
fn forbidden_foreign(from: Layer, name: &str, dev: bool) -> Option<&'static str> {
    let plain = matches!(from, Layer::Italia | Layer::Jose | Layer::Protocol) && !dev;
    let reason = "values and protocols have no database and no web framework";
    (plain && DATABASES_AND_WEB_FRAMEWORKS.contains(&name)).then_some(reason)
}

fn rank(layer: Layer) -> u8 {
    match layer {
        Layer::Italia | Layer::Jose => 0,
        Layer::Protocol | Layer::Store => 1,
        Layer::Core => 2,
        Layer::Web => 3,
        Layer::Desk => 4,
        Layer::Program => 5,
        Layer::Outside | Layer::Testkit | Layer::Benches | Layer::Hostile | Layer::Tool => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `"a: b c; +d"` is a crate `a` that asks for `b` and `c`, and for `d` in its tests.
    fn workspace(text: &str) -> Vec<Package> {
        let dependency =
            |word: &str| Dependency { name: word.trim_start_matches('+').to_owned(), dev: word.starts_with('+') };
        text.split(';')
            .map(|line| line.split_once(':').unwrap())
            .map(|(name, words)| Package {
                name: name.trim().to_owned(),
                dependencies: words.split_whitespace().map(dependency).collect(),
            })
            .collect()
    }

    fn problems(text: &str) -> Vec<String> {
        let everything =
            "italia: ; jose: ; pec: ; pagopa: ; store: ; sportello-core: ; web: ; desk-dues: ; desk-drawer: ;
            sportello: ; outside: ; testkit: ; benches: ; hostile: ; xtask: ;";
        let mut packages = workspace(everything.trim_end().trim_end_matches(';'));
        for package in workspace(text) {
            packages.retain(|other| other.name != package.name);
            packages.push(package);
        }
        let mut report = report(&packages);
        report.lines.truncate(report.problems);
        report.lines
    }

    #[test]
    fn the_arrows_of_the_design_are_allowed() {
        let good =
            "pec: italia jose thiserror +axum +outside +pec; store: sqlx; sportello-core: store pec italia serde;
            web: sportello-core axum; desk-dues: web pagopa italia +testkit +outside; outside: pec italia axum;
            sportello: desk-dues desk-drawer web outside store; testkit: sportello outside; xtask: serde_json;
            benches: sportello desk-dues testkit outside web sportello-core store pagopa italia;
            hostile: pec italia serde_json +pec";
        assert_eq!(problems(good), [""; 0]);
    }

    #[test]
    fn every_other_arrow_is_forbidden() {
        for bad in [
            "italia: pec",
            "italia: sqlx",
            "pec: pagopa",
            "pec: sportello-core",
            "pec: axum",
            "pagopa: sqlx",
            "pec: +pagopa",
            "store: italia",
            "store: jose",
            "italia: jose",
            "jose: italia",
            "jose: pec",
            "jose: axum",
            "store: sportello-core",
            "sportello-core: web",
            "sportello-core: outside",
            "web: desk-dues",
            "desk-dues: desk-drawer",
            "desk-dues: +desk-drawer",
            "desk-dues: sportello",
            "desk-dues: testkit",
            "desk-dues: outside",
            "sportello: testkit",
            "outside: sportello-core",
            "outside: web",
            "outside: desk-dues",
            "outside: store",
            "xtask: italia",
            "benches: xtask",
            "sportello: +benches",
            "testkit: benches",
            "hostile: sportello-core",
            "benches: hostile",
            "italia: +xtask",
            "unheard-of: italia",
        ] {
            assert_eq!(problems(bad).len(), 1, "{bad}");
        }
    }

    #[test]
    fn a_violation_says_why() {
        assert_eq!(problems("desk-dues: desk-drawer"), ["desk-dues → desk-drawer: no desk knows another desk"]);
        assert_eq!(problems("pec: +pagopa"), ["pec → pagopa (dev): a protocol crate stands on italia and jose alone"]);
    }

    #[test]
    fn what_cargo_prints_is_read() {
        let metadata = serde_json::json!({ "packages": [{ "name": "pec", "dependencies": [
            { "name": "italia", "kind": null }, { "name": "axum", "kind": "dev" }, { "name": "sqlx", "kind": "build" },
        ] }] });
        let packages = packages(&metadata).unwrap();
        let dev: Vec<_> = packages[0].dependencies.iter().map(|d| (d.name.as_str(), d.dev)).collect();
        assert_eq!(dev, [("italia", false), ("axum", true), ("sqlx", false)]);
    }
}
