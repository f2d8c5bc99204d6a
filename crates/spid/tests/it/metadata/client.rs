//! Service providers in the eyes of our identity provider.

use spid::metadata::client::Client;
use spid::metadata::{MetadataError, Trust};

use crate::materials::{OURS, id, now};
use crate::metadata::provider;

fn metadata() -> String {
    provider("spid-sp-public").metadata(&id(1), &OURS, &[]).unwrap()
}

fn read(xml: &str) -> Result<Client, MetadataError> {
    Client::parse(xml.as_bytes(), Trust::Unsigned, now())
}

#[test]
fn indices_find_places_and_sets() {
    let client = read(&metadata()).unwrap();
    assert_eq!(client.consumer(1).unwrap().location, "https://sp.example.it/spid/acs?desk=2&lang=it");
    assert_eq!(client.attribute_set(7).unwrap().attributes, ["spidCode", "email", "domicileMunicipality"]);
    assert_eq!(client.attribute_set(7).unwrap().names[1].language, "en");
    assert!(client.consumer(2).is_none() && client.attribute_set(2).is_none());
    assert_eq!(client.single_logout.len(), 2);
}

#[test]
fn a_wrong_or_repeated_index_is_refused() {
    for (from, to, name) in [
        (r#"index="1" "#, r#"index="0" "#, "AssertionConsumerService"),
        (r#"index="1">"#, r#"index="0">"#, "AttributeConsumingService"),
        (r#"index="7""#, r#"index="-7""#, "AttributeConsumingService"),
        (r#"index="7""#, r#"index="65536""#, "AttributeConsumingService"),
        (r#"index="7""#, r#"number="7""#, "AttributeConsumingService"),
    ] {
        let spoiled = metadata().replace(r#"desk=2&amp;lang=it" index="1"/>"#, r#"desk=2&amp;lang=it" index="1" />"#);
        let spoiled = spoiled.replace(from, to);
        assert_ne!(spoiled, metadata());
        assert_eq!(read(&spoiled).map(drop), Err(MetadataError::Index(name)), "{from}");
    }
}

#[test]
fn responses_go_to_safe_places_by_post_only() {
    for (from, to) in [
        ("https://sp.example.it/spid/acs", "javascript:alert(1)"),
        (
            "bindings:HTTP-POST\" Location=\"https://sp.example.it/spid/acs",
            "bindings:HTTP-Artifact\" Location=\"https://sp.example.it/spid/acs",
        ),
    ] {
        let spoiled = metadata().replace(from, to);
        assert_eq!(read(&spoiled).map(drop), Err(MetadataError::NoEndpoint("AssertionConsumerService")));
    }
}

#[test]
fn the_role_must_be_there_once_and_speak_saml() {
    let role = "SPSSODescriptor";
    let none = metadata().replace(role, "IDPSSODescriptor");
    assert_eq!(read(&none).map(drop), Err(MetadataError::Role { role, found: 0 }));
    let xml = metadata();
    let (before, rest) = xml.split_at(xml.find("<md:SPSSODescriptor").unwrap());
    let (descriptor, behind) = rest.split_at(rest.find("<md:Organization>").unwrap());
    let twice = [before, descriptor, descriptor, behind].concat();
    assert_eq!(read(&twice).map(drop), Err(MetadataError::Role { role, found: 2 }));
    let old = metadata().replace("urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.1:protocol");
    assert_eq!(read(&old).map(drop), Err(MetadataError::Protocol));
}
