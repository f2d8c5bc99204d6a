//! Clients of the outside world from what is configured.

mod cie;
mod sources;

use std::time::Duration;

use jiff::Timestamp;
use pagopa::checkout::{Client, SubscriptionKey, TimeLimits};
use pec::TrustAnchors;
use pec::smtp::{CERTIFIED_LIMIT, Sender};
use sportello_core::Secret;
use sportello_core::identities::SpidConnection;
use sportello_core::identities::cards::signers_from_pem;
use sportello_core::signing::{self, StatementKey};
use sportello_core::spid::metadata::Trust;
use sportello_core::spid::metadata::idp::IdentityProvider;
use sportello_core::spid::registry::{Policy, Source};
use sportello_core::spid::signature::{SigningKey, VerifyingKey};
use sportello_core::tenancy::{Connections, MailConnection, Tenant};

pub use sources::sources;

use crate::config::{Connection, Outbox, Pagopa, Spid};

/// A connection whose settings cannot be used; nothing was connected yet.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// A source's key or certificate.
    #[error("[{section}]: the key or its certificate cannot be used")]
    Credential {
        /// Its section.
        section: String,
        /// Why.
        #[source]
        source: registries::CredentialError,
    },
    /// A key for vouchers.
    #[error("[{section}.pdnd] {what} cannot be used")]
    Voucher {
        /// The source's section.
        section: String,
        /// Which key.
        what: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A source's address or certificate.
    #[error("[{section}]: no client can be made")]
    Source {
        /// Its section.
        section: String,
        /// Why.
        #[source]
        source: registries::ConfigError,
    },
    /// A source that is not there.
    #[error("[connections.{tenant}] register_source: there is no [sources.{name}]")]
    NoSource {
        /// The tenant.
        tenant: String,
        /// The source.
        name: String,
    },
    /// Both a source of one's own and a shared one.
    #[error("[connections.{tenant}]: `register_source` and a `register` of its own exclude each other")]
    TwoSources {
        /// The tenant.
        tenant: String,
    },
    /// A mail server.
    #[error("[connections.{tenant}.{section}]: the settings cannot be used")]
    Mail {
        /// The tenant.
        tenant: String,
        /// `mail` or `pec`.
        section: &'static str,
        /// Why.
        #[source]
        source: Box<pec::smtp::SendError>,
    },
    /// The authorities.
    #[error("[connections.{tenant}] pec_trust_file: the authorities cannot be read")]
    Trust {
        /// The tenant.
        tenant: String,
        /// Why.
        #[source]
        source: pec::TrustError,
    },
    /// The payment page.
    #[error("[connections.{tenant}.pagopa]: no client of the payment page can be made")]
    Checkout {
        /// The tenant.
        tenant: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// CIE: keys, the trust anchor's keys, trust marks, or the body itself.
    #[error("[connections.{tenant}.cie]: {what} cannot be used")]
    Cie {
        /// The tenant.
        tenant: String,
        /// What.
        what: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The key that signs statements.
    #[error("[connections.{tenant}.statements]: the key cannot be used")]
    Statements {
        /// The tenant.
        tenant: String,
        /// Why.
        #[source]
        source: signing::KeyError,
    },
    /// SPID: key, certificate, or the metadata in a file.
    #[error("[connections.{tenant}.spid]: {what} cannot be used")]
    Spid {
        /// The tenant.
        tenant: String,
        /// What.
        what: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// A tenant, and the address at which browsers reach its portal.
pub type Site<'a> = (&'a Tenant, &'a str);

/// Makes a tenant's clients. Without the tenant itself, the settings are examined and what needs to know who we are is
/// left out.
///
/// # Errors
/// [`ConnectError`] when settings cannot be used. No server is spoken to.
pub fn connections(
    tenant: &str,
    connection: &Connection,
    site: Option<Site<'_>>,
    now: Timestamp,
) -> Result<Connections, ConnectError> {
    let trust = connection.pec_trust.as_deref().map_or_else(|| Ok(TrustAnchors::none()), TrustAnchors::from_pem);
    let (checkout, node_secret) = match &connection.pagopa {
        Some(pagopa) => (checkout(tenant, pagopa)?, pagopa.node_secret.clone()),
        None => (None, None),
    };
    Ok(Connections {
        register: sources::name(tenant, connection),
        mail: connection.mail.as_ref().map(|o| mail(tenant, "mail", o)).transpose()?,
        pec: connection.pec.as_ref().map(|o| mail(tenant, "pec", o)).transpose()?,
        pec_inbox: connection.pec_inbox.clone(),
        trust: trust.map_err(|source| ConnectError::Trust { tenant: tenant.to_owned(), source })?,
        assistance_inbox: connection.assistance_inbox.clone(),
        checkout_origin: connection.pagopa.as_ref().map(|p| p.payment_page.clone()),
        checkout,
        node_secret,
        spid: connection.spid.as_ref().map(|s| spid(tenant, s, now)).transpose()?,
        statements: connection.statement_key_pem.as_ref().map(|pem| statements(tenant, pem)).transpose()?,
        cie: match &connection.cie {
            Some(settings) => cie::connection(tenant, settings, site)?,
            None => None,
        },
    })
}

fn spid(tenant: &str, spid: &Spid, now: Timestamp) -> Result<SpidConnection, ConnectError> {
    let bad = |what, source: Box<dyn std::error::Error + Send + Sync>| ConnectError::Spid {
        tenant: tenant.to_owned(),
        what,
        source,
    };
    let key = SigningKey::from_pem(spid.key_pem.expose(), &spid.certificate_pem);
    let key = key.map_err(|error| bad("the key or its certificate", error.into()))?;
    let other = spid.other_certificate_pem.as_deref().map(VerifyingKey::from_certificate_pem).transpose();
    let other = other.map_err(|error| bad("the other certificate", error.into()))?;
    let file = spid.provider.as_ref().map(|xml| IdentityProvider::parse(xml.as_bytes(), Trust::Unsigned, now));
    let file = file.transpose().map_err(|error| bad("the provider in the file", error.into()))?;
    let signed = spid
        .signed_metadata
        .as_ref()
        .map(|(url, pem)| signers_from_pem(pem).map(|anchors| Source::Aggregate { url: url.to_string(), anchors }));
    let signed = signed.transpose().map_err(|error| bad("the certificate in metadata_signer_file", error.into()))?;
    let listed = spid.registry_url.iter().map(|url| Source::Json { url: url.to_string() });
    // The earlier source is believed where both name a provider: the signed one.
    let sources = signed.into_iter().chain(listed).collect();
    let also = other.into_iter().map(|key| key.certificate_der().to_vec()).collect();
    SpidConnection::new(key, also, Policy { sources }, file.into_iter().collect())
        .map_err(|error| bad("the client of the registry", error.into()))
}

fn statements(tenant: &str, pem: &Secret) -> Result<StatementKey, ConnectError> {
    StatementKey::from_pem(pem.expose())
        .map_err(|source| ConnectError::Statements { tenant: tenant.to_owned(), source })
}

fn mail(tenant: &str, section: &'static str, outbox: &Outbox) -> Result<MailConnection, ConnectError> {
    let bad = |source| ConnectError::Mail { tenant: tenant.to_owned(), section, source: Box::new(source) };
    let smtp = outbox.smtp.clone();
    let sender = if section == "pec" { Sender::certified(smtp, CERTIFIED_LIMIT) } else { Sender::new(smtp) };
    Ok(MailConnection { sender: sender.map_err(bad)?, from: outbox.from.clone() })
}

fn checkout(tenant: &str, pagopa: &Pagopa) -> Result<Option<Client>, ConnectError> {
    let Some(key) = &pagopa.subscription_key else { return Ok(None) };
    let limits = TimeLimits { connect: Duration::from_secs(4), total: Duration::from_secs(15) };
    let client = Client::new(pagopa.checkout_url.clone(), SubscriptionKey::new(key.expose()), limits);
    let bad = |error| ConnectError::Checkout { tenant: tenant.to_owned(), source: Box::new(error) };
    client.map(Some).map_err(bad)
}
