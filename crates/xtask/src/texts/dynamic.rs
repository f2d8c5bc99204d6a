//! The list of the keys that are put together at run time.

use std::collections::BTreeSet;

/// What `dynamic.txt` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dynamic {
    /// The members of families that are written out.
    pub keys: BTreeSet<String>,
    /// The beginnings of the others.
    beginnings: Vec<String>,
}

impl Dynamic {
    /// Reads the file: a family or a beginning a line, comments after `#`.
    pub fn read(text: &str) -> Self {
        let mut dynamic = Self::default();
        for line in text.lines().map(|line| line.split('#').next().unwrap_or_default()) {
            // Spaces between the members are for the eye.
            let line: String = line.split_whitespace().collect();
            if line.contains('{') {
                dynamic.keys.extend(members(&line));
            } else if !line.is_empty() {
                dynamic.beginnings.push(line);
            }
        }
        dynamic
    }

    /// Whether a key is put together at run time.
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains(key) || self.beginnings.iter().any(|beginning| key.starts_with(beginning.as_str()))
    }
}

/// `a-{b,c}-{d,e}` is `a-b-d`, `a-b-e`, `a-c-d`, `a-c-e`.
fn members(line: &str) -> Vec<String> {
    let Some((before, rest)) = line.split_once('{') else { return vec![line.to_owned()] };
    let (choices, after) = rest.split_once('}').unwrap_or((rest, ""));
    let ends = members(after);
    let choices = choices.split(',').filter(|choice| !choice.is_empty());
    choices.flat_map(|choice| ends.iter().map(move |end| format!("{before}{choice}{end}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_have_all_their_members() {
        let dynamic = Dynamic::read("# Why.\na-{b, c}-{d,e}\n");
        assert_eq!(dynamic.keys.iter().collect::<Vec<_>>(), ["a-b-d", "a-b-e", "a-c-d", "a-c-e"]);
        assert!(dynamic.has("a-c-d") && !dynamic.has("a-c") && !dynamic.has("a-c-d-f"));
    }

    #[test]
    fn beginnings_stand_for_what_follows() {
        let dynamic = Dynamic::read("state- # Why.\n\n");
        assert!(dynamic.has("state-new") && !dynamic.has("status"));
        assert!(dynamic.keys.is_empty() && !Dynamic::read("# only a comment\n").has("a"));
    }
}
