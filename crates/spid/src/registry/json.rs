//! AgID's list in JSON.

use serde::Deserialize;
use serde_json::Value;

use super::finding::{EntryError, SourceError};
use crate::metadata::idp::IdentityProvider;
use crate::metadata::{Endpoint, EndpointBinding, Localized, MetadataError, OrganizationNames, https_address};
use crate::saml::EntityId;
use crate::signature::VerifyingKey;

/// More providers than there will be.
const MAX_ENTRIES: usize = 256;
/// More keys, endpoints or attributes than a provider has.
const MAX_VALUES: usize = 64;

/// What could be read of the list, and what could not, by entity id.
pub(super) struct List {
    pub(super) providers: Vec<IdentityProvider>,
    pub(super) broken: Vec<(String, EntryError)>,
}

#[derive(Deserialize)]
struct Entry {
    entity_id: String,
    #[serde(default)]
    organization_name: Option<String>,
    #[serde(default)]
    organization_display_name: Option<String>,
    #[serde(default)]
    logo_uri: Option<String>,
    #[serde(default)]
    signing_certificate_x509: OneOrMany,
    #[serde(default)]
    single_sign_on_service: Vec<Service>,
    #[serde(default)]
    single_logout_service: Vec<Service>,
    #[serde(default)]
    attribute: Vec<String>,
}

#[derive(Deserialize)]
struct Service {
    #[serde(rename = "Binding")]
    binding: String,
    #[serde(rename = "Location")]
    location: String,
    #[serde(default, rename = "ResponseLocation")]
    response_location: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<String>),
    One(String),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

/// Reads the list, each entry for itself. Entries marked as deleted or disabled are passed over in silence.
pub(super) fn read(body: &[u8]) -> Result<List, SourceError> {
    let entries: Vec<Value> = serde_json::from_slice(body).map_err(SourceError::Json)?;
    let mut list = List { providers: Vec::new(), broken: Vec::new() };
    if entries.len() > MAX_ENTRIES {
        return Err(SourceError::Metadata(MetadataError::Entities));
    }
    let id_of = |entry: &Value| entry.get("entity_id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let ids: Vec<String> = entries.iter().filter(|entry| !is_off(entry)).map(id_of).collect();
    for entry in entries {
        if is_off(&entry) {
            continue;
        }
        let id = id_of(&entry);
        let repeated = ids.iter().filter(|other| **other == id).count() > 1;
        let read = if repeated { Err(MetadataError::Repeated.into()) } else { provider(entry) };
        match read {
            Ok(provider) => list.providers.push(provider),
            Err(error) => list.broken.push((id, error)),
        }
    }
    Ok(list)
}

fn is_off(entry: &Value) -> bool {
    ["_deleted", "_disabled"].iter().any(|flag| entry.get(flag).and_then(Value::as_str) == Some("Y"))
}

fn provider(entry: Value) -> Result<IdentityProvider, EntryError> {
    let entry: Entry = serde_json::from_value(entry).map_err(|error| EntryError::Form(error.to_string()))?;
    let entity_id = EntityId::parse(&entry.entity_id).map_err(|_| MetadataError::EntityId)?;
    let mut single_sign_on = endpoints(entry.single_sign_on_service);
    single_sign_on.retain(|endpoint| endpoint.binding != EndpointBinding::Soap);
    if single_sign_on.is_empty() {
        return Err(MetadataError::NoEndpoint("single_sign_on_service").into());
    }
    let name = |text: Option<String>| {
        let filled = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        filled.map(|text| Localized { language: "it".to_owned(), text }).into_iter().collect::<Vec<_>>()
    };
    // The list's name to be shown is sometimes the address of a site: then the full name is the better one.
    let shown = entry.organization_display_name.filter(|text| !text.contains("://"));
    let organization =
        OrganizationNames { names: name(entry.organization_name), display_names: name(shown), urls: Vec::new() };
    Ok(IdentityProvider {
        entity_id,
        organization,
        logo: entry.logo_uri.filter(|address| https_address(address).is_some()),
        single_sign_on,
        single_logout: endpoints(entry.single_logout_service),
        signing_keys: keys(entry.signing_certificate_x509)?,
        wants_signed_requests: true,
        attributes: entry.attribute.into_iter().take(MAX_VALUES).collect(),
        valid_until: None,
    })
}

fn endpoints(services: Vec<Service>) -> Vec<Endpoint> {
    let read = services.into_iter().take(MAX_VALUES).filter_map(|service| {
        let binding = EndpointBinding::from_uri(&service.binding)?;
        https_address(&service.location)?;
        let response_location = service.response_location.filter(|address| https_address(address).is_some());
        Some(Endpoint { binding, location: service.location, response_location })
    });
    read.collect()
}

fn keys(certificates: OneOrMany) -> Result<Vec<VerifyingKey>, MetadataError> {
    let texts = match certificates {
        OneOrMany::Many(texts) => texts,
        OneOrMany::One(text) => vec![text],
    };
    let mut keys: Vec<VerifyingKey> = Vec::new();
    for text in texts.into_iter().take(MAX_VALUES) {
        let key = VerifyingKey::from_certificate_base64(&text).ok().filter(|key| !keys.contains(key));
        keys.extend(key);
    }
    if keys.is_empty() { Err(MetadataError::NoKey) } else { Ok(keys) }
}
