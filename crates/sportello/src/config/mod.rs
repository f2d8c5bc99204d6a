//! The configuration: one file, `sportello.toml`, whose every key can be overridden from the environment.
//!
//! [`keys`] is the list of all keys with their meaning, unit and default; reading, `config explain`, `config dump` and
//! the reference in `docs/operate/configuration.md` all come from it. Unknown keys are refused with the nearest name.

mod cards;
mod connections;
mod environment;
mod error;
mod identity_keys;
pub mod keys;
mod nearest;
mod pdnd;
mod reader;
mod reference;
mod settings;
mod sources;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

pub use cards::{CardDoor, Cards};
pub use connections::{Cie, Connection, Outbox, Pagopa, Spid};
pub use environment::{Environment, variable};
pub use error::{ConfigError, Problem};
pub use nearest::nearest;
pub use pdnd::Pdnd;
pub use reference::{kind_in_words, reference, usual_in_words};
pub use settings::{Origin, Setting, Settings, Value};
pub use sources::{Access, Source};

use crate::proxies::Network;
use reader::Reader;

/// The name of the configuration file.
pub const FILE_NAME: &str = "sportello.toml";

/// The whole configuration, read and checked.
#[derive(Debug)]
pub struct Config {
    /// The HTTP server.
    pub server: Server,
    /// The database.
    pub database: Database,
    /// The file with the installation's master key.
    pub master_key_file: PathBuf,
    /// The directory whose sub-directories are the tenants.
    pub tenants: PathBuf,
    /// The log.
    pub log: Log,
    /// The listener for smart cards.
    pub cards: Option<Cards>,
    /// The sources that tenants share, by name.
    pub sources: BTreeMap<String, Source>,
    /// The tenants' ways to the outside world, by slug.
    pub connections: BTreeMap<String, Connection>,
}

/// The HTTP server.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The address under which browsers reach it, without a slash at its end.
    pub public_url: String,
    /// The proxies whose word about the visitor's address is believed.
    pub trusted_proxies: Vec<Network>,
    /// Forms that one network may submit in a minute.
    pub posts_per_minute: u32,
    /// A line above every page.
    pub banner: Option<String>,
    /// The same in English.
    pub banner_en: Option<String>,
}

/// The database.
#[derive(Clone, PartialEq, Eq)]
pub struct Database {
    /// Its address; may hold a password.
    pub url: String,
    /// How many connections are kept.
    pub connections: u32,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("url", &self.shown()).field("connections", &self.connections).finish()
    }
}

impl Database {
    /// The file of an embedded database.
    pub fn file(&self) -> Option<&Path> {
        let path = self.url.strip_prefix("sqlite:")?.split('?').next()?;
        (!path.starts_with(':') && !path.is_empty()).then(|| Path::new(path.trim_start_matches("//")))
    }

    /// The address without user and password, for messages.
    pub fn shown(&self) -> String {
        match self.url.split_once("://") {
            Some((scheme, rest)) => format!("{scheme}://{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host)),
            None => self.url.clone(),
        }
    }
}

/// The log, which goes to standard error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// One JSON object a line instead of text.
    pub json: bool,
    /// What is logged: a level, or directives by module.
    pub level: String,
}

impl Config {
    /// Checks settings and puts the configuration together; files with secrets are read here.
    ///
    /// # Errors
    /// [`ConfigError`] with everything that is wrong, not only the first thing.
    pub fn new(settings: &Settings) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(settings);
        let config = Self::read(&mut reader);
        match config {
            Some(config) if reader.problems.is_empty() => Ok(config),
            _ => Err(ConfigError(reader.problems)),
        }
    }

    /// Reads every value before giving up on any, so that all problems are found at once.
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let server = Server::read(reader);
        let database = Database::read(reader);
        let master_key_file = reader.path("keys.master_file");
        let tenants = reader.path("tenants.directory");
        let log = Log::read(reader);
        let cards = cards::read(reader);
        let sources = sources::read_all(reader);
        let connections = connections::read_all(reader);
        Some(Self {
            server: server?,
            database: database?,
            master_key_file: master_key_file?,
            tenants: tenants?,
            log: log?,
            cards: cards?,
            sources: sources?,
            connections: connections?,
        })
    }
}

impl Server {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let listen: Option<SocketAddr> =
            reader.parsed("server.listen", "an address and a port, such as 127.0.0.1:8080");
        let public_url = reader.optional_url("server.public_url");
        let trusted_proxies = reader.networks("server.trusted_proxies");
        let posts_per_minute = reader.number("server.posts_per_minute");
        let banner = reader.optional_text("server.banner");
        let banner_en = reader.optional_text("server.banner_en");
        let listen = listen?;
        let public_url = public_url?.map_or_else(|| format!("http://{listen}"), |url| url.to_string());
        Some(Self {
            listen,
            public_url: public_url.trim_end_matches('/').to_owned(),
            trusted_proxies: trusted_proxies?,
            posts_per_minute: posts_per_minute?,
            banner,
            banner_en,
        })
    }
}

impl Database {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let url = reader.secret("database.url");
        let connections = reader.number("database.connections");
        let url = url?.expose().to_owned();
        let file = Self { url: url.clone(), connections: 0 }.file().map(Path::to_owned);
        // A relative path means the folder of the configuration, wherever the program was started.
        let url = match file {
            Some(file) if file.is_relative() => {
                url.replacen(&file.display().to_string(), &reader.settings.resolve(&file).display().to_string(), 1)
            }
            _ => url,
        };
        Some(Self { url, connections: connections? })
    }
}

impl Log {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let format = reader.text("log.format");
        let level = reader.text("log.level");
        Some(Self { json: format? == "json", level: level? })
    }
}
