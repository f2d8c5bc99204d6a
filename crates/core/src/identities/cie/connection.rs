use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use spid::federation::chain::{TrustAnchor, TrustChain, TrustMarkRule};
use spid::federation::jose::{DecryptionKey, JwkSet, SignError, SigningKey};
use spid::federation::rp::{ConfigurationError, Organization, Provider, RelyingParty};
use spid::federation::{EntityId, EntityIdError};

use super::super::fetch::Http;
use crate::Cx;
use crate::tenancy::Tenant;
use crate::texts::Language;

/// Where the provider leads the browser back to.
pub(super) const CALLBACK: &str = "/accesso/cie/ritorno";

/// How long our configuration may be kept by others.
const CONFIGURATION_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// How long we keep it ourselves: whoever asks again and again costs no signature.
const CONFIGURATION_KEPT: SignedDuration = SignedDuration::from_mins(5);

/// `[cie]` in a tenant's file: what the body says of itself to the federation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CieFile {
    /// The level that signing in asks for: 1, 2 or 3.
    #[serde(default = "usual_level")]
    pub level: u8,
    /// The body's addresses of certified mail.
    pub contacts: Vec<String>,
    /// The address of the privacy notice.
    pub policy_uri: String,
    /// The address of the body's logo, in SVG.
    pub logo_uri: String,
}

fn usual_level() -> u8 {
    2
}

/// Keys of three kinds, none of which may serve another purpose. Of each kind the first is used, and all are published.
#[derive(Debug)]
pub struct CieKeys {
    /// Sign what we say of ourselves to the federation.
    pub federation: Vec<SigningKey>,
    /// Sign requests.
    pub signing: Vec<SigningKey>,
    /// Decrypt attributes.
    pub decryption: Vec<DecryptionKey>,
}

/// What the operator configures.
#[derive(Debug)]
pub struct CieSettings {
    /// The keys.
    pub keys: CieKeys,
    /// The trust anchor.
    pub anchor: String,
    /// Its federation keys, obtained outside the federation.
    pub anchor_keys: JwkSet,
    /// The provider.
    pub provider: String,
    /// Trust marks as obtained at the registration: kind and compact form.
    pub trust_marks: Vec<(String, String)>,
    /// Whether the provider must have a trust mark that holds.
    pub provider_trust_mark: TrustMarkRule,
}

/// Settings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CieError {
    /// The tenant says nothing of itself.
    #[error("[cie] is missing in tenant.toml")]
    NoFile,
    /// A name is none.
    #[error("an address cannot be used")]
    Entity(#[from] EntityIdError),
    /// The relying party cannot be.
    #[error("[cie] or its keys cannot be used")]
    Party(#[from] ConfigurationError),
    /// No client can be made.
    #[error("the machine's certificates cannot be read")]
    Http(#[from] reqwest::Error),
}

/// A tenant's way to the federation.
#[derive(Debug)]
pub struct CieConnection {
    pub(super) party: RelyingParty,
    pub(super) anchor: TrustAnchor,
    pub(super) provider: EntityId,
    pub(super) marked: bool,
    pub(super) http: Http,
    configuration: Mutex<Option<(Timestamp, String)>>,
    current: RwLock<Option<Arc<Known>>>,
    /// One collection at a time: everybody else waits for its outcome.
    pub(super) collecting: tokio::sync::Mutex<()>,
    /// When a collection failed last.
    pub(super) failed_at: AtomicI64,
}

/// A chain, and the provider that it describes.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) chain: TrustChain,
    pub(super) provider: Provider,
}

impl CieConnection {
    /// The relying party that a tenant is, at the address where browsers reach it. Nobody is asked anything.
    ///
    /// # Errors
    /// [`CieError`] with what cannot be used.
    pub fn new(tenant: &Tenant, base: &str, settings: CieSettings) -> Result<Self, CieError> {
        let file = tenant.cie.as_ref().ok_or(CieError::NoFile)?;
        let organization = Organization {
            // The name of a body is not translated where others compare it with their registers.
            name: tenant.owner.get(Language::Italian).to_owned(),
            homepage_uri: tenant.owner_url.clone(),
            policy_uri: file.policy_uri.clone(),
            logo_uri: file.logo_uri.clone(),
            contacts: file.contacts.clone(),
        };
        let anchor = EntityId::parse(&settings.anchor)?;
        let CieKeys { federation, signing, decryption } = settings.keys;
        let callback = format!("{base}{CALLBACK}");
        let core = (signing, decryption);
        let hints = vec![anchor.clone()];
        let party = RelyingParty::new(EntityId::parse(base)?, organization, &[&callback], hints, federation, core)?;
        Ok(Self {
            marked: !settings.trust_marks.is_empty(),
            party: party.with_trust_marks(settings.trust_marks),
            anchor: TrustAnchor { id: anchor, keys: settings.anchor_keys, trust_marks: settings.provider_trust_mark },
            provider: EntityId::parse(&settings.provider)?,
            http: Http::new()?,
            configuration: Mutex::default(),
            current: RwLock::default(),
            collecting: tokio::sync::Mutex::default(),
            failed_at: AtomicI64::new(i64::MIN),
        })
    }

    /// What is known and still holds.
    pub(super) fn current(&self, now: Timestamp) -> Option<Arc<Known>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner).clone();
        current.filter(|known| known.chain.is_valid_at(now))
    }

    pub(super) fn set(&self, known: Arc<Known>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }
}

/// What we say of ourselves to the federation, signed; nothing when the tenant has no CIE.
///
/// # Errors
/// [`SignError`] when the key cannot sign.
pub fn entity_configuration(cx: &Cx) -> Result<Option<String>, SignError> {
    let Some(connection) = connection(cx) else { return Ok(None) };
    let mut kept = connection.configuration.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((made, configuration)) = &*kept
        && (SignedDuration::ZERO..CONFIGURATION_KEPT).contains(&cx.now().duration_since(*made))
    {
        return Ok(Some(configuration.clone()));
    }
    let configuration = connection.party.entity_configuration(cx.now(), CONFIGURATION_LIFETIME)?;
    *kept = Some((cx.now(), configuration.clone()));
    Ok(Some(configuration))
}

/// Our public federation keys, for the registration; nothing when the tenant has no CIE.
pub fn federation_keys(cx: &Cx) -> Option<serde_json::Value> {
    connection(cx).map(|connection| connection.party.federation_jwks())
}

/// The context's tenant's way to the federation.
pub(super) fn connection(cx: &Cx) -> Option<&CieConnection> {
    cx.app.connections(&cx.tenant)?.cie.as_ref()
}
