//! The authorities that may vouch for a card.
//!
//! AgID names them in the Italian trusted list (ETSI TS 119 612): services of the type *IdV* that are recognised at
//! national level.

mod findings;
mod refresh;
mod tsl;

use std::sync::Arc;

use jiff::Timestamp;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, TrustAnchor};
use x509_cert::Certificate;
use x509_cert::der::Decode;

pub use findings::Finding;
pub use refresh::{ITALIAN_LIST, RefreshError, refresh};
pub use tsl::{CheckError, SERVICE_STATUS, SERVICE_TYPE, TslError};

use crate::asn1::timestamp;

/// One authority of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Authority {
    certificate: CertificateDer<'static>,
    anchor: TrustAnchor<'static>,
    /// Its name as it stands in the certificates it issues (RFC 4514).
    pub subject: String,
    /// Who runs it, by the trust list.
    pub provider: Option<String>,
    /// From when its certificate is valid.
    pub not_before: Timestamp,
    /// Until when its certificate is valid.
    pub not_after: Timestamp,
}

/// Why a certificate cannot be that of an authority.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuthorityError {
    /// The text is not PEM.
    #[error("the certificates are not valid PEM")]
    Pem(#[source] Arc<rustls_pki_types::pem::Error>),
    /// Not a certificate.
    #[error("the certificate of an authority cannot be read")]
    Unreadable(#[source] x509_cert::der::Error),
    /// It cannot serve as an anchor.
    #[error("the certificate cannot be a trust anchor")]
    Anchor(#[source] webpki::Error),
    /// There was none.
    #[error("there is no certificate")]
    Empty,
}

impl Authority {
    /// From a certificate in DER.
    ///
    /// # Errors
    /// When it cannot be read or cannot be an anchor.
    pub fn from_der(der: &[u8], provider: Option<String>) -> Result<Self, AuthorityError> {
        let parsed = Certificate::from_der(der).map_err(AuthorityError::Unreadable)?;
        let certificate = CertificateDer::from(der.to_vec());
        let anchor = webpki::anchor_from_trusted_cert(&certificate).map_err(AuthorityError::Anchor)?.to_owned();
        let body = &parsed.tbs_certificate;
        Ok(Self {
            anchor,
            subject: body.subject.to_string(),
            provider,
            not_before: timestamp(body.validity.not_before.to_unix_duration()),
            not_after: timestamp(body.validity.not_after.to_unix_duration()),
            certificate,
        })
    }

    /// Its certificate in DER.
    #[must_use]
    pub fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// Whether its certificate is valid at `now`.
    #[must_use]
    pub fn is_valid_at(&self, now: Timestamp) -> bool {
        self.not_before <= now && now <= self.not_after
    }

    fn is(&self, anchor: &TrustAnchor<'_>) -> bool {
        self.anchor.subject == anchor.subject && self.anchor.subject_public_key_info == anchor.subject_public_key_info
    }
}

/// The authorities that may vouch for a card, until the list expires.
#[derive(Clone, Default)]
pub struct TrustList {
    authorities: Vec<Authority>,
    /// The same in the form that path building wants: a slice.
    anchors: Vec<TrustAnchor<'static>>,
    sequence: Option<u64>,
    next_update: Option<Timestamp>,
    unreadable: Vec<String>,
    bytes: Option<Arc<[u8]>>,
}

impl TrustList {
    /// Authorities named by the operator, for instance those of a test; such a list does not expire.
    #[must_use]
    pub fn of(authorities: Vec<Authority>) -> Self {
        let anchors = authorities.iter().map(|authority| authority.anchor.clone()).collect();
        Self { authorities, anchors, ..Self::default() }
    }

    /// Reads one or more PEM certificates of authorities.
    ///
    /// # Errors
    /// When the text holds no certificate, or one that cannot be an anchor.
    pub fn from_pem(pem: &str) -> Result<Self, AuthorityError> {
        let mut authorities = Vec::new();
        for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            let certificate = certificate.map_err(|error| AuthorityError::Pem(Arc::new(error)))?;
            authorities.push(Authority::from_der(&certificate, None)?);
        }
        if authorities.is_empty() {
            return Err(AuthorityError::Empty);
        }
        Ok(Self::of(authorities))
    }

    /// Reads a trusted list (ETSI TS 119 612) whose signature `check` has found good.
    ///
    /// `check` is called first, with the very bytes of the file. It must verify the enveloped XML signature **of the
    /// root element** with a certificate that the operator has configured; what is read afterwards is everything below
    /// that root, so a signature over less would let an attacker add authorities.
    ///
    /// # Errors
    /// When the check fails, or the file is not a trusted list. Services whose certificate cannot be read are left out
    /// and told by [`findings`](Self::findings).
    pub fn from_tsl(
        bytes: &[u8],
        check: impl FnOnce(&[u8]) -> Result<(), CheckError>,
        now: Timestamp,
    ) -> Result<Self, TslError> {
        tsl::read(bytes, check, now)
    }

    /// The newest usable of several copies, such as the last good one and one that is embedded in the program.
    ///
    /// The signature of each is checked again: what lay on a disk may have been changed. Copies that cannot be used
    /// are passed over; expired ones are not, because whether they serve is a matter of the
    /// [policy](crate::Policy::trust_list_grace) at every use.
    pub fn newest<'a>(
        copies: impl IntoIterator<Item = &'a [u8]>,
        check: impl Fn(&[u8]) -> Result<(), CheckError>,
        now: Timestamp,
    ) -> Option<Self> {
        let usable = copies.into_iter().filter_map(|bytes| Self::from_tsl(bytes, &check, now).ok());
        usable.max_by_key(|list| list.sequence)
    }

    /// The same list with authorities that the operator names besides. They do not outlive it: an expired list serves
    /// for nobody.
    #[must_use]
    pub fn with(mut self, more: &[Authority]) -> Self {
        for authority in
            more.iter().filter(|authority| !self.authorities.contains(authority)).cloned().collect::<Vec<_>>()
        {
            self.anchors.push(authority.anchor.clone());
            self.authorities.push(authority);
        }
        self
    }

    /// The authorities, in the order of the list.
    #[must_use]
    pub fn authorities(&self) -> &[Authority] {
        &self.authorities
    }

    /// The number of the list, which grows with each issue.
    #[must_use]
    pub fn sequence(&self) -> Option<u64> {
        self.sequence
    }

    /// When the list expires: its successor comes before. `None` for a list that the operator made.
    #[must_use]
    pub fn next_update(&self) -> Option<Timestamp> {
        self.next_update
    }

    /// The file that the list was read from: the last good copy to keep.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        self.bytes.as_deref()
    }

    /// What the operator should know: see [`Finding`].
    #[must_use]
    pub fn findings(&self, now: Timestamp) -> Vec<Finding> {
        findings::of(self, now)
    }

    pub(crate) fn anchors(&self) -> &[TrustAnchor<'static>] {
        &self.anchors
    }

    /// The authorities with the name and key of an anchor: several when a certificate was renewed under one key.
    pub(crate) fn authorities_of(&self, anchor: &TrustAnchor<'_>) -> impl Iterator<Item = &Authority> {
        self.authorities.iter().filter(move |authority| authority.is(anchor))
    }
}

impl std::fmt::Debug for TrustList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TrustList")
            .field("authorities", &self.authorities.len())
            .field("sequence", &self.sequence)
            .field("next_update", &self.next_update)
            .finish_non_exhaustive()
    }
}
