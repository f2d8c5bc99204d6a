//! The Response that is measured, of some 10 kB, and the keys that sign it.

use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use spid::saml::{Attribute, AttributeSet, Comparison, Dialect, EntityId, Level, MessageId, parse_instant};
use spid::signature::{Place, SigningKey, sign};
use spid::sp::PendingRequest;

pub const PROVIDER: &str = "https://idp.example";
pub const SERVICE: &str = "https://sp.example";
pub const CONSUMER: &str = "https://sp.example/acs";
pub const REQUEST: &str = "_request";

pub const ATTRIBUTES: [Attribute; 14] = [
    Attribute::SpidCode,
    Attribute::Name,
    Attribute::FamilyName,
    Attribute::PlaceOfBirth,
    Attribute::CountyOfBirth,
    Attribute::DateOfBirth,
    Attribute::Gender,
    Attribute::CompanyName,
    Attribute::RegisteredOffice,
    Attribute::FiscalNumber,
    Attribute::IvaCode,
    Attribute::IdCard,
    Attribute::Email,
    Attribute::MobilePhone,
];

pub fn key() -> SigningKey {
    let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
    let certificate = CertificateParams::new(Vec::new()).unwrap().self_signed(&pair).unwrap();
    SigningKey::from_pem(&pair.serialize_pem(), &certificate.pem()).unwrap()
}

pub fn pending(at: &str) -> PendingRequest {
    PendingRequest {
        id: MessageId::parse(REQUEST).unwrap(),
        issue_instant: parse_instant(at).unwrap(),
        issuer: EntityId::parse(SERVICE).unwrap(),
        provider: EntityId::parse(PROVIDER).unwrap(),
        consumer_url: CONSUMER.to_owned(),
        level: Level::Two,
        comparison: Comparison::Minimum,
        attributes: AttributeSet::new(ATTRIBUTES),
        dialect: Dialect::Spid,
    }
}

/// Both parts signed, made at `at` and good until `until`.
pub fn response(key: &SigningKey, at: &str, until: &str) -> String {
    let issuer =
        r#"<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">https://idp.example</saml:Issuer>"#;
    let attributes: String = ATTRIBUTES
        .iter()
        .map(|attribute| {
            format!(
                "\n      <saml:Attribute Name=\"{}\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:basic\">\
         <saml:AttributeValue xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xs:{}\">{}\
         </saml:AttributeValue></saml:Attribute>",
                attribute.name(),
                attribute.xsd_type(),
                if attribute.xsd_type() == "date" { "1980-01-01" } else { "a value of some length" },
            )
        })
        .collect();
    let xml = format!(
        r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
  ID="_response" Version="2.0" IssueInstant="{at}" Destination="https://sp.example/acs" InResponseTo="_request">{issuer}
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  <saml:Assertion ID="_assertion" Version="2.0" IssueInstant="{at}">{issuer}
    <saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" NameQualifier="https://idp.example">_name</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
        InResponseTo="_request" NotOnOrAfter="{until}" Recipient="https://sp.example/acs"/></saml:SubjectConfirmation></saml:Subject>
    <saml:Conditions NotBefore="{at}" NotOnOrAfter="{until}"><saml:AudienceRestriction>
      <saml:Audience>https://sp.example</saml:Audience></saml:AudienceRestriction></saml:Conditions>
    <saml:AuthnStatement AuthnInstant="{at}"><saml:AuthnContext>
      <saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL2</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
    <saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion></samlp:Response>"#
    );
    let signed = sign(&xml, "_assertion", key, Place::AfterIssuer).unwrap();
    sign(&signed, "_response", key, Place::AfterIssuer).unwrap()
}
