//! Metadata that mean harm.

use spid::metadata::idp::{Aggregate, IdentityProvider};
use spid::metadata::{MetadataError, Trust};
use spid::signature::SignatureError;
use spid::xml::XmlError;

use super::idp::signed;
use crate::materials::{OTHER, OURS, now, verifying_key};

const IDP: &str = "https://idp.example.it";

fn read(xml: &str) -> Result<IdentityProvider, MetadataError> {
    IdentityProvider::parse(xml.as_bytes(), Trust::Unsigned, now())
}

fn read_signed(xml: &str) -> Result<IdentityProvider, MetadataError> {
    IdentityProvider::parse(xml.as_bytes(), Trust::Signed(&[verifying_key(&OURS)]), now())
}

#[test]
fn what_is_no_document_of_ours_is_refused_before_it_is_read() {
    let xml = signed(IDP, 1);
    let huge = format!("{xml}{}", " ".repeat(256 * 1024));
    assert!(matches!(read(&huge), Err(MetadataError::Xml(XmlError::TooLarge { .. }))));
    let entity = format!(r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{xml}"#);
    assert_eq!(read(&entity), Err(MetadataError::Xml(XmlError::DocumentType)));
    let laughs = format!(r#"<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>{xml}"#);
    assert_eq!(read(&laughs), Err(MetadataError::Xml(XmlError::DocumentType)));
    let instruction = xml.replace("<md:Organization>", "<?php x ?><md:Organization>");
    assert_eq!(read(&instruction), Err(MetadataError::Xml(XmlError::ProcessingInstruction)));
    let huge_comment = format!("<!--{}-->{xml}", "x".repeat(256 * 1024));
    assert!(matches!(read(&huge_comment), Err(MetadataError::Xml(XmlError::TooLarge { .. }))));
    let deep = format!("{}{}", "<a>".repeat(100), "</a>".repeat(100));
    assert_eq!(read(&deep), Err(MetadataError::Xml(XmlError::TooDeep)));
    for nothing in ["", " ", "<", "\0", "{}", "<md:EntityDescriptor/>", "<html><body>Errore</body></html>"] {
        assert!(read(nothing).is_err(), "{nothing:?}");
        assert!(Aggregate::parse(nothing.as_bytes(), Trust::Unsigned, now()).is_err());
    }
}

/// Metadata written by hand have comments. They cut no value, and hide nothing from the signature.
#[test]
fn comments_change_nothing() {
    let xml = signed(IDP, 1);
    let plain = read_signed(&xml).unwrap();
    let display = "<md:OrganizationDisplayName xml:lang=\"it\">Sportello";
    let commented = xml
        .replace(display, &format!("{display}<!-- -->"))
        .replace("<ds:X509Certificate>", "<!-- <md:EntityDescriptor> --><ds:X509Certificate><!-- A -->")
        .replace("<md:SingleLogout", "<!-- --><md:SingleLogout");
    let commented = format!("<?xml version=\"1.0\"?><!-- metadata of the provider -->{commented}<!-- end -->");
    assert_eq!(read_signed(&commented).unwrap(), plain);
    let hidden = xml.replace("<md:Organization>", "<!--<md:Organization>").replace("</md:Organization>", "-->");
    assert_eq!(read_signed(&hidden), Err(MetadataError::Signature(SignatureError::Digest)));
}

#[test]
fn a_second_entity_is_refused_wherever_it_stands() {
    let (ours, theirs) = (signed(IDP, 1), signed("https://evil.example.it", 2));
    let both = format!(
        r#"<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">{ours}{theirs}</md:EntitiesDescriptor>"#
    );
    let found = "EntitiesDescriptor".to_owned();
    assert_eq!(read(&both), Err(MetadataError::Root { expected: "EntityDescriptor", found }));
    for place in ["<md:Organization>", "</md:EntityDescriptor>", "<md:NameIDFormat>"] {
        let inside = ours.replacen(place, &format!("{theirs}{place}"), 1);
        assert_eq!(read(&inside), Err(MetadataError::Entities), "{place}");
        assert!(matches!(read_signed(&inside), Err(MetadataError::Signature(_))), "{place}");
    }
    assert!(matches!(read(&format!("{ours}{theirs}")), Err(MetadataError::Xml(XmlError::Malformed(_)))));
}

/// The signed document, whole, inside an unsigned one that says something else.
#[test]
fn a_signature_covers_nothing_around_it() {
    let (ours, theirs) = (signed(IDP, 1), signed("https://evil.example.it", 2));
    let wrapped =
        theirs.replace("<md:Organization>", &format!("<md:Extensions>{ours}</md:Extensions><md:Organization>"));
    assert!(matches!(read_signed(&wrapped), Err(MetadataError::Signature(_))));
    let start = ours.find("<ds:Signature").unwrap();
    let end = ours.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let moved = theirs.replacen("<md:IDPSSODescriptor", &format!("{}<md:IDPSSODescriptor", &ours[start..end]), 1);
    assert!(matches!(read_signed(&moved), Err(MetadataError::Signature(_))));
    let unsigned = [&ours[..start], &ours[end..]].concat();
    assert_eq!(read_signed(&unsigned), Err(MetadataError::Signature(SignatureError::Missing)));
    assert!(read(&unsigned).is_ok());
    let changed = ours.replace("/sso/redirect", "/sso/redirekt");
    assert_eq!(read_signed(&changed), Err(MetadataError::Signature(SignatureError::Digest)));
}

#[test]
fn keys_are_needed_counted_once_and_bounded() {
    let xml = signed(IDP, 1);
    let descriptor = |certificate: &str| {
        let data = format!("<ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data>");
        let info = format!(r#"<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">{data}</ds:KeyInfo>"#);
        format!(r#"<md:KeyDescriptor use="signing">{info}</md:KeyDescriptor>"#)
    };
    let insert = |text: &str| xml.replacen("<md:SingleLogoutService", &format!("{text}<md:SingleLogoutService"), 1);
    let known = [verifying_key(&OURS), verifying_key(&OTHER)];
    let again = insert(&descriptor(&OURS.certificate_base64()).repeat(5));
    assert_eq!(read(&again).unwrap().signing_keys, known);
    let damaged = insert(&[descriptor("AAAA"), descriptor(""), descriptor("no base64!")].concat());
    assert_eq!(read(&damaged).unwrap().signing_keys, known);
    assert_eq!(read(&insert(&descriptor("AAAA").repeat(20))), Err(MetadataError::TooManyKeys));
    let for_encryption = xml.replace(r#"use="signing""#, r#"use="encryption""#);
    assert_eq!(read(&for_encryption), Err(MetadataError::NoKey));
    let unmarked = xml.replace(r#" use="signing""#, "");
    assert_eq!(read(&unmarked).unwrap().signing_keys, known);
}

#[test]
fn dates_count() {
    let dated = |element: &str, date: &str| {
        read(&signed(IDP, 1).replace(&format!("<{element} "), &format!(r#"<{element} validUntil="{date}" "#)))
    };
    for element in ["md:EntityDescriptor", "md:IDPSSODescriptor"] {
        let expired = dated(element, "2026-11-22T10:00:00Z");
        assert!(matches!(expired, Err(MetadataError::Expired { .. })), "{element}");
        let until = dated(element, "2026-11-22T12:00:01+01:00").unwrap().valid_until;
        assert_eq!(until, Some("2026-11-22T11:00:01Z".parse().unwrap()));
        assert_eq!(dated(element, "tomorrow"), Err(MetadataError::Date("tomorrow".into())));
    }
}

#[test]
fn places_that_cannot_be_used_are_passed_over() {
    let xml = signed(IDP, 1);
    let none = xml.replace("<md:SingleSignOnService Binding=\"urn", "<md:SingleSignOnService Binding=\"arn");
    assert_eq!(read(&none), Err(MetadataError::NoEndpoint("SingleSignOnService")));
    for location in ["http://idp.example.it/sso", "javascript:alert(1)", "", "//idp.example.it/sso", "data:text/html,x"]
    {
        let one = xml.replace(r#"Location="https://idp.example.it/sso""#, &format!(r#"Location="{location}""#));
        assert_eq!(read(&one).unwrap().single_sign_on.len(), 1, "{location}");
    }
    let many = "<md:SingleSignOnService Binding=\"x\" Location=\"https://x.example.it\"/>".repeat(300);
    let many = xml.replacen("<md:SingleSignOnService", &format!("{many}<md:SingleSignOnService"), 1);
    assert_eq!(read(&many), Err(MetadataError::TooMany("SingleSignOnService")));
    for id in ["", "https://idp example.it", &"x".repeat(1025)] {
        let renamed = xml.replace(&format!(r#"entityID="{IDP}""#), &format!(r#"entityID="{id}""#));
        assert_eq!(read(&renamed), Err(MetadataError::EntityId), "{id}");
    }
}
