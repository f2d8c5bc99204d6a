//! What reading of all kinds of metadata has in common.

use jiff::Timestamp;

use super::endpoint::Endpoint;
use super::error::MetadataError;
use crate::saml::EntityId;
use crate::signature::{Place, VerifyingKey, verify};
use crate::xml::{Node, ns};

/// More endpoints of one kind, or sets of attributes, than anybody has.
const MAX_ELEMENTS: usize = 256;
/// More languages or names than anybody has.
const MAX_NAMES: usize = 64;

/// Whether metadata must be signed.
#[derive(Debug, Clone, Copy)]
pub enum Trust<'k> {
    /// Signed by one of these keys. Those that the metadata carry about themselves are not believed.
    Signed(&'k [VerifyingKey]),
    /// They came by a way that the caller trusts, such as a file that an operator put there; a signature is not looked at.
    Unsigned,
}

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localized {
    /// The language, by `xml:lang`; empty when it is not said.
    pub language: String,
    /// The text.
    pub text: String,
}

/// How an organization is called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrganizationNames {
    /// The full names.
    pub names: Vec<Localized>,
    /// The names to be shown.
    pub display_names: Vec<Localized>,
    /// The sites.
    pub urls: Vec<Localized>,
}

impl OrganizationNames {
    /// The name to be shown in a language, else in Italian, else in whichever there is.
    #[must_use]
    pub fn display_name(&self, language: &str) -> Option<&str> {
        let texts = if self.display_names.is_empty() { &self.names } else { &self.display_names };
        let in_language = |wanted: &str| texts.iter().find(|text| text.language == wanted);
        let found = in_language(language).or_else(|| in_language("it")).or_else(|| texts.first());
        found.map(|text| text.text.as_str())
    }

    pub(super) fn read(entity: Node<'_>) -> Self {
        let Some(node) = entity.child(ns::METADATA, "Organization") else { return Self::default() };
        Self {
            names: localized(node, "OrganizationName"),
            display_names: localized(node, "OrganizationDisplayName"),
            urls: localized(node, "OrganizationURL"),
        }
    }
}

pub(super) fn localized(node: Node<'_>, name: &str) -> Vec<Localized> {
    let texts = node.children(ns::METADATA, name).take(MAX_NAMES).filter_map(|child| {
        let language = child.language().unwrap_or_default().to_owned();
        Some(Localized { language, text: child.trimmed()?.into_owned() })
    });
    texts.collect()
}

/// Checks the signature that the caller asks for, and gives the element to read below.
pub(super) fn trusted<'d>(element: Node<'d>, trust: Trust<'_>) -> Result<Node<'d>, MetadataError> {
    match trust {
        Trust::Signed(keys) => Ok(verify(element, Place::First, keys)?.element),
        Trust::Unsigned => Ok(element),
    }
}

pub(super) fn expect_root(root: Node<'_>, expected: &'static str) -> Result<(), MetadataError> {
    if root.is(ns::METADATA, expected) {
        return Ok(());
    }
    Err(MetadataError::Root { expected, found: root.local_name().to_owned() })
}

/// An entity has no entities inside: whoever looks for one by name must not find another.
pub(super) fn no_entities_inside(entity: Node<'_>) -> Result<(), MetadataError> {
    let is_entity = |node: &Node<'_>| matches!(node.local_name(), "EntityDescriptor" | "EntitiesDescriptor");
    if entity.descendants().skip(1).any(|node| is_entity(&node)) { Err(MetadataError::Entities) } else { Ok(()) }
}

pub(super) fn entity_id(entity: Node<'_>) -> Result<EntityId, MetadataError> {
    EntityId::parse(entity.attribute("entityID").unwrap_or_default()).map_err(|_| MetadataError::EntityId)
}

/// The one description of a role, which must speak SAML 2.0.
pub(super) fn role<'d>(entity: Node<'d>, role: &'static str) -> Result<Node<'d>, MetadataError> {
    let descriptor = entity.only(ns::METADATA, role).map_err(|found| MetadataError::Role { role, found })?;
    let protocols = descriptor.attribute("protocolSupportEnumeration").unwrap_or_default();
    let speaks = protocols.split_ascii_whitespace().any(|protocol| protocol == super::sp::PROTOCOL);
    if speaks { Ok(descriptor) } else { Err(MetadataError::Protocol) }
}

/// The endpoints of one kind that can be used.
pub(super) fn endpoints(descriptor: Node<'_>, name: &'static str) -> Result<Vec<Endpoint>, MetadataError> {
    let found: Vec<_> = descriptor.children(ns::METADATA, name).take(MAX_ELEMENTS + 1).collect();
    bounded(found.len(), name)?;
    Ok(found.into_iter().filter_map(Endpoint::read).collect())
}

pub(super) fn bounded(count: usize, name: &'static str) -> Result<(), MetadataError> {
    if count > MAX_ELEMENTS { Err(MetadataError::TooMany(name)) } else { Ok(()) }
}

/// Until when the elements are valid, by the earliest of their dates; refused when that is past.
pub(super) fn valid_until(elements: &[Node<'_>], now: Timestamp) -> Result<Option<Timestamp>, MetadataError> {
    let mut earliest: Option<Timestamp> = None;
    for text in elements.iter().filter_map(|element| element.attribute("validUntil")) {
        let date: Timestamp = text.trim().parse().map_err(|_| MetadataError::Date(text.to_owned()))?;
        earliest = Some(earliest.map_or(date, |known| known.min(date)));
    }
    match earliest {
        Some(until) if until <= now => Err(MetadataError::Expired { until }),
        other => Ok(other),
    }
}

/// `xs:boolean`.
pub(super) fn is_true(node: Node<'_>, attribute: &str) -> bool {
    matches!(node.attribute(attribute).map(str::trim), Some("true" | "1"))
}
