//! Where the tenants are, and loading them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sportello_core::tenancy::{LoadError, Tenant};
use tempfile::TempDir;

use crate::assemble;
use crate::config::{Environment, Settings, nearest};
use crate::embedded;
use crate::exit::{Exit, Failure};

/// A directory of tenants, which may be a copy of the example tenants that vanishes with this value.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    _copy: Option<TempDir>,
}

impl Directory {
    /// The directory that the command line names, else the configuration's if it is there, else a copy of the example
    /// tenants.
    pub fn find(option: Option<&Path>, environment: &Environment, settings: &Settings) -> Result<Self, Failure> {
        if let Some(path) = chosen(option, environment) {
            return Self::existing(path);
        }
        let given = settings.given("tenants.directory").is_some();
        let path = configured(settings);
        if given || path.is_dir() { Self::existing(path) } else { Self::examples() }
    }

    fn existing(path: PathBuf) -> Result<Self, Failure> {
        if path.is_dir() {
            return Ok(Self { path, _copy: None });
        }
        Err(Failure::new(Exit::NoInput, format!("{}: there is no such directory of tenants", path.display()))
            .remedy("name it with --tenants, SPORTELLO_TENANTS or `tenants.directory`"))
    }

    /// A copy of the example tenants.
    pub fn examples() -> Result<Self, Failure> {
        let copy = tempfile::Builder::new().prefix("sportello-tenants-").tempdir()?;
        embedded::write_to(copy.path())?;
        Ok(Self { path: copy.path().to_owned(), _copy: Some(copy) })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Loads one tenant.
    pub fn load(&self, name: &str) -> Result<Tenant, Failure> {
        let directory = self.path.join(name);
        if is_slug(name) && directory.join("tenant.toml").is_file() {
            return assemble::load_tenant(&directory, &assemble::texts()).map_err(Failure::from);
        }
        let names = slugs(&self.path)?;
        let failure = Failure::new(Exit::NoInput, format!("there is no tenant `{name}` in {}", self.path.display()));
        Err(match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => failure.remedy(format!("did you mean `{near}`?")),
            None => failure.remedy(format!("there are: {}", names.join(", "))),
        })
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::because(Exit::Data, "the tenant cannot be loaded", &error)
            .remedy("`sportello tenant check DIR` shows it again once it is corrected")
    }
}

/// The directory that the command line or its variable names.
pub fn chosen(option: Option<&Path>, environment: &Environment) -> Option<PathBuf> {
    option.map(Path::to_owned).or_else(|| environment.get("SPORTELLO_TENANTS").map(PathBuf::from))
}

fn configured(settings: &Settings) -> PathBuf {
    let value = settings.value("tenants.directory").map(|setting| setting.value);
    let crate::config::Value::Text(text) = value.unwrap_or_else(|| crate::config::Value::Text("tenants".to_owned()))
    else {
        return settings.resolve(Path::new("tenants"));
    };
    settings.resolve(Path::new(&text))
}

fn is_slug(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The names of the tenants in a directory: of its sub-directories with a `tenant.toml`.
pub fn slugs(directory: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        if path.join("tenant.toml").is_file() {
            names.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}

/// Loads all tenants of a directory.
pub fn load_all(directory: &Path) -> Result<BTreeMap<String, Arc<Tenant>>, assemble::StartError> {
    let read = |source| assemble::StartError::Tenants { path: directory.to_owned(), source };
    let (mut tenants, product) = (BTreeMap::new(), assemble::texts());
    for slug in slugs(directory).map_err(read)? {
        let tenant = assemble::load_tenant(&directory.join(&slug), &product)?;
        tenants.insert(slug, Arc::new(tenant));
    }
    Ok(tenants)
}
