use std::sync::atomic::AtomicI64;
use std::sync::{Arc, PoisonError, RwLock};

use cns::revocation::{CrlCache, gather};
use cns::trust::Authority;
use cns::{Card, CardError, Policy, RevocationEvidence, TrustList};
use jiff::{SignedDuration, Timestamp};
use rustls_pki_types::CertificateDer;
use spid::signature::VerifyingKey;

use super::http::{Bounded, LARGEST_CRL};
use crate::Cx;

/// How long a revocation list is used before it is fetched again: lists are asked for only when no responder answers.
const CRL_AGE: SignedDuration = SignedDuration::from_mins(10);

/// Where the trust list comes from.
#[derive(Clone, Debug)]
pub struct CardSource {
    /// Its address.
    pub url: String,
    /// Whose signature it must carry: the operator names them, never the list itself.
    pub signers: Vec<VerifyingKey>,
}

/// What the service is made from.
#[derive(Debug)]
pub struct CardSettings {
    /// The address under which browsers reach the listener, without a slash at its end.
    pub address: String,
    /// The listener's own certificate, when it ends the TLS connection itself.
    pub certificate: Option<CertificateDer<'static>>,
    /// The trust list.
    pub source: Option<CardSource>,
    /// Authorities that the operator names besides.
    pub more: Vec<Authority>,
}

/// The listener for smart cards and whom it trusts: one for all tenants, because a certificate is asked for before
/// anybody knows which tenant is meant.
#[derive(Debug)]
pub struct CardService {
    /// The address under which browsers reach the listener.
    pub address: String,
    /// The listener's own certificate.
    pub certificate: Option<CertificateDer<'static>>,
    /// Where the trust list comes from.
    pub source: Option<CardSource>,
    pub(super) more: Vec<Authority>,
    pub(super) policy: Policy,
    pub(super) lists: Bounded,
    authorities: Bounded,
    crls: CrlCache,
    current: RwLock<Arc<TrustList>>,
    /// When the list was last taken from the database, which another node may have changed.
    pub(super) taken_at: AtomicI64,
}

impl CardService {
    /// A service that trusts the authorities of the operator, and the trust list when it has been taken.
    ///
    /// # Errors
    /// When the machine's certificates cannot be read.
    pub fn new(settings: CardSettings) -> Result<Self, reqwest::Error> {
        let mut policy = Policy::default();
        policy.largest_crl = LARGEST_CRL;
        policy.crl_age = CRL_AGE;
        let current = RwLock::new(Arc::new(TrustList::of(settings.more.clone())));
        Ok(Self {
            address: settings.address.trim_end_matches('/').to_owned(),
            certificate: settings.certificate,
            source: settings.source,
            more: settings.more,
            policy,
            lists: Bounded::for_lists()?,
            authorities: Bounded::for_authorities()?,
            crls: CrlCache::new(),
            current,
            taken_at: AtomicI64::new(i64::MIN),
        })
    }

    /// The authorities that are trusted now. The same pointer as long as nothing changes.
    pub fn trust(&self) -> Arc<TrustList> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a list into force, unless it is older than the one that is.
    pub(super) fn set(&self, list: TrustList) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if current.sequence() <= list.sequence() {
            *current = Arc::new(list.with(&self.more));
        }
    }

    /// Verifies a chain and asks the authorities about it. A responder is asked anew every time, with a nonce: a card that
    /// was just reported lost opens nothing.
    pub(super) async fn check(
        &self,
        chain: &[CertificateDer<'static>],
        policy: &Policy,
        nonce: [u8; 32],
        now: Timestamp,
    ) -> (Result<Card, CardError>, RevocationEvidence) {
        let trust = self.trust();
        let gathered = gather(&self.authorities, &self.crls, chain, &trust, policy, Some(nonce), now).await;
        match gathered {
            Ok(evidence) => (cns::verify(chain, &trust, &evidence, policy, now), evidence),
            Err(error) => (Err(error), RevocationEvidence::none()),
        }
    }
}

/// What makes a question to a responder unlike every other.
pub(super) fn nonce(cx: &Cx) -> [u8; 32] {
    let mut nonce = [0; 32];
    cx.chance().fill(&mut nonce);
    nonce
}
