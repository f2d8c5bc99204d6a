//! Reading the metadata of one identity provider.

use jiff::Timestamp;

use crate::metadata::comment::without_comments;
use crate::metadata::endpoint::{Endpoint, EndpointBinding};
use crate::metadata::error::MetadataError;
use crate::metadata::key::signing_keys;
use crate::metadata::read::{
    OrganizationNames, Trust, endpoints, entity_id, expect_root, is_true, no_entities_inside, role, trusted,
    valid_until,
};
use crate::saml::EntityId;
use crate::signature::VerifyingKey;
use crate::xml::{self, Node, ns};

/// The namespace of what is shown to people (SAML V2.0 Metadata Extensions for Login and Discovery User Interface).
const USER_INTERFACE: &str = "urn:oasis:names:tc:SAML:metadata:ui";
/// More attributes than there are.
const MAX_ATTRIBUTES: usize = 128;

/// An identity provider, by its metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityProvider {
    /// Its entity id: the issuer of its responses.
    pub entity_id: EntityId,
    /// How it is called.
    pub organization: OrganizationNames,
    /// Its logo, an `https` address, if it names one.
    pub logo: Option<String>,
    /// Where it receives requests to sign in; by POST or Redirect, at least one.
    pub single_sign_on: Vec<Endpoint>,
    /// Where it receives logout messages.
    pub single_logout: Vec<Endpoint>,
    /// The keys that may have signed its messages, each once; at least one.
    pub signing_keys: Vec<VerifyingKey>,
    /// Whether it refuses requests that are not signed.
    pub wants_signed_requests: bool,
    /// The names of the attributes that it gives, as far as it says so.
    pub attributes: Vec<String>,
    /// Until when its metadata may be used.
    pub valid_until: Option<Timestamp>,
}

impl IdentityProvider {
    /// Reads the metadata of exactly one identity provider.
    ///
    /// # Errors
    /// [`MetadataError`] when they are too large, not signed as `trust` asks, expired at `now`, describe more than one
    /// entity, or lack what signing in needs.
    pub fn parse(bytes: &[u8], trust: Trust<'_>, now: Timestamp) -> Result<Self, MetadataError> {
        let bytes = without_comments(bytes)?;
        let document = xml::parse(&bytes)?;
        expect_root(document.root(), "EntityDescriptor")?;
        let entity = trusted(document.root(), trust)?;
        Self::read(entity, &[], now)
    }

    /// Where to send requests by `binding`.
    #[must_use]
    pub fn sign_on(&self, binding: EndpointBinding) -> Option<&Endpoint> {
        self.single_sign_on.iter().find(|endpoint| endpoint.binding == binding)
    }

    /// Where to send logout messages by `binding`.
    #[must_use]
    pub fn logout(&self, binding: EndpointBinding) -> Option<&Endpoint> {
        self.single_logout.iter().find(|endpoint| endpoint.binding == binding)
    }

    /// The name to show in a language; the entity id when there is no name.
    #[must_use]
    pub fn display_name(&self, language: &str) -> &str {
        self.organization.display_name(language).unwrap_or(self.entity_id.as_str())
    }

    /// Reads one entity; `around` are the elements around it, whose dates count too.
    pub(super) fn read(entity: Node<'_>, around: &[Node<'_>], now: Timestamp) -> Result<Self, MetadataError> {
        no_entities_inside(entity)?;
        let entity_id = entity_id(entity)?;
        let descriptor = role(entity, "IDPSSODescriptor")?;
        let dated: Vec<_> = around.iter().copied().chain([entity, descriptor]).collect();
        let valid_until = valid_until(&dated, now)?;
        let mut single_sign_on = endpoints(descriptor, "SingleSignOnService")?;
        single_sign_on.retain(|endpoint| endpoint.binding != EndpointBinding::Soap);
        if single_sign_on.is_empty() {
            return Err(MetadataError::NoEndpoint("SingleSignOnService"));
        }
        Ok(Self {
            entity_id,
            organization: OrganizationNames::read(entity),
            logo: logo(descriptor),
            single_sign_on,
            single_logout: endpoints(descriptor, "SingleLogoutService")?,
            signing_keys: signing_keys(descriptor)?,
            wants_signed_requests: is_true(descriptor, "WantAuthnRequestsSigned"),
            attributes: attributes(descriptor),
            valid_until,
        })
    }
}

fn logo(descriptor: Node<'_>) -> Option<String> {
    let info = descriptor.child(ns::METADATA, "Extensions")?.child(USER_INTERFACE, "UIInfo")?;
    let address = info.child(USER_INTERFACE, "Logo")?.trimmed()?;
    crate::metadata::address::https(&address).map(|_| address.into_owned())
}

fn attributes(descriptor: Node<'_>) -> Vec<String> {
    let found = descriptor.children(ns::ASSERTION, "Attribute").take(MAX_ATTRIBUTES);
    found.filter_map(|attribute| attribute.attribute("Name").map(str::to_owned)).collect()
}
