//! Requests that want to be taken for others.

use spid::idp::request::{Incoming, PageCode};
use spid::saml::binding::{percent_encode, to_form, to_query};
use spid::signature::{Place, sign, sign_query};

use super::stage::{TEXT, hear, page, query, spoiled};
use crate::materials::OURS;

fn signed() -> String {
    sign(TEXT, "_request", &OURS, Place::AfterIssuer).unwrap()
}

fn forged(xml: &str) -> Option<PageCode> {
    page(hear(&Incoming::Post { saml_request: &to_form(xml), relay_state: None }))
}

/// The signature of the good request.
fn signature(xml: &str) -> &str {
    let (start, end) = (xml.find("<ds:Signature ").unwrap(), xml.find("</ds:Signature>").unwrap());
    &xml[start..end + "</ds:Signature>".len()]
}

#[test]
fn a_good_request_inside_of_a_forged_one() {
    let good = signed();
    let evil = spoiled("SpidL1", "SpidL3").replace(r#"ID="_request""#, r#"ID="_evil""#);
    for wrapped in [
        evil.replace("</samlp:AuthnRequest>", &format!("{good}</samlp:AuthnRequest>")),
        evil.replace("<samlp:NameIDPolicy", &format!("<samlp:Extensions>{good}</samlp:Extensions><samlp:NameIDPolicy")),
        evil.replace("</saml:Issuer>", &format!("</saml:Issuer>{}", signature(&good))),
        evil.replace(
            "</saml:Issuer>",
            &format!(
                "</saml:Issuer>{}",
                signature(&good).replace("<ds:KeyInfo>", &format!("<ds:Object>{good}</ds:Object><ds:KeyInfo>"))
            ),
        ),
        evil.replace("_evil", "_request").replace("</saml:Issuer>", &format!("</saml:Issuer>{}", signature(&good))),
        evil.replace(
            "</saml:Issuer>",
            &format!("</saml:Issuer>{}<samlp:Extensions>{TEXT}</samlp:Extensions>", signature(&good)),
        ),
    ] {
        assert_eq!(forged(&wrapped), Some(PageCode::PostSignature), "{wrapped}");
    }
}

#[test]
fn two_issuers_are_none() {
    let issuer = r#"<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity" NameQualifier="x">https://evil.example</saml:Issuer>"#;
    let xml = signed().replace("<samlp:NameIDPolicy", &format!("{issuer}<samlp:NameIDPolicy"));
    assert_eq!(forged(&xml), Some(PageCode::Issuer));
}

#[test]
fn a_redirected_request_is_not_a_posted_one() {
    let query = query(TEXT, &OURS);
    assert!(hear(&Incoming::Redirect { query: &query }).is_ok());
    assert_eq!(forged(TEXT), Some(PageCode::PostSignature));
}

#[test]
fn parameters_twice_or_escaped_otherwise() {
    let evil = to_query(&spoiled("SpidL1", "SpidL3"));
    let good = query(TEXT, &OURS);
    for (wrong, code) in [
        (format!("SAMLRequest={evil}&{good}"), PageCode::Binding),
        (format!("SAML%52equest={evil}&{good}"), PageCode::Binding),
        (format!("{good}&RelayState=x"), PageCode::Binding),
        (format!("{good}&SigAlg=x"), PageCode::QuerySignature),
        (format!("{good}&Signature=x"), PageCode::QuerySignature),
    ] {
        assert_eq!(page(hear(&Incoming::Redirect { query: &wrong })), Some(code), "{wrong}");
    }
}

#[test]
fn a_bomb_does_not_go_off() {
    let bomb = to_query(&" ".repeat(50_000_000));
    assert_eq!(page(hear(&Incoming::Redirect { query: &format!("SAMLRequest={bomb}") })), Some(PageCode::Binding));
    let deep = "<a>".repeat(10_000);
    assert_eq!(forged(&deep), Some(PageCode::Binding));
    let entity = r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>"#.to_owned() + TEXT;
    assert_eq!(forged(&entity), Some(PageCode::Binding));
}

#[test]
fn a_relay_state_is_bounded_and_never_shown() {
    let long = sign_query(&format!("SAMLRequest={}&RelayState={}", to_query(TEXT), "x".repeat(2049)), &OURS).unwrap();
    assert_eq!(page(hear(&Incoming::Redirect { query: &long })), Some(PageCode::Binding));
    let secret = percent_encode("<script>");
    let query = sign_query(&format!("SAMLRequest={}&RelayState={secret}", to_query(TEXT)), &OURS).unwrap();
    let heard = hear(&Incoming::Redirect { query: &query }).unwrap();
    assert_eq!(heard.reply_to.relay_state.as_deref(), Some("<script>"));
    assert!(!format!("{:?}", heard.reply_to).contains("script"));
}
