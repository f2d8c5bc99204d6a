//! Where messages go, and how.

use serde::{Deserialize, Serialize};

use crate::saml::{Binding, names};
use crate::xml::{Element, Node};

/// The way in which a message travels to an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndpointBinding {
    /// A form that the browser posts.
    HttpPost,
    /// The query of an address to which the browser is sent.
    HttpRedirect,
    /// A SOAP call from server to server; only for logout.
    Soap,
}

impl EndpointBinding {
    const ALL: [Self; 3] = [Self::HttpPost, Self::HttpRedirect, Self::Soap];

    /// The identifier of SAML 2.0.
    #[must_use]
    pub fn uri(self) -> &'static str {
        match self {
            Self::HttpPost => names::BINDING_POST,
            Self::HttpRedirect => names::BINDING_REDIRECT,
            Self::Soap => "urn:oasis:names:tc:SAML:2.0:bindings:SOAP",
        }
    }

    /// The binding with this identifier, if it is one that SPID uses.
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|binding| binding.uri() == uri)
    }
}

impl From<Binding> for EndpointBinding {
    fn from(binding: Binding) -> Self {
        match binding {
            Binding::Post => Self::HttpPost,
            Binding::Redirect => Self::HttpRedirect,
        }
    }
}

/// An address that receives messages by one binding.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Endpoint {
    /// How messages arrive.
    pub binding: EndpointBinding,
    /// Where requests arrive.
    pub location: String,
    /// Where answers arrive, if elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_location: Option<String>,
}

impl Endpoint {
    /// Where answers arrive.
    #[must_use]
    pub fn for_responses(&self) -> &str {
        self.response_location.as_deref().unwrap_or(&self.location)
    }

    /// Reads an endpoint. `None` for bindings that SPID does not use, and for addresses that are not safe.
    pub(super) fn read(node: Node<'_>) -> Option<Self> {
        let binding = EndpointBinding::from_uri(node.attribute("Binding")?)?;
        let location = node.attribute("Location").filter(|text| super::address::https(text).is_some())?;
        let response = node.attribute("ResponseLocation").filter(|text| super::address::https(text).is_some());
        Some(Self { binding, location: location.to_owned(), response_location: response.map(str::to_owned) })
    }

    pub(super) fn element(&self, name: &str) -> Element {
        Element::new(name)
            .attribute("Binding", self.binding.uri())
            .attribute("Location", &self.location)
            .attribute_if("ResponseLocation", self.response_location.as_deref())
    }
}
