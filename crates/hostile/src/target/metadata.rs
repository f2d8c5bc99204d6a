//! Metadata: signed ones say what was signed; all are within bounds, and what we would write of them reads the same.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use spid::metadata::client::Client;
use spid::metadata::idp::{Aggregate, Configuration, IdentityProvider};
use spid::metadata::{EndpointBinding, Trust};
use spid::saml::{Attribute, MessageId};

use super::originals;
use crate::world::{PROVIDER_KEY, now, provider_keys, service_keys};

fn signed_provider(xml: &[u8]) -> Option<IdentityProvider> {
    IdentityProvider::parse(xml, Trust::Signed(&provider_keys()), now()).ok()
}

fn signed_aggregate(xml: &[u8]) -> Option<Aggregate> {
    Aggregate::parse(xml, Trust::Signed(&provider_keys()), now()).ok()
}

/// Metadata of identity providers, one or many.
pub fn of_providers(xml: &[u8]) -> bool {
    static PROVIDERS: LazyLock<Vec<IdentityProvider>> = LazyLock::new(|| originals("idp_metadata", signed_provider));
    static AGGREGATES: LazyLock<Vec<Aggregate>> = LazyLock::new(|| originals("idp_metadata", signed_aggregate));
    let (provider, aggregate) = (signed_provider(xml), signed_aggregate(xml));
    assert!(provider.iter().all(|read| PROVIDERS.contains(read)), "nobody signed this: {provider:?}");
    assert!(aggregate.iter().all(|read| AGGREGATES.contains(read)), "nobody signed this: {aggregate:?}");
    let unsigned = IdentityProvider::parse(xml, Trust::Unsigned, now());
    let many = Aggregate::parse(xml, Trust::Unsigned, now()).unwrap_or_default();
    unsigned.iter().chain(&many.providers).for_each(bounded);
    let names: BTreeSet<_> = many.providers.iter().map(|provider| provider.entity_id.as_str()).collect();
    assert_eq!(names.len(), many.providers.len(), "two providers of one name");
    if let Ok(provider) = unsigned {
        written_and_read(&provider);
    }
    provider.is_some() || aggregate.is_some()
}

fn bounded(provider: &IdentityProvider) {
    assert!(!provider.single_sign_on.is_empty() && !provider.signing_keys.is_empty());
    assert!(provider.single_sign_on.iter().all(|endpoint| endpoint.binding != EndpointBinding::Soap));
    let endpoints = provider.single_sign_on.iter().chain(&provider.single_logout);
    assert!(endpoints.into_iter().all(|endpoint| is_safe(&endpoint.location)), "{provider:?}");
    assert!(provider.valid_until.is_none_or(|until| until > now()));
    assert!(provider.display_name("it").len() <= 256 * 1024);
}

/// Absolute for every reader; without encryption on this machine only.
fn is_safe(location: &str) -> bool {
    let location = location.to_ascii_lowercase();
    ["https://", "http://localhost", "http://127.", "http://[::1]"].iter().any(|start| location.starts_with(start))
}

/// What was read can be said in our own words, and is then read as it was.
fn written_and_read(provider: &IdentityProvider) {
    let known = provider.attributes.iter().filter_map(|name| Attribute::named(name));
    let ours = Configuration {
        entity_id: provider.entity_id.clone(),
        single_sign_on: provider.single_sign_on.clone(),
        single_logout: provider.single_logout.clone(),
        attributes: known.collect(),
        organization: Vec::new(),
    };
    let id = MessageId::parse("_again").unwrap();
    let xml = ours.metadata(&id, &PROVIDER_KEY, &[]).unwrap();
    let again = IdentityProvider::parse(xml.as_bytes(), Trust::Signed(&provider_keys()), now()).unwrap();
    assert_eq!(again.entity_id, provider.entity_id);
    assert_eq!(again.single_sign_on, provider.single_sign_on);
    assert_eq!(again.single_logout, provider.single_logout);
    let names: Vec<_> = ours.attributes.iter().map(|attribute| attribute.name()).collect();
    assert_eq!(again.attributes, names);
}

fn signed_service(xml: &[u8]) -> Option<Client> {
    Client::parse(xml, Trust::Signed(&service_keys()), now()).ok()
}

/// Metadata of service providers.
pub fn of_services(xml: &[u8]) -> bool {
    static CLIENTS: LazyLock<Vec<Client>> = LazyLock::new(|| originals("sp_metadata", signed_service));
    let client = signed_service(xml);
    assert!(client.iter().all(|read| CLIENTS.contains(read)), "nobody signed this: {client:?}");
    if let Ok(unsigned) = Client::parse(xml, Trust::Unsigned, now()) {
        let indices: BTreeSet<_> = unsigned.consumers.iter().map(|consumer| consumer.index).collect();
        assert_eq!(indices.len(), unsigned.consumers.len(), "two places of one index");
        assert!(unsigned.consumers.iter().all(|consumer| is_safe(&consumer.location)), "{unsigned:?}");
        assert!(unsigned.default_consumer().is_some() && !unsigned.signing_keys.is_empty());
    }
    client.is_some()
}
