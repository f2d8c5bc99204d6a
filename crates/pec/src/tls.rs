//! How connections are protected.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::BuilderVerifierExt;

/// Protection of a connection to a mail server.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Tls {
    /// None. For servers on the same machine only: passwords travel in clear.
    None,
    /// In clear at first, then upgraded; the upgrade is demanded, never merely attempted (SMTP 587, IMAP 143).
    StartTls,
    /// From the first byte (SMTP 465, IMAP 993; RFC 8314).
    Implicit,
}

/// A client configuration that trusts the system's authorities, or instead the given ones.
pub(crate) fn client(authorities: Option<&str>) -> Result<Arc<ClientConfig>, rustls::Error> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let Some(pem) = authorities else {
        return Ok(Arc::new(builder.with_platform_verifier()?.with_no_client_auth()));
    };
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let certificate = certificate.map_err(|error| rustls::Error::General(error.to_string()))?;
        roots.add(certificate)?;
    }
    Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
}
