//! The signature of trusted lists: ours, and what an attacker makes of one.

use std::process::Command;

use spid::signature::{ListError, Problem, SignatureError, VerifyingKey, sign_list, verify_list};
use spid::xml::XmlError;

use crate::support::keys::{other, provider};
use crate::support::xmlsec;

const LIST: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    "\n",
    r#"<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" xmlns:x="urn:unused" Id="list">"#,
    "<SchemeInformation><TSLSequenceNumber>7</TSLSequenceNumber></SchemeInformation>",
    "<TrustServiceProviderList/></TrustServiceStatusList>\n"
);

fn signed() -> String {
    sign_list(LIST, &provider().signing, "2026-11-22T10:00:00Z".parse().unwrap()).unwrap()
}

fn check(xml: &str) -> Result<(), ListError> {
    verify_list(xml.as_bytes(), &[provider().verifying.clone()])
}

fn problem(xml: &str) -> Problem {
    match check(xml) {
        Err(ListError::Signature(SignatureError::Profile(problem))) => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_signed_list_is_accepted_with_the_right_key_only() {
    let signed = signed();
    assert_eq!(check(&signed), Ok(()));
    let stranger: [VerifyingKey; 1] = [other().verifying.clone()];
    assert_eq!(verify_list(signed.as_bytes(), &stranger), Err(SignatureError::Key.into()));
    assert_eq!(verify_list(signed.as_bytes(), &[]), Err(SignatureError::Key.into()));
    assert_eq!(check(LIST), Err(SignatureError::Missing.into()));
}

#[test]
fn xmlsec_accepts_what_we_sign() {
    if !xmlsec::available("xmlsec1") {
        return;
    }
    let (list, certificate) = (xmlsec::file(&signed()), xmlsec::file(&provider().certificate_pem));
    let verdict = Command::new("xmlsec1")
        .args(["--verify", "--enabled-reference-uris", "empty,same-doc", "--enabled-key-data", "key-name"])
        .args(["--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties", "--pubkey-cert-pem"])
        .args([certificate.path(), list.path()])
        .output()
        .unwrap();
    assert!(verdict.status.success(), "{}", String::from_utf8_lossy(&verdict.stderr));
}

#[test]
fn whoever_changes_the_list_is_caught() {
    let signed = signed();
    for (from, to) in [
        ("<TSLSequenceNumber>7<", "<TSLSequenceNumber>8<"),
        ("<TrustServiceProviderList/>", "<TrustServiceProviderList><TrustServiceProvider/></TrustServiceProviderList>"),
        ("<SchemeInformation>", "<SchemeInformation/><SchemeInformation>"),
        ("2026-11-22T10:00:00Z", "2027-11-22T10:00:00Z"),
    ] {
        assert!(signed.contains(from), "{from}");
        assert_eq!(check(&signed.replacen(from, to, 1)), Err(SignatureError::Digest.into()), "{from}");
    }
    let info = signed.replacen("<ds:SignedInfo>", "<ds:SignedInfo a=\"b\">", 1);
    assert_eq!(check(&info), Err(SignatureError::Key.into()));
}

#[test]
fn a_signature_of_less_than_the_whole_is_refused() {
    let signed = signed();
    // The whole signed list becomes a part of another one, which is read instead.
    let (declaration, list) = signed.split_once('\n').unwrap();
    let signature = &list[list.find("<ds:Signature").unwrap()..list.rfind("</TrustServiceStatusList>").unwrap()];
    let wrapped = format!(
        "{declaration}\n<TrustServiceStatusList xmlns=\"http://uri.etsi.org/02231/v2#\">{}{signature}</TrustServiceStatusList>",
        list.replace(signature, "").trim_end()
    );
    assert_eq!(check(&wrapped), Err(SignatureError::Digest.into()));
    let by_id = signed.replacen("URI=\"\"", "URI=\"#other\"", 1);
    assert_eq!(problem(&by_id), Problem::Target);
    let no_transform = signed.replacen(
        "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>",
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"/>",
        1,
    );
    assert_eq!(problem(&no_transform), Problem::Transforms);
    let twice = signed.replacen(signature, &format!("{signature}{signature}"), 1);
    assert_eq!(problem(&twice), Problem::Several);
    let behind = signed.replacen("</ds:Signature>", "</ds:Signature><TrustServiceProviderList/>", 1);
    assert_eq!(problem(&behind), Problem::Place);
    let properties = signed.replacen("Type=\"http://uri.etsi.org/01903#SignedProperties\"", "", 1);
    assert_eq!(problem(&properties), Problem::Target);
}

#[test]
fn weak_methods_and_what_could_hide_something_are_refused() {
    let signed = signed();
    let sha1 = signed.replace("2001/04/xmldsig-more#rsa-sha256", "2000/09/xmldsig#rsa-sha1");
    assert_eq!(problem(&sha1), Problem::SignatureMethod);
    let digest = signed.replacen("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1", 1);
    assert_eq!(problem(&digest), Problem::DigestMethod);
    let comment = signed.replacen(">7<", "><!-- -->7<", 1);
    assert_eq!(check(&comment), Err(XmlError::Comment.into()));
    let doctype = signed.replacen("\n<TrustS", "\n<!DOCTYPE x><TrustS", 1);
    assert_eq!(check(&doctype), Err(XmlError::DocumentType.into()));
    let ids = signed.replacen("<SchemeInformation>", "<SchemeInformation Id=\"signed-properties\">", 1);
    assert_eq!(problem(&ids), Problem::DuplicateId);
    let huge = format!("{signed}{}", " ".repeat(spid::signature::MAX_LIST));
    assert!(matches!(check(&huge), Err(ListError::Xml(XmlError::TooLarge { .. }))));
}
