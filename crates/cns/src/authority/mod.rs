//! A small authority that issues cards, for demonstrations and tests. **Nobody else trusts it**, and nobody should: its
//! keys live in memory.
//!
//! It has what a real one has: a root, an issuing authority on the trust list, a responder, revocation lists, and a
//! trust list that names it. A product serves [`Authority::answer`] and [`Authority::crl`] over HTTP at the addresses
//! given to [`Authority::new`], and hands [`IssuedCard::pkcs12`] to a browser for import.

mod build;
mod key;
mod list;
mod pkcs12;
mod spec;
mod status;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode};

use build::{Body, ca_extensions, certificate, name, responder_extensions};
pub use key::KeyKind;
use key::SigningKey;
pub use spec::{CardSpec, Text};
pub use status::{OcspShape, OcspSigner};

use crate::revocation::RevocationReason;
use crate::trust::TrustList;

/// Why the authority did not do what was asked.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IssueError {
    /// Something cannot be encoded, for instance a moment after 9999 or a name with letters that its type lacks.
    #[error("the certificate cannot be encoded")]
    Encoding(#[from] x509_cert::der::Error),
    /// A key cannot be made or read.
    #[error("the key cannot be made")]
    Key,
    /// A key does not sign.
    #[error("the key does not sign")]
    Sign,
    /// The certificate that was made cannot serve as an authority.
    #[error("the certificate of the authority is not usable")]
    Trust(#[from] crate::trust::AuthorityError),
}

/// Where the authority is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The responder, as in the authority information access; `None` leaves it out of the certificates.
    pub ocsp: Option<String>,
    /// The revocation list of the cards; `None` leaves it out of the certificates.
    pub crl: Option<String>,
    /// The revocation list of the root, which is about the issuing authority.
    pub root_crl: Option<String>,
}

/// A certificate with its key.
pub(crate) struct Identity {
    pub certificate: Certificate,
    pub key: SigningKey,
}

impl Identity {
    fn der(&self) -> Result<Vec<u8>, IssueError> {
        Ok(self.certificate.to_der()?)
    }
}

/// The authority. See the [module](self).
pub struct Authority {
    root: Identity,
    issuing: Identity,
    responder: Identity,
    places: Places,
    next_serial: u64,
    /// By serial number as octets.
    revoked: BTreeMap<Vec<u8>, (Timestamp, RevocationReason)>,
}

/// A card: its certificate and its key, which a real card never gives away.
#[derive(Clone)]
pub struct IssuedCard {
    /// The certificate in DER.
    pub certificate: Vec<u8>,
    /// The private key in PKCS #8.
    pub key: Vec<u8>,
    /// The certificate of the issuing authority in DER.
    pub issuer: Vec<u8>,
    /// The serial number, to [revoke](Authority::revoke) it.
    pub serial: Vec<u8>,
}

impl Authority {
    /// Makes an authority under a name, with new keys, valid from a year before `now` to ten years after it.
    ///
    /// # Errors
    /// When keys cannot be made, or the name or the moment cannot be encoded.
    pub fn new(title: &str, places: Places, now: Timestamp) -> Result<Self, IssueError> {
        let valid = (earlier(now, 365), later(now, 3650));
        let root = self_signed(&format!("{title} Root"), valid)?;
        let issuing = authority_below(&root, title, places.root_crl.as_deref(), valid)?;
        let key = SigningKey::generate(KeyKind::P256)?;
        let body = Body {
            serial: vec![3],
            subject: name(&format!("{title} OCSP"))?,
            issuer: &issuing.certificate.tbs_certificate.subject,
            valid,
            extensions: responder_extensions()?,
        };
        let responder = Identity { certificate: certificate(body, &key, &issuing.key)?, key };
        // A serial number with the highest bit set, as half of all real ones have it.
        Ok(Self { root, issuing, responder, places, next_serial: 0x9000_0000_0000_0001, revoked: BTreeMap::new() })
    }

    /// Issues a card.
    ///
    /// # Errors
    /// When the key cannot be made or the specification cannot be encoded.
    pub fn issue(&mut self, spec: &CardSpec) -> Result<IssuedCard, IssueError> {
        let serial = self.next_serial.to_be_bytes().to_vec();
        self.next_serial += 1;
        let key = SigningKey::generate(spec.key)?;
        let body = Body {
            serial: serial.clone(),
            subject: spec.subject()?,
            issuer: &self.issuing.certificate.tbs_certificate.subject,
            valid: spec.valid,
            extensions: spec.extensions(&self.places)?,
        };
        let certificate = certificate(body, &key, &self.issuing.key)?.to_der()?;
        Ok(IssuedCard { certificate, key: key.pkcs8()?, issuer: self.issuing.der()?, serial })
    }

    /// Revokes a card, or suspends it with [`RevocationReason::CertificateHold`].
    pub fn revoke(&mut self, serial: &[u8], at: Timestamp, reason: RevocationReason) {
        self.revoked.insert(serial.to_vec(), (at, reason));
    }

    /// Revokes the issuing authority itself: the list of the [root](Self::root_crl) then names it.
    pub fn revoke_issuing(&mut self, at: Timestamp) {
        let serial = self.issuing.certificate.tbs_certificate.serial_number.as_bytes().to_vec();
        self.revoked.insert(serial, (at, RevocationReason::AuthorityCompromise));
    }

    /// The certificate of the issuing authority in DER.
    ///
    /// # Errors
    /// Never in practice: it was encoded before.
    pub fn issuing_certificate(&self) -> Result<Vec<u8>, IssueError> {
        self.issuing.der()
    }

    /// The certificate of the root in DER.
    ///
    /// # Errors
    /// Never in practice: it was encoded before.
    pub fn root_certificate(&self) -> Result<Vec<u8>, IssueError> {
        self.root.der()
    }

    /// A trust list with the issuing authority alone, as AgID's names issuing authorities.
    ///
    /// # Errors
    /// Never in practice: the certificate is one of an authority.
    pub fn trust(&self) -> Result<TrustList, IssueError> {
        let authority = crate::trust::Authority::from_der(&self.issuing.der()?, None)?;
        Ok(TrustList::of(vec![authority]))
    }
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let subject = self.issuing.certificate.tbs_certificate.subject.to_string();
        f.debug_struct("Authority").field("subject", &subject).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for IssuedCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedCard").finish_non_exhaustive()
    }
}

fn self_signed(title: &str, valid: (Timestamp, Timestamp)) -> Result<Identity, IssueError> {
    let key = SigningKey::generate(KeyKind::P256)?;
    let subject = name(title)?;
    let body =
        Body { serial: vec![1], subject: subject.clone(), issuer: &subject, valid, extensions: ca_extensions(None)? };
    let certificate = certificate(body, &key, &key)?;
    Ok(Identity { certificate, key })
}

fn authority_below(
    root: &Identity,
    title: &str,
    root_crl: Option<&str>,
    valid: (Timestamp, Timestamp),
) -> Result<Identity, IssueError> {
    let key = SigningKey::generate(KeyKind::P256)?;
    let issuer = &root.certificate.tbs_certificate.subject;
    let body = Body { serial: vec![2], subject: name(title)?, issuer, valid, extensions: ca_extensions(root_crl)? };
    let certificate = certificate(body, &key, &root.key)?;
    Ok(Identity { certificate, key })
}

fn earlier(now: Timestamp, days: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn later(now: Timestamp, days: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MAX)
}

impl IssuedCard {
    /// The certificate as PEM.
    #[must_use]
    pub fn certificate_pem(&self) -> String {
        pem("CERTIFICATE", &self.certificate)
    }

    /// The private key as PEM.
    #[must_use]
    pub fn key_pem(&self) -> String {
        pem("PRIVATE KEY", &self.key)
    }

    /// Certificate, key and the issuing authority as PKCS #12, for import into a browser. `salt` are 32 random octets.
    ///
    /// Encrypted as OpenSSL 3 does by default: AES-256 with a key from PBKDF2, and a MAC with SHA-256.
    ///
    /// # Errors
    /// When the certificate was altered, or encryption fails.
    pub fn pkcs12(&self, label: &str, password: &str, salt: [u8; 32]) -> Result<Vec<u8>, IssueError> {
        Certificate::from_der(&self.certificate)?;
        pkcs12::build(self, label, password, salt)
    }
}

/// A PEM block, with 64 characters a line.
#[must_use]
pub fn pem(label: &str, der: &[u8]) -> String {
    use base64::Engine;
    let encoded = base64::engine::general_purpose::STANDARD.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for (position, character) in encoded.chars().enumerate() {
        if position > 0 && position % 64 == 0 {
            text.push('\n');
        }
        text.push(character);
    }
    text.push_str(&format!("\n-----END {label}-----\n"));
    text
}
