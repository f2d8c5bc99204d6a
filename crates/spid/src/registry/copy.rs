//! The last good copy: a registry as bytes that the caller stores, and back.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Registry;
use crate::metadata::idp::IdentityProvider;
use crate::metadata::{Endpoint, Localized, OrganizationNames};
use crate::saml::EntityId;
use crate::signature::VerifyingKey;

/// The form that is written; a copy of another form is not read.
const FORM: u32 = 1;

/// The stored bytes are no copy of a registry.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CopyError {
    /// Not the JSON that was written.
    #[error("the stored copy of the registry cannot be read")]
    Json(#[from] serde_json::Error),
    /// Written by another version.
    #[error("the stored copy of the registry has form {0}, which is not known")]
    Form(u32),
    /// An entity id or a key is damaged.
    #[error("the stored copy of the registry is damaged at the provider `{0}`")]
    Damaged(String),
}

#[derive(Serialize, Deserialize)]
struct Copy {
    form: u32,
    refreshed_at: Option<Timestamp>,
    providers: Vec<Provider>,
}

#[derive(Serialize, Deserialize)]
struct Provider {
    entity_id: String,
    source: Option<String>,
    names: Vec<(String, String)>,
    display_names: Vec<(String, String)>,
    urls: Vec<(String, String)>,
    logo: Option<String>,
    single_sign_on: Vec<Endpoint>,
    single_logout: Vec<Endpoint>,
    certificates: Vec<String>,
    wants_signed_requests: bool,
    attributes: Vec<String>,
    valid_until: Option<Timestamp>,
}

impl Registry {
    /// Writes the copy. It holds public facts only, but whoever can change it chooses who signs in: store it as such.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let providers = self.providers.iter().map(|provider| {
            let source = self.source_of(&provider.entity_id).map(str::to_owned);
            write(provider, source)
        });
        let providers = providers.collect();
        let copy = Copy { form: FORM, refreshed_at: self.refreshed_at, providers };
        // Strings, numbers and lists always have a JSON form.
        serde_json::to_vec(&copy).unwrap_or_default()
    }

    /// Reads a copy.
    ///
    /// # Errors
    /// [`CopyError`] when the bytes are not what [`to_bytes`](Self::to_bytes) wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CopyError> {
        let copy: Copy = serde_json::from_slice(bytes)?;
        if copy.form != FORM {
            return Err(CopyError::Form(copy.form));
        }
        let mut sources = BTreeMap::new();
        let mut providers = Vec::with_capacity(copy.providers.len());
        for mut stored in copy.providers {
            let source = stored.source.take();
            let provider = read(stored)?;
            sources.extend(source.map(|source| (provider.entity_id.clone(), source)));
            providers.push(provider);
        }
        Ok(Self { sources, ..Self::new(providers, copy.refreshed_at) })
    }
}

fn write(provider: &IdentityProvider, source: Option<String>) -> Provider {
    let pairs = |texts: &[Localized]| texts.iter().map(|text| (text.language.clone(), text.text.clone())).collect();
    Provider {
        entity_id: provider.entity_id.as_str().to_owned(),
        source,
        names: pairs(&provider.organization.names),
        display_names: pairs(&provider.organization.display_names),
        urls: pairs(&provider.organization.urls),
        logo: provider.logo.clone(),
        single_sign_on: provider.single_sign_on.clone(),
        single_logout: provider.single_logout.clone(),
        certificates: provider.signing_keys.iter().map(|key| STANDARD.encode(key.certificate_der())).collect(),
        wants_signed_requests: provider.wants_signed_requests,
        attributes: provider.attributes.clone(),
        valid_until: provider.valid_until,
    }
}

fn read(copy: Provider) -> Result<IdentityProvider, CopyError> {
    let texts =
        |pairs: Vec<(String, String)>| pairs.into_iter().map(|(language, text)| Localized { language, text }).collect();
    let damaged = || CopyError::Damaged(copy.entity_id.clone());
    let entity_id = EntityId::parse(&copy.entity_id).map_err(|_| damaged())?;
    let keys = copy.certificates.iter().map(|text| VerifyingKey::from_certificate_base64(text));
    let signing_keys = keys.collect::<Result<Vec<_>, _>>().map_err(|_| damaged())?;
    if signing_keys.is_empty() || copy.single_sign_on.is_empty() {
        return Err(damaged());
    }
    Ok(IdentityProvider {
        entity_id,
        organization: OrganizationNames {
            names: texts(copy.names),
            display_names: texts(copy.display_names),
            urls: texts(copy.urls),
        },
        logo: copy.logo,
        single_sign_on: copy.single_sign_on,
        single_logout: copy.single_logout,
        signing_keys,
        wants_signed_requests: copy.wants_signed_requests,
        attributes: copy.attributes,
        valid_until: copy.valid_until,
    })
}
