//! The sources that are asked about firms.

use std::collections::BTreeMap;
use std::sync::Arc;

use registries::{BusinessRegister, Credential};
use sportello_core::registry::{RegisterSource, own_name};

use super::ConnectError;
use crate::config::{Config, Connection, Source};

/// The name of the source that a tenant asks.
pub(super) fn name(tenant: &str, connection: &Connection) -> Option<String> {
    connection.register_source.clone().or_else(|| connection.register.as_ref().map(|_| own_name(tenant)))
}

/// All sources by name: those that tenants share, and those of one tenant.
///
/// # Errors
/// [`ConnectError`] when settings cannot be used, or a tenant names a source that is not there. No server is spoken to.
pub fn sources(config: &Config) -> Result<BTreeMap<String, Arc<RegisterSource>>, ConnectError> {
    let mut sources = BTreeMap::new();
    for (name, settings) in &config.sources {
        sources.insert(name.clone(), source(name.clone(), format!("sources.{name}"), settings)?);
    }
    for (tenant, connection) in &config.connections {
        match (&connection.register, &connection.register_source) {
            (Some(_), Some(_)) => return Err(ConnectError::TwoSources { tenant: tenant.clone() }),
            (Some(settings), None) => {
                let section = format!("connections.{tenant}.register");
                sources.insert(own_name(tenant), source(own_name(tenant), section, settings)?);
            }
            (None, Some(name)) if !config.sources.contains_key(name) => {
                return Err(ConnectError::NoSource { tenant: tenant.clone(), name: name.clone() });
            }
            (None, _) => {}
        }
    }
    Ok(sources)
}

fn source(name: String, section: String, settings: &Source) -> Result<Arc<RegisterSource>, ConnectError> {
    let credential = Credential::from_pem(settings.key_pem.expose(), &settings.certificate_pem);
    let credential = credential.map_err(|source| ConnectError::Credential { section: section.clone(), source })?;
    let mut config = registries::Config::new(settings.url.clone(), settings.client_id.clone());
    config.connect_timeout = config.connect_timeout.min(settings.limits.call_limit);
    config.read_timeout = config.read_timeout.min(settings.limits.call_limit);
    let client = BusinessRegister::new(config, credential);
    let client = client.map_err(|source| ConnectError::Register { section, source })?;
    Ok(Arc::new(RegisterSource { name, client: Arc::new(client), limits: settings.limits.clone() }))
}
