//! A listener that asks for a card, visited over real sockets.

use std::sync::Arc;
use std::time::Duration;

use cns::authority::{CardSpec, IssuedCard};
use cns::{Card, CardError};
use jiff::SignedDuration;
use rustls::client::ResolvesClientCert;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::time_provider::TimeProvider;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, HandshakeKind, RootCertStore, SupportedProtocolVersion};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, TlsConnector, rustls};

use crate::stage::{Stage, chain};

const VERSIONS: [&SupportedProtocolVersion; 2] = [&TLS12, &TLS13];

#[derive(Debug)]
struct Still(u64);

impl TimeProvider for Still {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(self.0)))
    }
}

/// The listener's configuration and the certificate by which clients know it.
pub struct Site {
    pub config: Arc<rustls::ServerConfig>,
    pub certificate: CertificateDer<'static>,
}

impl Site {
    pub fn new(stage: &Stage) -> Self {
        let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
        let time = Arc::new(Still(u64::try_from(stage.now.as_second()).unwrap()));
        let certificate = own.cert.der().clone();
        let config = cns::tls::server_config(&stage.trust, vec![certificate.clone()], key, time).unwrap();
        Self { config: Arc::new(config), certificate }
    }

    fn client(&self, version: &'static SupportedProtocolVersion, card: Option<(&IssuedCard, &[u8])>) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let signer = Arc::clone(&provider);
        let builder = ClientConfig::builder_with_provider(provider);
        let builder = builder.with_protocol_versions(&[version]).unwrap().with_root_certificates(roots);
        let Some((card, key)) = card else { return builder.with_no_client_auth() };
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.to_vec()));
        let key = signer.key_provider.load_private_key(key).unwrap();
        // Without asking whether key and certificate fit: an attacker would not.
        let shown: Arc<dyn ResolvesClientCert> = Arc::new(SingleCertAndKey::from(CertifiedKey::new(chain(card), key)));
        builder.with_client_cert_resolver(shown)
    }

    /// One visit: what the server saw, and how the client's handshake went.
    async fn visit(&self, client: Arc<ClientConfig>) -> Result<(Vec<CertificateDer<'static>>, HandshakeKind), String> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = TlsAcceptor::from(Arc::clone(&self.config));
        let server = async {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = acceptor.accept(stream).await.map_err(|error| error.to_string())?;
            let shown = cns::tls::peer_chain(stream.get_ref().1);
            stream.write_all(b"ok").await.map_err(|error| error.to_string())?;
            stream.shutdown().await.map_err(|error| error.to_string())?;
            Ok::<_, String>(shown)
        };
        let visitor = async {
            let stream = TcpStream::connect(address).await.unwrap();
            let name = ServerName::try_from("localhost").unwrap();
            let connected = TlsConnector::from(client).connect(name, stream).await;
            let mut stream = connected.map_err(|error| error.to_string())?;
            let mut text = String::new();
            stream.read_to_string(&mut text).await.map_err(|error| error.to_string())?;
            Ok::<_, String>(stream.get_ref().1.handshake_kind().unwrap())
        };
        let (shown, kind) = tokio::join!(server, visitor);
        Ok((shown?, kind?))
    }
}

async fn sign_in(
    stage: &Stage,
    version: &'static SupportedProtocolVersion,
    card: &IssuedCard,
) -> Result<Result<Card, CardError>, String> {
    let site = Site::new(stage);
    let client = Arc::new(site.client(version, Some((card, &card.key))));
    let (shown, _) = site.visit(client).await?;
    Ok(cns::verify(&shown, &stage.trust, &stage.evidence(), &stage.policy, stage.now))
}

#[tokio::test]
async fn a_card_signs_its_holder_in() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    for version in VERSIONS {
        let found = sign_in(&stage, version, &card).await.unwrap().unwrap();
        assert_eq!(found.tax_code, crate::stage::tax_code());
    }
}

#[tokio::test]
async fn without_a_card_the_connection_stands_and_nobody_is_signed_in() {
    let stage = Stage::new();
    let site = Site::new(&stage);
    for version in VERSIONS {
        let (shown, _) = site.visit(Arc::new(site.client(version, None))).await.unwrap();
        let outcome = cns::verify(&shown, &stage.trust, &stage.evidence(), &stage.policy, stage.now);
        assert!(matches!(outcome, Err(CardError::NoCertificate)));
    }
}

#[tokio::test]
async fn cards_of_other_authorities_and_signing_certificates_reach_the_page_that_says_so() {
    let mut stage = Stage::new();
    let mut foreign = Stage::new();
    let mut old = foreign.cns();
    old.valid.1 = foreign.now - SignedDuration::from_hours(1);
    let (unknown, expired) = (foreign.issue(&foreign.cns()), foreign.issue(&old));
    let signing = stage.issue(&stage.cns().signing());
    for version in VERSIONS {
        for card in [&unknown, &expired] {
            let outcome = sign_in(&stage, version, card).await.unwrap();
            // The other authority has the same name and another key.
            assert!(matches!(outcome, Err(CardError::Expired { .. } | CardError::Chain(_))), "{outcome:?}");
        }
        let outcome = sign_in(&stage, version, &signing).await.unwrap();
        assert!(matches!(outcome, Err(CardError::NotForAuthentication(_))), "{outcome:?}");
    }
}

#[tokio::test]
async fn what_no_card_looks_like_ends_the_handshake() {
    let mut stage = Stage::new();
    let mut spec = stage.cns();
    spec.issuing_body = Some("A".repeat(20_000));
    let huge = stage.issue(&spec);
    let mut broken = stage.issue(&stage.cns());
    broken.certificate.truncate(100);
    let site = Site::new(&stage);
    for version in VERSIONS {
        for card in [&huge, &broken] {
            let outcome = site.visit(Arc::new(site.client(version, Some((card, &card.key))))).await;
            assert!(outcome.is_err(), "{outcome:?}");
        }
    }
}

#[tokio::test]
async fn without_a_trust_list_the_connection_stands_and_nobody_is_signed_in() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    stage.trust = cns::TrustList::default();
    let outcome = sign_in(&stage, &TLS13, &card).await.unwrap();
    assert!(matches!(outcome, Err(CardError::NoAuthority)), "{outcome:?}");
}

#[tokio::test]
async fn an_expired_card_reaches_the_page_that_says_so() {
    let mut stage = Stage::new();
    let mut spec: CardSpec = stage.cns();
    spec.valid.1 = stage.now - SignedDuration::from_hours(1);
    let card = stage.issue(&spec);
    for version in VERSIONS {
        let outcome = sign_in(&stage, version, &card).await.unwrap();
        assert!(matches!(outcome, Err(CardError::Expired { .. })), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_certificate_without_its_key_is_worth_nothing() {
    let mut stage = Stage::new();
    let (mine, stolen) = (stage.issue(&stage.cns()), stage.issue(&stage.cns()));
    let site = Site::new(&stage);
    for version in VERSIONS {
        let client = site.client(version, Some((&stolen, &mine.key)));
        let outcome = site.visit(Arc::new(client)).await;
        assert!(outcome.is_err(), "{outcome:?}");
    }
}

#[tokio::test]
async fn sessions_are_never_resumed() {
    let mut stage = Stage::new();
    let card = stage.issue(&stage.cns());
    let site = Site::new(&stage);
    for version in VERSIONS {
        let client = Arc::new(site.client(version, Some((&card, &card.key))));
        for _ in 0..3 {
            let (shown, kind) = site.visit(Arc::clone(&client)).await.unwrap();
            assert_eq!((shown.len(), kind), (2, HandshakeKind::Full), "{version:?}");
        }
    }
}
