//! Answers, in the eyes of our service provider and of others.

use jiff::SignedDuration;
use spid::idp::log::Transaction;
use spid::idp::request::AcceptedRequest;
use spid::idp::response::{AnswerError, AnswerForm, Authentication, Provider};
use spid::saml::{Attribute, AttributeSet, Attributes, Comparison, ErrorCode, Level, SpidCode, StatusCode};
use spid::signature::{self, Place};
use spid::sp::AuthnRequest;
use spid::sp::response::{Identity, Input, Policy, ResponseError, verify};
use spid::xml::{self, ns};

use super::stage::{CONSUMER, PROVIDER, accepted, entity, ids, level, person, provider, request, statement};
use crate::materials::{id, now};
use crate::support::keys;
use crate::support::xmlsec::{self, Trust};

fn answered(heard: &AcceptedRequest, reached: Level) -> Result<AnswerForm, AnswerError> {
    provider().succeed(heard, &statement(&level(reached), &person()), &ids(), now())
}

/// What the service makes of it.
fn read(asked: &AuthnRequest, form: &AnswerForm) -> Result<Identity, ResponseError> {
    let (pending, keys) = (asked.pending(), [keys::provider().verifying.clone()]);
    verify(&Input {
        saml_response: &form.saml_response,
        pending: &pending,
        keys: &keys,
        now: now(),
        policy: Policy::default(),
    })
}

#[test]
fn the_service_reads_what_the_provider_said() {
    for (asked_level, session) in [(Level::One, true), (Level::Two, false), (Level::Three, false)] {
        let asked = AuthnRequest { level: asked_level, ..request() };
        let form = answered(&accepted(&asked), asked_level).unwrap();
        assert_eq!((form.action.as_str(), form.relay_state.as_deref()), (CONSUMER, Some("a+b/c d=")));
        assert_eq!(form.missing, []);
        let identity = read(&asked, &form).unwrap();
        assert_eq!((identity.level, identity.provider.as_str()), (asked_level, PROVIDER));
        assert_eq!(identity.session_index.as_deref(), session.then_some("_session"));
        assert_eq!(form.xml.contains("SessionIndex"), session);
        assert_eq!((identity.subject.name_id.as_str(), identity.subject.name_qualifier.as_str()), ("_name", PROVIDER));
        assert_eq!(identity.attributes.get(Attribute::Name), Some("Àda <&>"));
        assert_eq!(identity.not_on_or_after, now() + SignedDuration::from_mins(4));
        // Exactly what was asked for, in the message itself.
        assert_eq!(form.xml.matches("<saml:Attribute ").count(), 3);
    }
}

#[test]
fn signatures_are_good_whatever_stands_in_the_message() {
    let strange = "a&b<c>d\"e'f\tg\nh\ri\u{1}è🙂]]>";
    let attributes = Attributes::new(Attribute::ALL.iter().map(|attribute| (*attribute, strange.to_owned())));
    let provider = Provider { entity_id: entity("https://idp.example/?a=1&b='2'\"<>"), ..provider() };
    let mut heard = accepted(&request());
    heard.attributes = AttributeSet::new(Attribute::ALL.iter().copied());
    heard.reply_to.consumer_url = "https://sp.example.it/acs?a=1&b=\"2\"<>'".to_owned();
    let authentication = Authentication::One { instant: now(), session_index: strange.to_owned() };
    let form = provider.succeed(&heard, &statement(&authentication, &attributes), &ids(), now()).unwrap();
    let document = xml::parse(form.xml.as_bytes()).unwrap();
    let (response, keys) = (document.root(), [keys::provider().verifying.clone()]);
    let assertion = response.child(ns::ASSERTION, "Assertion").unwrap();
    for element in [response, assertion] {
        signature::verify(element, Place::AfterIssuer, &keys).unwrap();
    }
    if xmlsec::available("xmlsec1") {
        let certificate = &keys::provider().certificate_pem;
        assert!([1, 2].iter().all(|index| xmlsec::verifies(&form.xml, *index, Trust::Certificate(certificate))));
    }
}

#[test]
fn what_the_person_has_not_is_not_invented() {
    let company = accepted(&AuthnRequest { attribute_index: 1, ..request() });
    let form = answered(&company, Level::One).unwrap();
    assert_eq!(form.missing.len(), 4);
    assert!(!form.xml.contains("AttributeStatement"));
}

#[test]
fn a_level_that_is_not_enough_is_not_answered() {
    let asked = |level, comparison| accepted(&AuthnRequest { level, comparison, ..request() });
    for (heard, reached, good) in [
        (asked(Level::Two, Comparison::Exact), Level::One, false),
        (asked(Level::Two, Comparison::Better), Level::Two, false),
        (asked(Level::Two, Comparison::Maximum), Level::One, true),
        (asked(Level::One, Comparison::Exact), Level::Three, true),
    ] {
        let result = answered(&heard, reached);
        assert_eq!(result.is_ok(), good);
        assert!(good || matches!(result, Err(AnswerError::Level { .. })));
    }
}

#[test]
fn errors_are_read_by_their_number() {
    let asked = request();
    let heard = accepted(&asked);
    for number in [8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 30] {
        let code = ErrorCode::from_number(number).unwrap();
        let form = provider().fail(&heard.reply_to, code, &id(9), now()).unwrap();
        assert!(!form.xml.contains("Assertion "));
        let document = xml::parse(form.xml.as_bytes()).unwrap();
        signature::verify(document.root(), Place::AfterIssuer, &[keys::provider().verifying.clone()]).unwrap();
        assert!(form.xml.contains(&format!("ErrorCode nr{number:02}<")));
        let Err(ResponseError::Status(error)) = read(&asked, &form) else { panic!("nr{number}") };
        assert_eq!((error.error_code, error.code() == StatusCode::Responder), (code, number >= 19));
    }
}

/// passport-spid writes requests with milliseconds, and refuses an answer of the same second that has none.
#[test]
fn an_answer_says_to_the_millisecond_when_it_was_written() {
    let (heard, late) = (accepted(&request()), now() + SignedDuration::from_millis(250));
    let answered = provider().succeed(&heard, &statement(&level(Level::One), &person()), &ids(), late).unwrap();
    let issued = r#"IssueInstant="2026-11-22T10:00:00.250Z""#;
    assert_eq!(answered.xml.matches(issued).count(), 2, "{}", answered.xml);
    let failed = provider().fail(&heard.reply_to, ErrorCode::Cancelled, &id(9), late).unwrap();
    assert!(failed.xml.contains(issued), "{}", failed.xml);
}

#[test]
fn others_verify_both_signatures() {
    if !xmlsec::available("xmlsec1") {
        return;
    }
    let form = answered(&accepted(&request()), Level::One).unwrap();
    let certificate = &keys::provider().certificate_pem;
    for index in [1, 2] {
        assert!(xmlsec::verifies(&form.xml, index, Trust::Certificate(certificate)), "signature {index}");
    }
    let tampered = form.xml.replace(">Rossi<", ">Verdi<");
    assert!(!xmlsec::verifies(&tampered, 1, Trust::Certificate(certificate)));
}

#[test]
fn an_answer_is_for_one_service_and_one_request() {
    let asked = request();
    let form = answered(&accepted(&asked), Level::One).unwrap();
    assert!(read(&AuthnRequest { id: id(8), ..asked.clone() }, &form).is_err());
    assert!(read(&AuthnRequest { issuer: entity("https://other.example"), ..asked }, &form).is_err());
}

#[test]
fn the_log_keeps_both_messages_for_24_months() {
    let heard = accepted(&request());
    let form = answered(&heard, Level::One).unwrap();
    let code = SpidCode::parse("POST000000001A").unwrap();
    let transaction = Transaction::new(Some(code), &heard, &form, now());
    assert_eq!(transaction.keep_until(), "2028-11-22T10:00:00Z".parse().unwrap());
    assert!(transaction.request.contains("AuthnRequest") && transaction.response.contains("Assertion"));
    assert!(!format!("{transaction:?}{form:?}").contains("Rossi"));
    let leap = Transaction { at: "2028-02-29T12:00:00Z".parse().unwrap(), ..transaction };
    assert_eq!(leap.keep_until(), "2030-02-28T12:00:00Z".parse().unwrap());
}
