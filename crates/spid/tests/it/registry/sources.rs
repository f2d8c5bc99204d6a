//! Sources that say what a test wants.

use std::collections::HashMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{Request, Response};
use serde_json::{Value, json};
use spid::fetch::{Fetch, FetchError};
use spid::registry::{Policy, Refreshed, Registry, Source, refresh};

use crate::materials::{OURS, now};

pub const LIST: &str = "https://registry.example.it/entities-idp";

/// Answers by address; whoever is not there does not answer.
#[derive(Default)]
pub struct Answers(HashMap<String, (u16, Vec<u8>)>);

impl Answers {
    pub fn with(mut self, url: &str, status: u16, body: impl Into<Vec<u8>>) -> Self {
        self.0.insert(url.to_owned(), (status, body.into()));
        self
    }
}

impl Fetch for Answers {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        assert_eq!(request.method(), http::Method::GET);
        let url = request.uri().to_string();
        let Some((status, body)) = self.0.get(&url) else {
            return Err(FetchError { url, cause: "it is down".into() });
        };
        Ok(Response::builder().status(*status).body(body.clone()).unwrap())
    }
}

pub fn list_only() -> Policy {
    Policy { sources: vec![Source::Json { url: LIST.to_owned() }] }
}

/// Nothing here waits, so the first look finds the answer.
pub fn ask(current: &Registry, answers: &Answers, policy: &Policy) -> Refreshed {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(refresh(current, answers, policy, now())).as_mut().poll(&mut context) {
        Poll::Ready(refreshed) => refreshed,
        Poll::Pending => panic!("the refresh waits"),
    }
}

/// The registry after a list with these entries.
pub fn after(current: &Registry, entries: &[Value]) -> Refreshed {
    let body = serde_json::to_vec(entries).unwrap();
    ask(current, &Answers::default().with(LIST, 200, body), &list_only())
}

/// An entry as AgID's list has them.
pub fn entry(entity_id: &str) -> Value {
    json!({
        "entity_id": entity_id,
        "organization_name": "Gestore S.p.A.",
        "organization_display_name": "Gestore",
        "logo_uri": "https://registry.example.it/logo.svg",
        "code": "00000000000",
        "lastupdate_date": "2026-01-09 14:52:07",
        "signing_certificate_x509": [STANDARD.encode(OURS.certificate_der())],
        "single_sign_on_service": [
            { "Binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", "Location": format!("{entity_id}/sso") },
            { "Binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", "Location": format!("{entity_id}/sso") },
        ],
        "single_logout_service": [
            { "Binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", "Location": format!("{entity_id}/slo"),
              "ResponseLocation": format!("{entity_id}/slo/answer") },
        ],
        "attribute": ["spidCode", "name"],
        "_deleted": "N",
    })
}

pub fn ids(registry: &Registry) -> Vec<&str> {
    registry.providers().iter().map(|provider| provider.entity_id.as_str()).collect()
}
