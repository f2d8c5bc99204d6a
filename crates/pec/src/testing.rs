//! A certification authority and providers for tests.

use std::sync::LazyLock;

use italia::EmailAddress;
use jiff::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, RsaKeySize, SanType,
};

use crate::certification::{Recipient, RecipientKind};
use crate::provider::{Provider, ProviderKey, Transaction};
use crate::{MessageId, ReceiptKind, TrustAnchors};

/// An authority whose anchor is given as PEM.
pub(crate) struct Authority {
    pub pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    pub fn trust(&self) -> TrustAnchors {
        TrustAnchors::from_pem(&self.pem).unwrap()
    }

    /// A certificate for that address; other wishes through `change`.
    pub fn key(&self, address: &str, pair: &KeyPair, change: impl FnOnce(&mut CertificateParams)) -> ProviderKey {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Prova PEC S.p.A.");
        params.subject_alt_names = vec![SanType::Rfc822Name(address.try_into().unwrap())];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
        params.not_before = rcgen::date_time_ymd(2025, 1, 1);
        params.not_after = rcgen::date_time_ymd(2028, 1, 1);
        change(&mut params);
        let certificate = params.signed_by(pair, &self.issuer).unwrap();
        ProviderKey::new(&[certificate.der().to_vec()], &pair.serialize_der()).unwrap()
    }
}

pub(crate) static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| Authority::new("Autorità di prova"));
pub(crate) static RSA: LazyLock<KeyPair> =
    LazyLock::new(|| KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap());
pub(crate) static ECDSA: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap());

pub(crate) const PROVIDER_ADDRESS: &str = "posta-certificata@pec.example.it";

pub(crate) fn provider_with(key: ProviderKey) -> Provider {
    Provider {
        name: "Prova PEC S.p.A.".into(),
        domain: "pec.example.it".into(),
        key,
        zone: jiff::tz::TimeZone::fixed(jiff::tz::offset(1)),
    }
}

pub(crate) fn provider() -> Provider {
    provider_with(AUTHORITY.key(PROVIDER_ADDRESS, &RSA, |_| {}))
}

pub(crate) fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

pub(crate) fn id(text: &str) -> MessageId {
    MessageId::parse(text).unwrap()
}

pub(crate) fn noon() -> Timestamp {
    "2026-01-10T11:02:03Z".parse().unwrap()
}

pub(crate) fn transaction() -> Transaction {
    Transaction {
        sender: address("albo@pec.example.it"),
        recipients: vec![
            Recipient { address: address("rossi@pec.example.it"), kind: RecipientKind::Certified },
            Recipient { address: address("verdi@example.com"), kind: RecipientKind::Ordinary },
        ],
        reply_to: None,
        subject: "Attività n. 7 – quota".into(),
        message_id: Some(id("m1@albo.example.it")),
        identifier: id("opec1.20260110120203.1.1.1@pec.example.it"),
        detail: ReceiptKind::Complete,
    }
}

pub(crate) const ORIGINAL: &[u8] = b"From: Albo <albo@pec.example.it>\r\nTo: rossi@pec.example.it\r\n\
Subject: =?utf-8?B?QXR0aXZpdMOgIG4uIDc=?=\r\nMessage-ID: <m1@albo.example.it>\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
Buongiorno, la quota \xC3\xA8 dovuta.\r\n--q\r\nContent-Type: application/pdf; name=\"quota.pdf\"\r\n\
Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"quota.pdf\"\r\n\r\nJVBERi0x\r\n--q--\r\n";
