use std::sync::atomic::AtomicI64;
use std::sync::{Arc, PoisonError, RwLock};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use spid::metadata::EndpointBinding;
use spid::metadata::idp::IdentityProvider;
use spid::metadata::sp::{
    AttributeSet, Configuration, ConfigurationErrors, LocalizedText, LogoutService, OrganizationText, Profile,
    ServiceProvider,
};
use spid::registry::{Policy, Registry};
use spid::saml::{MessageId, Purpose};
use spid::signature::{SignError, SigningKey};

use super::fetch::Http;
use crate::tenancy::Tenant;
use crate::texts::Language;
use crate::{App, Cx};

/// Where the metadata are, below the portal's address.
pub const METADATA: &str = "/spid/metadata";
/// Where Responses arrive.
pub const CONSUMER: &str = "/accesso/spid/risposta";
/// Where logout messages arrive.
pub const LOGOUT: &str = "/accesso/spid/uscita";

/// `[spid]` in a tenant's file: what the body says of itself to the identity providers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpidFile {
    /// The entity id; the portal's address by default.
    pub entity_id: Option<String>,
    /// The first day on which people may sign in with it, in Rome; from the beginning when it is left out.
    pub from: Option<jiff::civil::Date>,
    /// The level that signing in asks for: 1, 2 or 3.
    #[serde(default = "usual_level")]
    pub level: u8,
    /// The kind of identity that is asked for, when a personal one will not do (avviso 18): `P`, `LP`, `PG`, `PF` or `PX`.
    #[serde(default, deserialize_with = "purpose")]
    pub purpose: Option<Purpose>,
    /// The attributes that are asked for. The tax code must be among them.
    #[serde(default = "usual_attributes")]
    pub attributes: Vec<String>,
    /// The municipality of the seat, for the certificate.
    pub locality: String,
    /// The profile of the metadata, and who answers for them.
    pub profile: Profile,
}

fn usual_level() -> u8 {
    2
}

fn purpose<'de, D: Deserializer<'de>>(file: D) -> Result<Option<Purpose>, D::Error> {
    let code = String::deserialize(file)?;
    let unknown = || D::Error::custom(format!("purpose is `{code}`: one of P, LP, PG, PF and PX is expected"));
    Purpose::from_code(&code).map(Some).ok_or_else(unknown)
}

fn usual_attributes() -> Vec<String> {
    ["spidCode", "name", "familyName", "fiscalNumber", "email"].map(str::to_owned).to_vec()
}

/// A tenant's way to the identity providers.
#[derive(Debug)]
pub struct SpidConnection {
    /// The key that signs metadata and requests.
    pub key: SigningKey,
    /// Certificates of further keys, while one replaces the other.
    pub also: Vec<Vec<u8>>,
    /// Where the lists of providers come from.
    pub policy: Policy,
    /// Providers that an operator put into files.
    pub fixed: Vec<IdentityProvider>,
    pub(super) http: Http,
    current: RwLock<Arc<Registry>>,
    /// When the list was last taken from the database, which another node may have changed.
    pub(super) taken_at: AtomicI64,
}

impl SpidConnection {
    /// A connection that knows the providers in files, and asks for the lists when it is told to.
    ///
    /// # Errors
    /// When the machine's certificates cannot be read.
    pub fn new(
        key: SigningKey,
        also: Vec<Vec<u8>>,
        policy: Policy,
        fixed: Vec<IdentityProvider>,
    ) -> Result<Self, reqwest::Error> {
        let current = RwLock::new(Arc::new(Registry::new(fixed.clone(), None)));
        Ok(Self { key, also, policy, fixed, http: Http::new()?, current, taken_at: AtomicI64::new(i64::MIN) })
    }

    /// The providers that are known now.
    pub fn providers(&self) -> Arc<Registry> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set(&self, listed: &Registry) {
        let listed_ids: Vec<_> = listed.providers().iter().map(|p| p.entity_id.clone()).collect();
        let fixed = self.fixed.iter().filter(|p| !listed_ids.contains(&p.entity_id));
        let all = Registry::new(listed.providers().iter().chain(fixed).cloned(), listed.refreshed_at());
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(all);
    }
}

/// The service provider that a tenant is, at the address where browsers reach it.
///
/// # Errors
/// [`ConfigurationErrors`] with everything that is wrong with `[spid]`; nothing when the tenant has none.
pub fn service(app: &App, tenant: &Tenant) -> Result<Option<ServiceProvider>, ConfigurationErrors> {
    let Some(file) = &tenant.spid else { return Ok(None) };
    let base = app.tenant_url(tenant);
    ServiceProvider::new(configuration(file, tenant, &base)).map(Some)
}

fn configuration(file: &SpidFile, tenant: &Tenant, base: &str) -> Configuration {
    let both = |text: &dyn Fn(Language) -> String| {
        Language::ALL
            .map(|language| LocalizedText { language: language.tag().to_owned(), text: text(language) })
            .to_vec()
    };
    let logout = |binding| LogoutService { binding, location: format!("{base}{LOGOUT}"), response_location: None };
    Configuration {
        entity_id: entity_id_of(file, base),
        profile: file.profile.clone(),
        organization: Language::ALL.map(|language| organization(tenant, language)).to_vec(),
        assertion_consumer_services: vec![format!("{base}{CONSUMER}")],
        single_logout_services: vec![logout(EndpointBinding::HttpPost), logout(EndpointBinding::HttpRedirect)],
        attribute_sets: vec![AttributeSet {
            index: 0,
            names: both(&|language| tenant.name.get(language).to_owned()),
            descriptions: Vec::new(),
            attributes: file.attributes.clone(),
        }],
    }
}

fn organization(tenant: &Tenant, language: Language) -> OrganizationText {
    OrganizationText {
        language: language.tag().to_owned(),
        // The name of a body is not translated where others compare it with their registers.
        name: tenant.owner.get(Language::Italian).to_owned(),
        display_name: tenant.name.get(language).to_owned(),
        url: tenant.owner_url.clone(),
    }
}

/// The signed metadata of the context's tenant; nothing when it has no SPID.
///
/// # Errors
/// [`SignError`] when the key cannot sign.
pub fn metadata(cx: &Cx) -> Result<Option<String>, SignError> {
    let Some(connection) = connection(cx) else { return Ok(None) };
    // What is wrong with the configuration was told when the program started.
    let Ok(Some(service)) = service(&cx.app, &cx.tenant) else { return Ok(None) };
    let also: Vec<&[u8]> = connection.also.iter().map(Vec::as_slice).collect();
    service.metadata(&message_id(cx), &connection.key, &also).map(Some)
}

/// The day from which people may sign in with SPID, while it is still to come.
pub fn opens(cx: &Cx) -> Option<jiff::civil::Date> {
    cx.tenant.spid.as_ref()?.from.filter(|from| cx.today() < *from)
}

/// Whether people may sign in with SPID at the context's tenant, as far as it is up to us.
pub fn is_on(cx: &Cx) -> bool {
    connection(cx).is_some() && opens(cx).is_none()
}

/// The context's tenant's way to the identity providers.
pub(super) fn connection(cx: &Cx) -> Option<&SpidConnection> {
    cx.app.connections(&cx.tenant)?.spid.as_ref()
}

pub(super) fn message_id(cx: &Cx) -> MessageId {
    let mut bytes = [0; 20];
    cx.chance().fill(&mut bytes);
    MessageId::from_random(bytes)
}

/// Our entity id.
pub(super) fn entity_id(cx: &Cx) -> String {
    let base = cx.app.tenant_url(&cx.tenant);
    cx.tenant.spid.as_ref().map_or_else(|| base.clone(), |file| entity_id_of(file, &base))
}

/// The entity id of a tenant whose portal has this address.
pub fn entity_id_of(file: &SpidFile, base: &str) -> String {
    file.entity_id.clone().unwrap_or_else(|| base.to_owned())
}
