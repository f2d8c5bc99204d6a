//! A service that asks whatever it is told to, and the provider that hears it.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use spid::idp::request::{AcceptedRequest, Incoming, PageCode, Policy, Receiver, RequestError, verify};
use spid::idp::response::{Authentication, Ids, Provider, Statement};
use spid::metadata::client::Client;
use spid::metadata::{Endpoint, EndpointBinding, Trust};
use spid::saml::binding::{percent_encode, to_form, to_query};
use spid::saml::{
    Attribute, AttributeSet, Attributes, Comparison, Dialect, EntityId, ErrorCode, Level, MessageId, RelayState,
};
use spid::signature::{Place, SigningKey, sign, sign_query};
use spid::sp::{AuthnRequest, ConsumerService};

use crate::materials::{ENTITY, OURS, id, now};
use crate::metadata::provider as service;
use crate::support::keys;

pub const PROVIDER: &str = "https://idp.example";
pub const SSO: &str = "https://idp.example/sso";
pub const CONSUMER: &str = "https://sp.example.it/spid/acs";
pub const SECOND_CONSUMER: &str = "https://sp.example.it/spid/acs?desk=2&lang=it";

pub static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let metadata = service("spid-sp-public").metadata(&id(1), &OURS, &[]).unwrap();
    Client::parse(metadata.as_bytes(), Trust::Unsigned, now()).unwrap()
});

pub fn entity(text: &str) -> EntityId {
    EntityId::parse(text).unwrap()
}

pub fn provider() -> Provider {
    Provider { entity_id: entity(PROVIDER), key: keys::provider().signing.clone() }
}

pub fn endpoints() -> Vec<Endpoint> {
    [EndpointBinding::HttpPost, EndpointBinding::HttpRedirect]
        .map(|binding| Endpoint { binding, location: SSO.to_owned(), response_location: None })
        .to_vec()
}

/// Hears a request at an address and a moment.
pub fn hear_at(incoming: &Incoming<'_>, at: &str, moment: Timestamp) -> Result<AcceptedRequest, RequestError> {
    let (entity_id, endpoints) = (entity(PROVIDER), endpoints());
    let receiver =
        Receiver { entity_id: &entity_id, endpoints: &endpoints, at, now: moment, policy: Policy::default() };
    verify(incoming, &receiver, |issuer| (issuer.as_str() == ENTITY).then_some(&*CLIENT))
}

/// Hears a request at the right place and time.
pub fn hear(incoming: &Incoming<'_>) -> Result<AcceptedRequest, RequestError> {
    hear_at(incoming, SSO, now())
}

/// A request as our own service provider makes it.
pub fn request() -> AuthnRequest {
    AuthnRequest {
        id: id(7),
        issue_instant: now(),
        issuer: entity(ENTITY),
        provider: entity(PROVIDER),
        destination: SSO.to_owned(),
        dialect: Dialect::Spid,
        level: Level::One,
        comparison: Comparison::Minimum,
        force_authn: false,
        consumer: ConsumerService::Index { index: 0, url: CONSUMER.to_owned() },
        attribute_index: 0,
        attributes: AttributeSet::new([Attribute::Name, Attribute::FamilyName, Attribute::FiscalNumber]),
        purpose: None,
    }
}

/// Sends a request of ours by POST, and hears it.
pub fn posted(request: &AuthnRequest) -> Result<AcceptedRequest, RequestError> {
    let form = request.to_post(&OURS, &RelayState::new("a+b/c d=").unwrap()).unwrap();
    hear(&Incoming::Post { saml_request: &form.value, relay_state: Some("a+b/c d=") })
}

pub fn accepted(request: &AuthnRequest) -> AcceptedRequest {
    posted(request).unwrap()
}

/// The text of a good request, without a signature.
pub const TEXT: &str = concat!(
    r#"<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" "#,
    r#"ID="_request" Version="2.0" IssueInstant="2026-11-22T10:00:00Z" Destination="https://idp.example/sso" "#,
    r#"AssertionConsumerServiceIndex="0" AttributeConsumingServiceIndex="0">"#,
    r#"<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity" NameQualifier="https://sp.example.it/spid">https://sp.example.it/spid</saml:Issuer>"#,
    r#"<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"/>"#,
    r#"<samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL1</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>"#,
    "</samlp:AuthnRequest>"
);

/// The text with a part replaced.
pub fn spoiled(from: &str, to: &str) -> String {
    assert!(TEXT.contains(from), "{from}");
    TEXT.replace(from, to)
}

/// Signs a text inside with the service's key and hears it by POST.
pub fn hear_post(xml: &str) -> Result<AcceptedRequest, RequestError> {
    hear_signed_post(xml, &OURS)
}

pub fn hear_signed_post(xml: &str, key: &SigningKey) -> Result<AcceptedRequest, RequestError> {
    let signed = sign(xml, "_request", key, Place::AfterIssuer).unwrap();
    hear(&Incoming::Post { saml_request: &to_form(&signed), relay_state: None })
}

/// The query that carries a text, signed with a key.
pub fn query(xml: &str, key: &SigningKey) -> String {
    sign_query(&format!("SAMLRequest={}&RelayState={}", to_query(xml), percent_encode("a b&c")), key).unwrap()
}

/// Signs a text in a query and hears it by Redirect.
pub fn hear_redirect(xml: &str) -> Result<AcceptedRequest, RequestError> {
    hear(&Incoming::Redirect { query: &query(xml, &OURS) })
}

/// Which page a result shows.
pub fn page(result: Result<AcceptedRequest, RequestError>) -> Option<PageCode> {
    match result {
        Err(RequestError::Page(page)) => Some(page.code),
        _ => None,
    }
}

/// Which error the service gets, and where.
pub fn reply(result: Result<AcceptedRequest, RequestError>) -> Option<(ErrorCode, String)> {
    match result {
        Err(RequestError::Reply(rejection)) => Some((rejection.code, rejection.reply_to.consumer_url)),
        _ => None,
    }
}

pub fn person() -> Attributes {
    Attributes::new(
        [
            (Attribute::SpidCode, "POST000000001A"),
            (Attribute::Name, "Àda <&>"),
            (Attribute::FamilyName, "Rossi"),
            (Attribute::FiscalNumber, "TINIT-RSSDAA80A41H501X"),
            (Attribute::DateOfBirth, "1980-01-01"),
            (Attribute::Email, "ada@example.it"),
        ]
        .map(|(attribute, value)| (attribute, value.to_owned())),
    )
}

pub fn level(level: Level) -> Authentication {
    let instant = now();
    match level {
        Level::One => Authentication::One { instant, session_index: "_session".to_owned() },
        Level::Two => Authentication::Two { instant },
        Level::Three => Authentication::Three { instant },
    }
}

pub fn statement<'a>(authentication: &'a Authentication, attributes: &'a Attributes) -> Statement<'a> {
    Statement { authentication, name_id: "_name", attributes, lifetime: SignedDuration::from_mins(3) }
}

pub fn ids() -> Ids {
    Ids { response: MessageId::from_random([1; 20]), assertion: MessageId::from_random([2; 20]) }
}
