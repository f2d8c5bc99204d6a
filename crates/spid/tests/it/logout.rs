//! Single logout, begun by us and by the provider, in both bindings.

use jiff::SignedDuration;
use spid::saml::{EntityId, MessageId, RelayState, StatusCode};
use spid::signature::{QuerySignatureError, SignatureError, VerifyingKey};
use spid::sp::logout::{
    Incoming, LogoutError, LogoutRequest, LogoutResponse, PendingLogout, Receiver, verify_request, verify_response,
};
use spid::sp::response::Subject;
use spid::sp::{Fault, Violation};

use crate::support::keys::{other, provider};
use crate::support::provider::{PROVIDER, US, at};

const OUR_SERVICE: &str = "https://sp.example/slo";

/// The messages are the same in both directions; here the provider is the one who sends.
fn request() -> LogoutRequest {
    LogoutRequest {
        id: MessageId::parse("_logout").unwrap(),
        issue_instant: at("2026-11-22T10:00:00Z"),
        issuer: EntityId::parse(PROVIDER).unwrap(),
        provider: EntityId::parse(US).unwrap(),
        destination: OUR_SERVICE.to_owned(),
        subject: Subject { name_id: "_name".to_owned(), name_qualifier: PROVIDER.to_owned() },
        session_index: Some("_session".to_owned()),
    }
}

fn response() -> LogoutResponse {
    LogoutResponse {
        id: MessageId::parse("_answer").unwrap(),
        issue_instant: at("2026-11-22T10:00:01Z"),
        issuer: EntityId::parse(PROVIDER).unwrap(),
        destination: OUR_SERVICE.to_owned(),
        in_response_to: MessageId::parse("_ours").unwrap(),
        status: StatusCode::Success,
    }
}

fn pending() -> PendingLogout {
    PendingLogout {
        id: MessageId::parse("_ours").unwrap(),
        issue_instant: at("2026-11-22T10:00:00Z"),
        provider: EntityId::parse(PROVIDER).unwrap(),
    }
}

fn receiver(now: &str) -> Receiver<'static> {
    Receiver { url: OUR_SERVICE, now: at(now), clock_skew: SignedDuration::from_secs(60) }
}

fn demanded(incoming: Incoming<'_>, keys: &[VerifyingKey], now: &str) -> Result<Vec<String>, LogoutError> {
    let known = |entity: &EntityId| (entity.as_str() == PROVIDER).then_some(keys);
    let demand = verify_request(incoming, &receiver(now), known)?;
    assert_eq!((demand.id.as_str(), demand.subject.name_id.as_str()), ("_logout", "_name"));
    Ok(demand.session_indexes)
}

const NOW: &str = "2026-11-22T10:00:05Z";

#[test]
fn a_demand_in_either_binding() {
    let keys = [provider().verifying.clone()];
    let form = request().to_post(&provider().signing, None).unwrap();
    assert_eq!(demanded(Incoming::Post(&form.value), &keys, NOW), Ok(vec!["_session".to_owned()]));
    let relay_state = RelayState::new("state").unwrap();
    let redirection = request().to_redirect(&provider().signing, Some(&relay_state)).unwrap();
    let (_, query) = redirection.url.split_once('?').unwrap();
    assert_eq!(demanded(Incoming::Redirect(query), &keys, NOW), Ok(vec!["_session".to_owned()]));
}

#[test]
fn a_demand_must_be_signed_by_who_sends_it_and_fresh() {
    let keys = [provider().verifying.clone()];
    let by_other = request().to_post(&other().signing, None).unwrap();
    let key = LogoutError::Signature(SignatureError::Key);
    assert_eq!(demanded(Incoming::Post(&by_other.value), &keys, NOW), Err(key));
    let redirection = request().to_redirect(&provider().signing, None).unwrap();
    let (_, query) = redirection.url.split_once('?').unwrap();
    let unsigned = query.split('&').next().unwrap();
    let missing = LogoutError::Query(QuerySignatureError::Missing("SigAlg"));
    assert_eq!(demanded(Incoming::Redirect(unsigned), &keys, NOW), Err(missing));
    // A message of the redirection is not signed inside: it is none for a form.
    let as_form = spid::saml::binding::to_form(&redirection.xml);
    let missing = LogoutError::Signature(SignatureError::Missing);
    assert_eq!(demanded(Incoming::Post(&as_form), &keys, NOW), Err(missing));
    let form = request().to_post(&provider().signing, None).unwrap();
    let late = Violation { place: "Message/@IssueInstant", fault: Fault::TooEarly };
    assert_eq!(demanded(Incoming::Post(&form.value), &keys, "2026-11-22T10:11:01Z"), Err(late.into()));
    let stranger = LogoutRequest { issuer: EntityId::parse("https://who.example").unwrap(), ..request() };
    let stranger = stranger.to_post(&provider().signing, None).unwrap();
    assert!(matches!(demanded(Incoming::Post(&stranger.value), &keys, NOW), Err(LogoutError::UnknownIssuer(_))));
    let elsewhere = LogoutRequest { destination: "https://other.example".to_owned(), ..request() };
    let elsewhere = elsewhere.to_post(&provider().signing, None).unwrap();
    let mismatch = Violation { place: "Message/@Destination", fault: Fault::Mismatch };
    assert_eq!(demanded(Incoming::Post(&elsewhere.value), &keys, NOW), Err(mismatch.into()));
}

#[test]
fn an_answer_in_either_binding() {
    let keys = [provider().verifying.clone()];
    let form = response().to_post(&provider().signing, None).unwrap();
    let status = verify_response(Incoming::Post(&form.value), &receiver(NOW), &pending(), &keys).unwrap();
    assert_eq!(status.code, StatusCode::Success);
    let partial = LogoutResponse { status: StatusCode::Requester, ..response() };
    let redirection = partial.to_redirect(&provider().signing, None).unwrap();
    let (_, query) = redirection.url.split_once('?').unwrap();
    let status = verify_response(Incoming::Redirect(query), &receiver(NOW), &pending(), &keys).unwrap();
    assert_eq!(status.code, StatusCode::Requester);
}

#[test]
fn an_answer_must_be_to_our_request() {
    let keys = [provider().verifying.clone()];
    let to_other = LogoutResponse { in_response_to: MessageId::parse("_theirs").unwrap(), ..response() };
    let form = to_other.to_post(&provider().signing, None).unwrap();
    let mismatch = Violation { place: "LogoutResponse/@InResponseTo", fault: Fault::Mismatch };
    let outcome = verify_response(Incoming::Post(&form.value), &receiver(NOW), &pending(), &keys);
    assert_eq!(outcome, Err(mismatch.into()));
    let request = request().to_post(&provider().signing, None).unwrap();
    let outcome = verify_response(Incoming::Post(&request.value), &receiver(NOW), &pending(), &keys);
    assert_eq!(outcome, Err(LogoutError::OtherMessage));
}
