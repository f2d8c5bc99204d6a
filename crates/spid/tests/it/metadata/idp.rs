//! Identity providers: ours written and read again, those of others read.

use spid::metadata::idp::{Aggregate, Configuration, ConfigurationError, IdentityProvider};
use spid::metadata::{Endpoint, EndpointBinding, MetadataError, Trust};
use spid::saml::{Attribute, EntityId};
use spid::signature::{Place, SignatureError, sign};

use super::organization;
use crate::judge;
use crate::materials::{OTHER, OURS, days, id, now, verifying_key};

const IDP: &str = "https://idp.example.it";

pub fn configuration(entity_id: &str) -> Configuration {
    let endpoint =
        |binding, path: &str| Endpoint { binding, location: format!("{entity_id}/{path}"), response_location: None };
    let answers = Some(format!("{entity_id}/slo/answer"));
    Configuration {
        entity_id: EntityId::parse(entity_id).unwrap(),
        single_sign_on: vec![
            endpoint(EndpointBinding::HttpPost, "sso"),
            endpoint(EndpointBinding::HttpRedirect, "sso/redirect"),
        ],
        single_logout: vec![Endpoint { response_location: answers, ..endpoint(EndpointBinding::HttpRedirect, "slo") }],
        attributes: vec![Attribute::SpidCode, Attribute::FiscalNumber],
        organization: organization(),
    }
}

/// One after the other, each with its own `ID`, none signed, in a signed group.
pub fn aggregate(entities: &[String], attributes: &str) -> String {
    let group = format!(
        r#"<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_group" {attributes}>{}</md:EntitiesDescriptor>"#,
        entities.concat()
    );
    sign(&group, "_group", &OURS, Place::First).unwrap()
}

pub fn signed(entity_id: &str, seed: u8) -> String {
    configuration(entity_id).metadata(&id(seed), &OURS, &[OTHER.certificate_der()]).unwrap()
}

#[test]
fn ours_is_read_as_it_was_said() {
    configuration(IDP).check().unwrap();
    let xml = signed(IDP, 2);
    let anchors = [verifying_key(&OTHER), verifying_key(&OURS)];
    let read = IdentityProvider::parse(xml.as_bytes(), Trust::Signed(&anchors), now()).unwrap();
    assert_eq!(read.entity_id.as_str(), IDP);
    assert_eq!(read.single_sign_on, configuration(IDP).single_sign_on);
    assert_eq!(read.sign_on(EndpointBinding::HttpRedirect).unwrap().location, format!("{IDP}/sso/redirect"));
    assert_eq!(read.logout(EndpointBinding::HttpRedirect).unwrap().for_responses(), format!("{IDP}/slo/answer"));
    assert_eq!(read.signing_keys, [verifying_key(&OURS), verifying_key(&OTHER)]);
    assert_eq!(read.attributes, ["spidCode", "fiscalNumber"]);
    assert!(read.wants_signed_requests && read.valid_until.is_none());
    let stranger = IdentityProvider::parse(xml.as_bytes(), Trust::Signed(&anchors[..1]), now());
    assert_eq!(stranger, Err(MetadataError::Signature(SignatureError::Key)));
}

#[test]
fn wrong_configurations_are_refused() {
    let spoiled = |spoil: fn(&mut Configuration)| {
        let mut wrong = configuration(IDP);
        spoil(&mut wrong);
        wrong.check().unwrap_err()
    };
    assert_eq!(spoiled(|wrong| wrong.single_logout.clear()), ConfigurationError::Nothing("endpoint to sign out"));
    assert_eq!(spoiled(|wrong| wrong.single_sign_on[0].binding = EndpointBinding::Soap), ConfigurationError::Soap);
    let address = "http://idp.example.it";
    assert_eq!(
        spoiled(|wrong| wrong.entity_id = EntityId::parse("http://idp.example.it").unwrap()),
        ConfigurationError::Address(address.into())
    );
}

#[test]
fn others_judge_ours() {
    use std::process::Command;
    let Some(xmllint) = judge::system("xmllint", "--version") else { return };
    let Some(schema) = judge::schema("saml-schema-metadata-2.0.xsd") else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("metadata.xml");
    std::fs::write(&file, signed(IDP, 3)).unwrap();
    let run = Command::new(xmllint).args(["--nonet", "--noout", "--schema"]).arg(schema).arg(&file).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    let Some(xmlsec) = judge::system("xmlsec1", "--version") else { return };
    let attribute = "--id-attr:ID";
    let run = Command::new(xmlsec)
        .args(["--verify", "--insecure", attribute, "urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor"])
        .arg(&file)
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
}

/// `spid-sp-test` exports the metadata of its own provider; with them our service provider meets it.
#[test]
fn the_provider_of_the_judge_is_understood() {
    use std::process::Command;
    let Some(program) = judge::program("spid_sp_test") else { return };
    let Some(_) = judge::system("xmlsec1", "--version") else { return };
    let run = Command::new(program).arg("--idp-metadata").output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    let xml = text.get(text.find("<?xml").or_else(|| text.find('<')).unwrap()..).unwrap().trim();
    let read = IdentityProvider::parse(xml.as_bytes(), Trust::Unsigned, now()).unwrap_or_else(|e| panic!("{e}: {xml}"));
    assert_eq!(read.entity_id.as_str(), "https://localhost:8443");
    assert!(read.sign_on(EndpointBinding::HttpPost).is_some() && read.sign_on(EndpointBinding::HttpRedirect).is_some());
}

#[test]
fn in_an_aggregate_one_broken_provider_spoils_no_other() {
    let good = ["https://a.example.it", "https://b.example.it", "https://c.example.it"];
    let mut entities: Vec<String> = good.iter().zip(10..).map(|(entity_id, seed)| signed(entity_id, seed)).collect();
    entities.push(signed("https://d.example.it", 20).replace("X509Certificate>", "X509Nothing>"));
    entities.push(signed("https://twice.example.it", 21));
    entities.push(signed("https://twice.example.it", 22));
    let old = r#"<md:EntityDescriptor validUntil="2020-01-01T00:00:00Z""#;
    entities.push(signed("https://old.example.it", 23).replace("<md:EntityDescriptor", old));
    entities.push(crate::metadata::provider("spid-sp-public").metadata(&id(24), &OURS, &[]).unwrap());
    let xml = aggregate(&entities, r#"validUntil="2027-01-01T00:00:00Z""#);
    let anchors = [verifying_key(&OURS)];
    let read = Aggregate::parse(xml.as_bytes(), Trust::Signed(&anchors), now()).unwrap();
    let ids: Vec<&str> = read.providers.iter().map(|provider| provider.entity_id.as_str()).collect();
    assert_eq!(ids, good);
    assert_eq!(read.providers[0].valid_until, Some("2027-01-01T00:00:00Z".parse().unwrap()));
    let broken: Vec<_> = read.broken.iter().map(|broken| (broken.entity_id.as_str(), &broken.error)).collect();
    assert_eq!(broken[0], ("https://d.example.it", &MetadataError::NoKey));
    assert_eq!(broken[1], ("https://twice.example.it", &MetadataError::Repeated));
    assert_eq!(broken[2], ("https://twice.example.it", &MetadataError::Repeated));
    assert_eq!(broken[3].0, "https://old.example.it");
    assert!(matches!(broken[3].1, MetadataError::Expired { .. }));
    assert_eq!(broken.len(), 4);
    let late = Aggregate::parse(xml.as_bytes(), Trust::Signed(&anchors), now() + days(60));
    assert!(matches!(late, Err(MetadataError::Expired { .. })));
    let changed = xml.replace("https://a.example.it/sso", "https://evil.example.it/sso");
    let changed = Aggregate::parse(changed.as_bytes(), Trust::Signed(&anchors), now());
    assert_eq!(changed, Err(MetadataError::Signature(SignatureError::Digest)));
}
