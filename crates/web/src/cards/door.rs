//! Who asks for the card: this program, or a proxy in front of it.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use sportello_core::App;
use sportello_core::cns::TrustList;
use sportello_core::cns::proxy::{ClientCertHeader, Form, HeaderError, Trust};
use sportello_core::cns::tls::{ListenerError, server_config};
use sportello_core::identities::cards::CardService;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use tokio_rustls::rustls::time_provider::TimeProvider;

/// The header with the certificate, but in the form of RFC 9440, which has its own.
const HEADER: HeaderName = HeaderName::from_static("x-client-cert");
const RFC_9440: HeaderName = HeaderName::from_static("client-cert");
/// The header with which the proxy proves itself.
const SECRET: HeaderName = HeaderName::from_static("x-client-cert-secret");

/// Who asks for the card.
#[derive(Debug)]
pub enum Door {
    /// This program: it ends the TLS connection.
    Tls(TlsDoor),
    /// A proxy: it ends the TLS connection and hands the certificate on.
    Proxy(ProxyDoor),
}

/// The certificate and the key of the listener.
pub struct TlsDoor {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    built: Mutex<Option<(Arc<TrustList>, Arc<ServerConfig>)>>,
}

impl std::fmt::Debug for TlsDoor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TlsDoor(…)")
    }
}

/// Why there is no door.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The text is not PEM.
    #[error("the certificate or the key is not PEM")]
    Pem(#[from] pem::Error),
    /// There is no certificate in it.
    #[error("there is no certificate")]
    NoCertificate,
    /// They cannot be used, or do not belong together.
    #[error("the certificate and the key cannot be used together")]
    Listener(#[from] ListenerError),
}

impl TlsDoor {
    /// From the certificate of the listener, followed by its chain, and its key.
    ///
    /// # Errors
    /// [`DoorError`] when they cannot be read or do not belong together.
    pub fn from_pem(certificates: &str, key: &str) -> Result<Self, DoorError> {
        let chain: Vec<_> = CertificateDer::pem_slice_iter(certificates.as_bytes()).collect::<Result<_, _>>()?;
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes())?;
        if chain.is_empty() {
            return Err(DoorError::NoCertificate);
        }
        // What does not fit is told now, not to the first visitor.
        server_config(&TrustList::default(), chain.clone(), key.clone_key(), Arc::new(Beginning))?;
        Ok(Self { chain, key, built: Mutex::default() })
    }

    /// The listener's own certificate.
    pub fn certificate(&self) -> Option<&CertificateDer<'static>> {
        self.chain.first()
    }

    /// The configuration of the next handshake: browsers offer cards of the authorities that are trusted now.
    pub(super) fn config(&self, app: &App) -> Result<Arc<ServerConfig>, ListenerError> {
        let trust = app.cards().map(CardService::trust).unwrap_or_default();
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, config)) = built.as_ref()
            && Arc::ptr_eq(of, &trust)
        {
            return Ok(Arc::clone(config));
        }
        let mut config = server_config(&trust, self.chain.clone(), self.key.clone_key(), Arc::new(Time(app.clone())))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let config = Arc::new(config);
        *built = Some((trust, Arc::clone(&config)));
        Ok(config)
    }
}

/// The program's clock as the TLS library asks for it.
#[derive(Debug)]
struct Time(App);

impl TimeProvider for Time {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.0.clock().now().as_second()).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

/// A clock that nobody reads.
#[derive(Debug)]
struct Beginning;

impl TimeProvider for Beginning {
    fn current_time(&self) -> Option<UnixTime> {
        None
    }
}

/// How a proxy proves itself and writes the certificate.
#[derive(Clone, Debug)]
pub struct ProxyDoor {
    trust: Trust,
    form: Form,
}

impl ProxyDoor {
    /// A proxy that must show what `trust` asks for: a secret, and to come from an address that is known.
    pub fn new(trust: Trust, form: Form) -> Self {
        Self { trust, form }
    }

    /// The certificate that the proxy hands on. From anybody else the headers are taken away, and there is none.
    pub(super) fn shown(
        &self,
        headers: &mut HeaderMap,
        peer: IpAddr,
    ) -> Result<Vec<CertificateDer<'static>>, HeaderError> {
        let name = if self.form == Form::Rfc9440 { RFC_9440 } else { HEADER };
        let secret = headers.get(SECRET).map(|value| value.as_bytes().to_vec());
        if let Err(untrusted) = self.trust.check(peer, secret.as_deref()) {
            let forged = headers.contains_key(&name) || headers.contains_key(SECRET);
            for header in [&HEADER, &RFC_9440, &SECRET] {
                headers.remove(header);
            }
            if forged {
                tracing::warn!(error = %untrusted, %peer, "a certificate in a header was not believed");
            }
            return Ok(Vec::new());
        }
        let values = headers.get_all(name).iter().map(HeaderValue::as_bytes);
        let shown = ClientCertHeader::accept(values, self.form, &self.trust, peer, secret.as_deref())?;
        Ok(shown.into_iter().collect())
    }
}
