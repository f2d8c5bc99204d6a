//! The listener that asks for a card: the server side of TLS with an optional client certificate.
//!
//! TLS 1.3 has no renegotiation, so a certificate is asked for when the connection begins or never. The clean way is a
//! listener of its own (a port, or a name) that is visited for the sign-in only: browsers ask their user for a
//! certificate on every connection to it.

use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{NoServerSessionStorage, ServerConnection, VerifierBuilderError, WebPkiClientVerifier};
use rustls::time_provider::TimeProvider;
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, RootCertStore, ServerConfig, SignatureScheme,
};
use x509_cert::Certificate;
use x509_cert::der::Decode;

use crate::trust::TrustList;

/// Why a listener cannot be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ListenerError {
    /// The trust list has no authority.
    #[error("the trust list cannot serve for client certificates")]
    Trust(#[source] VerifierBuilderError),
    /// The certificate of the server or its key is wrong.
    #[error("the certificate or the key of the server cannot be used")]
    Server(#[source] Error),
}

/// The server's configuration for TLS 1.2 and 1.3: a client shows a certificate of an authority on the trust list, or
/// none. One of another authority ends the handshake.
///
/// A card that has *expired* passes the handshake, because its holder is owed a page that says so rather than a
/// browser's error: [`verify`](crate::verify()) refuses it. In general the handshake proves that the peer holds the
/// key, and everything else must be asked of `verify`.
///
/// Sessions are never resumed: on a shared computer the next person could resume the session of a card that has left
/// the reader.
///
/// Browsers offer those certificates to their user whose authority stands in the trust list. When the list changes, make
/// the configuration anew.
///
/// # Errors
/// When the trust list is empty or the server's own certificate and key do not fit.
pub fn server_config(
    trust: &TrustList,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    time: Arc<dyn TimeProvider>,
) -> Result<ServerConfig, ListenerError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = card_verifier(trust, Arc::clone(&provider)).map_err(ListenerError::Trust)?;
    let mut config = ServerConfig::builder_with_details(provider, time)
        .with_safe_default_protocol_versions()
        .map_err(ListenerError::Server)?
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
        .map_err(ListenerError::Server)?;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(config)
}

/// The chain that the peer showed, its own certificate first; empty when it showed none.
#[must_use]
pub fn peer_chain(connection: &ServerConnection) -> Vec<CertificateDer<'static>> {
    let shown = connection.peer_certificates().unwrap_or_default();
    shown.iter().map(|certificate| certificate.clone().into_owned()).collect()
}

fn card_verifier(
    trust: &TrustList,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ClientCertVerifier>, VerifierBuilderError> {
    let mut roots = RootCertStore::empty();
    roots.extend(trust.anchors().iter().cloned());
    let inner = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
    Ok(Arc::new(CardVerifier { inner: inner.allow_unauthenticated().build()? }))
}

/// The usual verifier, with patience for cards that have expired and are right otherwise.
#[derive(Debug)]
struct CardVerifier {
    inner: Arc<dyn ClientCertVerifier>,
}

impl ClientCertVerifier for CardVerifier {
    fn offer_client_auth(&self) -> bool {
        self.inner.offer_client_auth()
    }

    fn client_auth_mandatory(&self) -> bool {
        self.inner.client_auth_mandatory()
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.inner.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        match self.inner.verify_client_cert(end_entity, intermediates, now) {
            Err(Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. })) => {
                let last = last_moment(end_entity).filter(|last| *last < now);
                let last = last.ok_or(Error::InvalidCertificate(CertificateError::Expired))?;
                self.inner.verify_client_cert(end_entity, intermediates, last)
            }
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

fn last_moment(certificate: &CertificateDer<'_>) -> Option<UnixTime> {
    let certificate = Certificate::from_der(certificate).ok()?;
    let end = certificate.tbs_certificate.validity.not_after.to_unix_duration();
    Some(UnixTime::since_unix_epoch(Duration::from_secs(end.as_secs())))
}
