//! The document.

use super::configuration::{AttributeSet, Configuration, LocalizedText, OrganizationText};
use super::contact::contacts;
use crate::metadata::EndpointBinding;
use crate::metadata::endpoint::Endpoint;
use crate::metadata::key::key_descriptors;
use crate::saml::MessageId;
use crate::signature::{Place, SignError, SigningKey, sign};
use crate::xml::{Element, ns};

/// The only protocol there is.
pub(in crate::metadata) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
/// The only format of a `NameID` at SPID and CIE.
pub(in crate::metadata) const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
const BASIC: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";

pub(super) fn metadata(
    configuration: &Configuration,
    id: &MessageId,
    key: &SigningKey,
    also: &[&[u8]],
) -> Result<String, SignError> {
    let document = Element::new("md:EntityDescriptor")
        .attribute("xmlns:md", ns::METADATA)
        .attribute("ID", id.as_str())
        .attribute("entityID", &configuration.entity_id)
        .child(descriptor(configuration, key, also))
        .child(organization(&configuration.organization))
        .children(contacts(configuration));
    sign(&document.to_string(), id.as_str(), key, Place::First)
}

fn descriptor(configuration: &Configuration, key: &SigningKey, also: &[&[u8]]) -> Element {
    let logout = configuration.single_logout_services.iter().map(|service| {
        let endpoint = Endpoint {
            binding: service.binding,
            location: service.location.clone(),
            response_location: service.response_location.clone(),
        };
        endpoint.element("md:SingleLogoutService")
    });
    let consumers = configuration.assertion_consumer_services.iter().enumerate().map(|(index, location)| {
        let consumer = Element::new("md:AssertionConsumerService")
            .attribute("Binding", EndpointBinding::HttpPost.uri())
            .attribute("Location", location)
            .attribute("index", &index.to_string());
        consumer.attribute_if("isDefault", (index == 0).then_some("true"))
    });
    Element::new("md:SPSSODescriptor")
        .attribute("protocolSupportEnumeration", PROTOCOL)
        .attribute("AuthnRequestsSigned", "true")
        .attribute("WantAssertionsSigned", "true")
        .children(key_descriptors(key, also))
        .children(logout)
        .child(Element::new("md:NameIDFormat").text(TRANSIENT))
        .children(consumers)
        .children(configuration.attribute_sets.iter().map(attribute_set))
}

fn attribute_set(set: &AttributeSet) -> Element {
    let attributes = set
        .attributes
        .iter()
        .map(|name| Element::new("md:RequestedAttribute").attribute("Name", name).attribute("NameFormat", BASIC));
    Element::new("md:AttributeConsumingService")
        .attribute("index", &set.index.to_string())
        .children(set.names.iter().map(|text| localized("md:ServiceName", text)))
        .children(set.descriptions.iter().map(|text| localized("md:ServiceDescription", text)))
        .children(attributes)
}

fn localized(name: &str, text: &LocalizedText) -> Element {
    Element::new(name).attribute("xml:lang", &text.language).text(&text.text)
}

/// Names first, then the names to be shown, then the sites, each in all languages.
pub(in crate::metadata) fn organization(texts: &[OrganizationText]) -> Element {
    let all = |name: &'static str, of: fn(&OrganizationText) -> &str| {
        texts.iter().map(move |text| Element::new(name).attribute("xml:lang", &text.language).text(of(text)))
    };
    Element::new("md:Organization")
        .children(all("md:OrganizationName", |text| &text.name))
        .children(all("md:OrganizationDisplayName", |text| &text.display_name))
        .children(all("md:OrganizationURL", |text| &text.url))
}
