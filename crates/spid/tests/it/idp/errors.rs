//! Every error of the table, and to whom it goes.

use spid::idp::request::{Incoming, Page, PageCause, PageCode, RequestError};
use spid::idp::status_of;
use spid::saml::binding::to_form;
use spid::saml::{ErrorCode, StatusCode};
use spid::signature::{Place, sign};
use spid::sp::{Fault, Violation};

use super::stage::{
    CONSUMER, SECOND_CONSUMER, SSO, TEXT, hear, hear_at, hear_post, hear_redirect, hear_signed_post, page, query,
    reply, spoiled,
};
use crate::materials::{OTHER, OURS, days, now};

fn insert(attributes: &str) -> String {
    spoiled("<samlp:AuthnRequest ", &format!("<samlp:AuthnRequest {attributes} "))
}

/// Text before and after, and the error.
const REJECTED: &[(&str, &str, ErrorCode)] = &[
    (r#"Version="2.0" "#, "", ErrorCode::Version),
    (r#"Version="2.0""#, r#"Version="""#, ErrorCode::Version),
    (r#"Version="2.0""#, r#"Version="1.1""#, ErrorCode::Version),
    (r#"IssueInstant="2026-11-22T10:00:00Z" "#, "", ErrorCode::IssueInstant),
    (r#"2026-11-22T10:00:00Z"#, "2026-11-22T10:00:00+00:00", ErrorCode::IssueInstant),
    (r#"2026-11-22T10:00:00Z"#, "2026-11-22T09:50:00Z", ErrorCode::IssueInstant),
    (r#"2026-11-22T10:00:00Z"#, "2026-11-22T10:02:00Z", ErrorCode::IssueInstant),
    (r#"Destination="https://idp.example/sso" "#, "", ErrorCode::Destination),
    (r#"https://idp.example/sso"#, "https://other.example/sso", ErrorCode::Destination),
    (r#"https://idp.example/sso"#, "https://idp.example/sso/", ErrorCode::Destination),
    (r#"<samlp:AuthnRequest "#, r#"<samlp:AuthnRequest IsPassive="true" "#, ErrorCode::IsPassive),
    (r#"<samlp:AuthnRequest "#, r#"<samlp:AuthnRequest IsPassive="1" "#, ErrorCode::IsPassive),
    (
        r#"<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"/>"#,
        "",
        ErrorCode::NameIdPolicy,
    ),
    (r#" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient""#, "", ErrorCode::NameIdPolicy),
    (r#"nameid-format:transient"#, "nameid-format:persistent", ErrorCode::NameIdPolicy),
    (r#"https://www.spid.gov.it/SpidL1"#, "urn:oasis:names:tc:SAML:2.0:ac:classes:SpidL1", ErrorCode::AuthnContext),
    (r#"https://www.spid.gov.it/SpidL1"#, "", ErrorCode::AuthnContext),
    (r#"Comparison="exact""#, r#"Comparison="Exact""#, ErrorCode::AuthnContext),
    (
        "</saml:AuthnContextClassRef>",
        "</saml:AuthnContextClassRef><saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL2</saml:AuthnContextClassRef>",
        ErrorCode::AuthnContext,
    ),
    (
        r#"AttributeConsumingServiceIndex="0""#,
        r#"AttributeConsumingServiceIndex="2""#,
        ErrorCode::AttributeConsumingService,
    ),
    (
        r#"AttributeConsumingServiceIndex="0""#,
        r#"AttributeConsumingServiceIndex="""#,
        ErrorCode::AttributeConsumingService,
    ),
    (
        r#"AttributeConsumingServiceIndex="0""#,
        r#"AttributeConsumingServiceIndex="-1""#,
        ErrorCode::AttributeConsumingService,
    ),
    (r#"<samlp:AuthnRequest "#, r#"<samlp:AuthnRequest ForceAuthn="yes" "#, ErrorCode::Format),
    ("</samlp:AuthnRequest>", "<samlp:NameIDPolicy/></samlp:AuthnRequest>", ErrorCode::Format),
    ("</samlp:AuthnRequest>", "<x/></samlp:AuthnRequest>", ErrorCode::Format),
    ("</samlp:AuthnRequest>", "text</samlp:AuthnRequest>", ErrorCode::Format),
    ("samlp:AuthnRequest", "samlp:AttributeQuery", ErrorCode::Format),
    (
        "<samlp:NameIDPolicy",
        r#"<samlp:Extensions><spid:Purpose xmlns:spid="https://spid.gov.it/saml-extensions">X</spid:Purpose></samlp:Extensions><samlp:NameIDPolicy"#,
        ErrorCode::Format,
    ),
    (
        "<samlp:RequestedAuthnContext",
        r#"<saml:Conditions NotOnOrAfter="2026-11-22T09:00:00Z"/><samlp:RequestedAuthnContext"#,
        ErrorCode::Format,
    ),
];

#[test]
fn what_is_wrong_with_a_request_is_told_to_the_service() {
    for (from, to, code) in REJECTED {
        let expected = Some((*code, CONSUMER.to_owned()));
        assert_eq!(reply(hear_post(&spoiled(from, to))), expected, "POST, {to} for {from}");
        assert_eq!(reply(hear_redirect(&spoiled(from, to))), expected, "Redirect, {to} for {from}");
    }
}

#[test]
fn an_answer_goes_to_the_consumer_that_was_named_if_it_is_known() {
    let second = spoiled(r#"ServiceIndex="0""#, r#"ServiceIndex="1""#);
    let wrong = second.replace(r#"Version="2.0""#, r#"Version="3.0""#);
    assert_eq!(reply(hear_post(&wrong)), Some((ErrorCode::Version, SECOND_CONSUMER.to_owned())));
}

#[test]
fn nr16_goes_to_the_default_consumer() {
    const INDEX: &str = r#"AssertionConsumerServiceIndex="0""#;
    const URL: &str = r#"AssertionConsumerServiceURL="https://sp.example.it/spid/acs""#;
    const BINDING: &str = r#"ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST""#;
    for instead in [
        String::new(),
        r#"AssertionConsumerServiceIndex="2""#.to_owned(),
        r#"AssertionConsumerServiceIndex="x""#.to_owned(),
        r#"AssertionConsumerServiceIndex="""#.to_owned(),
        format!("{INDEX} {URL}"),
        format!("{INDEX} {BINDING}"),
        format!("{INDEX} {URL} {BINDING}"),
        URL.to_owned(),
        BINDING.to_owned(),
        format!("{URL} {}", BINDING.replace("POST", "Artifact")),
        format!("{} {BINDING}", URL.replace("sp.example.it", "evil.example")),
        format!("{} {BINDING}", URL.replace("/acs", "/acs/../steal")),
    ] {
        let expected = Some((ErrorCode::AssertionConsumerService, CONSUMER.to_owned()));
        assert_eq!(reply(hear_post(&spoiled(INDEX, &instead))), expected, "{instead}");
    }
}

#[test]
fn nr11_names_no_request() {
    for wrong in ["", r#"ID="" "#, r#"ID="1" "#, r#"ID="a b" "#] {
        let heard = hear_redirect(&spoiled(r#"ID="_request" "#, wrong));
        let Err(RequestError::Reply(rejection)) = heard else { panic!("{wrong}") };
        assert_eq!((rejection.code, rejection.reply_to.in_response_to), (ErrorCode::Id, None), "{wrong}");
    }
}

#[test]
fn code_4_what_cannot_be_read() {
    for value in ["", "%%%", "bm90IHhtbA==", &to_form("<a>"), &to_form("<!DOCTYPE a><a/>"), &to_form("<a><!-- --></a>")]
    {
        let heard = hear(&Incoming::Post { saml_request: value, relay_state: None });
        assert_eq!(page(heard), Some(PageCode::Binding), "{value}");
    }
    let twice = format!("{}&SAMLRequest=x", query(TEXT, &OURS));
    for query in ["", "SAMLRequest=", "SAMLRequest=%zz", "SAMLRequest=AAAA", "samlrequest=x", &twice] {
        assert_eq!(page(hear(&Incoming::Redirect { query })), Some(PageCode::Binding), "{query}");
    }
}

#[test]
fn code_5_a_signature_over_the_query() {
    let good = query(TEXT, &OURS);
    let (unsigned, signature) = good.split_once("&Signature=").unwrap();
    for wrong in [
        unsigned.to_owned(),
        format!("{unsigned}&Signature="),
        format!("{unsigned}&Signature=AAAA"),
        format!("{}&Signature={signature}", unsigned.replace("RelayState=a", "RelayState=b")),
        unsigned.replace("rsa-sha256", "hmac-sha256") + "&Signature=" + signature,
        query(TEXT, &OTHER),
    ] {
        assert_eq!(page(hear(&Incoming::Redirect { query: &wrong })), Some(PageCode::QuerySignature), "{wrong}");
    }
    assert!(hear(&Incoming::Redirect { query: &good }).is_ok());
}

#[test]
fn code_6_nothing_is_offered_there() {
    let signed = to_form(&sign(TEXT, "_request", &OURS, Place::AfterIssuer).unwrap());
    let incoming = Incoming::Post { saml_request: &signed, relay_state: None };
    assert!(hear(&incoming).is_ok());
    assert_eq!(page(hear_at(&incoming, "https://idp.example/other", now())), Some(PageCode::WrongBinding));
}

#[test]
fn code_7_a_signature_in_the_message() {
    let unsigned = hear(&Incoming::Post { saml_request: &to_form(TEXT), relay_state: None });
    assert_eq!(page(unsigned), Some(PageCode::PostSignature));
    assert_eq!(page(hear_signed_post(TEXT, &OTHER)), Some(PageCode::PostSignature));
    let changed = sign(TEXT, "_request", &OURS, Place::AfterIssuer).unwrap().replace("SpidL1", "SpidL3");
    let changed = hear(&Incoming::Post { saml_request: &to_form(&changed), relay_state: None });
    assert_eq!(page(changed), Some(PageCode::PostSignature));
}

#[test]
fn codes_5_and_7_the_certificate_is_over() {
    let late = now() + days(21 * 365);
    let signed = to_form(&sign(TEXT, "_request", &OURS, Place::AfterIssuer).unwrap());
    let posted = hear_at(&Incoming::Post { saml_request: &signed, relay_state: None }, SSO, late);
    let expected = Page { code: PageCode::PostSignature, cause: PageCause::Certificate };
    assert_eq!(posted.unwrap_err(), RequestError::Page(expected));
    let redirected = hear_at(&Incoming::Redirect { query: &query(TEXT, &OURS) }, SSO, late);
    let expected = Page { code: PageCode::QuerySignature, cause: PageCause::Certificate };
    assert_eq!(redirected.unwrap_err(), RequestError::Page(expected));
}

#[test]
fn code_10_the_issuer() {
    const ISSUER: &str = ">https://sp.example.it/spid<";
    for (from, to) in [
        (ISSUER, "><"),
        (ISSUER, ">https://other.example<"),
        (ISSUER, ">https://sp.example.it/spid/<"),
        (ISSUER, ">a b<"),
        (r#" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity""#, ""),
        ("nameid-format:entity", "nameid-format:transient"),
        (r#" NameQualifier="https://sp.example.it/spid""#, ""),
        (r#"NameQualifier="https://sp.example.it/spid""#, r#"NameQualifier="""#),
    ] {
        assert_eq!(page(hear_redirect(&spoiled(from, to))), Some(PageCode::Issuer), "{to} for {from}");
        assert_eq!(page(hear_post(&spoiled(from, to))), Some(PageCode::Issuer), "{to} for {from}");
    }
}

#[test]
fn a_signature_inside_has_no_place_in_a_query() {
    let signed = sign(TEXT, "_request", &OURS, Place::AfterIssuer).unwrap();
    let Err(RequestError::Reply(rejection)) = hear_redirect(&signed) else { panic!("accepted") };
    assert_eq!(rejection.cause, Violation { place: "AuthnRequest/Signature", fault: Fault::Unexpected });
}

#[test]
fn the_signature_comes_before_every_other_error() {
    let xml = insert(r#"IsPassive="true""#).replace(r#"Version="2.0""#, r#"Version="9""#);
    assert_eq!(page(hear_signed_post(&xml, &OTHER)), Some(PageCode::PostSignature));
    assert_eq!(page(hear(&Incoming::Redirect { query: &query(&xml, &OTHER) })), Some(PageCode::QuerySignature));
}

#[test]
fn every_code_has_its_status() {
    for page in PageCode::ALL {
        assert_eq!(page.http_status().as_u16(), if page.number() == 3 { 500 } else { 403 });
    }
    for (code, outer, inner) in [
        (ErrorCode::Format, StatusCode::Requester, None),
        (ErrorCode::Version, StatusCode::VersionMismatch, None),
        (ErrorCode::IsPassive, StatusCode::Requester, Some("NoPassive")),
        (ErrorCode::Destination, StatusCode::Requester, Some("RequestUnsupported")),
        (ErrorCode::WrongKindOfIdentity, StatusCode::Responder, Some("AuthnFailed")),
    ] {
        let status = status_of(code);
        assert_eq!((status.code, status.substatus.as_deref()), (outer, inner), "{code:?}");
        assert_eq!(status.error_code(), code);
    }
    assert_eq!(status_of(ErrorCode::Format).message.as_deref(), Some("ErrorCode nr08"));
}
