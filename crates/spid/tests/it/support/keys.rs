//! Keys, made anew in each run.

use std::sync::OnceLock;

use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use spid::signature::{SigningKey, VerifyingKey};

/// A key pair in all the forms that tests need.
pub struct Keys {
    pub private_pem: String,
    pub certificate_pem: String,
    pub signing: SigningKey,
    pub verifying: VerifyingKey,
}

impl Keys {
    fn generate(size: RsaKeySize) -> Self {
        let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, size).unwrap();
        let certificate = CertificateParams::new(Vec::new()).unwrap().self_signed(&pair).unwrap();
        let (private_pem, certificate_pem) = (pair.serialize_pem(), certificate.pem());
        let signing = SigningKey::from_pem(&private_pem, &certificate_pem).unwrap();
        let verifying = signing.verifying_key().unwrap();
        Self { private_pem, certificate_pem, signing, verifying }
    }
}

/// The provider's.
pub fn provider() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| Keys::generate(RsaKeySize::_2048))
}

/// Somebody else's: the attacker's, or the provider's of tomorrow.
pub fn other() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| Keys::generate(RsaKeySize::_2048))
}

/// Ours, the service provider's.
pub fn ours() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| Keys::generate(RsaKeySize::_2048))
}
