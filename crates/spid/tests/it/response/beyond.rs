//! What AgID's list has not: keys that change, clocks that differ, replays, other encodings, other messages.

use jiff::SignedDuration;
use spid::saml::BindingError;
use spid::saml::binding::to_form;
use spid::sp::Fault::{Repeated, TooEarly, TooLate, Unexpected};
use spid::sp::response::{Identity, Input, Policy, ResponseError, verify};

use super::{assert_rule, refuse};
use crate::support::keys::{other, provider};
use crate::support::provider::{NAME, at, good, pending, received};

fn received_at(now: &str, skew: i64) -> Result<Identity, ResponseError> {
    let (keys, saml_response, pending) = ([provider().verifying.clone()], to_form(&good().xml()), pending());
    let policy = Policy { clock_skew: SignedDuration::from_secs(skew), ..Policy::default() };
    verify(&Input { saml_response: &saml_response, pending: &pending, keys: &keys, now: at(now), policy })
}

#[test]
fn clocks_may_differ_by_what_is_allowed_and_not_more() {
    assert!(received_at("2026-11-22T10:00:10Z", 0).is_ok());
    assert!(received_at("2026-11-22T10:04:59Z", 0).is_ok());
    assert_rule(received_at("2026-11-22T10:05:00Z", 0), "SubjectConfirmationData/@NotOnOrAfter", TooEarly);
    assert_rule(received_at("2026-11-22T09:59:59Z", 0), "Response/@IssueInstant", TooLate);
    assert!(received_at("2026-11-22T10:05:59Z", 60).is_ok());
    assert_rule(received_at("2026-11-22T10:06:00Z", 60), "SubjectConfirmationData/@NotOnOrAfter", TooEarly);
    assert!(received_at("2026-11-22T09:59:10Z", 60).is_ok());
    assert_rule(received_at("2026-11-22T09:58:59Z", 60), "Response/@IssueInstant", TooLate);
}

#[test]
fn an_assertion_is_to_be_remembered_as_long_as_it_would_be_accepted() {
    let identity = received_at("2026-11-22T10:00:20Z", 60).unwrap();
    assert_eq!(identity.assertion_id.as_str(), "_assertion");
    assert_eq!(identity.not_on_or_after, at("2026-11-22T10:06:00Z"));
}

#[test]
fn a_key_may_be_replaced_by_another() {
    let saml_response = to_form(&good().signed_by(None, Some(&other().signing)).xml());
    let (keys, pending) = ([provider().verifying.clone(), other().verifying.clone()], pending());
    let now = at("2026-11-22T10:00:20Z");
    let input = Input { saml_response: &saml_response, pending: &pending, keys: &keys, now, policy: Policy::default() };
    assert_eq!(verify(&input).unwrap().key, 1);
    assert!(verify(&Input { keys: &[], ..input }).is_err());
}

#[test]
fn what_is_there_twice_is_refused() {
    refuse(&[
        (0, "Subject", "<saml:Subject>{NameID}{NameID}</saml:Subject>", "Assertion/Subject/NameID", Repeated),
        (
            0,
            "Subject",
            "<saml:Subject>{NameID}{SubjectConfirmation}{SubjectConfirmation}</saml:Subject>",
            "Assertion/Subject/SubjectConfirmation",
            Repeated,
        ),
        (0, "attributes", "{attribute.name}{attribute.name}", "Assertion/AttributeStatement/Attribute", Repeated),
        (
            0,
            "Audience",
            "<saml:Audience>https://sp.example</saml:Audience><saml:Audience>https://other.example</saml:Audience>",
            "Assertion/Conditions/AudienceRestriction/Audience",
            Repeated,
        ),
        (
            0,
            "AudienceRestriction",
            "<saml:AudienceRestriction>{Audience}</saml:AudienceRestriction>\
             <saml:AudienceRestriction>{Audience}</saml:AudienceRestriction>",
            "Assertion/Conditions/*",
            Unexpected,
        ),
        (0, "AuthnStatement", "<saml:AuthnStatement/><saml:AuthnStatement/>", "Assertion/*", Unexpected),
        (
            0,
            "Recipient",
            r#"Recipient="https://sp.example/acs" NotBefore="2026-11-22T10:00:00Z""#,
            "SubjectConfirmationData/@NotBefore",
            Unexpected,
        ),
        (0, "AudienceRestriction", "<saml:Condition/>", "Assertion/Conditions/*", Unexpected),
    ]);
}

#[test]
fn what_is_encrypted_is_refused_as_such() {
    let xml = good().with("Assertion", "<saml:EncryptedAssertion/>").signed_by(None, None).xml();
    assert_eq!(received(&xml), Err(ResponseError::Encrypted));
    let xml = good().with("NameID", "<saml:EncryptedID/>").xml();
    assert_eq!(received(&xml), Err(ResponseError::Encrypted));
}

#[test]
fn what_is_no_response_is_refused() {
    let (keys, pending) = ([provider().verifying.clone()], pending());
    let refused = |saml_response: &str| {
        let (now, policy) = (at("2026-11-22T10:00:20Z"), Policy::default());
        verify(&Input { saml_response, pending: &pending, keys: &keys, now, policy }).unwrap_err()
    };
    assert_eq!(refused("<xml>"), ResponseError::Binding(BindingError::Base64));
    assert_eq!(refused(&"AAAA".repeat(200_000)), ResponseError::Binding(BindingError::TooLarge));
    assert!(matches!(refused(""), ResponseError::Xml(_)));
    assert_eq!(refused(&to_form("<Response/>")), ResponseError::NotAResponse);
    // What AgID's validator sends as wrapping: without namespaces.
    let bare = good().xml().replace("samlp:", "").replace("saml:", "").replace("ds:", "");
    assert_eq!(refused(&to_form(&bare)), ResponseError::NotAResponse);
    // Base64 in lines, as some providers write it.
    let lines: Vec<_> =
        to_form(&good().xml()).as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    let input = lines.join("\r\n");
    let (now, policy) = (at("2026-11-22T10:00:20Z"), Policy::default());
    let identity = verify(&Input { saml_response: &input, pending: &pending, keys: &keys, now, policy }).unwrap();
    assert_eq!(identity.subject.name_id, NAME);
    assert!(!format!("{identity:?}").contains("GDASDV") && !format!("{identity:?}").contains(NAME));
}

#[test]
fn any_change_of_any_byte_is_noticed() {
    let xml = good().assertion_signed().xml();
    let start = xml.find("<saml:Assertion").unwrap();
    let mut changed = 0;
    for place in (start..xml.len() - "</samlp:Response>".len()).step_by(7) {
        let mut bytes = xml.clone().into_bytes();
        let new = if bytes[place] == b'A' { b'B' } else { b'A' };
        if bytes[place].is_ascii_alphanumeric() {
            bytes[place] = new;
            changed += 1;
            let text = String::from_utf8(bytes).unwrap();
            // Neither the certificate in the signature is read nor the prefix of a type: what is believed stays.
            match received(&text) {
                Ok(identity) => assert_eq!(identity, received(&xml).unwrap()),
                Err(_) => continue,
            }
            let certificate = xml.find("<ds:X509Certificate>").unwrap()..xml.find("</ds:KeyInfo>").unwrap();
            let prefix = xml.find(" xmlns:xs=").unwrap()..xml.find(" xmlns:xsi=").unwrap();
            assert!(certificate.contains(&place) || prefix.contains(&place), "{}", &xml[place - 30..place + 10]);
        }
    }
    assert!(changed > 300);
}
