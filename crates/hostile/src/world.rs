//! The fixed world in which all seeds were made: one moment, a provider, a service, a federation, an authority of cards.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use cns::TrustList;
use jiff::Timestamp;
use rustls_pki_types::CertificateDer;
use spid::federation::jose;
use spid::metadata::{Endpoint, EndpointBinding, Trust, client::Client};
use spid::saml::{Attribute, AttributeSet, Comparison, Dialect, EntityId, Level, MessageId};
use spid::signature::{SigningKey, VerifyingKey};
use spid::sp::PendingRequest;

/// The identity provider.
pub const PROVIDER: &str = "https://idp.example";
/// Where it receives requests.
pub const SSO: &str = "https://idp.example/sso";
/// The service.
pub const SERVICE: &str = "https://sp.example.it/spid";
/// Where it receives responses.
pub const CONSUMER: &str = "https://sp.example.it/spid/acs";
/// An entity of the federation that vouches for others.
pub const ANCHOR: &str = "https://registry.example.it";
/// An entity below it.
pub const MEMBER: &str = "https://rp.example.it";

/// The moment at which everything was made.
pub fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

/// The folder of the seeds.
pub fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// A file of the seeds, whose path begins in their folder.
pub fn bytes(path: &str) -> Vec<u8> {
    fs::read(seeds().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The same as a text.
pub fn text(path: &str) -> String {
    String::from_utf8(bytes(path)).unwrap()
}

/// An entity's name.
pub fn entity(text: &str) -> EntityId {
    EntityId::parse(text).unwrap()
}

fn key(name: &str) -> SigningKey {
    SigningKey::from_pem(&text(&format!("keys/{name}.key.pem")), &text(&format!("keys/{name}.pem"))).unwrap()
}

/// The provider's key, which signs responses and metadata.
pub static PROVIDER_KEY: LazyLock<SigningKey> = LazyLock::new(|| key("provider"));
/// The service's key, which signs requests and metadata.
pub static SERVICE_KEY: LazyLock<SigningKey> = LazyLock::new(|| key("service"));
/// The key of the federation's anchor.
pub static ANCHOR_KEY: LazyLock<jose::SigningKey> =
    LazyLock::new(|| jose::SigningKey::from_pem(&text("keys/provider.key.pem")).unwrap());
/// The key with which the member decrypts.
pub static DECRYPTION_KEY: LazyLock<jose::DecryptionKey> =
    LazyLock::new(|| jose::DecryptionKey::from_pem(&text("keys/service.key.pem")).unwrap());

/// The keys by which responses are verified.
pub fn provider_keys() -> [VerifyingKey; 1] {
    [PROVIDER_KEY.verifying_key().unwrap()]
}

/// The keys by which the service's metadata are verified.
pub fn service_keys() -> [VerifyingKey; 1] {
    [SERVICE_KEY.verifying_key().unwrap()]
}

/// The request to which the responses answer.
pub static PENDING: LazyLock<PendingRequest> = LazyLock::new(|| PendingRequest {
    id: MessageId::parse("_request").unwrap(),
    issue_instant: now(),
    issuer: entity(SERVICE),
    provider: entity(PROVIDER),
    consumer_url: CONSUMER.to_owned(),
    level: Level::One,
    comparison: Comparison::Minimum,
    attributes: AttributeSet::new([Attribute::Name, Attribute::FiscalNumber]),
    dialect: Dialect::Spid,
});

/// The service in the eyes of the provider.
pub static CLIENT: LazyLock<Client> =
    LazyLock::new(|| Client::parse(&bytes("sp_metadata/1.xml"), Trust::Signed(&service_keys()), now()).unwrap());

/// The provider's single sign-on service.
pub fn endpoints() -> [Endpoint; 2] {
    [EndpointBinding::HttpPost, EndpointBinding::HttpRedirect].map(|binding| Endpoint {
        binding,
        location: SSO.to_owned(),
        response_location: None,
    })
}

/// The authorities that vouch for cards.
pub static TRUST: LazyLock<TrustList> =
    LazyLock::new(|| TrustList::from_tsl(&bytes("trust_list/1.xml"), |_| Ok(()), now()).unwrap());

/// The chain of a card of the seeds.
pub fn chain(card: Vec<u8>) -> [CertificateDer<'static>; 2] {
    [card.into(), bytes("keys/issuer.der").into()]
}
