//! Keys and certificates that are not what they should be.

mod common;

use common::PEM;
use registries::{BusinessRegister, Config, ConfigError, Credential, CredentialError};

fn error(key: &str, certificate: &str) -> CredentialError {
    Credential::from_pem(key, certificate).expect_err("not a usable credential")
}

#[test]
fn a_good_pair_is_taken_and_not_shown() {
    let credential = Credential::from_pem(&PEM.0, &PEM.1).unwrap();
    assert_eq!(format!("{credential:?}"), "Credential { certificates: 1, .. }");
}

#[test]
fn what_is_wrong_is_named() {
    let (key, certificate) = &*PEM;
    assert_eq!(error("", certificate), CredentialError::Missing { wanted: "private key" });
    assert_eq!(error(key, ""), CredentialError::Missing { wanted: "certificate" });
    assert_eq!(error(certificate, key), CredentialError::Missing { wanted: "private key" });
    let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAQID\n-----END ENCRYPTED PRIVATE KEY-----";
    assert_eq!(error(encrypted, certificate), CredentialError::Encrypted);
    let nonsense = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----";
    assert_eq!(error(key, nonsense), CredentialError::NotACertificate);

    let elliptic = rcgen::KeyPair::generate().unwrap();
    assert_eq!(error(&elliptic.serialize_pem(), certificate), CredentialError::NotRsa);
    let other = rcgen::CertificateParams::new(vec![]).unwrap().self_signed(&elliptic).unwrap();
    assert_eq!(error(key, &other.pem()), CredentialError::Mismatch);
}

#[test]
fn an_address_that_is_no_web_service_is_refused() {
    for url in ["ftp://register.example/", "mailto:a@b.example"] {
        let credential = Credential::from_pem(&PEM.0, &PEM.1).unwrap();
        let made = BusinessRegister::new(Config::new(url.parse().unwrap(), "albo"), credential);
        assert!(matches!(made, Err(ConfigError::BaseUrl)), "{url}");
    }
}
