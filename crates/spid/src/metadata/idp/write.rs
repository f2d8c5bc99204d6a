//! Our metadata as an identity provider.

use crate::metadata::address;
use crate::metadata::endpoint::{Endpoint, EndpointBinding};
use crate::metadata::key::key_descriptors;
use crate::metadata::sp::{OrganizationText, PROTOCOL, TRANSIENT, organization};
use crate::saml::{Attribute, EntityId, MessageId};
use crate::signature::{Place, SignError, SigningKey, sign};
use crate::xml::{Element, ns};

/// What an identity provider says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    /// The entity id.
    pub entity_id: EntityId,
    /// Where requests to sign in are received, by POST or Redirect.
    pub single_sign_on: Vec<Endpoint>,
    /// Where logout messages are received.
    pub single_logout: Vec<Endpoint>,
    /// The attributes that it can give.
    pub attributes: Vec<Attribute>,
    /// The organization, once for each language.
    pub organization: Vec<OrganizationText>,
}

/// What is wrong with the configuration of an identity provider.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigurationError {
    /// An address is not absolute, not `https`, or carries credentials or a fragment.
    #[error("`{0}` is not an https address without credentials and fragment")]
    Address(String),
    /// There is nothing where at least one must be.
    #[error("the identity provider has no {0}")]
    Nothing(&'static str),
    /// Sign-in by SOAP, which does not exist.
    #[error("requests to sign in cannot arrive by SOAP")]
    Soap,
}

impl Configuration {
    /// Says the first thing that is wrong.
    ///
    /// # Errors
    /// [`ConfigurationError`].
    pub fn check(&self) -> Result<(), ConfigurationError> {
        for (list_is_empty, name) in [
            (self.single_sign_on.is_empty(), "endpoint to sign in"),
            (self.single_logout.is_empty(), "endpoint to sign out"),
            (self.attributes.is_empty(), "attribute"),
            (self.organization.is_empty(), "organization"),
        ] {
            if list_is_empty {
                return Err(ConfigurationError::Nothing(name));
            }
        }
        if self.single_sign_on.iter().any(|endpoint| endpoint.binding == EndpointBinding::Soap) {
            return Err(ConfigurationError::Soap);
        }
        let endpoints = self.single_sign_on.iter().chain(&self.single_logout);
        let addresses = endpoints.flat_map(|endpoint| [Some(&endpoint.location), endpoint.response_location.as_ref()]);
        let urls = self.organization.iter().map(|text| Some(&text.url));
        let texts = addresses.chain(urls).flatten().map(String::as_str);
        for text in texts.chain([self.entity_id.as_str()]) {
            if address::https(text).is_none() {
                return Err(ConfigurationError::Address(text.to_owned()));
            }
        }
        Ok(())
    }

    /// Writes the metadata, signed with `key`. `also` are the certificates of further keys that sign responses while keys
    /// are rolled over.
    ///
    /// # Errors
    /// [`SignError`] when the key cannot sign.
    pub fn metadata(&self, id: &MessageId, key: &SigningKey, also: &[&[u8]]) -> Result<String, SignError> {
        let attributes = self.attributes.iter().map(|attribute| {
            Element::new("saml:Attribute").attribute("xmlns:saml", ns::ASSERTION).attribute("Name", attribute.name())
        });
        let descriptor = Element::new("md:IDPSSODescriptor")
            .attribute("protocolSupportEnumeration", PROTOCOL)
            .attribute("WantAuthnRequestsSigned", "true")
            .children(key_descriptors(key, also))
            .children(self.single_logout.iter().map(|endpoint| endpoint.element("md:SingleLogoutService")))
            .child(Element::new("md:NameIDFormat").text(TRANSIENT))
            .children(self.single_sign_on.iter().map(|endpoint| endpoint.element("md:SingleSignOnService")))
            .children(attributes);
        let document = Element::new("md:EntityDescriptor")
            .attribute("xmlns:md", ns::METADATA)
            .attribute("ID", id.as_str())
            .attribute("entityID", self.entity_id.as_str())
            .child(descriptor)
            .child(organization(&self.organization));
        sign(&document.to_string(), id.as_str(), key, Place::First)
    }
}
