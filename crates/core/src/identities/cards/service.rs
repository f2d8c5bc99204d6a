use std::sync::atomic::AtomicI64;
use std::sync::{Arc, PoisonError, RwLock};

use cns::revocation::{CrlCache, gather};
use cns::trust::Authority;
use cns::{Card, CardError, Policy, RevocationEvidence, TrustList};
use jiff::Timestamp;
use rustls_pki_types::CertificateDer;
use spid::signature::VerifyingKey;

use super::http::{Authorities, LARGEST_CRL, Lists};
use super::ocsp::OcspCache;

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
    pub(super) lists: Lists,
    authorities: Authorities,
    crls: CrlCache,
    ocsp: OcspCache,
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
        let current = RwLock::new(Arc::new(TrustList::of(settings.more.clone())));
        Ok(Self {
            address: settings.address.trim_end_matches('/').to_owned(),
            certificate: settings.certificate,
            source: settings.source,
            more: settings.more,
            policy,
            lists: Lists::new()?,
            authorities: Authorities::new()?,
            crls: CrlCache::new(),
            ocsp: OcspCache::default(),
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

    /// Verifies a chain and asks the authorities about it.
    pub(super) async fn check(
        &self,
        chain: &[CertificateDer<'static>],
        policy: &Policy,
        now: Timestamp,
    ) -> (Result<Card, CardError>, RevocationEvidence) {
        let (trust, recent) = (self.trust(), self.ocsp.at(now));
        // No nonce: an answer without one is accepted anyway, and the same question may be asked once for several sign-ins.
        let gathered = gather(&self.authorities.with(&recent), &self.crls, chain, &trust, policy, None, now).await;
        let evidence = match gathered {
            Ok(evidence) => evidence,
            Err(error) => return (Err(error), RevocationEvidence::none()),
        };
        let outcome = cns::verify(chain, &trust, &evidence, policy, now);
        if outcome.is_ok() {
            recent.keep();
        }
        (outcome, evidence)
    }
}
