//! References and transforms: to nothing, to something else, to a part, through a sieve.
//!
//! Nobody but the provider can sign such things; here it does, as if it could be talked into it.

use spid::signature::{Problem, SignatureError};
use spid::sp::response::{ResponseError, Signed};

use super::{EVIL, Material, before, refused, repelled};
use crate::support::forge::{
    ENVELOPED, EXCLUSIVE, RSA_SHA256, Signer, digest_of, put, reference, sha256, signature, signed_info, transform,
};
use crate::support::keys::provider;
use crate::support::provider::good;

fn evil() -> String {
    good().with("name", EVIL).unsigned()
}

/// The evil assertion with a signature of the provider over these references.
fn with_references(references: &str) -> String {
    put(&evil(), &signature(&signed_info(RSA_SHA256, references), &Signer::Rsa(provider()), ""))
}

fn of_assertion(problem: Problem) -> ResponseError {
    ResponseError::Signature { of: Signed::Assertion, cause: SignatureError::Profile(problem) }
}

#[test]
fn to_nothing_to_another_and_to_two() {
    assert_eq!(repelled("no reference", &with_references("")), of_assertion(Problem::References));
    let decoy = "<samlp:StatusDetail ID=\"_decoy\">decoy</samlp:StatusDetail>";
    let with_decoy = before(&evil(), "</samlp:Status>", decoy);
    let to_decoy = reference("#_decoy", &digest_of(&with_decoy, "_decoy"));
    let xml = before(&with_references(&to_decoy), "</samlp:Status>", decoy);
    assert_eq!(repelled("to another element", &xml), of_assertion(Problem::Target));
    let both = format!("{}{to_decoy}", reference("#_assertion", &digest_of(&evil(), "_assertion")));
    let xml = before(&with_references(&both), "</samlp:Status>", decoy);
    assert_eq!(repelled("to two", &xml), of_assertion(Problem::References));
    let twice = reference("#_assertion", &digest_of(&evil(), "_assertion")).repeat(2);
    assert_eq!(repelled("to one, twice", &with_references(&twice)), of_assertion(Problem::References));
    assert_eq!(refused("2000", &with_references(&to_decoy.repeat(500))), of_assertion(Problem::References));
}

#[test]
fn to_a_part() {
    let conditions = "<saml:Conditions ID=\"_part\" {NotBefore} {NotOnOrAfter}>{AudienceRestriction}</saml:Conditions>";
    let xml = good().with("name", EVIL).with("Conditions", conditions).unsigned();
    let info = signed_info(RSA_SHA256, &reference("#_part", &digest_of(&xml, "_part")));
    let xml = put(&xml, &signature(&info, &Signer::Rsa(provider()), ""));
    assert_eq!(repelled("to a part", &xml), of_assertion(Problem::Target));
}

#[test]
fn other_ways_to_say_it() {
    let digest = digest_of(&evil(), "_assertion");
    for uri in [
        "",
        "_assertion",
        "#",
        "#xpointer(/)",
        "#xpointer(id('_assertion'))",
        "https://sp.example/#_assertion",
        "# _assertion",
        "#_assertion ",
    ] {
        let error = refused(uri, &with_references(&reference(uri, &digest)));
        assert_eq!(error, of_assertion(Problem::Target), "{uri}");
    }
    let without = reference("#_assertion", &digest).replace(" URI=\"#_assertion\"", "");
    assert_eq!(refused("no URI", &with_references(&without)), of_assertion(Problem::Target));
    // The whole document, of which the assertion is a part.
    let xml = evil();
    let whole = spid::xml::parse(xml.as_bytes()).unwrap();
    let digest = sha256(&crate::support::forge::canonical(whole.root(), None));
    assert_eq!(repelled("whole document", &with_references(&reference("", &digest))), of_assertion(Problem::Target));
}

#[test]
fn transforms_of_every_kind() {
    let good_reference = reference("#_assertion", &digest_of(&evil(), "_assertion"));
    let right = format!("{}{}", transform(ENVELOPED), transform(EXCLUSIVE));
    let xpath = "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>not(ancestor-or-self::*[local-name()='Subject'])</ds:XPath></ds:Transform>";
    let xpath2 = "<ds:Transform Algorithm=\"http://www.w3.org/2002/06/xmldsig-filter2\"><f:XPath xmlns:f=\"http://www.w3.org/2002/06/xmldsig-filter2\" Filter=\"subtract\">//*</f:XPath></ds:Transform>";
    let xslt = "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"><xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template match=\"/\"><x/></xsl:template></xsl:stylesheet></ds:Transform>";
    let with_child = transform(EXCLUSIVE).replace("/>", "><x/></ds:Transform>");
    let with_text = transform(EXCLUSIVE).replace("/>", ">x</ds:Transform>");
    let base64 = transform("http://www.w3.org/2000/09/xmldsig#base64");
    let with_comments = transform("http://www.w3.org/2001/10/xml-exc-c14n#WithComments");
    let inclusive = transform("http://www.w3.org/TR/2001/REC-xml-c14n-20010315");
    let (first, second) = (transform(ENVELOPED), transform(EXCLUSIVE));
    let wrong = [
        String::new(),
        first.clone(),
        second.clone(),
        format!("{second}{first}"),
        format!("{first}{first}"),
        format!("{first}{xpath}{second}"),
        format!("{first}{xpath2}{second}"),
        format!("{first}{xslt}{second}"),
        format!("{xslt}{second}"),
        format!("{first}{xpath}"),
        format!("{base64}{second}"),
        format!("{first}{second}{base64}"),
        format!("{first}{with_comments}"),
        format!("{first}{inclusive}"),
        format!("{first}{with_child}"),
        format!("{first}{with_text}"),
        format!("{first}{second}{second}"),
    ];
    for transforms in wrong {
        let xml = with_references(&good_reference.replace(&right, &transforms));
        // The naive reader skips transforms that it does not know.
        assert_eq!(repelled(&transforms, &xml), of_assertion(Problem::Transforms), "{transforms}");
    }
    let many: Vec<_> = (0..20).map(|n| format!("p{n}")).collect();
    let list = format!("<ec:InclusiveNamespaces xmlns:ec=\"{EXCLUSIVE}\" PrefixList=\"{}\"/>", many.join(" "));
    let long = second.replace("/>", &format!(">{list}</ds:Transform>"));
    let xml = with_references(&good_reference.replace(&right, &format!("{first}{long}")));
    assert_eq!(refused("a long list", &xml), of_assertion(Problem::Transforms));
}

#[test]
fn two_of_what_there_should_be_one() {
    let m = Material::new();
    let evil = m.bare.replace(crate::support::provider::NAME, EVIL);
    let legit_info = super::between(&m.signature, "<ds:SignedInfo>", "</ds:SignedInfo>");
    let probe = good().with("Assertion", &evil).signed_by(None, None).unsigned();
    let evil_info = signed_info(RSA_SHA256, &reference("#_assertion", &digest_of(&probe, "_assertion")));
    let both = m.signature.replace(&legit_info, &format!("{legit_info}{evil_info}"));
    let xml = m.with(&before(&evil, "<saml:Subject>", &both));
    assert_eq!(repelled("two SignedInfo", &xml), of_assertion(Problem::Structure));
    let swapped = m.signature.replace(&legit_info, &format!("{evil_info}{legit_info}"));
    refused("two SignedInfo, evil first", &m.with(&before(&evil, "<saml:Subject>", &swapped)));
    let apart = m.signature.replace("</ds:Signature>", &format!("{evil_info}</ds:Signature>"));
    let xml = m.with(&before(&evil, "<saml:Subject>", &apart));
    assert_eq!(repelled("SignedInfo at the end", &xml), of_assertion(Problem::Structure));
    for tag in ["SignatureValue", "KeyInfo"] {
        let part = super::between(&m.signature, &format!("<ds:{tag}>"), &format!("</ds:{tag}>"));
        let doubled = m.signature.replace(&part, &part.repeat(2));
        let error = refused(tag, &m.response.replace(&m.signature, &doubled));
        assert_eq!(error, of_assertion(Problem::Structure), "{tag}");
    }
    let value = super::between(&m.signature, "<ds:DigestValue>", "</ds:DigestValue>");
    let error = refused("two DigestValue", &m.response.replace(&value, &value.repeat(2)));
    assert_eq!(error, of_assertion(Problem::Structure));
}
