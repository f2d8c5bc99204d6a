//! Asking the authorities.

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use rustls_pki_types::CertificateDer;

use super::places::{lists, responders};
use super::{Attempt, CrlCache, Failure, OcspAnswer, RevocationEvidence, Way, crl, ocsp, request};
use crate::asn1::signed;
use crate::card::CardError;
use crate::chain::Link;
use crate::fetch::Fetch;
use crate::policy::{Policy, RevocationOrder};
use crate::trust::TrustList;

/// Asks for the state of every certificate between a card and its authority on the trust list.
///
/// Everything else about the card is verified first, and the addresses that are asked stand in certificates of trusted
/// authorities: nobody can make the product call an address of his choice by showing a certificate of his own.
///
/// `nonce` are 32 random octets; with `None` no nonce is sent. Time limits are the fetcher's.
///
/// # Errors
/// Whatever is wrong with the card apart from revocation. That nothing could be learnt is no error here: the evidence
/// then says why, and [`verify`](crate::verify()) refuses.
pub async fn gather(
    fetch: &impl Fetch,
    cache: &CrlCache,
    chain: &[CertificateDer<'_>],
    trust: &TrustList,
    policy: &Policy,
    nonce: Option<[u8; 32]>,
    now: Timestamp,
) -> Result<RevocationEvidence, CardError> {
    let (_, links) = crate::verify::examine(chain, trust, policy, now)?;
    let mut evidence = RevocationEvidence::none();
    for (position, link) in links.iter().enumerate() {
        let nonce = nonce.map(|nonce| own_nonce(nonce, position));
        let asked = Asked { fetch, cache, link, policy, nonce, now };
        let ways: &[Way] = match policy.order {
            RevocationOrder::OcspThenCrl => &[Way::Ocsp, Way::Crl],
            RevocationOrder::CrlThenOcsp => &[Way::Crl, Way::Ocsp],
            RevocationOrder::OcspOnly => &[Way::Ocsp],
            RevocationOrder::CrlOnly => &[Way::Crl],
        };
        for way in ways {
            let is_answered = match way {
                Way::Ocsp => asked.ocsp(&mut evidence).await,
                Way::Crl => asked.crl(&mut evidence).await,
            };
            if is_answered {
                break;
            }
        }
    }
    Ok(evidence)
}

/// Two responders must not see the same nonce.
fn own_nonce(nonce: [u8; 32], position: usize) -> Vec<u8> {
    let mut input = nonce.to_vec();
    input.extend_from_slice(&position.to_be_bytes());
    digest(&SHA256, &input).as_ref().to_vec()
}

struct Asked<'a, F> {
    fetch: &'a F,
    cache: &'a CrlCache,
    link: &'a Link,
    policy: &'a Policy,
    nonce: Option<Vec<u8>>,
    now: Timestamp,
}

impl<F: Fetch> Asked<'_, F> {
    /// Whether a responder gave an answer to rely on, good or not.
    async fn ocsp(&self, evidence: &mut RevocationEvidence) -> bool {
        let addresses = responders(&self.link.certificate);
        if addresses.is_empty() {
            evidence.attempts.push(no_address(Way::Ocsp));
        }
        for address in addresses {
            match self.ask_responder(&address).await {
                Ok(answer) => {
                    evidence.ocsp.push(answer);
                    return true;
                }
                Err(failure) => evidence.attempts.push(Attempt { way: Way::Ocsp, place: address, failure }),
            }
        }
        false
    }

    async fn ask_responder(&self, address: &str) -> Result<OcspAnswer, Failure> {
        let question = request::about(self.link, self.nonce.as_deref());
        let question = question.map_err(|error| Failure::Ocsp(error.into()))?;
        let request = http::Request::post(address)
            .header(http::header::CONTENT_TYPE, "application/ocsp-request")
            .header(http::header::ACCEPT, "application/ocsp-response")
            .body(question);
        let response = self.send(request, ocsp::LARGEST).await?;
        let answer = OcspAnswer { response, nonce: self.nonce.clone() };
        ocsp::read(&answer, self.link, self.policy, self.now).map_err(Failure::Ocsp)?;
        Ok(answer)
    }

    /// Whether there is a revocation list to rely on.
    async fn crl(&self, evidence: &mut RevocationEvidence) -> bool {
        let addresses = lists(&self.link.certificate);
        if addresses.is_empty() {
            evidence.attempts.push(no_address(Way::Crl));
        }
        for address in addresses {
            match self.list(&address).await {
                Ok(bytes) => {
                    evidence.crls.push(bytes);
                    return true;
                }
                Err(failure) => evidence.attempts.push(Attempt { way: Way::Crl, place: address, failure }),
            }
        }
        false
    }

    async fn list(&self, address: &str) -> Result<Arc<[u8]>, Failure> {
        if let Some(recent) = self.cache.recent(address, self.policy.crl_age, self.now) {
            return Ok(recent);
        }
        match self.fetch_list(address).await {
            Ok(bytes) => Ok(bytes),
            Err(failure) => self.cache.unexpired(address, self.now).ok_or(failure),
        }
    }

    async fn fetch_list(&self, address: &str) -> Result<Arc<[u8]>, Failure> {
        let bytes = self.send(http::Request::get(address).body(Vec::new()), self.policy.largest_crl).await?;
        crl::read(&bytes, self.link, self.policy, self.now).map_err(Failure::Crl)?;
        let unreadable = |error: x509_cert::der::Error| Failure::Crl(error.into());
        let head = crl::head(signed(&bytes).map_err(unreadable)?.body).map_err(unreadable)?;
        let bytes: Arc<[u8]> = bytes.into();
        self.cache.keep(address, Arc::clone(&bytes), head.next_update, self.now);
        Ok(bytes)
    }

    async fn send(
        &self,
        request: Result<http::Request<Vec<u8>>, http::Error>,
        largest: usize,
    ) -> Result<Vec<u8>, Failure> {
        let request = request.map_err(|_| Failure::NoAddress)?;
        let answer = self.fetch.send(request).await;
        let answer = answer.map_err(|error| Failure::NoAnswer { why: format!("{}: {}", error, error.cause) })?;
        if answer.status() != http::StatusCode::OK {
            return Err(Failure::Status { status: answer.status().as_u16() });
        }
        let body = answer.into_body();
        if body.len() > largest { Err(Failure::TooLarge { octets: body.len() }) } else { Ok(body) }
    }
}

fn no_address(way: Way) -> Attempt {
    Attempt { way, place: "certificate".to_owned(), failure: Failure::NoAddress }
}
