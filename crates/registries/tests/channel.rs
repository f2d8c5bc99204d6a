//! INI-PEC knows its clients by their certificates (ModI `ID_AUTH_CHANNEL_02`).
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod common;

use std::sync::Arc;

use common::{code, stamp};
use registries::inipec::Config;
use registries::{ConfigError, Error, IniPec, TimeLimits};
use rustls::RootCertStore;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;

/// An authority and what it certified.
struct Authority {
    issuer: rcgen::Issuer<'static, rcgen::KeyPair>,
    pem: String,
    der: rustls::pki_types::CertificateDer<'static>,
}

impl Authority {
    fn new() -> Self {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        Self { pem: certificate.pem(), der: certificate.der().clone(), issuer: rcgen::Issuer::new(params, key) }
    }

    fn certify(&self, name: &str) -> (rcgen::Certificate, rcgen::KeyPair) {
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap();
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }

    /// Key and certificate in one text, as a client is given them.
    fn identity(&self) -> String {
        let (certificate, key) = self.certify("albo.example");
        format!("{}{}", key.serialize_pem(), certificate.pem())
    }
}

/// An index that lets in whom `authority` certified.
async fn index(authority: &Authority) -> String {
    let mut roots = RootCertStore::empty();
    roots.add(authority.der.clone()).unwrap();
    let provider = Arc::new(default_provider());
    let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build().unwrap();
    let (certificate, key) = authority.certify("127.0.0.1");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(clients)
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/rest/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(socket).await else { continue };
            let _ = stream.read(&mut [0; 4_096]).await;
            let body = format!(r#"{{"cf":"{}","pecImpresa":"rossi@pec.example"}}"#, code(0).as_str());
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    url
}

fn client(url: &str, identity: &str, authorities: &str) -> Result<IniPec, ConfigError> {
    let config = Config { base_url: url.parse().unwrap(), limits: TimeLimits::default() };
    IniPec::with_certificate(config, identity, authorities)
}

#[tokio::test]
async fn a_certified_client_is_answered_and_a_stranger_is_not() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let url = index(&authority).await;
    let known = client(&url, &authority.identity(), &authority.pem).unwrap();
    let entry = known.look_up(&code(0), stamp("a")).await.unwrap().value;
    assert_eq!(entry.firm_pec.unwrap().as_str(), "rossi@pec.example");
    let unknown = client(&url, &stranger.identity(), &authority.pem).unwrap();
    let error = unknown.look_up(&code(0), stamp("b")).await.unwrap_err();
    assert!(matches!(error, Error::Unavailable { status: None, .. }), "{error:?}");
    let trusting_others = client(&url, &authority.identity(), &stranger.pem).unwrap();
    let error = trusting_others.look_up(&code(0), stamp("c")).await.unwrap_err();
    assert!(matches!(error, Error::Unavailable { status: None, .. }), "an index that nobody vouches for: {error:?}");
}

#[tokio::test]
async fn an_identity_needs_key_and_certificate() {
    let authority = Authority::new();
    for identity in ["", "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----", &authority.pem] {
        let made = client("https://inipec.example/", identity, "");
        assert!(matches!(made, Err(ConfigError::Identity(_))), "{identity}");
    }
}
