//! Clients that the register knows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::TimeZone;
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_RSA_SHA256, date_time_ymd};

use super::Register;

/// A client with the key that the register made for it, as a registration office hands it out.
#[derive(Clone)]
pub struct IssuedClient {
    /// The client's name.
    pub client_id: String,
    /// The private key: RSA 2048, PKCS#8, PEM.
    pub key_pem: String,
    /// The certificate, PEM.
    pub certificate_pem: String,
}

impl std::fmt::Debug for IssuedClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedClient").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// A client that cannot be registered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The key or its certificate could not be made.
    #[error("the client's key or certificate could not be made")]
    Issue(#[source] rcgen::Error),
    /// The text holds no certificate.
    #[error("no certificate in the PEM text")]
    NotACertificate,
}

impl Register {
    /// Registers a client with a certificate of its own; a client of the same name is replaced.
    ///
    /// # Errors
    ///
    /// [`ClientError::NotACertificate`] when the text holds none.
    pub fn enrol_client(&self, client_id: &str, certificate_pem: &str) -> Result<(), ClientError> {
        let body = certificate_pem
            .split_once("-----BEGIN CERTIFICATE-----")
            .and_then(|(_, rest)| rest.split_once("-----END CERTIFICATE-----"))
            .map(|(body, _)| body.split_whitespace().collect::<String>())
            .ok_or(ClientError::NotACertificate)?;
        let der = STANDARD.decode(body).map_err(|_| ClientError::NotACertificate)?;
        self.state().clients.insert(client_id.to_owned(), der);
        Ok(())
    }

    /// Makes a key and a certificate for a client and registers it. The certificate is valid from the day before, on
    /// the world's clock, for ten years.
    ///
    /// # Errors
    ///
    /// [`ClientError::Issue`] when the key or the certificate cannot be made.
    pub fn issue_client(&self, client_id: &str) -> Result<IssuedClient, ClientError> {
        let key = KeyPair::generate_for(&PKCS_RSA_SHA256).map_err(ClientError::Issue)?;
        let mut params = CertificateParams::new(Vec::new()).map_err(ClientError::Issue)?;
        params.distinguished_name.push(DnType::CommonName, client_id);
        let from = self.now().to_zoned(TimeZone::UTC).date();
        let from = from.yesterday().unwrap_or(from);
        params.not_before = date_time_ymd(from.year().into(), from.month().unsigned_abs(), from.day().unsigned_abs());
        // The 28th exists in every month of every year.
        let (year, day) = (i32::from(from.year()) + 10, from.day().min(28));
        params.not_after = date_time_ymd(year, from.month().unsigned_abs(), day.unsigned_abs());
        let certificate = params.self_signed(&key).map_err(ClientError::Issue)?;
        let issued = IssuedClient {
            client_id: client_id.to_owned(),
            key_pem: key.serialize_pem(),
            certificate_pem: certificate.pem(),
        };
        self.state().clients.insert(issued.client_id.clone(), certificate.der().to_vec());
        Ok(issued)
    }

    /// Strikes a client off: its statements and tokens are refused from now on.
    pub fn remove_client(&self, client_id: &str) {
        self.state().clients.remove(client_id);
    }
}
