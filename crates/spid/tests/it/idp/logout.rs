//! Single logout, begun by a service or at the provider.

use jiff::SignedDuration;
use spid::idp::logout::{
    Demand, Incoming, LogoutError, LogoutOutcome, LogoutRequest, LogoutResponse, Plan, Receiver, verify_request,
};
use spid::idp::session::{Outcome, Session, after};
use spid::saml::{Level, RelayState, StatusCode};
use spid::sp::logout as service;
use spid::sp::response::Subject;

use super::stage::{CLIENT, PROVIDER, entity, level, provider};
use crate::materials::{ENTITY, OTHER, OURS, id, now};
use crate::support::keys;

const HERE: &str = "https://idp.example/slo";

fn session() -> Session {
    let authentication = level(Level::One);
    let mut session = None;
    for (client, name_id) in [("https://first.example", "_one"), (ENTITY, "_two"), ("https://third.example", "_three")]
    {
        session = after(session, &entity(client), Outcome::Consented { authentication: &authentication, name_id });
    }
    session.unwrap()
}

fn demand(name_id: &str, session_index: Option<&str>) -> LogoutRequest {
    LogoutRequest {
        id: id(3),
        issue_instant: now(),
        issuer: entity(ENTITY),
        provider: entity(PROVIDER),
        destination: HERE.to_owned(),
        subject: Subject { name_id: name_id.to_owned(), name_qualifier: PROVIDER.to_owned() },
        session_index: session_index.map(str::to_owned),
    }
}

fn hear(incoming: Incoming<'_>) -> Result<Demand, LogoutError> {
    let receiver = Receiver { url: HERE, now: now(), clock_skew: SignedDuration::ZERO };
    verify_request(incoming, &entity(PROVIDER), &receiver, |issuer| (issuer.as_str() == ENTITY).then_some(&*CLIENT))
}

fn heard(name_id: &str, session_index: Option<&str>) -> Demand {
    let form = demand(name_id, session_index).to_post(&OURS, None).unwrap();
    hear(Incoming::Post(&form.value)).unwrap()
}

#[test]
fn the_other_services_are_told() {
    let session = session();
    let plan = Plan::of(Some(&session), &heard("_two", Some("_session")));
    assert_eq!(plan.others.iter().map(|other| other.name_id.as_str()).collect::<Vec<_>>(), ["_one", "_three"]);
    assert_eq!(plan.outcome(true), LogoutOutcome::Success);
    assert_eq!(plan.outcome(false), LogoutOutcome::Partial);
    let all = Plan::for_all(Some(&session));
    assert_eq!(all.others.len(), 3);
}

#[test]
fn a_destination_is_the_address_or_the_provider() {
    for (destination, good) in [(HERE, true), (PROVIDER, true), ("https://idp.example/sso", false)] {
        let demand = LogoutRequest { destination: destination.to_owned(), ..demand("_two", None) };
        let form = demand.to_post(&OURS, None).unwrap();
        assert_eq!(hear(Incoming::Post(&form.value)).is_ok(), good, "{destination}");
    }
}

#[test]
fn nobody_ends_the_session_of_somebody_else() {
    let session = session();
    for (name_id, index) in [("_one", Some("_session")), ("_two", Some("_other")), ("", None)] {
        let demand = Demand {
            id: id(3),
            client: entity(ENTITY),
            subject: Subject { name_id: name_id.to_owned(), name_qualifier: PROVIDER.to_owned() },
            session_indexes: index.map(str::to_owned).into_iter().collect(),
        };
        let plan = Plan::of(Some(&session), &demand);
        assert!(!plan.found && plan.others.is_empty(), "{name_id}");
        assert_eq!(plan.outcome(true), LogoutOutcome::Partial);
    }
    assert!(!Plan::of(None, &heard("_two", None)).found);
}

#[test]
fn a_demand_that_is_not_signed_by_its_sender_is_refused() {
    let forged = demand("_two", None).to_post(&OTHER, None).unwrap();
    assert!(matches!(hear(Incoming::Post(&forged.value)), Err(LogoutError::Signature(_))));
    let forged = demand("_two", None).to_redirect(&OTHER, None).unwrap();
    let query = forged.url.split_once('?').unwrap().1;
    assert!(matches!(hear(Incoming::Redirect(query)), Err(LogoutError::Query(_))));
    let stranger = LogoutRequest { issuer: entity("https://other.example"), ..demand("_two", None) };
    let form = stranger.to_post(&OURS, None).unwrap();
    assert!(matches!(hear(Incoming::Post(&form.value)), Err(LogoutError::UnknownIssuer(_))));
}

#[test]
fn a_service_understands_the_request_and_the_answer() {
    let keys = [keys::provider().verifying.clone()];
    let plan = Plan::for_all(Some(&session()));
    let there = "https://sp.example.it/spid/slo";
    let request = plan.request(&entity(PROVIDER), &plan.others[1], there, id(4), now());
    let form = request.to_post(&provider().key, None).unwrap();
    let receiver = Receiver { url: there, now: now(), clock_skew: SignedDuration::ZERO };
    let demand = service::verify_request(Incoming::Post(&form.value), &receiver, |_| Some(&keys)).unwrap();
    assert_eq!((demand.subject.name_id.as_str(), demand.session_indexes), ("_two", vec!["_session".to_owned()]));
    for (outcome, code, inner) in [
        (LogoutOutcome::Success, StatusCode::Success, None),
        (LogoutOutcome::Partial, StatusCode::Requester, Some("PartialLogout")),
    ] {
        let pending = self::demand("_two", None).pending();
        let answer = LogoutResponse {
            id: id(5),
            issue_instant: now(),
            issuer: entity(PROVIDER),
            destination: there.to_owned(),
            in_response_to: pending.id.clone(),
            outcome,
        };
        let form = answer.to_redirect(&provider().key, Some(&RelayState::new("x").unwrap())).unwrap();
        let incoming = Incoming::Redirect(form.url.split_once('?').unwrap().1);
        let status = service::verify_response(incoming, &receiver, &pending, &keys).unwrap();
        assert_eq!((status.code, status.substatus.as_deref()), (code, inner));
    }
}
