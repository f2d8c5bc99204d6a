//! The certification authority of this world and the providers that it vouches for.

use italia::EmailAddress;
use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use pec::provider::{Provider, ProviderKey};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, RsaKeySize, SanType,
};

use super::MailError;

pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
    /// One RSA key for all providers: making one takes a noticeable part of a second.
    key: KeyPair,
    years: (i32, i32),
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authority").field("years", &self.years).finish_non_exhaustive()
    }
}

impl Authority {
    /// Certificates are valid for twenty years either way, because the clock of this world is moved about.
    pub fn new(now: Timestamp) -> Result<Self, MailError> {
        let year = i32::from(now.to_zoned(TimeZone::UTC).year());
        let years = (year - 20, year + 20);
        let mut params = CertificateParams::default();
        valid(&mut params, years);
        params.distinguished_name.push(DnType::CommonName, "Autorità di certificazione di prova");
        params.distinguished_name.push(DnType::OrganizationName, "Mondo di prova");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let own = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
        let pem = params.self_signed(&own)?.pem();
        let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
        Ok(Self { issuer: Issuer::new(params, own), pem, key, years })
    }

    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// The provider of a domain, with a certificate for `posta-certificata@domain`.
    pub fn provider(&self, domain: &str) -> Result<Provider, MailError> {
        let name = format!("Gestore di prova {domain}");
        let address = EmailAddress::parse(&format!("posta-certificata@{domain}")).map_err(MailError::Domain)?;
        let mut params = CertificateParams::default();
        valid(&mut params, self.years);
        params.distinguished_name.push(DnType::CommonName, name.as_str());
        params.subject_alt_names = vec![SanType::Rfc822Name(address.as_str().try_into()?)];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&self.key, &self.issuer)?;
        let key = ProviderKey::new(&[certificate.der().to_vec()], &self.key.serialize_der())?;
        let zone = TimeZone::get("Europe/Rome").unwrap_or_else(|_| TimeZone::fixed(offset(1)));
        Ok(Provider { name, domain: domain.to_owned(), key, zone })
    }
}

fn valid(params: &mut CertificateParams, (first, last): (i32, i32)) {
    params.not_before = rcgen::date_time_ymd(first, 1, 1);
    params.not_after = rcgen::date_time_ymd(last, 1, 1);
}
