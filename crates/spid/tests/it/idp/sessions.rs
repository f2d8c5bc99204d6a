//! What a sign-in does to the session.

use jiff::SignedDuration;
use spid::idp::response::Authentication;
use spid::idp::session::{Outcome, Session, after};
use spid::saml::{Comparison, Level};
use spid::sp::AuthnRequest;

use super::stage::{accepted, entity, level, request};
use crate::materials::now;

fn signed_in(session: Option<Session>, client: &str, reached: Level) -> Option<Session> {
    let authentication = level(reached);
    after(session, &entity(client), Outcome::Consented { authentication: &authentication, name_id: client })
}

fn clients(session: Option<&Session>) -> Vec<&str> {
    session.map_or_else(Vec::new, |session| session.participants().iter().map(|one| one.client.as_str()).collect())
}

#[test]
fn only_level_1_opens_and_nothing_else_touches() {
    for reached in [Level::Two, Level::Three] {
        assert_eq!(signed_in(None, "a", reached), None);
    }
    assert_eq!(after(None, &entity("a"), Outcome::Failed), None);
    let open = signed_in(None, "a", Level::One);
    assert_eq!(clients(open.as_ref()), ["a"]);
    for reached in [Level::Two, Level::Three] {
        assert_eq!(signed_in(open.clone(), "b", reached), open);
    }
    assert_eq!(after(open.clone(), &entity("b"), Outcome::Failed), open);
}

#[test]
fn services_join_once_each() {
    let open = signed_in(signed_in(None, "a", Level::One), "b", Level::One);
    assert_eq!(clients(open.as_ref()), ["a", "b"]);
    assert_eq!(clients(signed_in(open, "a", Level::One).as_ref()), ["b", "a"]);
}

#[test]
fn a_new_authentication_is_a_new_session() {
    let open = signed_in(None, "a", Level::One);
    let again = Authentication::One { instant: now(), session_index: "_other".to_owned() };
    let outcome = Outcome::Consented { authentication: &again, name_id: "x" };
    let session = after(open, &entity("b"), outcome).unwrap();
    assert_eq!((session.index(), clients(Some(&session))), ("_other", vec!["b"]));
}

#[test]
fn a_session_answers_level_1_only_and_not_for_ever() {
    let session = signed_in(None, "a", Level::One).unwrap();
    let hour = SignedDuration::from_hours(1);
    let answers = |asked: AuthnRequest, later: i64| {
        session.answers(&accepted(&asked), now() + SignedDuration::from_secs(later), hour).is_some()
    };
    assert!(answers(request(), 0) && answers(request(), 3599));
    assert!(answers(AuthnRequest { comparison: Comparison::Exact, ..request() }, 0));
    assert!(!answers(request(), 3600));
    assert!(!answers(AuthnRequest { force_authn: true, ..request() }, 0));
    assert!(!answers(AuthnRequest { comparison: Comparison::Better, ..request() }, 0));
    for asked in [Level::Two, Level::Three] {
        let asked = AuthnRequest { level: asked, comparison: Comparison::Maximum, ..request() };
        assert!(!answers(asked, 0));
    }
}
