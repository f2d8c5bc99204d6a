//! The listener that asks for a card: the server side of TLS with an optional client certificate.
//!
//! TLS 1.3 has no renegotiation, so a certificate is asked for when the connection begins or never. The clean way is a
//! listener of its own (a port, or a name) that is visited for the sign-in only: browsers ask their user for a
//! certificate on every connection to it.

use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{NoServerSessionStorage, ServerConnection};
use rustls::time_provider::TimeProvider;
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, ServerConfig, SignatureScheme};
use x509_cert::Certificate;
use x509_cert::der::Decode;

use crate::chain::{LARGEST_CERTIFICATE, MOST_CERTIFICATES};
use crate::trust::TrustList;

/// The most octets of names that are sent: with more, some clients close the connection.
const MOST_HINTS: usize = 32 << 10;

/// Why a listener cannot be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ListenerError {
    /// The certificate of the server or its key is wrong.
    #[error("the certificate or the key of the server cannot be used")]
    Server(#[source] Error),
}

/// The server's configuration for TLS 1.2 and 1.3: a client shows a certificate, or none.
///
/// The handshake proves that the peer holds the key of the certificate, and nothing else: one that has expired, is for
/// signing documents or comes from an unknown authority passes it, because its holder is owed a page that says so rather
/// than a browser's error. Everything is asked of [`verify`](crate::verify()). What no card looks like — more or larger
/// certificates than any chain has, or one that cannot be read — ends the handshake.
///
/// Sessions are never resumed: on a shared computer the next person could resume the session of a card that has left
/// the reader.
///
/// Browsers offer those certificates to their user whose authority stands in the trust list; all, when it is empty. When
/// the list changes, make the configuration anew.
///
/// # Errors
/// When the server's own certificate and key do not fit.
pub fn server_config(
    trust: &TrustList,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    time: Arc<dyn TimeProvider>,
) -> Result<ServerConfig, ListenerError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = Arc::new(CardVerifier::new(trust, &provider));
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

/// Lets every certificate pass whose key the peer holds.
#[derive(Debug)]
struct CardVerifier {
    hints: Vec<DistinguishedName>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl CardVerifier {
    fn new(trust: &TrustList, provider: &CryptoProvider) -> Self {
        let mut subjects: Vec<&[u8]> = trust.anchors().iter().map(|anchor| anchor.subject.as_ref()).collect();
        subjects.sort_unstable();
        subjects.dedup();
        let mut hints: Vec<_> = subjects.into_iter().map(DistinguishedName::in_sequence).collect();
        let size: usize = hints.iter().map(|hint| hint.as_ref().len() + 2).sum();
        if size > MOST_HINTS {
            hints.clear();
        }
        Self { hints, algorithms: provider.signature_verification_algorithms }
    }
}

impl ClientCertVerifier for CardVerifier {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &self.hints
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let bad = |error| Err(Error::InvalidCertificate(error));
        if intermediates.len() >= MOST_CERTIFICATES
            || intermediates.iter().chain([end_entity]).any(|certificate| certificate.len() > LARGEST_CERTIFICATE)
        {
            return bad(CertificateError::ApplicationVerificationFailure);
        }
        match Certificate::from_der(end_entity) {
            Ok(_) => Ok(ClientCertVerified::assertion()),
            Err(_) => bad(CertificateError::BadEncoding),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
