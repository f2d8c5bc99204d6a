//! An identity provider of paper: every part of its Response can be replaced, and then it is signed or not.

use std::collections::BTreeMap;

use jiff::Timestamp;
use spid::saml::binding::to_form;
use spid::saml::{Attribute, AttributeSet, Comparison, Dialect, EntityId, Level, MessageId, parse_instant};
use spid::signature::{Place, SigningKey, sign};
use spid::sp::PendingRequest;
use spid::sp::response::{Identity, Input, Policy, ResponseError, verify};

use super::keys;

pub const PROVIDER: &str = "https://idp.example";
pub const US: &str = "https://sp.example";
pub const CONSUMER: &str = "https://sp.example/acs";
pub const REQUEST_AT: &str = "2026-11-22T10:00:00Z";
pub const NOW: &str = "2026-11-22T10:00:20Z";
/// What a good Response says, and what no forged one may make us believe otherwise.
pub const NAME: &str = "_that-transient-opaque-value";

/// The parts of a Response. Braces name parts.
const PARTS: &[(&str, &str)] = &[
    ("pre", ""),
    (
        "response",
        concat!(
            r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" "#,
            r#"xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" {Destination} {ID} {InResponseTo} {IssueInstant} {Version}>"#,
            "{Issuer}{Status}{Assertion}</samlp:Response>"
        ),
    ),
    ("Destination", r#"Destination="https://sp.example/acs""#),
    ("ID", r#"ID="_response""#),
    ("InResponseTo", r#"InResponseTo="_request""#),
    ("IssueInstant", r#"IssueInstant="2026-11-22T10:00:00Z""#),
    ("Version", r#"Version="2.0""#),
    ("Issuer", "<saml:Issuer {Issuer.Format}>{provider}</saml:Issuer>"),
    ("Issuer.Format", r#"Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity""#),
    ("provider", PROVIDER),
    (
        "Status",
        r#"<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>"#,
    ),
    (
        "Assertion",
        concat!(
            r#"<saml:Assertion xmlns:xs="http://www.w3.org/2001/XMLSchema" "#,
            r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" {A.ID} {A.IssueInstant} {A.Version}>"#,
            "{A.Issuer}{Subject}{Conditions}{AuthnStatement}{AttributeStatement}</saml:Assertion>"
        ),
    ),
    ("A.ID", r#"ID="_assertion""#),
    ("A.IssueInstant", r#"IssueInstant="2026-11-22T10:00:00Z""#),
    ("A.Version", r#"Version="2.0""#),
    ("A.Issuer", "<saml:Issuer {A.Issuer.Format}>{provider}</saml:Issuer>"),
    ("A.Issuer.Format", r#"Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity""#),
    ("Subject", "<saml:Subject>{NameID}{SubjectConfirmation}</saml:Subject>"),
    ("NameID", "<saml:NameID {NameID.Format} {NameQualifier}>\n        {name}\n      </saml:NameID>"),
    ("NameID.Format", r#"Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient""#),
    ("NameQualifier", r#"NameQualifier="https://idp.example""#),
    ("name", NAME),
    ("SubjectConfirmation", "<saml:SubjectConfirmation {Method}>{SubjectConfirmationData}</saml:SubjectConfirmation>"),
    ("Method", r#"Method="urn:oasis:names:tc:SAML:2.0:cm:bearer""#),
    ("SubjectConfirmationData", "<saml:SubjectConfirmationData {S.InResponseTo} {S.NotOnOrAfter} {Recipient}/>"),
    ("S.InResponseTo", r#"InResponseTo="_request""#),
    ("S.NotOnOrAfter", r#"NotOnOrAfter="2026-11-22T10:05:00Z""#),
    ("Recipient", r#"Recipient="https://sp.example/acs""#),
    ("Conditions", "<saml:Conditions {NotBefore} {NotOnOrAfter}>{AudienceRestriction}</saml:Conditions>"),
    ("NotBefore", r#"NotBefore="2026-11-22T10:00:00Z""#),
    ("NotOnOrAfter", r#"NotOnOrAfter="2026-11-22T10:05:00Z""#),
    ("AudienceRestriction", "<saml:AudienceRestriction>{Audience}</saml:AudienceRestriction>"),
    ("Audience", "<saml:Audience>https://sp.example</saml:Audience>"),
    (
        "AuthnStatement",
        r#"<saml:AuthnStatement AuthnInstant="2026-11-22T10:00:10Z" {SessionIndex}>{AuthnContext}</saml:AuthnStatement>"#,
    ),
    ("SessionIndex", r#"SessionIndex="_session""#),
    ("AuthnContext", "<saml:AuthnContext>{ClassRef}</saml:AuthnContext>"),
    ("ClassRef", "<saml:AuthnContextClassRef>{level}</saml:AuthnContextClassRef>"),
    ("level", "https://www.spid.gov.it/SpidL1"),
    ("AttributeStatement", "<saml:AttributeStatement>{attributes}</saml:AttributeStatement>"),
    ("attributes", "{attribute.name}{attribute.fiscalNumber}{attribute.dateOfBirth}"),
    ("attribute.name", r#"<saml:Attribute Name="name">{string}SpidValidator</saml:AttributeValue></saml:Attribute>"#),
    (
        "attribute.fiscalNumber",
        r#"<saml:Attribute Name="fiscalNumber">{string}TINIT-GDASDV00A01H501J</saml:AttributeValue></saml:Attribute>"#,
    ),
    (
        "attribute.dateOfBirth",
        r#"<saml:Attribute Name="dateOfBirth"><saml:AttributeValue xsi:type="xs:date">2000-01-01</saml:AttributeValue></saml:Attribute>"#,
    ),
    ("string", r#"<saml:AttributeValue xsi:type="xs:string">"#),
];

/// A Response in the making.
#[derive(Clone)]
pub struct Paper {
    parts: BTreeMap<String, String>,
    response_key: Option<&'static SigningKey>,
    assertion_key: Option<&'static SigningKey>,
}

/// A good Response, of which both parts will be signed.
pub fn good() -> Paper {
    let parts = PARTS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let key = Some(&keys::provider().signing);
    Paper { parts, response_key: key, assertion_key: key }
}

impl Paper {
    /// Replaces a part.
    pub fn with(mut self, part: &str, value: &str) -> Self {
        let known = self.parts.insert(part.to_owned(), value.to_owned());
        assert!(known.is_some(), "no part is named {part}");
        self
    }

    /// Signs with these keys, or not at all.
    pub fn signed_by(self, response: Option<&'static SigningKey>, assertion: Option<&'static SigningKey>) -> Self {
        Self { response_key: response, assertion_key: assertion, ..self }
    }

    /// Signs the assertion only, as most providers do.
    pub fn assertion_signed(self) -> Self {
        Self { response_key: None, ..self }
    }

    /// The text without signatures.
    pub fn unsigned(&self) -> String {
        let mut text = "{pre}{response}".to_owned();
        while let Some((before, name, behind)) = next_part(&text) {
            let value = self.parts.get(name).unwrap_or_else(|| panic!("no part is named {name}"));
            text = [before, value, behind].concat();
        }
        text
    }

    /// The text with its signatures.
    pub fn xml(&self) -> String {
        let mut xml = self.unsigned();
        if let Some(key) = self.assertion_key {
            xml = sign(&xml, "_assertion", key, Place::AfterIssuer).unwrap();
        }
        match self.response_key {
            Some(key) => sign(&xml, "_response", key, Place::AfterIssuer).unwrap(),
            None => xml,
        }
    }
}

fn next_part(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, behind) = rest.split_once('}')?;
    Some((before, name, behind))
}

pub fn at(text: &str) -> Timestamp {
    parse_instant(text).unwrap()
}

/// The request to which the paper is the answer.
pub fn pending() -> PendingRequest {
    PendingRequest {
        id: MessageId::parse("_request").unwrap(),
        issue_instant: at(REQUEST_AT),
        issuer: EntityId::parse(US).unwrap(),
        provider: EntityId::parse(PROVIDER).unwrap(),
        consumer_url: CONSUMER.to_owned(),
        level: Level::One,
        comparison: Comparison::Minimum,
        attributes: AttributeSet::new([Attribute::Name, Attribute::FiscalNumber]),
        dialect: Dialect::Spid,
    }
}

/// What we make of a Response to that request.
pub fn received(xml: &str) -> Result<Identity, ResponseError> {
    received_for(xml, &pending())
}

/// What we make of a Response to `pending`.
pub fn received_for(xml: &str, pending: &PendingRequest) -> Result<Identity, ResponseError> {
    let keys = [keys::provider().verifying.clone()];
    let saml_response = to_form(xml);
    verify(&Input { saml_response: &saml_response, pending, keys: &keys, now: at(NOW), policy: Policy::default() })
}
