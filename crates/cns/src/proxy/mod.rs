//! The certificate as a proxy that ends the TLS connection passes it on, in a header.
//!
//! # Why nobody outside can forge it
//!
//! A header is text that anybody can send. It becomes evidence by three things together:
//!
//! 1. The proxy **overwrites** the header on every request, also when there was no certificate. A proxy that only adds
//!    it passes on what a browser made up.
//! 2. The program listens where only the proxy can reach it, or the proxy proves itself with each request: [`Trust`].
//! 3. The program looks at the header **only** through [`ClientCertHeader::accept`], which asks for that proof first,
//!    refuses a header that comes twice, and reads one certificate and nothing else.
//!
//! The certificate itself is public: whoever has seen one can send it. What proves that the peer holds the key is the
//! handshake with the proxy, so a forged header is a stolen identity, and the proof of the proxy is worth as much as
//! the card. The chain, the profile and revocation are still verified here, by [`verify`](crate::verify()): a proxy
//! may be set to ask for a certificate without verifying it (`optional_no_ca`).

mod form;
mod network;
mod trust;

use std::net::IpAddr;

use rustls_pki_types::CertificateDer;

pub use form::{Form, FormError};
pub use network::{Network, NetworkError};
pub use trust::{Trust, TrustError, UntrustedPeer};

/// The header as it came.
#[derive(Clone, Copy, Debug)]
pub struct ClientCertHeader;

/// Why the header of a request was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderError {
    /// The request does not come from the proxy. Somebody tries to pass for a card holder, or the proxy is not set up.
    #[error("the header with the certificate comes from somebody else than the proxy")]
    Untrusted(#[from] UntrustedPeer),
    /// The header is there more than once: one of them may be a forgery that the proxy passed on.
    #[error("the header with the certificate is there {times} times")]
    Repeated {
        /// How often.
        times: usize,
    },
    /// The header cannot be read.
    #[error("the header with the certificate cannot be read")]
    Form(#[from] FormError),
}

impl ClientCertHeader {
    /// Reads a header. Whether it may be believed is not asked here: use [`accept`](Self::accept) for requests.
    ///
    /// `None` when the proxy says that there was no certificate.
    ///
    /// # Errors
    /// When it is not one certificate in this form.
    pub fn parse(value: &[u8], form: Form) -> Result<Option<CertificateDer<'static>>, FormError> {
        form::parse(value, form)
    }

    /// The certificate of a request: from the values of the header, the address that the connection comes from, and
    /// the secret that the proxy sends in a header of its own.
    ///
    /// A request without the header needs no proof, and has no certificate.
    ///
    /// # Errors
    /// When the header is there and the request is not proven to come from the proxy, or the header is malformed.
    pub fn accept<'a>(
        values: impl IntoIterator<Item = &'a [u8]>,
        form: Form,
        trust: &Trust,
        peer: IpAddr,
        secret: Option<&[u8]>,
    ) -> Result<Option<CertificateDer<'static>>, HeaderError> {
        let values: Vec<&[u8]> = values.into_iter().collect();
        if values.is_empty() {
            return Ok(None);
        }
        trust.check(peer, secret)?;
        match values.as_slice() {
            [value] => Ok(Self::parse(value, form)?),
            more => Err(HeaderError::Repeated { times: more.len() }),
        }
    }
}
