//! A service with its own little web server for its metadata, and a browser.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp};
use outside::VirtualClock;
use outside::spid::{Company, Person};
use outside::world::{World, WorldConfig};
use reqwest::{Client, Response};
use spid::certificate::{KeySize, SpCertificate, Subject, Validity};
use spid::metadata::EndpointBinding;
use spid::metadata::Trust;
use spid::metadata::idp::IdentityProvider;
use spid::metadata::sp::{
    AttributeSet as Set, Configuration, LocalizedText, LogoutService, OrganizationText, Party, Profile, ServiceProvider,
};
use spid::saml::{Attribute, AttributeSet, Comparison, Dialect, EntityId, Level, MessageId, RelayState};
use spid::signature::SigningKey;
use spid::sp::response::{Identity, Input, Policy, ResponseError, verify};
use spid::sp::{AuthnRequest, ConsumerService};

pub const START: &str = "2026-02-13T08:00:00Z";
pub const ENTITY: &str = "https://albo.example.it";
pub const CONSUMER: &str = "https://albo.example.it/acs";
pub const LOGOUT: &str = "https://albo.example.it/slo";
pub const ANNA: &str = "RSSNNA80A41H501L";
pub const BRUNO: &str = "VRDBRN75B02F205C";
pub const RELAY: &str = "opaco-1";

pub fn now() -> Timestamp {
    START.parse().unwrap()
}

pub async fn world() -> World {
    let mut config = WorldConfig::new(Arc::new(VirtualClock::frozen(now())));
    let company = Company {
        name: "Autotrasporti <Verdi> SRL".into(),
        fiscal_code: "12345670017".into(),
        vat_number: "12345670017".into(),
        registered_office: "Via Roma 1 00100 Roma RM".into(),
    };
    config.people = vec![
        Person::new("Anna", "Rossi", ANNA, "anna@example.it"),
        Person::new("Bruno", "Verdi", BRUNO, "bruno@example.it")
            .acting_for(company)
            .with(Attribute::DigitalAddress, "verdi@pec.example"),
    ];
    World::start(config).await.unwrap()
}

/// The service's key, made once for all tests of the process.
pub fn key() -> &'static SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let subject = Subject::new("Albo", "Albo", ENTITY, "PA:IT-c_h501".parse().unwrap(), "Roma").unwrap();
        let validity = Validity {
            not_before: now() - SignedDuration::from_hours(24),
            not_after: now() + SignedDuration::from_hours(24 * 365),
        };
        let made = SpCertificate::self_signed(&subject, KeySize::Bits2048, validity, [7; 16]).unwrap();
        SigningKey::from_pem(made.private_key.expose(), &made.certificate_pem).unwrap()
    })
}

fn configuration() -> Configuration {
    let text = |text: &str| LocalizedText { language: "it".into(), text: text.into() };
    let set = |index, name: &str, attributes: &[&str]| Set {
        index,
        names: vec![text(name)],
        descriptions: Vec::new(),
        attributes: attributes.iter().map(|name| (*name).to_owned()).collect(),
    };
    Configuration {
        entity_id: ENTITY.into(),
        profile: Profile::SpidPublic {
            party: Party {
                company: "Albo".into(),
                ipa_code: Some("c_h501".into()),
                email: Some("albo@example.it".into()),
                phone: Some("+390612345678".into()),
                ..Party::default()
            },
        },
        organization: vec![OrganizationText {
            language: "it".into(),
            name: "Albo".into(),
            display_name: "Albo".into(),
            url: "https://www.example.it".into(),
        }],
        assertion_consumer_services: vec![CONSUMER.into()],
        single_logout_services: vec![LogoutService {
            binding: EndpointBinding::HttpRedirect,
            location: LOGOUT.into(),
            response_location: None,
        }],
        attribute_sets: vec![
            set(0, "Albo <delle> imprese", &["name", "familyName", "fiscalNumber", "dateOfBirth", "email"]),
            set(1, "Albo per le imprese", &["fiscalNumber", "companyName", "ivaCode", "digitalAddress"]),
        ],
    }
}

pub fn metadata() -> String {
    ServiceProvider::new(configuration()).unwrap().metadata(&MessageId::from_random([1; 20]), key(), &[]).unwrap()
}

/// Serves a text at an address of this machine until the test ends.
pub async fn serve(text: String) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = axum::Router::new().route("/metadata", axum::routing::get(move || async move { text }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/metadata")
}

/// A world that knows the service.
pub async fn known() -> World {
    let world = world().await;
    world.spid().admit(ENTITY, &serve(metadata()).await);
    world
}

pub fn browser() -> Client {
    let builder = Client::builder().no_proxy().cookie_store(true);
    builder.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// The metadata of a provider, verified by the key that the list of providers gives.
pub async fn provider(world: &World, slug: &str) -> IdentityProvider {
    let list: serde_json::Value = fetch(&world.spid().registry_url()).await.json().await.unwrap();
    let entry = list.as_array().unwrap().iter().find(|entry| entry["metadata_url"].as_str().unwrap().contains(slug));
    let entry = entry.unwrap();
    let certificate = entry["signing_certificate_x509"][0].as_str().unwrap();
    let anchor = spid::signature::VerifyingKey::from_certificate_base64(certificate).unwrap();
    let xml = fetch(entry["metadata_url"].as_str().unwrap()).await.bytes().await.unwrap();
    IdentityProvider::parse(&xml, Trust::Signed(&[anchor]), now()).unwrap()
}

pub async fn fetch(url: &str) -> Response {
    browser().get(url).send().await.unwrap()
}

pub fn request(provider: &IdentityProvider, level: Level) -> AuthnRequest {
    AuthnRequest {
        id: MessageId::from_random([9; 20]),
        issue_instant: now(),
        issuer: EntityId::parse(ENTITY).unwrap(),
        provider: provider.entity_id.clone(),
        destination: provider.sign_on(EndpointBinding::HttpPost).unwrap().location.clone(),
        dialect: Dialect::Spid,
        level,
        comparison: Comparison::Minimum,
        force_authn: false,
        consumer: ConsumerService::Index { index: 0, url: CONSUMER.into() },
        attribute_index: 0,
        attributes: AttributeSet::new([
            Attribute::Name,
            Attribute::FamilyName,
            Attribute::FiscalNumber,
            Attribute::DateOfBirth,
            Attribute::Email,
        ]),
        purpose: None,
    }
}

pub fn relay_state() -> RelayState {
    RelayState::new(RELAY).unwrap()
}

/// What the service makes of an answer.
pub fn read(provider: &IdentityProvider, asked: &AuthnRequest, saml_response: &str) -> Result<Identity, ResponseError> {
    verify(&Input {
        saml_response,
        pending: &asked.pending(),
        keys: &provider.signing_keys,
        now: now(),
        policy: Policy::default(),
    })
}

/// The first form of a page: where it goes, and its hidden fields.
pub fn form(html: &str) -> (String, HashMap<String, String>) {
    let value = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!("{name}=\""))?;
        let text = rest.split_once('"')?.0;
        Some(text.replace("&#38;", "&").replace("&amp;", "&"))
    };
    let (_, rest) = html.split_once("<form").unwrap();
    let action = value(rest, "action").unwrap();
    let hidden = rest.split("<input type=\"hidden\"").skip(1);
    let fields = hidden.map(|tag| (value(tag, "name").unwrap(), value(tag, "value").unwrap()));
    (action, fields.collect())
}

/// Makes a choice on a sign-in page.
pub async fn choose(browser: &Client, world: &World, page: &str, person: &str, outcome: &str) -> Response {
    let (action, _) = form(page);
    let url = format!("http://{}{action}", world.address());
    browser.post(url).form(&[("person", person), ("outcome", outcome)]).send().await.unwrap()
}
