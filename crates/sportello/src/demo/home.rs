//! Where a demonstration keeps its files.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::commands::Context;
use crate::config::Value;
use crate::exit::{Exit, Failure};
use crate::{embedded, tenants};

/// A folder that vanishes with this value, unless the user wants to keep it.
#[derive(Debug)]
pub struct Home {
    path: PathBuf,
    temporary: Option<TempDir>,
}

impl Home {
    /// The folder that the user names, or a temporary one.
    pub fn open(kept: Option<&Path>) -> Result<Self, Failure> {
        let cannot = |what: &str, error: &std::io::Error| Failure::because(Exit::CannotCreate, what, error);
        let Some(path) = kept else {
            let folder = tempfile::Builder::new().prefix("sportello-demo-").tempdir();
            let folder = folder.map_err(|error| cannot("no temporary folder can be made", &error))?;
            return Ok(Self { path: folder.path().to_owned(), temporary: Some(folder) });
        };
        std::fs::create_dir_all(path).map_err(|error| cannot(&format!("{} cannot be made", path.display()), &error))?;
        Ok(Self { path: path.canonicalize()?, temporary: None })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it stays.
    pub fn is_kept(&self) -> bool {
        self.temporary.is_none()
    }

    /// The tenants: the chosen directory, the one here, or a copy of the examples.
    pub fn tenants(&self, context: &Context<'_>) -> Result<PathBuf, Failure> {
        let settings = context.settings()?;
        let configured = match settings.value("tenants.directory").map(|setting| setting.value) {
            Some(Value::Text(text)) => settings.resolve(Path::new(&text)),
            _ => PathBuf::from("tenants"),
        };
        let directory = if configured.is_dir() {
            configured.canonicalize()?
        } else if settings.given("tenants.directory").is_some() {
            return Err(Failure::new(
                Exit::NoInput,
                format!("{}: there is no such directory of tenants", configured.display()),
            ));
        } else {
            let copy = self.path.join("tenants");
            embedded::write_to(&copy)?;
            copy
        };
        if tenants::slugs(&directory)?.is_empty() {
            return Err(Failure::new(Exit::NoInput, format!("{}: there is no tenant here", directory.display())));
        }
        Ok(directory)
    }

    /// Writes a file that only this user may read, and returns its path.
    pub fn secret(&self, name: &str, contents: &str) -> std::io::Result<PathBuf> {
        use std::io::Write as _;
        use std::os::unix::fs::OpenOptionsExt as _;
        let path = self.path.join("secrets").join(name);
        std::fs::create_dir_all(self.path.join("secrets"))?;
        let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
        file.write_all(contents.as_bytes())?;
        Ok(path)
    }

    /// Removes a temporary folder now, so that trouble with it is known.
    pub fn remove(self) -> std::io::Result<()> {
        self.temporary.map_or(Ok(()), TempDir::close)
    }
}
