//! Requests: what the rules ask for, and that others can check what we sign.

use spid::saml::binding::{from_form, from_query, percent_decode};
use spid::saml::{
    Attribute, AttributeSet, Comparison, Dialect, EntityId, Level, MessageId, Purpose, RelayState, RelayStateError,
};
use spid::signature::{Place, verify, verify_query};
use spid::sp::{AuthnRequest, ConsumerService};
use spid::xml::{self, Document, ns};

use crate::support::keys::ours;
use crate::support::provider::{CONSUMER, PROVIDER, US, at};
use crate::support::xmlsec::{self, Trust};

fn request() -> AuthnRequest {
    AuthnRequest {
        id: MessageId::from_random([0xab; 20]),
        issue_instant: at("2026-11-22T10:00:00.999Z"),
        issuer: EntityId::parse(US).unwrap(),
        provider: EntityId::parse(PROVIDER).unwrap(),
        destination: "https://idp.example/sso".to_owned(),
        dialect: Dialect::Spid,
        level: Level::One,
        comparison: Comparison::Minimum,
        force_authn: false,
        consumer: ConsumerService::Index { index: 0, url: CONSUMER.to_owned() },
        attribute_index: 3,
        attributes: AttributeSet::new([Attribute::FiscalNumber]),
        purpose: None,
    }
}

fn relay_state() -> RelayState {
    RelayState::new("a+b/c d=").unwrap()
}

fn posted(request: &AuthnRequest) -> String {
    let form = request.to_post(&ours().signing, &relay_state()).unwrap();
    assert_eq!((form.action.as_str(), form.field), ("https://idp.example/sso", "SAMLRequest"));
    let xml = String::from_utf8(from_form(&form.value).unwrap()).unwrap();
    assert_eq!(xml, form.xml);
    xml
}

fn names(document: &Document<'_>) -> Vec<String> {
    document.root().elements().map(|element| element.local_name().to_owned()).collect()
}

#[test]
fn has_what_the_rules_ask_for_in_the_order_of_the_schema() {
    let xml = posted(&AuthnRequest { purpose: Some(Purpose::ProfessionalForLegalPerson), ..request() });
    let document = xml::parse(xml.as_bytes()).unwrap();
    let root = document.root();
    assert_eq!(names(&document), ["Issuer", "Signature", "Extensions", "NameIDPolicy", "RequestedAuthnContext"]);
    let expected = [
        ("ID", "_abababababababababababababababababababab"),
        ("Version", "2.0"),
        ("IssueInstant", "2026-11-22T10:00:00Z"),
        ("Destination", "https://idp.example/sso"),
        ("AssertionConsumerServiceIndex", "0"),
        ("AttributeConsumingServiceIndex", "3"),
    ];
    for (name, value) in expected {
        assert_eq!(root.attribute(name), Some(value), "{name}");
    }
    for absent in ["IsPassive", "ForceAuthn", "AssertionConsumerServiceURL", "ProtocolBinding"] {
        assert_eq!(root.attribute(absent), None, "{absent}");
    }
    let issuer = root.child(ns::ASSERTION, "Issuer").unwrap();
    assert_eq!((issuer.text().as_deref(), issuer.attribute("NameQualifier")), (Some(US), Some(US)));
    let policy = root.child(ns::PROTOCOL, "NameIDPolicy").unwrap();
    assert_eq!(policy.attribute("AllowCreate"), None);
    let purpose = root.child(ns::PROTOCOL, "Extensions").unwrap().child(ns::SPID, "Purpose").unwrap();
    assert_eq!(purpose.text().as_deref(), Some("PG"));
    let context = root.child(ns::PROTOCOL, "RequestedAuthnContext").unwrap();
    assert_eq!(context.attribute("Comparison"), Some("minimum"));
    let class = context.child(ns::ASSERTION, "AuthnContextClassRef").unwrap();
    assert_eq!(class.text().as_deref(), Some("https://www.spid.gov.it/SpidL1"));
}

#[test]
fn higher_levels_and_cie_force_a_new_authentication() {
    for (level, dialect, asked, forced) in [
        (Level::One, Dialect::Spid, false, None),
        (Level::One, Dialect::Spid, true, Some("true")),
        (Level::Two, Dialect::Spid, false, Some("true")),
        (Level::Three, Dialect::Spid, false, Some("true")),
        (Level::One, Dialect::Cie, false, Some("true")),
    ] {
        let xml = posted(&AuthnRequest { level, dialect, force_authn: asked, ..request() });
        let document = xml::parse(xml.as_bytes()).unwrap();
        assert_eq!(document.root().attribute("ForceAuthn"), forced, "{level:?} {dialect:?}");
    }
}

#[test]
fn an_address_comes_with_its_binding() {
    let xml = posted(&AuthnRequest { consumer: ConsumerService::Url(CONSUMER.to_owned()), ..request() });
    let document = xml::parse(xml.as_bytes()).unwrap();
    assert_eq!(document.root().attribute("AssertionConsumerServiceURL"), Some(CONSUMER));
    let post = Some("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST");
    assert_eq!(document.root().attribute("ProtocolBinding"), post);
    assert_eq!(document.root().attribute("AssertionConsumerServiceIndex"), None);
}

#[test]
fn what_is_remembered_is_what_was_written() {
    let pending = request().pending();
    assert_eq!(pending.issue_instant, at("2026-11-22T10:00:00Z"));
    assert_eq!(pending.consumer_url, CONSUMER);
}

#[test]
fn we_and_xmlsec_accept_the_signature() {
    let xml = posted(&request());
    let document = xml::parse(xml.as_bytes()).unwrap();
    let keys = [ours().verifying.clone()];
    assert!(verify(document.root(), Place::AfterIssuer, &keys).is_ok());
    if xmlsec::available("xmlsec1") {
        assert!(xmlsec::verifies(&xml, 1, Trust::Certificate(&ours().certificate_pem)));
    }
}

#[test]
fn a_redirection_is_signed_over_its_query_and_escaped_like_pythons_quote_plus() {
    let request = AuthnRequest { destination: "https://idp.example/sso?a=b".to_owned(), ..request() };
    let redirection = request.to_redirect(&ours().signing, &relay_state()).unwrap();
    let query = redirection.url.strip_prefix("https://idp.example/sso?a=b&").unwrap();
    let names: Vec<_> = query.split('&').map(|pair| pair.split_once('=').unwrap().0).collect();
    assert_eq!(names, ["SAMLRequest", "RelayState", "SigAlg", "Signature"]);
    assert!(query.contains("&RelayState=a%2Bb%2Fc+d%3D&"));
    assert!(query.contains("&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256&"));
    let keys = [ours().verifying.clone()];
    assert_eq!(verify_query("SAMLRequest", query, &keys), Ok(0));
    let raw = query.split('&').next().unwrap().strip_prefix("SAMLRequest=").unwrap();
    let xml = String::from_utf8(from_query(raw).unwrap()).unwrap();
    assert_eq!(xml, redirection.xml);
    assert!(!xml.contains("Signature"));
    assert_eq!(percent_decode("a%2Bb%2Fc+d%3D").as_deref(), Some(relay_state().as_str()));
}

#[test]
fn values_are_escaped() {
    let destination = "https://idp.example/?a=1&b=\"<x>\"".to_owned();
    let xml = AuthnRequest { destination: destination.clone(), ..request() }.to_post(&ours().signing, &relay_state());
    let xml = xml.unwrap().xml;
    let document = xml::parse(xml.as_bytes()).unwrap();
    assert_eq!(document.root().attribute("Destination"), Some(destination.as_str()));
}

#[test]
fn a_relay_state_tells_nothing() {
    assert_eq!(RelayState::new("https://sp.example/page"), Err(RelayStateError::Address));
    assert_eq!(RelayState::new("xHTTPx"), Err(RelayStateError::Address));
    assert_eq!(RelayState::new(&"x".repeat(81)), Err(RelayStateError::Length));
    assert_eq!(RelayState::new(""), Err(RelayStateError::Length));
    assert_eq!(RelayState::new("a\nb"), Err(RelayStateError::Control));
    assert!(RelayState::new(&"x".repeat(80)).is_ok());
}
