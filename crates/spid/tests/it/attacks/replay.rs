//! What the provider really signed, used for something else.

use spid::signature::{Place, SignatureError, sign};
use spid::sp::response::{ResponseError, Signed};
use spid::sp::{Fault, Violation};

use super::{EVIL, Material, before, refused, repelled};
use crate::support::keys::provider;
use crate::support::provider::good;

fn rule(place: &'static str, fault: Fault) -> ResponseError {
    ResponseError::Rule(Violation { place, fault })
}

#[test]
fn the_providers_signed_metadata_vouch_for_nothing_else() {
    let metadata = r#"<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_metadata" entityID="https://idp.example"><md:IDPSSODescriptor/></md:EntityDescriptor>"#;
    let metadata = sign(metadata, "_metadata", &provider().signing, Place::First).unwrap();
    let unsigned = good().with("name", EVIL).unsigned();
    let extensions = format!("<samlp:Extensions>{metadata}</samlp:Extensions>");
    let detail = format!("<samlp:StatusDetail>{metadata}</samlp:StatusDetail>");
    let advice = format!("<saml:Advice>{metadata}</saml:Advice>");
    repelled("in Extensions", &before(&unsigned, "<samlp:Status>", &extensions));
    repelled("in StatusDetail", &before(&unsigned, "</samlp:Status>", &detail));
    repelled("in Advice", &before(&unsigned, "<saml:AuthnStatement", &advice));
    repelled("at the end", &before(&unsigned, "</samlp:Response>", &metadata));
    let signature = super::between(&metadata, "<ds:Signature ", "</ds:Signature>");
    let moved = crate::support::forge::put(&before(&unsigned, "</samlp:Status>", &detail), &signature);
    repelled("its signature in the assertion", &moved);
    // Were it not for the rest: the signature of the Response is the signature of the metadata.
    let moved = before(&unsigned, "<samlp:Status>", &signature);
    refused("its signature in the Response", &moved);
}

#[test]
fn what_was_signed_for_others_at_other_times_for_other_requests() {
    let evil = good().assertion_signed().with("name", EVIL);
    let audience = "<saml:Audience>https://other.example</saml:Audience>";
    let error = repelled("another audience", &evil.clone().with("Audience", audience).xml());
    assert_eq!(error, rule("Assertion/Conditions/AudienceRestriction/Audience", Fault::Mismatch));
    let second = format!("<saml:Audience>https://sp.example</saml:Audience>{audience}");
    let error = repelled("a second audience", &evil.clone().with("Audience", &second).xml());
    assert_eq!(error, rule("Assertion/Conditions/AudienceRestriction/Audience", Fault::Repeated));
    // The envelope is not signed, and the attacker makes it fit.
    let error = repelled("another request", &evil.clone().with("S.InResponseTo", "InResponseTo=\"_old\"").xml());
    assert_eq!(error, rule("SubjectConfirmationData/@InResponseTo", Fault::Mismatch));
    let error =
        repelled("another recipient", &evil.clone().with("Recipient", "Recipient=\"https://other.example\"").xml());
    assert_eq!(error, rule("SubjectConfirmationData/@Recipient", Fault::Mismatch));
    let expired = evil.clone().with("NotOnOrAfter", r#"NotOnOrAfter="2026-11-22T09:00:00Z""#);
    assert_eq!(repelled("expired", &expired.xml()), rule("Assertion/Conditions/@NotOnOrAfter", Fault::TooEarly));
    let issuer = "<saml:Issuer {A.Issuer.Format}>https://other-idp.example</saml:Issuer>";
    let other_issuer = evil.clone().with("A.Issuer", issuer);
    assert_eq!(repelled("another issuer", &other_issuer.xml()), rule("Assertion/Issuer", Fault::Mismatch));
    let unsolicited = evil.with("InResponseTo", "").with("S.InResponseTo", "");
    assert_eq!(repelled("unsolicited", &unsolicited.xml()), rule("Response/@InResponseTo", Fault::Missing));
}

#[test]
fn an_assertion_in_an_error_is_no_identity() {
    let failed =
        r#"<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/></samlp:Status>"#;
    let xml = good().assertion_signed().with("name", EVIL).with("Status", failed).xml();
    assert!(matches!(repelled("an error with an assertion", &xml), ResponseError::Status(_)));
}

#[test]
fn a_bad_signature_of_the_response_is_not_made_good_by_the_assertions() {
    let m = Material::new();
    let signed = good().xml();
    let of_response = super::between(&signed, "<ds:Signature ", "</ds:Signature>");
    let xml = before(&m.response, "<samlp:Status>", &of_response);
    let xml = xml.replace("Version=\"2.0\">", "Version=\"2.0\" Consent=\"urn:x\">");
    let error = refused("a changed Response", &xml);
    assert_eq!(error, ResponseError::Signature { of: Signed::Response, cause: SignatureError::Digest });
}

#[test]
fn an_attribute_twice() {
    let twice =
        r#"<saml:Attribute Name="fiscalNumber">{string}TINIT-AAAAAA00A00A000A</saml:AttributeValue></saml:Attribute>"#;
    let paper = good().assertion_signed().with("name", EVIL).with("attribute.name", &format!("{twice}{twice}"));
    let error = repelled("an attribute twice", &paper.xml());
    assert_eq!(error, rule("Assertion/AttributeStatement/Attribute", Fault::Repeated));
    let two = r#"<saml:Attribute Name="name">{string}A</saml:AttributeValue>{string}B</saml:AttributeValue></saml:Attribute>"#;
    let error = repelled("two values", &good().assertion_signed().with("name", EVIL).with("attribute.name", two).xml());
    assert_eq!(error, rule("Assertion/AttributeStatement/Attribute/AttributeValue", Fault::Repeated));
    let inside = good()
        .assertion_signed()
        .with("NameID", "<saml:NameID {NameID.Format} {NameQualifier}>_evil-name<x/>_</saml:NameID>");
    assert_eq!(refused("an element in a name", &inside.xml()), rule("Assertion/Subject/NameID", Fault::Empty));
}
