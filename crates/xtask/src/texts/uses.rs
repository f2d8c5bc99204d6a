//! Where the sources use texts.

use super::ftl::is_key;
use crate::files::Source;
use std::collections::BTreeSet;

/// A call that asks for a text by its key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The key.
    pub key: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// The beginnings of such calls. What stands before `t` and its kin must not be part of a longer name.
const CALLS: &[&str] = &["t(", "t1(", "t2(", "tr(", ".text(", ".text_with("];

/// The calls in a source whose key is written out. Tests and comments are left out: they may ask for what is not there.
pub fn calls(source: &Source) -> Vec<Use> {
    let is_test = source.path.contains("/tests/") || source.is(&["/tests.rs"]);
    let text = if source.is(&[".rs"]) { without_tests(&source.text) } else { &source.text };
    let mut uses = Vec::new();
    for call in CALLS.iter().filter(|_| !is_test) {
        for (at, _) in text.match_indices(call) {
            let before = text[..at].chars().next_back();
            let begins =
                call.starts_with('.') || !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '!'));
            let argument =
                text[at + call.len()..].trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            if let Some(key) = argument.filter(|key| begins && is_key(key) && !in_comment(text, at, source)) {
                let line = text[..at].matches('\n').count() + 1;
                uses.push(Use { key: key.to_owned(), file: source.path.clone(), line });
            }
        }
    }
    uses.sort();
    uses
}

/// What stands before the tests at the end of a Rust file.
fn without_tests(text: &str) -> &str {
    let ends = ["#[cfg(test)]\nmod ", "\nmod tests {"].iter().filter_map(|beginning| text.find(beginning));
    ends.min().map_or(text, |at| &text[..at])
}

fn in_comment(text: &str, at: usize, source: &Source) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    source.is(&[".rs"]) && line.trim_start().starts_with("//")
}

/// Every text in double quotes that could be a key, anywhere in a source.
pub fn quoted(source: &Source) -> BTreeSet<&str> {
    // A quote can open or close, so both readings are taken: every piece between two neighbouring quotes.
    source.text.split('"').filter(|piece| is_key(piece)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(path: &str, text: &str) -> Vec<(String, usize)> {
        calls(&Source::new(path, text)).into_iter().map(|found| (found.key, found.line)).collect()
    }

    #[test]
    fn calls_are_found_in_rust_and_in_templates() {
        let rust = "let a = cx.t(\"a-key\");\nlet b = tr(\n    \"b-key\", &[]);\nself.text(\"c-key\")";
        let expected = [("a-key".to_owned(), 1), ("b-key".to_owned(), 2), ("c-key".to_owned(), 4)];
        assert_eq!(keys("crates/web/src/a.rs", rust), expected);
        assert_eq!(keys("crates/web/templates/a.html", "<p>{{ shell.t(\"d-key\") }}"), [("d-key".to_owned(), 1)]);
    }

    #[test]
    fn other_calls_comments_and_tests_are_not() {
        let rust = "insert(\"x\"); format!(\"y\"); assert(\"z\"); t(key); t(\"Not a key\");\n/// t(\"doc\")\n\
                    #[cfg(test)]\nmod tests { fn a() { t(\"nothing\") } }\n";
        assert_eq!(keys("crates/web/src/a.rs", rust), []);
        assert_eq!(keys("crates/web/tests/a.rs", "t(\"nothing\")"), []);
    }

    #[test]
    fn quoted_keys_are_collected() {
        let source = Source::new("a.rs", "match x { A => \"ui-a\", B => \"ui-b\", _ => \"not one\" }");
        assert!(quoted(&source).is_superset(&BTreeSet::from(["ui-a", "ui-b"])));
        assert!(!quoted(&source).contains("not one"));
    }
}
