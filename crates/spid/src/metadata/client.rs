//! Service providers that sign in at our identity provider: reading their metadata.

use jiff::Timestamp;

use super::comment::without_comments;
use super::endpoint::{Endpoint, EndpointBinding};
use super::error::MetadataError;
use super::key::signing_keys;
use super::read::{
    Localized, OrganizationNames, Trust, bounded, endpoints, entity_id, expect_root, is_true, localized,
    no_entities_inside, role, trusted, valid_until,
};
use crate::saml::EntityId;
use crate::signature::VerifyingKey;
use crate::xml::{self, Node, ns};

/// A service provider, by its metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Its entity id: the issuer of its requests.
    pub entity_id: EntityId,
    /// How it is called.
    pub organization: OrganizationNames,
    /// Where it receives responses, by index; at least one by POST.
    pub consumers: Vec<Consumer>,
    /// The sets of attributes for which it may ask, by index.
    pub attribute_sets: Vec<RequestedSet>,
    /// Where it receives logout messages.
    pub single_logout: Vec<Endpoint>,
    /// The keys that may have signed its requests, each once; at least one.
    pub signing_keys: Vec<VerifyingKey>,
    /// Whether it says that it signs its requests, which SPID demands.
    pub signs_requests: bool,
    /// Until when its metadata may be used.
    pub valid_until: Option<Timestamp>,
}

/// A place that receives responses (`AssertionConsumerService`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consumer {
    /// The index by which requests name it.
    pub index: u16,
    /// Whether it is the one of requests that name none.
    pub is_default: bool,
    /// Where, by POST.
    pub location: String,
}

/// A set of attributes (`AttributeConsumingService`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestedSet {
    /// The index by which requests name it.
    pub index: u16,
    /// The names of the service, to be shown when consent is asked.
    pub names: Vec<Localized>,
    /// The names of the attributes, each once, known or not.
    pub attributes: Vec<String>,
}

impl Client {
    /// Reads the metadata of exactly one service provider.
    ///
    /// # Errors
    /// [`MetadataError`] when they are too large, not signed as `trust` asks, expired at `now`, describe more than one
    /// entity, or lack what signing in needs.
    pub fn parse(bytes: &[u8], trust: Trust<'_>, now: Timestamp) -> Result<Self, MetadataError> {
        let bytes = without_comments(bytes)?;
        let document = xml::parse(&bytes)?;
        expect_root(document.root(), "EntityDescriptor")?;
        let entity = trusted(document.root(), trust)?;
        no_entities_inside(entity)?;
        let descriptor = role(entity, "SPSSODescriptor")?;
        Ok(Self {
            entity_id: entity_id(entity)?,
            organization: OrganizationNames::read(entity),
            consumers: consumers(descriptor)?,
            attribute_sets: attribute_sets(descriptor)?,
            single_logout: endpoints(descriptor, "SingleLogoutService")?,
            signing_keys: signing_keys(descriptor)?,
            signs_requests: is_true(descriptor, "AuthnRequestsSigned"),
            valid_until: valid_until(&[entity, descriptor], now)?,
        })
    }

    /// The place for responses to requests that name none: the one marked as default, else the first.
    #[must_use]
    pub fn default_consumer(&self) -> Option<&Consumer> {
        self.consumers.iter().find(|consumer| consumer.is_default).or_else(|| self.consumers.first())
    }

    /// The place with this index.
    #[must_use]
    pub fn consumer(&self, index: u16) -> Option<&Consumer> {
        self.consumers.iter().find(|consumer| consumer.index == index)
    }

    /// The set of attributes with this index.
    #[must_use]
    pub fn attribute_set(&self, index: u16) -> Option<&RequestedSet> {
        self.attribute_sets.iter().find(|set| set.index == index)
    }
}

fn consumers(descriptor: Node<'_>) -> Result<Vec<Consumer>, MetadataError> {
    const NAME: &str = "AssertionConsumerService";
    let mut consumers = Vec::new();
    for (node, index) in indexed(descriptor, NAME)? {
        // Responses travel by POST alone; places for other bindings are of no use.
        if let Some(endpoint) = Endpoint::read(node).filter(|endpoint| endpoint.binding == EndpointBinding::HttpPost) {
            consumers.push(Consumer { index, is_default: is_true(node, "isDefault"), location: endpoint.location });
        }
    }
    if consumers.is_empty() { Err(MetadataError::NoEndpoint(NAME)) } else { Ok(consumers) }
}

fn attribute_sets(descriptor: Node<'_>) -> Result<Vec<RequestedSet>, MetadataError> {
    let sets = indexed(descriptor, "AttributeConsumingService")?.into_iter().map(|(node, index)| {
        let mut attributes: Vec<String> = Vec::new();
        for name in node.children(ns::METADATA, "RequestedAttribute").filter_map(|asked| asked.attribute("Name")) {
            if !attributes.iter().any(|known| known == name) {
                attributes.push(name.to_owned());
            }
        }
        RequestedSet { index, names: localized(node, "ServiceName"), attributes }
    });
    Ok(sets.collect())
}

/// The elements with their indices, no two of which are the same.
fn indexed<'d>(descriptor: Node<'d>, name: &'static str) -> Result<Vec<(Node<'d>, u16)>, MetadataError> {
    let mut found: Vec<(Node<'d>, u16)> = Vec::new();
    for node in descriptor.children(ns::METADATA, name) {
        let index = node.attribute("index").and_then(|text| text.trim().parse().ok());
        let index: u16 = index.ok_or(MetadataError::Index(name))?;
        if found.iter().any(|(_, known)| *known == index) {
            return Err(MetadataError::Index(name));
        }
        found.push((node, index));
        bounded(found.len(), name)?;
    }
    Ok(found)
}
