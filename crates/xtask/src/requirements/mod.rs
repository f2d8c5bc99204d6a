//! `cargo xtask requirements [--summary | --json]`: which test proves which requirement.
//!
//! The ids stand in `docs/requirements.csv`. A test carries the ids it proves in a comment `// req: A-18, A-19`. An
//! unknown id, and an id on something that is no test, stop the build; a requirement without a test does not.

mod marks;

use crate::csv;
use crate::files::{self, Source};
use crate::report::Report;
use marks::{Mark, marks};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One numbered requirement.
#[derive(Debug)]
struct Requirement {
    id: String,
    text: String,
    system: String,
}

/// How the outcome is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Every requirement with its tests, then the sums.
    Full,
    /// Only the sums of each system.
    Summary,
    /// Everything, for other programs.
    Json,
}

/// Reads the list and the sources, and sets them side by side.
pub fn run(root: &Path, form: Form) -> Result<Report, String> {
    let list = "docs/requirements.csv";
    let text = std::fs::read_to_string(root.join(list)).map_err(|e| format!("{list}: {e}"))?;
    let mut sources = files::read(root, "crates", &[".rs", ".mjs", ".js"])?;
    sources.extend(files::read(root, "e2e", &[".rs", ".mjs", ".js"])?);
    // The comments in here are examples.
    sources.retain(|source| source.crate_folder() != Some("xtask"));
    let requirements = requirements(&text)?;
    let marks: Vec<Mark> = sources.iter().flat_map(|source: &Source| marks(source)).collect();
    Ok(match form {
        Form::Full => text_report(&requirements, &marks),
        Form::Summary => summary(&requirements, &marks),
        Form::Json => json_report(&requirements, &marks),
    })
}

fn requirements(text: &str) -> Result<Vec<Requirement>, String> {
    let mut seen = BTreeSet::new();
    let mut requirements = Vec::new();
    for row in csv::rows(text).into_iter().skip(1) {
        let [id, text, system] = <[String; 3]>::try_from(row).map_err(|row| format!("requirements: {row:?}"))?;
        if !seen.insert(id.clone()) {
            return Err(format!("requirements: {id} is there twice"));
        }
        requirements.push(Requirement { id, text, system });
    }
    Ok(requirements)
}

/// What must not be: each with the place where it is.
fn problems(requirements: &[Requirement], marks: &[Mark]) -> Vec<String> {
    let known: BTreeSet<&str> = requirements.iter().map(|r| r.id.as_str()).collect();
    let unknown = marks
        .iter()
        .filter(|m| !known.contains(m.id.as_str()))
        .map(|m| format!("{}:{}: unknown requirement {}", m.file, m.line, m.id));
    let unproven = marks
        .iter()
        .filter(|m| !m.proven)
        .map(|m| format!("{}:{}: {} stands on {}, which is no test", m.file, m.line, m.id, m.test));
    unknown.chain(unproven).collect()
}

/// The marks that count, by id.
fn by_id(marks: &[Mark]) -> BTreeMap<&str, BTreeSet<(&str, &str)>> {
    let mut map: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for mark in marks.iter().filter(|mark| mark.proven) {
        map.entry(&mark.id).or_default().insert((&mark.file, &mark.test));
    }
    map
}

/// Covered and total of each system, in the order of the systems.
fn systems<'a>(requirements: &'a [Requirement], marks: &[Mark]) -> BTreeMap<&'a str, (usize, usize)> {
    let covered = by_id(marks);
    let mut systems: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for requirement in requirements {
        let (done, total) = systems.entry(&requirement.system).or_default();
        *done += usize::from(covered.contains_key(requirement.id.as_str()));
        *total += 1;
    }
    systems
}

fn text_report(requirements: &[Requirement], marks: &[Mark]) -> Report {
    let mut report = Report::default();
    let covered = by_id(marks);
    for requirement in requirements {
        let tests = covered.get(requirement.id.as_str());
        let sign = if tests.is_some() { "+" } else { "-" };
        report.say(format!("{sign} {}  {}", requirement.id, requirement.text));
        for (file, test) in tests.into_iter().flatten() {
            report.say(format!("         {test}  ({file})"));
        }
    }
    report.say("");
    let sums = summary(requirements, marks);
    report.lines.extend(sums.lines);
    report.problems = sums.problems;
    report
}

/// How much of each system is proven, and what must not be.
fn summary(requirements: &[Requirement], marks: &[Mark]) -> Report {
    let mut report = Report::default();
    let (mut done, mut total) = (0, 0);
    for (system, (d, t)) in systems(requirements, marks) {
        report.say(format!("{d:>4} / {t:<4} {system}"));
        (done, total) = (done + d, total + t);
    }
    report.say(format!("{done:>4} / {total:<4} in all"));
    for problem in problems(requirements, marks) {
        report.problem(problem);
    }
    report
}

fn json_report(requirements: &[Requirement], marks: &[Mark]) -> Report {
    let covered = by_id(marks);
    let tests = |id: &str| {
        let tests = covered.get(id).into_iter().flatten();
        tests.map(|(file, test)| json!({ "name": test, "file": file })).collect::<Vec<_>>()
    };
    let list: Vec<_> = requirements
        .iter()
        .map(|r| json!({ "id": r.id, "requirement": r.text, "system": r.system, "tests": tests(&r.id) }))
        .collect();
    let systems: Vec<_> = systems(requirements, marks)
        .into_iter()
        .map(|(system, (covered, total))| json!({ "system": system, "covered": covered, "total": total }))
        .collect();
    let problems = problems(requirements, marks);
    let value = json!({ "requirements": list, "systems": systems, "problems": problems });
    Report { lines: vec![format!("{value:#}")], problems: problems.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "id,requirement,system\nA-01,\"One, first\",A Albo\nA-02,Two,A Albo\nB-01,Three,B PEC\n";

    fn found(text: &str) -> Vec<Mark> {
        marks(&Source::new("crates/web/tests/a.rs", text))
    }

    #[test]
    fn each_requirement_is_shown_with_its_tests() {
        let marks = found("// req: A-01\n#[test]\nfn one() {}\n// req: A-01\n#[test]\nfn two() {}\n");
        let report = text_report(&requirements(LIST).unwrap(), &marks);
        let expected = [
            "+ A-01  One, first",
            "         one  (crates/web/tests/a.rs)",
            "         two  (crates/web/tests/a.rs)",
            "- A-02  Two",
            "- B-01  Three",
            "",
            "   1 / 2    A Albo",
            "   0 / 1    B PEC",
            "   1 / 3    in all",
        ];
        assert_eq!(report.lines, expected);
        assert_eq!(report.problems, 0);
    }

    #[test]
    fn the_summary_has_a_line_for_each_system() {
        let report = summary(&requirements(LIST).unwrap(), &found("// req: A-01\n#[test]\nfn one() {}\n"));
        assert_eq!(report.lines, ["   1 / 2    A Albo", "   0 / 1    B PEC", "   1 / 3    in all"]);
        assert_eq!(report.problems, 0);
    }

    #[test]
    fn an_unknown_id_stops_the_build() {
        let list = requirements(LIST).unwrap();
        let marks = found("// req: A-99\n#[test]\nfn one() {}\n");
        for report in [text_report(&list, &marks), summary(&list, &marks), json_report(&list, &marks)] {
            assert_eq!(report.problems, 1);
            assert!(report.lines.join("\n").contains("crates/web/tests/a.rs:1: unknown requirement A-99"));
        }
    }

    #[test]
    fn an_id_on_product_code_proves_nothing() {
        let list = requirements(LIST).unwrap();
        let marks = marks(&Source::new("crates/web/src/a.rs", "// req: A-01\npub fn page() {}\n"));
        let report = text_report(&list, &marks);
        assert_eq!(report.problems, 1);
        assert!(report.lines.contains(&"- A-01  One, first".to_owned()));
    }

    #[test]
    fn the_json_can_be_read_back() {
        let marks = found("// req: B-01\n#[test]\nfn one() {}\n");
        let report = json_report(&requirements(LIST).unwrap(), &marks);
        let value: serde_json::Value = serde_json::from_str(&report.lines[0]).unwrap();
        assert_eq!(value["requirements"][2]["tests"][0]["name"], "one");
        assert_eq!(value["systems"][1]["covered"], 1);
    }

    #[test]
    fn a_broken_list_is_refused() {
        assert!(requirements("id,requirement,system\nA-01,One\n").is_err());
        assert!(requirements("id,requirement,system\nA-01,One,A\nA-01,Two,A\n").is_err());
    }

    #[test]
    fn the_list_in_the_repository_is_whole() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/requirements.csv");
        let list = requirements(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(list.len(), 335);
        assert_eq!(systems(&list, &[]).len(), 6);
    }
}
