//! Who signs the trust list.

use std::time::Duration;

use jiff::Timestamp;
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_RSA_SHA256, date_time_ymd};
use spid::signature::{SigningKey, sign_list};

use super::{Cns, CnsError};

type Cause = Box<dyn std::error::Error + Send + Sync>;

impl Cns {
    /// The signed trust list. Its number grows every hour.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn trust_list(&self) -> Result<String, CnsError> {
        let now = self.now();
        let sequence = u64::try_from(now.as_second() / 3600).unwrap_or_default();
        let unsigned = self.state().listed.trust_list_xml(sequence, now)?;
        let unsigned = String::from_utf8(unsigned).map_err(|error| CnsError::Sign(error.into()))?;
        sign_list(&unsigned, self.signer()?, now).map_err(|error| CnsError::Sign(error.into()))
    }

    /// The certificate whose signature the list carries, as PEM: what an operator configures.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn signer_pem(&self) -> Result<String, CnsError> {
        Ok(::cns::authority::pem("CERTIFICATE", self.signer()?.certificate_der()))
    }

    /// The key. It takes a while to make, and so is made when it is first needed.
    fn signer(&self) -> Result<&SigningKey, CnsError> {
        if let Some(key) = self.inner.signer.get() {
            return Ok(key);
        }
        let key = make(self.now()).map_err(CnsError::Sign)?;
        // Of two that are made at the same time, the first stays.
        Ok(self.inner.signer.get_or_init(|| key))
    }
}

fn make(now: Timestamp) -> Result<SigningKey, Cause> {
    let pair = KeyPair::generate_for(&PKCS_RSA_SHA256)?;
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name.push(DnType::CommonName, "Elenco di prova");
    let moment =
        |seconds: i64| date_time_ymd(1970, 1, 1) + Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    params.not_before = moment(now.as_second() - 86_400);
    params.not_after = moment(now.as_second() + 10 * 365 * 86_400);
    let certificate = params.self_signed(&pair)?;
    Ok(SigningKey::from_pem(&pair.serialize_pem(), &certificate.pem())?)
}
