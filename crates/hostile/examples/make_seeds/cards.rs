//! Cards, and what their authority says about them.

use cns::authority::{Authority, CardSpec, IssuedCard, Places, pem};
use cns::revocation::{CrlCache, RevocationReason, gather};
use cns::{Fetch, FetchError, Policy, TrustList};
use hostile::world::now;
use italia::PersonalCode;
use jiff::SignedDuration;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::write;

pub fn make() {
    let places = Places {
        ocsp: Some("http://ca.example/ocsp".to_owned()),
        crl: Some("http://ca.example/cards.crl".to_owned()),
        root_crl: None,
    };
    let mut authority = Authority::new("Prova CNS", places, now()).unwrap();
    let code = PersonalCode::parse("MSRNTN77H15C351X").unwrap();
    let mut issue = |number: &str| authority.issue(&CardSpec::cns(&code, number, now())).unwrap();
    let (good, revoked) = (issue("6120016461039008"), issue("6120016461039009"));
    let regional = CardSpec::cns(&code, "6120016461039010", now()).regional().named("Antonio", "Màsera");
    let regional = authority.issue(&regional).unwrap();
    authority.revoke(&revoked.serial, now() - SignedDuration::from_hours(1), RevocationReason::KeyCompromise);
    write("card/1.der", &good.certificate);
    write("card/2.der", &regional.certificate);
    write("keys/revoked.der", &revoked.certificate);
    write("keys/issuer.der", authority.issuing_certificate().unwrap());
    write("crl/1.der", authority.crl(now()).unwrap());
    write("trust_list/1.xml", authority.trust_list_xml(7, now()).unwrap());
    let trust = TrustList::from_pem(&pem("CERTIFICATE", &authority.issuing_certificate().unwrap())).unwrap();
    write("ocsp/1.der", answer(&authority, &trust, &good));
    write("ocsp/2.der", answer(&authority, &trust, &revoked));
    write("certificate/3.der", &good.certificate);
}

/// A responder that answers at once.
struct Responder<'a>(&'a Authority);

impl Fetch for Responder<'_> {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        Ok(http::Response::new(self.0.answer(request.body(), now()).unwrap()))
    }
}

fn answer(authority: &Authority, trust: &TrustList, card: &IssuedCard) -> Vec<u8> {
    let responder = Responder(authority);
    let (cache, policy) = (CrlCache::new(), Policy::default());
    let chain = [card.certificate.clone().into(), card.issuer.clone().into()];
    let mut asking = pin!(gather(&responder, &cache, &chain, trust, &policy, None, now()));
    let Poll::Ready(evidence) = asking.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        unreachable!("the responder does not wait")
    };
    evidence.unwrap().ocsp.remove(0).response
}
