//! A reader of Fluent files that knows just enough to compare two languages: which messages there are, and which
//! variables and other messages each of them names.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// One message or term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The line where it begins, from 1.
    pub line: usize,
    /// The names after `$` in its placeables.
    pub variables: BTreeSet<String>,
    /// The other words in its placeables, among them the keys of messages it refers to.
    pub words: BTreeSet<String>,
}

/// The messages of a file by key (terms keep their `-`), and the keys that stand there twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// By key.
    pub messages: BTreeMap<String, Message>,
    /// With the line of the second.
    pub doubles: Vec<(String, usize)>,
}

/// Reads a file. A message begins in the first column with `key =`; what follows is indented; attributes (`.name =`)
/// are left out, as are comments.
pub fn read(text: &str) -> File {
    let mut file = File::default();
    let mut current: Option<(String, Message, String)> = None;
    let mut in_attribute = false;
    for (i, line) in text.lines().enumerate() {
        if let Some((key, value)) = beginning(line) {
            finish(&mut file, current.take());
            in_attribute = false;
            let message = Message { line: i + 1, ..Message::default() };
            current = Some((key.to_owned(), message, format!("{value}\n")));
        } else if line.starts_with('#') {
            finish(&mut file, current.take());
        } else if let Some((_, _, value)) = &mut current {
            let trimmed = line.trim();
            in_attribute |= trimmed.starts_with('.') && beginning(&trimmed[1..]).is_some();
            if !in_attribute {
                value.push_str(trimmed);
                value.push('\n');
            }
        }
    }
    finish(&mut file, current);
    file
}

/// The key and the rest of a line that begins a message.
fn beginning(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    let key = key.trim_end();
    is_key(key.strip_prefix('-').unwrap_or(key)).then_some((key, value))
}

/// Whether a text can be the key of a message: a letter, then letters, digits, hyphens and underscores.
pub fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_key_character)
}

fn is_key_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

fn finish(file: &mut File, message: Option<(String, Message, String)>) {
    let Some((key, mut message, value)) = message else { return };
    let inside = placeables(&value);
    for (before, word) in words(&inside) {
        if before == Some('$') {
            message.variables.insert(word)
        } else {
            message.words.insert(word)
        };
    }
    match file.messages.entry(key) {
        Entry::Occupied(first) => file.doubles.push((first.key().clone(), message.line)),
        Entry::Vacant(place) => {
            place.insert(message);
        }
    }
}

/// What stands between braces, quoted text left out. The text of the variants of a choice stands there too, which
/// does no harm: it has no `$`.
fn placeables(value: &str) -> String {
    let mut inside = String::new();
    let (mut depth, mut quoted) = (0_usize, false);
    for c in value.chars() {
        match c {
            '"' if depth > 0 => quoted = !quoted,
            _ if quoted => {}
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => inside.push(c),
            _ => inside.push(' '),
        }
    }
    inside
}

/// The words of a text, each with the character before it.
fn words(text: &str) -> Vec<(Option<char>, String)> {
    let mut words = Vec::new();
    let mut before = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = rest.find(|c| !is_key_character(c)).unwrap_or(rest.len());
        if end > 0 {
            words.push((before, rest[..end].to_owned()));
            rest = &rest[end..];
        } else {
            before = Some(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn messages_with_all_their_lines_are_read() {
        let text = "# A comment = not a message\n## Section\nhello = Hello { $name }, you owe\n    { $amount } $no.\n\n\
                    plain=Yes\n-brand = Sportello\n";
        let file = read(text);
        assert_eq!(file.messages.keys().collect::<Vec<_>>(), ["-brand", "hello", "plain"]);
        assert_eq!(file.messages["hello"].variables, set(&["name", "amount"]));
        assert_eq!((file.messages["hello"].line, file.messages["plain"].line), (3, 6));
        assert!(file.messages["plain"].variables.is_empty());
    }

    #[test]
    fn choices_functions_and_references_are_read() {
        let text = "days = { $count ->\n    [one] one day, { $when }\n   *[other] { NUMBER($count) } days \n}\nsee = { hello } and \
                    { -brand } and { \"$quoted\" }\n";
        let file = read(text);
        assert_eq!(file.messages["days"].variables, set(&["count", "when"]));
        assert!(file.messages["see"].variables.is_empty());
        assert!(file.messages["see"].words.is_superset(&set(&["hello", "-brand"])));
    }

    #[test]
    fn attributes_are_left_out() {
        let file = read("field = Name\n    .hint = Not { $counted }\n      nor { $this }\nnext = { $seen }\n");
        assert!(file.messages["field"].variables.is_empty());
        assert_eq!(file.messages["next"].variables, set(&["seen"]));
    }

    #[test]
    fn a_key_that_stands_twice_is_told() {
        assert_eq!(read("a = 1\nb = 2\na = 3\n").doubles, [("a".to_owned(), 3)]);
    }
}
