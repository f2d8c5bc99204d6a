//! Requests at the provider: what is accepted is what the service signed.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use spid::idp::request::{AcceptedRequest, Incoming, Policy, Receiver, RequestError, verify};

use super::originals;
use crate::world::{CLIENT, PROVIDER, SERVICE, SSO, endpoints, entity, now};

fn hear(incoming: &Incoming<'_>) -> Option<AcceptedRequest> {
    let (entity_id, endpoints) = (entity(PROVIDER), endpoints());
    let policy = Policy::default();
    let receiver = Receiver { entity_id: &entity_id, endpoints: &endpoints, at: SSO, now: now(), policy };
    // Whoever is told of an error is a place that the service's metadata name.
    match verify(incoming, &receiver, |issuer| (issuer.as_str() == SERVICE).then_some(&*CLIENT)) {
        Ok(request) => {
            assert_known(&request.reply_to.consumer_url);
            Some(request)
        }
        Err(RequestError::Reply(rejection)) => {
            assert_known(&rejection.reply_to.consumer_url);
            None
        }
        Err(_) => None,
    }
}

fn assert_known(consumer: &str) {
    assert!(CLIENT.consumers.iter().any(|known| known.location == consumer), "{consumer}");
}

/// All but the text, which may be written in many ways, and the relay state of a form, which nobody signs.
fn meaning(request: AcceptedRequest) -> AcceptedRequest {
    AcceptedRequest { xml: String::new(), ..request }
}

fn by_form(xml: &[u8]) -> Option<AcceptedRequest> {
    let saml_request = STANDARD.encode(xml);
    hear(&Incoming::Post { saml_request: &saml_request, relay_state: Some("state") }).map(meaning)
}

/// A request by form that is accepted asks for what a seed asks for.
pub fn posted(xml: &[u8]) -> bool {
    static ORIGINALS: LazyLock<Vec<AcceptedRequest>> = LazyLock::new(|| originals("request", by_form));
    let Some(request) = by_form(xml) else { return false };
    assert!(ORIGINALS.contains(&request), "nobody asked this: {request:?}");
    true
}

fn by_query(bytes: &[u8]) -> Option<AcceptedRequest> {
    let query = std::str::from_utf8(bytes).ok()?;
    hear(&Incoming::Redirect { query }).map(meaning)
}

/// The same by query, where the relay state is signed, too.
pub fn redirected(bytes: &[u8]) -> bool {
    static ORIGINALS: LazyLock<Vec<AcceptedRequest>> = LazyLock::new(|| originals("query", by_query));
    let Some(request) = by_query(bytes) else { return false };
    assert!(ORIGINALS.contains(&request), "nobody asked this: {request:?}");
    true
}
