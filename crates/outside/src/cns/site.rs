//! The certificate of the portal's own listener, from an authority for sites that nobody else knows.

use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer as Signer, KeyPair, date_time_ymd};

use super::Cns;

/// A server's certificate and key as PEM.
#[derive(Clone)]
pub struct Site {
    /// The certificate, and behind it the one of the authority.
    pub certificate_pem: String,
    /// The key.
    pub key_pem: String,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Site(…)")
    }
}

/// The certificate was not made.
#[derive(Debug, thiserror::Error)]
#[error("the certificate of the site cannot be made")]
pub struct SiteError(#[from] rcgen::Error);

/// The authority for sites.
pub(super) struct Issuer {
    certificate: Certificate,
    signer: Signer<'static, KeyPair>,
}

impl Cns {
    /// Issues a certificate to a server under these names and addresses. Browsers look at it with the time of their own
    /// machine, not of this world, so it is valid for a very long time.
    ///
    /// # Errors
    /// [`SiteError`].
    pub fn site(&self, names: &[&str]) -> Result<Site, SiteError> {
        let issuer = self.issuer()?;
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())?;
        params.distinguished_name.push(DnType::CommonName, names.first().copied().unwrap_or("sito"));
        validity(&mut params);
        let certificate = params.signed_by(&key, &issuer.signer)?;
        let certificate_pem = certificate.pem() + &issuer.certificate.pem();
        Ok(Site { certificate_pem, key_pem: key.serialize_pem() })
    }

    /// The authority of these certificates, for whoever visits.
    ///
    /// # Errors
    /// [`SiteError`].
    pub fn site_authority_pem(&self) -> Result<String, SiteError> {
        Ok(self.issuer()?.certificate.pem())
    }

    fn issuer(&self) -> Result<&Issuer, SiteError> {
        if let Some(issuer) = self.inner.site.get() {
            return Ok(issuer);
        }
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(Vec::new())?;
        params.distinguished_name.push(DnType::CommonName, "Siti di prova");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        validity(&mut params);
        let certificate = params.self_signed(&key)?;
        let signer = Signer::new(params, key);
        Ok(self.inner.site.get_or_init(|| Issuer { certificate, signer }))
    }
}

fn validity(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(2016, 1, 1);
    params.not_after = date_time_ymd(2045, 1, 1);
}
