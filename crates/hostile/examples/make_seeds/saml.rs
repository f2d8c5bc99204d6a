//! Messages and metadata, by our own writers.

use hostile::world::{
    CONSUMER, PROVIDER, PROVIDER_KEY, SERVICE, SERVICE_KEY, SSO, entity, now, provider_keys, service_keys,
};
use jiff::SignedDuration;
use spid::idp::request::{Incoming, Policy, Receiver, verify};
use spid::idp::response::{Authentication, Ids, Provider, Statement};
use spid::metadata::client::Client;
use spid::metadata::idp;
use spid::metadata::sp::{
    AttributeSet as Asked, Configuration, LocalizedText, LogoutService, OrganizationText, Party, Profile,
    ServiceProvider,
};
use spid::metadata::{Endpoint, EndpointBinding, Trust};
use spid::saml::{Attribute, AttributeSet, Attributes, Comparison, Dialect, Level, MessageId, RelayState};
use spid::signature::{Place, sign};
use spid::sp::{AuthnRequest, ConsumerService};

use super::write;

const ASKED: [Attribute; 2] = [Attribute::Name, Attribute::FiscalNumber];

pub fn make() {
    let metadata = service().metadata(&id("_service"), &SERVICE_KEY, &[]).unwrap();
    write("sp_metadata/1.xml", &metadata);
    providers();
    let client = Client::parse(metadata.as_bytes(), Trust::Signed(&service_keys()), now()).unwrap();
    requests();
    responses(&client);
    assert_eq!(provider_keys().len(), 1);
    write(
        "document/1.xml",
        "<a xmlns=\"urn:a\" xmlns:p=\"urn:p\" ID=\"_a\"><p:b p:c=\"&#9;&lt;\" d='\"'>&#13;\n<![CDATA[<&>]]></p:b><e xmlns=\"\"/></a>",
    );
    write("document/2.xml", &metadata);
    write("json/1.json", r#"{"a":[1,-2,3.5,1e3,true,null,"\u0061\n"],"b":{"c":{}},"d":[]}"#);
}

fn id(text: &str) -> MessageId {
    MessageId::parse(text).unwrap()
}

fn organization() -> Vec<OrganizationText> {
    [("it", "Comune di Prova"), ("en", "Municipality of Prova")]
        .map(|(language, name)| OrganizationText {
            language: language.to_owned(),
            name: name.to_owned(),
            display_name: "Sportello <di prova> & \"altro\"".to_owned(),
            url: "https://www.example.it".to_owned(),
        })
        .to_vec()
}

fn service() -> ServiceProvider {
    let name = |language: &str, text: &str| LocalizedText { language: language.to_owned(), text: text.to_owned() };
    let logout = |binding| LogoutService {
        binding,
        location: "https://sp.example.it/spid/slo".to_owned(),
        response_location: None,
    };
    let party = Party {
        company: "Comune di Prova".to_owned(),
        ipa_code: Some("c_h501".to_owned()),
        email: Some("sportello@comune.prova.it".to_owned()),
        ..Party::default()
    };
    ServiceProvider::new(Configuration {
        entity_id: SERVICE.to_owned(),
        profile: Profile::SpidPublic { party },
        organization: organization(),
        assertion_consumer_services: vec![CONSUMER.to_owned(), format!("{CONSUMER}?desk=2&lang=it")],
        single_logout_services: vec![logout(EndpointBinding::HttpPost), logout(EndpointBinding::HttpRedirect)],
        attribute_sets: vec![Asked {
            index: 0,
            names: vec![name("it", "Accesso"), name("en", "Access")],
            descriptions: Vec::new(),
            attributes: ASKED.map(|attribute| attribute.name().to_owned()).to_vec(),
        }],
    })
    .unwrap()
}

fn providers() {
    let endpoint =
        |binding, location: &str| Endpoint { binding, location: location.to_owned(), response_location: None };
    let configuration = |entity_id: &str| idp::Configuration {
        entity_id: entity(entity_id),
        single_sign_on: vec![endpoint(EndpointBinding::HttpPost, SSO), endpoint(EndpointBinding::HttpRedirect, SSO)],
        single_logout: vec![endpoint(EndpointBinding::HttpRedirect, "https://idp.example/slo")],
        attributes: vec![Attribute::SpidCode, Attribute::FiscalNumber],
        organization: organization(),
    };
    let one = configuration(PROVIDER).metadata(&id("_one"), &PROVIDER_KEY, &[]).unwrap();
    let two = configuration("https://two.example").metadata(&id("_two"), &PROVIDER_KEY, &[]).unwrap();
    let group = format!(
        "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" ID=\"_group\" \
         validUntil=\"2027-01-01T00:00:00Z\">{one}{two}</md:EntitiesDescriptor>"
    );
    write("idp_metadata/1.xml", one);
    write("idp_metadata/2.xml", sign(&group, "_group", &PROVIDER_KEY, Place::First).unwrap());
}

fn request(level: Level, index: bool) -> AuthnRequest {
    let consumer = match index {
        true => ConsumerService::Index { index: 0, url: CONSUMER.to_owned() },
        false => ConsumerService::Url(CONSUMER.to_owned()),
    };
    AuthnRequest {
        id: id("_request"),
        issue_instant: now(),
        issuer: entity(SERVICE),
        provider: entity(PROVIDER),
        destination: SSO.to_owned(),
        dialect: Dialect::Spid,
        level,
        comparison: Comparison::Minimum,
        force_authn: level > Level::One,
        consumer,
        attribute_index: 0,
        attributes: AttributeSet::new(ASKED),
        purpose: None,
    }
}

fn requests() {
    let state = RelayState::new("a+b/c d=").unwrap();
    for (number, asked) in [request(Level::One, true), request(Level::Two, false)].iter().enumerate() {
        let form = asked.to_post(&SERVICE_KEY, &state).unwrap();
        write(&format!("request/{number}.xml"), &form.xml);
        write(&format!("binding/{number}.txt"), &form.value);
        let redirection = asked.to_redirect(&SERVICE_KEY, &state).unwrap();
        let query = redirection.url.split_once('?').unwrap().1;
        write(&format!("query/{number}.txt"), query);
        let value = query.split('&').next().and_then(|field| field.split_once('=')).unwrap().1;
        write(&format!("binding/{number}-deflated.txt"), value);
    }
}

fn responses(client: &Client) {
    let endpoints = hostile::world::endpoints();
    let form = request(Level::One, true).to_post(&SERVICE_KEY, &RelayState::new("state").unwrap()).unwrap();
    let entity_id = entity(PROVIDER);
    let receiver =
        Receiver { entity_id: &entity_id, endpoints: &endpoints, at: SSO, now: now(), policy: Policy::default() };
    let incoming = Incoming::Post { saml_request: &form.value, relay_state: None };
    let accepted = verify(&incoming, &receiver, |_| Some(client)).unwrap();
    let provider = Provider { entity_id, key: PROVIDER_KEY.clone() };
    let authentication = Authentication::One { instant: now(), session_index: "_session".to_owned() };
    let attributes = Attributes::new(
        [(Attribute::Name, "Àda <&>"), (Attribute::FiscalNumber, "TINIT-RSSDAA80A41H501X")]
            .map(|(attribute, value)| (attribute, value.to_owned())),
    );
    let lifetime = SignedDuration::from_mins(3);
    let statement = Statement { authentication: &authentication, name_id: "_name", attributes: &attributes, lifetime };
    let ids = Ids { response: id("_response"), assertion: id("_assertion") };
    write("response/1.xml", provider.succeed(&accepted, &statement, &ids, now()).unwrap().xml);
    let unsigned = by_hand("_other-name");
    write("assertion/1.xml", &unsigned);
    write("response/2.xml", sign(&unsigned, "_assertion", &PROVIDER_KEY, Place::AfterIssuer).unwrap());
}

/// As others write: blanks, attributes in another order, an attribute that nobody asked for.
fn by_hand(name: &str) -> String {
    let (issuer, at) = (format!("Format=\"{FORMAT}:entity\">{PROVIDER}</saml:Issuer>"), "2026-11-22T10:00:00Z");
    let attribute = |name: &str, value: &str| {
        format!(
            "\n   <saml:Attribute Name=\"{name}\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:basic\">\
             <saml:AttributeValue xsi:type=\"xs:string\">{value}</saml:AttributeValue></saml:Attribute>"
        )
    };
    let attributes = [("name", "Ada"), ("fiscalNumber", "TINIT-RSSDAA80A41H501X"), ("email", "ada@example.it")]
        .map(|(name, value)| attribute(name, value));
    format!(
        "<samlp:Response xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" \
         xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" Version=\"2.0\" ID=\"_response\" IssueInstant=\"{at}\" \
         InResponseTo=\"_request\" Destination=\"{CONSUMER}\"><saml:Issuer {issuer}\n <samlp:Status>\
         <samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>\n \
         <saml:Assertion xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ID=\"_assertion\" IssueInstant=\"{at}\" \
         Version=\"2.0\"><saml:Issuer {issuer}\n  <saml:Subject><saml:NameID Format=\"{FORMAT}:transient\" \
         NameQualifier=\"{PROVIDER}\">\n  {name}\n </saml:NameID><saml:SubjectConfirmation \
         Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><saml:SubjectConfirmationData InResponseTo=\"_request\" \
         NotOnOrAfter=\"2026-11-22T10:05:00Z\" Recipient=\"{CONSUMER}\"/></saml:SubjectConfirmation></saml:Subject>\
         <saml:Conditions NotBefore=\"{at}\" NotOnOrAfter=\"2026-11-22T10:05:00Z\"><saml:AudienceRestriction>\
         <saml:Audience>{SERVICE}</saml:Audience></saml:AudienceRestriction></saml:Conditions>\
         <saml:AuthnStatement AuthnInstant=\"{at}\" SessionIndex=\"_session\"><saml:AuthnContext>\
         <saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL1</saml:AuthnContextClassRef></saml:AuthnContext>\
         </saml:AuthnStatement><saml:AttributeStatement>{}</saml:AttributeStatement></saml:Assertion></samlp:Response>",
        attributes.concat()
    )
}

const FORMAT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format";
