use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, Problem};
use super::keys::{self, Key, Usual};
use super::nearest::nearest;
use super::values;
use super::{Environment, FILE_NAME};

/// A value as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, a path or a word.
    Text(String),
    /// A number.
    Number(i64),
    /// A list.
    List(Vec<String>),
}

/// Who gave a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody: the usual one holds.
    Default,
    /// The configuration file, in a line.
    File(PathBuf, usize),
    /// A variable of the environment.
    Environment(String),
    /// An option on the command line.
    CommandLine(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path, line) => write!(f, "{}:{line}", path.display()),
            Self::Environment(variable) => f.write_str(variable),
            Self::CommandLine(option) => f.write_str(option),
        }
    }
}

/// A value and who gave it.
#[derive(Clone, PartialEq, Eq)]
pub struct Setting {
    /// The value.
    pub value: Value,
    /// Who gave it.
    pub origin: Origin,
}

impl fmt::Debug for Setting {
    /// The value may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setting").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// All values that were given, by the concrete path of their key.
#[derive(Clone, Debug)]
pub struct Settings {
    given: BTreeMap<String, Setting>,
    file: Option<PathBuf>,
    base: PathBuf,
}

impl Settings {
    /// Reads a file (none: only the environment) and what overrides it.
    ///
    /// # Errors
    /// [`ConfigError`]: unknown keys, values of the wrong kind, a file that cannot be read.
    pub fn read(file: Option<&Path>, environment: &Environment) -> Result<Self, ConfigError> {
        let base = file.and_then(Path::parent).filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let base = std::path::absolute(base).unwrap_or_else(|_| base.to_owned());
        let mut settings = Self { given: BTreeMap::new(), file: file.map(Path::to_owned), base };
        let mut problems = Vec::new();
        if let Some(file) = file {
            settings.read_file(file, &mut problems);
        }
        settings.read_environment(environment, &mut problems);
        if problems.is_empty() { Ok(settings) } else { Err(ConfigError(problems)) }
    }

    /// Gives a value from the command line, which wins over everything.
    pub fn set(&mut self, path: &str, value: Value, option: &'static str) {
        self.given.insert(path.to_owned(), Setting { value, origin: Origin::CommandLine(option) });
    }

    /// A value that was given.
    pub fn given(&self, path: &str) -> Option<&Setting> {
        self.given.get(path)
    }

    /// All that was given.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Setting)> {
        self.given.iter().map(|(path, setting)| (path.as_str(), setting))
    }

    /// The value of a key: the given one, or the usual one.
    pub fn value(&self, path: &str) -> Option<Setting> {
        self.given.get(path).cloned().or_else(|| usual(keys::find(path)?))
    }

    /// Whether anything under a section was given.
    pub fn has_section(&self, section: &str) -> bool {
        self.given.keys().any(|path| path.strip_prefix(section).is_some_and(|rest| rest.starts_with('.')))
    }

    /// The names under a section: the tenants that have `connections`, or the `sources`.
    pub fn names(&self, section: &str) -> Vec<String> {
        let name = |path: &String| Some(path.strip_prefix(section)?.strip_prefix('.')?.split('.').next()?.to_owned());
        let mut names: Vec<_> = self.given.keys().filter_map(name).collect();
        names.dedup();
        names
    }

    /// The file that was read.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// A path of the configuration: a relative one starts at the folder of the configuration file.
    pub fn resolve(&self, path: &Path) -> PathBuf {
        self.base.join(path)
    }

    fn read_file(&mut self, file: &Path, problems: &mut Vec<Problem>) {
        let bad = |place: String, reason: String| Problem { place, key: None, reason };
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => return problems.push(bad(file.display().to_string(), format!("cannot be read: {error}"))),
        };
        match DeTable::parse(&text) {
            Ok(table) => self.read_table(&Source { file, text: &text }, table.get_ref(), &mut Vec::new(), problems),
            Err(error) => {
                let line = error.span().map_or(1, |span| line(&text, span.start));
                let reason = error.message().lines().collect::<Vec<_>>().join(" ");
                problems.push(bad(format!("{}:{line}", file.display()), reason));
            }
        }
    }

    fn read_table(
        &mut self,
        source: &Source<'_>,
        table: &DeTable<'_>,
        at: &mut Vec<String>,
        problems: &mut Vec<Problem>,
    ) {
        // The parser sorts by name; people read from above.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in entries {
            let line = line(source.text, name.span().start);
            let name = name.get_ref().to_string();
            let children = keys::children(at);
            let known = children.contains(&"*") || children.contains(&name.as_str());
            at.push(name);
            let path = at.join(".");
            let problem = |reason| Problem { place: source.place(line), key: Some(path.clone()), reason };
            if !known {
                problems.push(problem(unknown(at, &children)));
            } else if let Some(key) = keys::find(&path).or_else(|| keys::of_file(&path)) {
                match values::from_file(key, &path, value.get_ref()) {
                    Ok(value) => {
                        let origin = Origin::File(source.file.to_owned(), line);
                        self.given.insert(path, Setting { value, origin });
                    }
                    Err(reason) => problems.push(problem(reason)),
                }
            } else if let DeValue::Table(table) = value.get_ref() {
                self.read_table(source, table, at, problems);
            } else {
                problems.push(problem(format!("is a section: write [{path}]")));
            }
            at.pop();
        }
    }

    fn read_environment(&mut self, environment: &Environment, problems: &mut Vec<Problem>) {
        for (variable, path, text) in environment.overrides() {
            let problem = |reason| Problem { place: variable.to_owned(), key: Some(path.clone()), reason };
            let Some(key) = keys::find(&path).or_else(|| keys::of_file(&path)) else {
                problems.push(problem(unknown_path(&path)));
                continue;
            };
            match values::from_text(key, &path, text) {
                Ok(value) => {
                    let origin = Origin::Environment(variable.to_owned());
                    // A secret given one way hides the same secret given the other way in the file.
                    if let Some(other) = values::other_way(key, &path) {
                        self.given.remove(&other);
                    }
                    self.given.insert(path, Setting { value, origin });
                }
                Err(reason) => problems.push(problem(reason)),
            }
        }
    }
}

struct Source<'a> {
    file: &'a Path,
    text: &'a str,
}

impl Source<'_> {
    fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.file.display())
    }
}

fn usual(key: &Key) -> Option<Setting> {
    let value = match key.default {
        Usual::Text(text) => Value::Text(text.to_owned()),
        Usual::Number(number) => Value::Number(number),
        Usual::Empty => Value::List(Vec::new()),
        Usual::None(_) | Usual::Required => return None,
    };
    Some(Setting { value, origin: Origin::Default })
}

fn line(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

/// Why a name is refused, with the one that is probably meant.
fn unknown(at: &[String], children: &[&str]) -> String {
    let (name, parents) = at.split_last().map_or(("", at), |(name, parents)| (name.as_str(), parents));
    match nearest(name, children.iter().copied()) {
        Some(near) => {
            let full: Vec<&str> = parents.iter().map(String::as_str).chain([near]).collect();
            format!("there is no such key; did you mean `{}`?", full.join("."))
        }
        None => format!("there is no such key; here are possible: {}", children.join(", ")),
    }
}

/// Why a whole path is refused, with the one that is probably meant.
pub(super) fn unknown_path(path: &str) -> String {
    let mut at: Vec<String> = Vec::new();
    for part in path.split('.') {
        let children = keys::children(&at);
        at.push(part.to_owned());
        if !children.contains(&"*") && !children.contains(&part) {
            return unknown(&at, &children);
        }
    }
    format!("is a section, not a key; `{FILE_NAME}` can hold: {}", keys::children(&at).join(", "))
}
