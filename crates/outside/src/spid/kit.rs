//! A provider with its key. Keys take a while to make, and so are made when they are first needed.

use std::sync::OnceLock;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_RSA_SHA256, date_time_ymd};
use spid::idp::response::Provider;
use spid::metadata::idp::Configuration;
use spid::metadata::sp::OrganizationText;
use spid::metadata::{Endpoint, EndpointBinding};
use spid::saml::{Attribute, EntityId, MessageId};
use spid::signature::{SignError, SigningKey};

use super::providers::Profile;

/// A provider with everything that it needs.
#[derive(Debug)]
pub(super) struct Kit {
    pub(super) profile: &'static Profile,
    pub(super) entity_id: EntityId,
    provider: OnceLock<Provider>,
}

/// A provider's key could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the provider's key could not be made")]
pub(super) struct KitError(#[source] pub(super) Box<dyn std::error::Error + Send + Sync>);

impl Kit {
    pub(super) fn new(profile: &'static Profile, base: &str) -> Self {
        // The world's own address has no blanks; should it have, nobody could sign in, and tests would say so.
        let entity_id = EntityId::parse(&format!("{base}/{}", profile.slug));
        let entity_id = entity_id.unwrap_or_else(|error| unreachable!("the base is an address: {error}"));
        Self { profile, entity_id, provider: OnceLock::new() }
    }

    /// One of the provider's addresses.
    pub(super) fn address(&self, local: &str) -> String {
        format!("{}/{local}", self.entity_id)
    }

    /// The provider with its key, whose certificate is valid from the day before the first use.
    pub(super) fn provider(&self, now: Timestamp) -> Result<&Provider, KitError> {
        if let Some(provider) = self.provider.get() {
            return Ok(provider);
        }
        let key = make_key(self.profile.name, now, self.profile.certificate_lifetime()).map_err(KitError)?;
        // Of two that are made at the same time, the first stays.
        Ok(self.provider.get_or_init(|| Provider { entity_id: self.entity_id.clone(), key }))
    }

    fn endpoints(&self, local: &str) -> Vec<Endpoint> {
        let endpoint = |binding| Endpoint { binding, location: self.address(local), response_location: None };
        vec![endpoint(EndpointBinding::HttpPost), endpoint(EndpointBinding::HttpRedirect)]
    }

    pub(super) fn configuration(&self) -> Configuration {
        let organization = OrganizationText {
            language: "it".to_owned(),
            name: format!("{} (simulato)", self.profile.name),
            display_name: self.profile.name.to_owned(),
            url: self.entity_id.as_str().to_owned(),
        };
        Configuration {
            entity_id: self.entity_id.clone(),
            single_sign_on: self.endpoints("sso"),
            single_logout: self.endpoints("slo"),
            attributes: Attribute::ALL.to_vec(),
            organization: vec![organization],
        }
    }

    pub(super) fn metadata(&self, provider: &Provider) -> Result<String, SignError> {
        // The same document each time, so the same identifier; another for each, because they also stand side by side.
        let mut id = [0x5d; 20];
        id.iter_mut().zip(self.profile.slug.bytes()).for_each(|(place, letter)| *place = letter);
        let id = MessageId::from_random(id);
        self.configuration().metadata(&id, &provider.key, &[])
    }
}

/// A key with a certificate that is valid from the day before.
pub(super) fn make_key(
    name: &str,
    now: Timestamp,
    lifetime: SignedDuration,
) -> Result<SigningKey, Box<dyn std::error::Error + Send + Sync>> {
    let pair = KeyPair::generate_for(&PKCS_RSA_SHA256)?;
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name.push(DnType::CommonName, name);
    let moment = |seconds: i64| {
        let seconds = u64::try_from(seconds).unwrap_or_default();
        date_time_ymd(1970, 1, 1) + Duration::from_secs(seconds)
    };
    let end = now.checked_add(lifetime)?;
    params.not_before = moment(now.as_second() - 24 * 60 * 60);
    params.not_after = moment(end.as_second());
    let certificate = params.self_signed(&pair)?;
    Ok(SigningKey::from_pem(&pair.serialize_pem(), &certificate.pem())?)
}
