//! How many Responses a second of one processor verifies by every rule, beside what the cryptography alone costs: two
//! RSA verifications and SHA-256 of the same bytes. Run with `cargo bench -p spid --bench response`.
#![expect(clippy::print_stdout, reason = "the figures are the purpose")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot be set up has nothing to say")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use spid::saml::binding::{from_form, to_form};
use spid::saml::{Attribute, AttributeSet, Comparison, Dialect, EntityId, Level, MessageId, parse_instant};
use spid::signature::{Place, SigningKey, sign};
use spid::sp::PendingRequest;
use spid::sp::response::{Input, Policy, verify};

const AT: &str = "2026-11-22T10:00:00Z";
const ATTRIBUTES: [Attribute; 14] = [
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

fn main() {
    let key = key();
    let xml = response(&key);
    let (saml_response, pending, keys) = (to_form(&xml), pending(), [key.verifying_key().unwrap()]);
    let (now, policy) = (parse_instant(AT).unwrap(), Policy::default());
    let input = Input { saml_response: &saml_response, pending: &pending, keys: &keys, now, policy };
    assert_eq!(verify(&input).unwrap().attributes.iter().count(), ATTRIBUTES.len());
    println!("Response of {} bytes, {} attributes, both parts signed", xml.len(), ATTRIBUTES.len());
    measure("verified by every rule", || drop(black_box(verify(&input).unwrap())));
    measure("decoded and parsed only", || {
        let bytes = from_form(&saml_response).unwrap();
        drop(black_box(spid::xml::parse(&bytes).unwrap()));
    });
    floor(&xml);
}

/// What no verification can do without.
fn floor(xml: &str) {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let public = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key().as_ref()).unwrap();
    let mut value = vec![0; pair.public_modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), b"message", &mut value).unwrap();
    measure("two RSA verifications and SHA-256 of both parts", || {
        let assertion = xml.find("<saml:Assertion").unwrap();
        black_box((digest(&SHA256, xml.as_bytes()), digest(&SHA256, &xml.as_bytes()[assertion..])));
        public.verify_sig(b"message", &value).unwrap();
        public.verify_sig(b"message", &value).unwrap();
    });
}

/// The best of ten windows, because other programs only make it slower.
fn measure(what: &str, mut once: impl FnMut()) {
    let best = (0..10)
        .map(|_| {
            let (start, cpu, mut rounds) = (Instant::now(), processor_time(), 0_u32);
            while start.elapsed() < Duration::from_millis(250) {
                once();
                rounds += 1;
            }
            let spent = processor_time().zip(cpu).map_or_else(|| start.elapsed(), |(after, before)| after - before);
            f64::from(rounds) / spent.as_secs_f64()
        })
        .fold(0.0, f64::max);
    println!("{what}: {best:.0} a second of processor time, {:.0} microseconds each", 1e6 / best);
}

/// How long this thread has run, where Linux says it.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn key() -> SigningKey {
    let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
    let certificate = CertificateParams::new(Vec::new()).unwrap().self_signed(&pair).unwrap();
    SigningKey::from_pem(&pair.serialize_pem(), &certificate.pem()).unwrap()
}

fn pending() -> PendingRequest {
    PendingRequest {
        id: MessageId::parse("_request").unwrap(),
        issue_instant: parse_instant(AT).unwrap(),
        issuer: EntityId::parse("https://sp.example").unwrap(),
        provider: EntityId::parse("https://idp.example").unwrap(),
        consumer_url: "https://sp.example/acs".to_owned(),
        level: Level::Two,
        comparison: Comparison::Minimum,
        attributes: AttributeSet::new(ATTRIBUTES),
        dialect: Dialect::Spid,
    }
}

fn response(key: &SigningKey) -> String {
    let issuer =
        r#"<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">https://idp.example</saml:Issuer>"#;
    let attributes: String = ATTRIBUTES
        .iter()
        .map(|attribute| {
            format!(
                "\n      <saml:Attribute Name=\"{}\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:basic\">\
         <saml:AttributeValue xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xs:{}\">a value of some length\
         </saml:AttributeValue></saml:Attribute>",
                attribute.name(),
                attribute.xsd_type(),
            )
        })
        .collect();
    let xml = format!(
        r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
  ID="_response" Version="2.0" IssueInstant="{AT}" Destination="https://sp.example/acs" InResponseTo="_request">{issuer}
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  <saml:Assertion ID="_assertion" Version="2.0" IssueInstant="{AT}">{issuer}
    <saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" NameQualifier="https://idp.example">_name</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
        InResponseTo="_request" NotOnOrAfter="2026-11-22T10:05:00Z" Recipient="https://sp.example/acs"/></saml:SubjectConfirmation></saml:Subject>
    <saml:Conditions NotBefore="{AT}" NotOnOrAfter="2026-11-22T10:05:00Z"><saml:AudienceRestriction>
      <saml:Audience>https://sp.example</saml:Audience></saml:AudienceRestriction></saml:Conditions>
    <saml:AuthnStatement AuthnInstant="{AT}"><saml:AuthnContext>
      <saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL2</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
    <saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion></samlp:Response>"#
    );
    let signed = sign(&xml, "_assertion", key, Place::AfterIssuer).unwrap();
    sign(&signed, "_response", key, Place::AfterIssuer).unwrap()
}
