//! Whether a source names a crate.

use crate::files::Source;

/// Whether it does: as the beginning of a path (`serde::Serialize`, `::serde::de`), or in `use serde;` and
/// `extern crate serde`. Comments do not count, except the examples in them.
pub fn names(source: &Source, name: &str) -> bool {
    source.text.match_indices(name).any(|(at, _)| {
        let line_begins = source.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let before = &source.text[line_begins..at];
        let after = &source.text[at + name.len()..];
        is_beginning(before) && !is_plain_comment(before) && (after.starts_with("::") || is_use(before, after))
    })
}

/// Whether a word that follows this is the beginning of a path: no part of a longer name, and below no other name.
fn is_beginning(before: &str) -> bool {
    let before = before.strip_suffix("::").map_or(before, |rest| if ends_in_name(rest) { "a" } else { rest });
    !ends_in_name(before)
}

fn ends_in_name(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '>')
}

/// `use name;`, `use name as other;`, `pub use name;`, `extern crate name;`.
fn is_use(before: &str, after: &str) -> bool {
    let before = before.trim_start_matches(['/', '!', ' ']).trim_end();
    (before.ends_with("use") || before.ends_with("extern crate")) && after.starts_with([';', ' '])
}

fn is_plain_comment(before: &str) -> bool {
    let before = before.trim_start();
    before.starts_with("//") && !before.starts_with("///") && !before.starts_with("//!")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> bool {
        names(&Source::new("crates/web/src/a.rs", text), "serde")
    }

    #[test]
    fn paths_and_imports_name_a_crate() {
        for text in [
            "use serde::Serialize;",
            "#[derive(serde::Serialize)]",
            "fn a() -> ::serde::X {}",
            "use ::serde::X;",
            "use serde;",
            "pub use serde as other;",
            "extern crate serde;",
            "/// let x: serde::X = 1;",
            "//! use serde::X;",
            "\n\n    let x = &serde::x();",
            "use {a::B, serde::X};",
        ] {
            assert!(named(text), "{text}");
        }
    }

    #[test]
    fn other_names_and_comments_do_not() {
        for text in [
            "use serde_json::Value;",
            "use my_serde::X;",
            "use crate::serde::X;",
            "other::serde::x()",
            "// serde::X would be too much",
            "let serde = 1;",
            "the word serde in a text",
            "",
        ] {
            assert!(!named(text), "{text}");
        }
    }
}
