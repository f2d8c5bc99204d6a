//! The cases of AgID's validator about the Response, by its numbers. Those about the Assertion are beside.

use spid::saml::{Comparison, ErrorCode, Level, Remedy, StatusCode};
use spid::signature::SignatureError;
use spid::sp::Fault::{Empty, Malformed, Mismatch, Missing, TooEarly, TooLate};
use spid::sp::response::{ResponseError, Signed};

use super::{accepted, failed, refuse};
use crate::support::keys::{other, provider};
use crate::support::provider::{good, pending, received, received_for};

#[test]
fn the_good_ones_are_accepted() {
    accepted(&good());
    accepted(&good().assertion_signed());
    // 31: the issuer of the Response need not say its format.
    accepted(&good().with("Issuer.Format", ""));
    // 109 and 110.
    accepted(&good().with("pre", "<?xml version='1.0' encoding='UTF-8'?>\n"));
    accepted(&good().with("IssueInstant", r#"IssueInstant="2026-11-22T10:00:00.123456Z""#));
}

#[test]
fn signatures_2_to_5_and_100() {
    let (good_key, bad_key) = (Some(&provider().signing), Some(&other().signing));
    let refused = |response, assertion| match received(&good().signed_by(response, assertion).xml()) {
        Err(ResponseError::Signature { of, cause }) => (of, cause),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(None, None), (Signed::Assertion, SignatureError::Missing));
    assert_eq!(refused(good_key, None), (Signed::Assertion, SignatureError::Missing));
    assert_eq!(refused(bad_key, bad_key), (Signed::Response, SignatureError::Key));
    assert_eq!(refused(bad_key, good_key), (Signed::Response, SignatureError::Key));
    assert_eq!(refused(good_key, bad_key), (Signed::Assertion, SignatureError::Key));
    assert_eq!(refused(None, bad_key), (Signed::Assertion, SignatureError::Key));
}

#[test]
fn the_response_8_to_31() {
    refuse(&[
        (10, "Version", r#"Version="3.0""#, "Response/@Version", Mismatch),
        (11, "IssueInstant", r#"IssueInstant="""#, "Response/@IssueInstant", Empty),
        (12, "IssueInstant", "", "Response/@IssueInstant", Missing),
        (13, "IssueInstant", r#"IssueInstant="2026-11-22""#, "Response/@IssueInstant", Malformed),
        (14, "IssueInstant", r#"IssueInstant="2018-01-01T00:00:00Z""#, "Response/@IssueInstant", TooEarly),
        (15, "IssueInstant", r#"IssueInstant="2099-01-01T00:00:00Z""#, "Response/@IssueInstant", TooLate),
        (16, "InResponseTo", r#"InResponseTo="""#, "Response/@InResponseTo", Empty),
        (17, "InResponseTo", "", "Response/@InResponseTo", Missing),
        (18, "InResponseTo", r#"InResponseTo="_other""#, "Response/@InResponseTo", Mismatch),
        (19, "Destination", r#"Destination="""#, "Response/@Destination", Empty),
        (20, "Destination", "", "Response/@Destination", Missing),
        (21, "Destination", r#"Destination="https://other.example""#, "Response/@Destination", Mismatch),
        (22, "Status", "<samlp:Status></samlp:Status>", "Response/Status/StatusCode", Missing),
        (23, "Status", "", "Response/Status", Missing),
        (
            24,
            "Status",
            r#"<samlp:Status><samlp:StatusCode Value=""/></samlp:Status>"#,
            "Response/Status/StatusCode/@Value",
            Empty,
        ),
        (
            26,
            "Status",
            r#"<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:no"/></samlp:Status>"#,
            "Response/Status/StatusCode/@Value",
            Malformed,
        ),
        (27, "Issuer", "<saml:Issuer {Issuer.Format}></saml:Issuer>", "Response/Issuer", Empty),
        (29, "Issuer", "<saml:Issuer>https://other.example</saml:Issuer>", "Response/Issuer", Mismatch),
        (30, "Issuer.Format", r#"Format="urn:other""#, "Response/Issuer/@Format", Mismatch),
        (30, "Issuer.Format", r#"Format="""#, "Response/Issuer/@Format", Empty),
        (32, "AttributeStatement", "", "Assertion/AttributeStatement", Missing),
    ]);
}

#[test]
fn what_cannot_even_be_signed_8_9_28_32() {
    let refused = |part, value, place, fault| {
        let paper = good().with(part, value).signed_by(None, Some(&provider().signing));
        super::assert_rule(received(&paper.xml()), place, fault);
    };
    refused("ID", r#"ID="""#, "Response/@ID", Empty);
    refused("ID", "", "Response/@ID", Missing);
    refused("Issuer", "", "Response/Issuer", Missing);
    let without_assertion = good().with("Assertion", "").signed_by(Some(&provider().signing), None);
    super::assert_rule(received(&without_assertion.xml()), "Response/Assertion", Missing);
}

#[test]
fn levels_94_to_97() {
    use Comparison::{Better, Exact, Maximum, Minimum};
    for asked in Level::ALL {
        for comparison in Comparison::ALL {
            for reached in Level::ALL {
                let pending = spid::sp::PendingRequest { level: asked, comparison, ..pending() };
                // Levels 2 and 3 come without session.
                let session = if reached == Level::One { r#"SessionIndex="_session""# } else { "" };
                let xml = good().with("level", reached.uri()).with("SessionIndex", session).xml();
                let good = match comparison {
                    Exact | Minimum => reached >= asked,
                    Better => reached > asked,
                    Maximum => true,
                };
                match received_for(&xml, &pending) {
                    Ok(identity) => {
                        assert!(good, "{asked:?} {comparison:?} {reached:?}");
                        assert_eq!((identity.level, identity.session_index.is_some()), (reached, !session.is_empty()));
                    }
                    Err(ResponseError::Level { reached: r, asked: a, .. }) => {
                        assert!(!good, "{asked:?} {comparison:?} {reached:?}");
                        assert_eq!((r, a), (reached, asked));
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
    }
    refuse(&[(
        97,
        "level",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:SpidL1",
        "Assertion/AuthnStatement/AuthnContext/AuthnContextClassRef",
        Malformed,
    )]);
}

#[test]
fn the_provider_says_no_104_to_111() {
    let cases = [
        ("ErrorCode nr19", ErrorCode::WrongCredentials, Remedy::CheckCredentials),
        ("ErrorCode nr20", ErrorCode::NoCredentialsOfLevel, Remedy::RaiseLevel),
        ("ErrorCode nr21", ErrorCode::Timeout, Remedy::Retry),
        ("ErrorCode nr22", ErrorCode::ConsentDenied, Remedy::GiveConsent),
        ("ErrorCode nr23", ErrorCode::Blocked, Remedy::AskProvider),
        ("ErrorCode nr25", ErrorCode::Cancelled, Remedy::Retry),
        ("ErrorCode nr30", ErrorCode::WrongKindOfIdentity, Remedy::UseOtherIdentity),
        ("ErrorCode nr11", ErrorCode::Id, Remedy::ReportToOperators),
        ("<![CDATA[<b>]]>", ErrorCode::Other, Remedy::AskProvider),
    ];
    for (message, code, remedy) in cases {
        match received(&failed(StatusCode::Responder, message).xml()) {
            Err(ResponseError::Status(error)) => {
                assert_eq!((error.error_code, error.remedy()), (code, remedy));
                assert_eq!(error.status.substatus.as_deref(), Some("AuthnFailed"));
            }
            other => panic!("{other:?}"),
        }
    }
    // An error that does not answer our request is none of ours; one with an assertion gives no identity either.
    let foreign = failed(StatusCode::Responder, "ErrorCode nr19").with("InResponseTo", r#"InResponseTo="_x""#);
    super::assert_rule(received(&foreign.xml()), "Response/@InResponseTo", Mismatch);
    let status =
        r#"<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/></samlp:Status>"#;
    assert!(matches!(received(&good().with("Status", status).xml()), Err(ResponseError::Status(_))));
}
