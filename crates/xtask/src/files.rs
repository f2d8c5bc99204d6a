//! The source files of the repository.

use std::path::{Path, PathBuf};

/// A file that was read: its path from the root with forward slashes, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// For instance `crates/web/src/lib.rs`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// A source made up for a test.
    #[cfg(test)]
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether the path ends with one of these endings.
    pub fn is(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    /// The folder below `crates/` that the file lies in.
    pub fn crate_folder(&self) -> Option<&str> {
        self.path.strip_prefix("crates/").and_then(|rest| rest.split('/').next())
    }
}

/// Reads every file below `root/folder` with one of the `endings`, sorted by path. A folder that is not there has no
/// files. Built, fetched and hidden folders are left out.
pub fn read(root: &Path, folder: &str, endings: &[&str]) -> Result<Vec<Source>, String> {
    let mut paths = Vec::new();
    walk(&root.join(folder), &mut paths).map_err(|e| format!("{folder}: {e}"))?;
    paths.sort();
    let mut sources = Vec::new();
    for path in paths {
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if endings.iter().any(|ending| name.ends_with(ending)) {
            let text = std::fs::read_to_string(&path).map_err(|e| format!("{name}: {e}"))?;
            sources.push(Source { path: name, text });
        }
    }
    Ok(sources)
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type()?;
        if name.starts_with('.') || matches!(name.as_str(), "target" | "node_modules" | "dist") {
            continue;
        }
        if kind.is_dir() {
            walk(&entry.path(), paths)?;
        } else if kind.is_file() {
            paths.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_file_is_found_and_a_missing_folder_is_empty() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let found = read(root, "src", &[".rs"]).unwrap();
        assert!(found.iter().any(|source| source.path == "src/files.rs" && source.text.contains("fn walk")));
        assert!(read(root, "src", &[".toml"]).unwrap().is_empty());
        assert!(read(root, "nowhere", &[".rs"]).unwrap().is_empty());
    }

    #[test]
    fn a_path_knows_its_crate() {
        assert_eq!(Source::new("crates/web/src/lib.rs", "").crate_folder(), Some("web"));
        assert_eq!(Source::new("e2e/a.mjs", "").crate_folder(), None);
    }
}
