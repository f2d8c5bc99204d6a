//! Finding the tests that carry requirement ids in a comment `// req: A-18, A-19`.
//!
//! A comment right above a test, among its attributes, or inside its body belongs to that test. One at the top of a
//! test file, before any function, belongs to the whole file.

use crate::files::Source;

/// One id on one test.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The id as it is written.
    pub id: String,
    /// The name of the test, or `(whole file)`.
    pub test: String,
    /// The file.
    pub file: String,
    /// The line of the comment, from 1.
    pub line: usize,
    /// Whether what carries the id is a test at all.
    pub proven: bool,
}

/// What the name of a file-wide mark is.
const WHOLE_FILE: &str = "(whole file)";

/// The marks of a file, in its order.
pub fn marks(source: &Source) -> Vec<Mark> {
    let lines: Vec<&str> = source.text.lines().map(str::trim).collect();
    let mut marks = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let Some(ids) = line.strip_prefix("// req:") else { continue };
        let owner = owner(source, &lines, i);
        let in_tests = is_test_file(source);
        let proven = in_tests || owner.is_some_and(|(at, _)| has_test_attribute(&lines, at));
        let test = owner.map_or(WHOLE_FILE.to_owned(), |(_, name)| name.to_owned());
        for id in ids.split([',', ' ']).filter(|id| !id.is_empty()) {
            marks.push(Mark { id: id.to_owned(), test: test.clone(), file: source.path.clone(), line: i + 1, proven });
        }
    }
    marks
}

/// The test that the comment in line `i` belongs to, with the line that names it.
fn owner<'a>(source: &Source, lines: &[&'a str], i: usize) -> Option<(usize, &'a str)> {
    let is_script = source.is(&[".mjs", ".js"]);
    let name = |at: usize| if is_script { script_test(lines[at]) } else { rust_function(lines[at]) };
    let next = (i + 1..lines.len()).find(|&at| !is_between(lines[at]))?;
    if let Some(found) = name(next) {
        return Some((next, found));
    }
    (0..i).rev().find_map(|at| name(at).map(|found| (at, found)))
}

/// What may stand between a comment and the function it is about.
fn is_between(line: &str) -> bool {
    line.is_empty() || line.starts_with("//") || line.starts_with("#[") || line.starts_with(")]")
}

/// The name in `fn name(`, after any of the words that may precede `fn`.
fn rust_function(line: &str) -> Option<&str> {
    let mut rest = line;
    while let Some(shorter) =
        ["pub ", "pub(crate) ", "pub(super) ", "async ", "const "].iter().find_map(|w| rest.strip_prefix(w))
    {
        rest = shorter;
    }
    let name = rest.strip_prefix("fn ")?;
    let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(name.len());
    Some(&name[..end])
}

/// The title in `test("title"`, `it('title'`, `describe(...)` and their kin such as `test.only(...)`.
fn script_test(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("await ").unwrap_or(line);
    let rest = ["test", "it", "describe", "t.test"].iter().find_map(|word| {
        let rest = rest.strip_prefix(word)?;
        rest.starts_with(['(', '.']).then_some(rest)
    })?;
    let (_, title) = rest.split_once('(')?;
    let quote = title.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    title[1..].split(quote).next()
}

/// Files that hold nothing but tests and what tests need.
fn is_test_file(source: &Source) -> bool {
    source.path.starts_with("e2e/")
        || source.path.contains("/tests/")
        || source.path.contains("/test/")
        || source.is(&["/tests.rs", ".test.mjs", ".test.js", ".spec.mjs", ".spec.js"])
}

/// Whether the attributes above line `at` make it a test: `#[test]`, `#[tokio::test]` and the like.
fn has_test_attribute(lines: &[&str], at: usize) -> bool {
    let above = lines[..at].iter().rev().take_while(|line| is_between(line) && !line.is_empty());
    above.into_iter().any(|line| line.starts_with("#[") && line.contains("test"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<(String, String, usize, bool)> {
        marks(&Source::new(path, text)).into_iter().map(|m| (m.id, m.test, m.line, m.proven)).collect()
    }

    fn mark(id: &str, test: &str, line: usize, proven: bool) -> (String, String, usize, bool) {
        (id.to_owned(), test.to_owned(), line, proven)
    }

    #[test]
    fn a_comment_above_or_inside_a_test_belongs_to_it() {
        let text = "fn helper() {}\n\n// req: A-01, A-02\n#[tokio::test]\nasync fn first() {\n}\n\n#[test]\n// req: A-03\nfn \
                    second() {\n    // req: A-04\n    assert!(true);\n}\n";
        let expected = [
            mark("A-01", "first", 3, true),
            mark("A-02", "first", 3, true),
            mark("A-03", "second", 9, true),
            mark("A-04", "second", 11, true),
        ];
        assert_eq!(found("crates/web/src/lib.rs", text), expected);
    }

    #[test]
    fn a_comment_at_the_top_belongs_to_the_file() {
        let text = "//! What.\n// req: F-01 A-03\n\nmod common;\n\n#[test]\nfn a() {}\n";
        let expected = [mark("F-01", "(whole file)", 2, true), mark("A-03", "(whole file)", 2, true)];
        assert_eq!(found("crates/pec/tests/a.rs", text), expected);
    }

    #[test]
    fn an_id_on_what_is_no_test_is_not_proven() {
        assert_eq!(found("crates/web/src/a.rs", "// req: A-01\npub fn page() {}\n"), [mark("A-01", "page", 1, false)]);
        assert_eq!(found("crates/web/src/a.rs", "// req: A-01\nuse b;\n"), [mark("A-01", "(whole file)", 1, false)]);
    }

    #[test]
    fn scripts_name_their_tests_by_title() {
        let text = "// req: C-01\ntest('pays by card', async () => {\n  // req: C-02\n  await go();\n});\n\
                    // req: C-03\ntest.only(\"again\", () => {});\n";
        let expected = [
            mark("C-01", "pays by card", 1, true),
            mark("C-02", "pays by card", 3, true),
            mark("C-03", "again", 6, true),
        ];
        assert_eq!(found("e2e/pay.mjs", text), expected);
    }
}
