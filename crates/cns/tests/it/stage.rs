//! An authority, a moment, and a network that answers as told.

use std::sync::Mutex;

use cns::authority::{Authority, CardSpec, IssuedCard, OcspShape, Places};
use cns::revocation::{CrlCache, gather};
use cns::{Card, CardError, Fetch, FetchError, Policy, RevocationEvidence, TrustList};
use italia::PersonalCode;
use jiff::Timestamp;
use rustls_pki_types::CertificateDer;

pub const CARD_ID: &str = "6120016461039008";

pub fn tax_code() -> PersonalCode {
    PersonalCode::parse("MSRNTN77H15C351X").unwrap()
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub struct Stage {
    pub authority: Authority,
    pub trust: TrustList,
    pub policy: Policy,
    pub now: Timestamp,
}

impl Stage {
    pub fn new() -> Self {
        Self::at(at("2026-11-22T10:00:00Z"))
    }

    pub fn at(now: Timestamp) -> Self {
        let places = Places {
            ocsp: Some("http://ca.example/ocsp".to_owned()),
            crl: Some("http://ca.example/cards.crl".to_owned()),
            root_crl: Some("http://ca.example/root.crl".to_owned()),
        };
        let authority = Authority::new("Prova CNS", places, now).unwrap();
        let trust = authority.trust().unwrap();
        Self { authority, trust, policy: Policy::default(), now }
    }

    /// Trusts the root, so that the issuing authority is one between.
    pub fn trusting_root() -> Self {
        let mut stage = Self::new();
        let root = cns::authority::pem("CERTIFICATE", &stage.authority.root_certificate().unwrap());
        stage.trust = TrustList::from_pem(&root).unwrap();
        stage
    }

    pub fn cns(&self) -> CardSpec {
        CardSpec::cns(&tax_code(), CARD_ID, self.now)
    }

    pub fn issue(&mut self, spec: &CardSpec) -> IssuedCard {
        self.authority.issue(spec).unwrap()
    }

    /// Issues a card and signs in with it, with a fresh revocation list.
    pub fn sign_in(&mut self, spec: &CardSpec) -> Result<Card, CardError> {
        let card = self.issue(spec);
        self.verify(&card, &self.evidence())
    }

    pub fn evidence(&self) -> RevocationEvidence {
        RevocationEvidence::none().with_crl(self.authority.crl(self.now).unwrap())
    }

    pub fn verify(&self, card: &IssuedCard, evidence: &RevocationEvidence) -> Result<Card, CardError> {
        cns::verify(&chain(card), &self.trust, evidence, &self.policy, self.now)
    }

    /// Asks the network and verifies with what it says.
    pub async fn ask(&self, card: &IssuedCard, net: &Net<'_>, cache: &CrlCache) -> Result<Card, CardError> {
        let chain = chain(card);
        let evidence = gather(net, cache, &chain, &self.trust, &self.policy, Some([7; 32]), self.now).await?;
        cns::verify(&chain, &self.trust, &evidence, &self.policy, self.now)
    }

    pub fn net(&self) -> Net<'_> {
        Net {
            authority: &self.authority,
            now: self.now,
            shape: OcspShape::default(),
            ocsp: Mode::Good,
            crl: Mode::Good,
            asked: Mutex::default(),
        }
    }
}

pub fn chain(card: &IssuedCard) -> Vec<CertificateDer<'static>> {
    vec![card.certificate.clone().into(), card.issuer.clone().into()]
}

/// What a place answers.
#[derive(Clone)]
pub enum Mode {
    Good,
    Down,
    Status(u16),
    Body(Vec<u8>),
}

pub struct Net<'a> {
    pub authority: &'a Authority,
    pub now: Timestamp,
    pub shape: OcspShape,
    pub ocsp: Mode,
    pub crl: Mode,
    pub asked: Mutex<Vec<String>>,
}

impl Net<'_> {
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn answer(&self, request: &http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        let path = request.uri().path().to_owned();
        self.asked.lock().unwrap().push(path.clone());
        let mode = if path == "/ocsp" { &self.ocsp } else { &self.crl };
        let (status, body) = match (mode, path.as_str()) {
            (Mode::Down, _) => {
                return Err(FetchError { url: request.uri().to_string(), cause: "connection refused".into() });
            }
            (Mode::Status(status), _) => (*status, Vec::new()),
            (Mode::Body(body), _) => (200, body.clone()),
            (Mode::Good, "/ocsp") => {
                assert_eq!(request.headers()["content-type"], "application/ocsp-request");
                (200, self.authority.answer_shaped(request.body(), self.shape, self.now).unwrap())
            }
            (Mode::Good, "/cards.crl") => (200, self.authority.crl(self.now).unwrap()),
            (Mode::Good, "/root.crl") => (200, self.authority.root_crl(self.now).unwrap()),
            (Mode::Good, _) => (404, Vec::new()),
        };
        Ok(http::Response::builder().status(status).body(body).unwrap())
    }
}

impl Fetch for Net<'_> {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        self.answer(&request)
    }
}
