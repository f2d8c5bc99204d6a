//! The forms in which proxies write a certificate into a header.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::CertificateDer;
use x509_cert::Certificate;
use x509_cert::der::Decode;

/// The largest header that is read, in octets. A certificate has about two thousand, escaping makes them three times as
/// many at worst.
const LARGEST: usize = 16 << 10;
const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// How a proxy writes the certificate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// PEM with percent-encoding: nginx's `$ssl_client_escaped_cert`, Envoy's and Traefik's escaped PEM.
    EscapedPem,
    /// PEM with blanks in place of line ends: Apache's `%{SSL_CLIENT_CERT}s`.
    SpacedPem,
    /// The `Client-Cert` header of RFC 9440: a byte sequence of structured fields, `:base64:`.
    Rfc9440,
    /// Bare base64 of the DER: HAProxy's `%[ssl_c_der,base64]`.
    Base64,
}

/// Why a header is not one certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormError {
    /// Larger than any certificate.
    #[error("the header has {octets} octets")]
    TooLarge {
        /// Its size.
        octets: usize,
    },
    /// Not of the form that is configured.
    #[error("the header has not the form that the proxy was said to use")]
    Form,
    /// Not base64.
    #[error("the certificate in the header is not base64")]
    Base64,
    /// Something else than one certificate in DER.
    #[error("the header does not hold a certificate")]
    Certificate(#[source] x509_cert::der::Error),
}

pub(super) fn parse(value: &[u8], form: Form) -> Result<Option<CertificateDer<'static>>, FormError> {
    if value.len() > LARGEST {
        return Err(FormError::TooLarge { octets: value.len() });
    }
    let text = std::str::from_utf8(value).map_err(|_| FormError::Form)?.trim_matches([' ', '\t']);
    // nginx sends nothing or a hyphen without a certificate, Apache its word for an unset variable.
    if matches!(text, "" | "-" | "(null)") {
        return Ok(None);
    }
    let encoded = match form {
        Form::EscapedPem => pem_body(&unescape(text)?)?,
        Form::SpacedPem => pem_body(text)?,
        Form::Rfc9440 => byte_sequence(text)?.to_owned(),
        Form::Base64 => text.to_owned(),
    };
    let der = STANDARD.decode(encoded).map_err(|_| FormError::Base64)?;
    Certificate::from_der(&der).map_err(FormError::Certificate)?;
    Ok(Some(CertificateDer::from(der)))
}

/// The base64 between the two lines of exactly one PEM certificate, with nothing before or behind.
fn pem_body(text: &str) -> Result<String, FormError> {
    let inside = text.trim().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END)).ok_or(FormError::Form)?;
    if inside.contains('-') {
        return Err(FormError::Form);
    }
    Ok(inside.split_ascii_whitespace().collect())
}

/// RFC 9440, section 2.1, and RFC 9651, section 3.3.5. The header has no parameters.
fn byte_sequence(text: &str) -> Result<&str, FormError> {
    text.strip_prefix(':').and_then(|rest| rest.strip_suffix(':')).ok_or(FormError::Form)
}

/// Undoes percent-encoding. A plus stays a plus: this is no form field, and base64 has it.
fn unescape(text: &str) -> Result<String, FormError> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        if octet != b'%' {
            octets.push(octet);
            continue;
        }
        let digit = |octet: Option<u8>| octet.and_then(|octet| char::from(octet).to_digit(16)).ok_or(FormError::Form);
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        octets.push(u8::try_from(high * 16 + low).map_err(|_| FormError::Form)?);
    }
    String::from_utf8(octets).map_err(|_| FormError::Form)
}
