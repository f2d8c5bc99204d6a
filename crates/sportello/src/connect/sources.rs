//! The sources that are asked about firms.

use std::collections::BTreeMap;
use std::sync::Arc;

use registries::pdnd::{Evidence, Vouchers};
use registries::{BusinessRegister, Credential, Inad, IniPec, Source as Client, TimeLimits, inad, inipec, pdnd};
use sportello_core::Secret;
use sportello_core::registry::{RegisterSource, own_name};

use super::ConnectError;
use crate::config::{Access, Config, Connection, Pdnd, Source};

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
    let usual = TimeLimits::default();
    let most = settings.limits.call_limit;
    let limits = TimeLimits { connect: usual.connect.min(most), read: usual.read.min(most) };
    let client = client(&section, settings, limits)?;
    let mut limits = settings.limits.clone();
    limits.batch = limits.batch.min(u32::try_from(client.batch_limit()).unwrap_or(1));
    Ok(Arc::new(RegisterSource { name, client, limits }))
}

fn client(section: &str, settings: &Source, limits: TimeLimits) -> Result<Client, ConnectError> {
    let base_url = settings.url.clone();
    let bad = |source: registries::ConfigError| ConnectError::Source { section: section.to_owned(), source };
    Ok(match &settings.access {
        Access::BusinessRegister { client_id, key_pem, certificate_pem } => {
            let credential = Credential::from_pem(key_pem.expose(), certificate_pem);
            let credential =
                credential.map_err(|source| ConnectError::Credential { section: section.to_owned(), source })?;
            let mut config = registries::Config::new(base_url, client_id.clone());
            config.limits = limits;
            BusinessRegister::new(config, credential).map_err(bad)?.into()
        }
        Access::Inad { practical_reference, pdnd } => {
            let config = inad::Config { base_url, practical_reference: practical_reference.clone(), limits };
            Inad::new(config, vouchers(section, pdnd, limits)?).map_err(bad)?.into()
        }
        Access::IniPecWithCertificate { key_pem, certificate_pem } => {
            let identity = format!("{}\n{certificate_pem}", key_pem.expose());
            let config = inipec::Config { base_url, limits };
            IniPec::with_certificate(config, &identity, "").map_err(bad)?.into()
        }
        Access::IniPecWithVouchers(pdnd) => {
            let config = inipec::Config { base_url, limits };
            IniPec::with_vouchers(config, vouchers(section, pdnd, limits)?).map_err(bad)?.into()
        }
    })
}

fn vouchers(section: &str, settings: &Pdnd, limits: TimeLimits) -> Result<Vouchers, ConnectError> {
    let key = |pem: &Secret, what: &'static str| {
        let key = pdnd::read_key(pem.expose());
        key.map_err(|error| ConnectError::Voucher { section: section.to_owned(), what, source: error.into() })
    };
    let evidence = |[audience, user_id, user_location, loa]: &[String; 4]| Evidence {
        audience: audience.clone(),
        user_id: user_id.clone(),
        user_location: user_location.clone(),
        loa: loa.clone(),
    };
    let config = pdnd::Config {
        token_url: settings.token_url.clone(),
        audience: settings.audience.clone(),
        client_id: settings.client_id.clone(),
        kid: settings.kid.clone(),
        purpose_id: settings.purpose_id.clone(),
        evidence: settings.evidence.as_ref().map(evidence),
        integrity: settings.integrity.clone(),
        limits,
    };
    let dpop = settings.dpop_key_pem.as_ref().map(|pem| key(pem, "dpop_key_pem")).transpose()?;
    Vouchers::new(config, key(&settings.key_pem, "key_pem")?, dpop)
        .map_err(|source| ConnectError::Source { section: format!("{section}.pdnd"), source })
}
