//! Putting the program together: the desks, their texts and jobs, the tenants, the database.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use sportello_core::accounts::hashing::HashPool;
use sportello_core::chance::Chance;
use sportello_core::clock::Clock;
use sportello_core::jobs::Handlers;
use sportello_core::tenancy::{LoadError, Tenant};
use sportello_core::texts::ProductTexts;
use sportello_core::vault::Vault;
use sportello_core::{App, Parts};
use store::{Db, Engine};

use crate::config::{Config, Server, nearest};
use crate::connect::{self, ConnectError};
use crate::tenants;

/// The least length of a master key.
const MASTER_KEY: usize = 32;

/// A program that cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The directory of tenants cannot be read.
    #[error("{path}: the tenants cannot be read")]
    Tenants {
        /// The directory.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The directory holds no tenant.
    #[error("{0}: there is no tenant here (a sub-directory with a tenant.toml)")]
    NoTenant(PathBuf),
    /// A tenant is wrong.
    #[error("a tenant cannot be loaded")]
    Tenant(#[from] LoadError),
    /// Connections of a tenant that does not exist.
    #[error("[connections.{name}]: there is no such tenant{}", meant.as_ref().map(|m| format!("; did you mean `{m}`?")).unwrap_or_default())]
    UnknownTenant {
        /// The name in the configuration.
        name: String,
        /// The tenant that is probably meant.
        meant: Option<String>,
    },
    /// A connection is wrong.
    #[error("a connection cannot be used")]
    Connect(#[from] ConnectError),
    /// The listener for smart cards is wrong.
    #[error("the listener for smart cards cannot be used")]
    Cards(#[from] crate::cards::CardsError),
    /// The master key cannot be read.
    #[error("{path}: the master key cannot be read")]
    MasterKey {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The master key is too short.
    #[error("{0}: the master key must be {MASTER_KEY} random bytes or more")]
    ShortKey(PathBuf),
    /// The database does not open.
    #[error("{address}: the database does not open")]
    Database {
        /// Its address without password.
        address: String,
        /// Why.
        #[source]
        source: store::Error,
    },
}

/// All texts of the product.
pub fn texts() -> ProductTexts {
    ProductTexts::new([sportello_core::TEXTS, web::TEXTS, desk_dues::TEXTS].concat())
}

/// Loads a tenant with what each of its desks needs.
///
/// # Errors
/// [`LoadError`] with file, key and reason.
pub fn load_tenant(directory: &Path, product: &ProductTexts) -> Result<Tenant, LoadError> {
    desk_dues::load(Tenant::load(directory, product)?)
}

/// All jobs of the product.
pub fn handlers() -> Handlers {
    desk_dues::handlers(Handlers::default())
}

/// The whole site.
pub fn router(app: &App, server: &Server) -> Router {
    let settings = web::Settings {
        // Proxies are dealt with in front of the site, where networks and chains of them are understood.
        trusted_proxies: Vec::new(),
        posts_per_minute: server.posts_per_minute,
        banner: server.banner.clone(),
        banner_en: server.banner_en.clone(),
    };
    web::router(app.clone(), vec![desk_dues::router()], settings)
}

/// Sets the recurring jobs of all tenants going; those that are going already go on.
///
/// # Errors
/// [`sportello_core::Error::Store`].
pub async fn start_jobs(app: &App) -> Result<(), sportello_core::Error> {
    for tenant in app.tenants() {
        desk_dues::start(&app.system(tenant, "start")).await?;
    }
    Ok(())
}

/// Puts the program together. The database is opened and not otherwise touched: migrate it before serving.
///
/// # Errors
/// [`StartError`].
pub async fn build(config: &Config, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Result<App, StartError> {
    let db = open(config).await?;
    build_on(db, config, clock, chance)
}

/// Opens the database.
///
/// # Errors
/// [`StartError::Database`].
pub async fn open(config: &Config) -> Result<Db, StartError> {
    // What the program writes from here on holds personal data: nobody else's business on this machine.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let opened = Db::open(&config.database.url, config.database.connections).await;
    opened.map_err(|source| StartError::Database { address: config.database.shown(), source })
}

/// Puts the program together on a database that is open.
///
/// # Errors
/// [`StartError`].
pub fn build_on(db: Db, config: &Config, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Result<App, StartError> {
    let vault = Vault::new(&master_key(&config.master_key_file)?);
    let tenants = tenants::load_all(&config.tenants)?;
    if tenants.is_empty() {
        return Err(StartError::NoTenant(config.tenants.clone()));
    }
    let mut connections = BTreeMap::new();
    for (name, connection) in &config.connections {
        let Some(tenant) = tenants.get(name) else {
            let meant = nearest(name, tenants.keys().map(String::as_str)).map(str::to_owned);
            return Err(StartError::UnknownTenant { name: name.clone(), meant });
        };
        let base = tenant.url(&config.server.public_url);
        let site = Some((tenant.as_ref(), base.as_str()));
        connections.insert(name.clone(), connect::connections(name, connection, site, clock.now())?);
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(App::new(Parts {
        db,
        clock,
        chance,
        vault,
        hashing: HashPool::start(threads),
        tenants,
        connections,
        sources: connect::sources(config)?,
        cards: config.cards.as_ref().map(crate::cards::service).transpose()?,
        handlers: handlers(),
        public_url: config.server.public_url.clone(),
        ids: sportello_core::ids::Ids::default(),
        wake: tokio::sync::Notify::new(),
    }))
}

/// Reads the master key.
///
/// # Errors
/// [`StartError::MasterKey`] or [`StartError::ShortKey`].
pub fn master_key(path: &Path) -> Result<Vec<u8>, StartError> {
    let key = std::fs::read(path).map_err(|source| StartError::MasterKey { path: path.to_owned(), source })?;
    if key.len() < MASTER_KEY { Err(StartError::ShortKey(path.to_owned())) } else { Ok(key) }
}

/// Makes a master key that nobody but the program's user can read, unless there is one.
///
/// # Errors
/// The file system's own.
pub fn make_master_key(path: &Path, chance: &dyn Chance) -> std::io::Result<bool> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut key = [0; MASTER_KEY];
    chance.fill(&mut key);
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => file.write_all(&key).and_then(|()| file.sync_all()).map(|()| true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Brings the schema up to date where that may happen by itself, and refuses a schema that does not fit.
///
/// # Errors
/// [`MigrateError`].
pub async fn prepare(db: &Db, clock: &dyn Clock, allowed: bool) -> Result<usize, MigrateError> {
    let state = db.migration_state(sportello_core::MIGRATIONS).await?;
    if state.found < state.known && db.engine() == Engine::Postgres && !allowed {
        return Err(MigrateError::Behind { found: state.found, known: state.known });
    }
    Ok(db.migrate(sportello_core::MIGRATIONS, clock.now().as_millisecond()).await?)
}

/// A schema that does not fit.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database is behind, and other nodes may be using it.
    #[error("the database has migration {found}, this program needs {known}")]
    Behind {
        /// What the database has.
        found: i64,
        /// What the program needs.
        known: i64,
    },
    /// The database failed, or is ahead of the program.
    #[error("the schema cannot be brought up to date")]
    Store(#[from] store::Error),
}
