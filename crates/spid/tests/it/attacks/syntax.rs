//! Below the signature: comments, instructions, document types, entities, depth, size, encodings.

use spid::saml::BindingError;
use spid::sp::response::ResponseError;
use spid::xml::XmlError;

use super::{EVIL, Material, refused};
use crate::support::keys::provider;
use crate::support::naive::xmlsec_reads;
use crate::support::provider::good;
use crate::support::xmlsec;

/// The attacker has an account whose name begins with the victim's.
fn own_account() -> String {
    good()
        .assertion_signed()
        .with("NameID", "<saml:NameID {NameID.Format} {NameQualifier}>_evil-name.mine</saml:NameID>")
        .xml()
}

/// The attack deceives the reader that believes libxmlsec and reads the first text.
fn repelled(attack: &str, xml: &str, expected: XmlError) {
    if xmlsec::available("xmlsec1") {
        assert_eq!(xmlsec_reads(xml).as_deref(), Some(EVIL), "{attack} has no teeth: {xml}");
    }
    assert_eq!(refused(attack, xml), ResponseError::Xml(expected), "{attack}");
}

#[test]
fn a_comment_cuts_a_name() {
    let xml = own_account().replace("_evil-name.mine", "_evil-name<!-- -->.mine");
    repelled("comment", &xml, XmlError::Comment);
}

#[test]
fn an_instruction_cuts_a_name() {
    // Instructions are part of what is signed: the provider signed it so.
    let name = "<saml:NameID {NameID.Format} {NameQualifier}>_evil-name<?x?>.mine</saml:NameID>";
    let unsigned = good().with("NameID", name).signed_by(None, None).unsigned();
    let template = crate::support::forge::put(&unsigned, &xmlsec::template("_assertion"));
    let xml = if xmlsec::available("xmlsec1") {
        let keys = provider();
        xmlsec::sign(&template, &keys.private_pem, &keys.certificate_pem)
    } else {
        template
    };
    let xml = xml.replacen("<?xml version=\"1.0\"?>\n", "", 1);
    repelled("instruction", &xml, XmlError::ProcessingInstruction);
}

#[test]
fn comments_and_instructions_anywhere() {
    let m = Material::new();
    for (from, to) in [
        ("<ds:DigestValue>", "<ds:DigestValue><!-- -->"),
        ("<ds:SignatureValue>", "<ds:SignatureValue><!-- -->"),
        ("<ds:SignedInfo>", "<ds:SignedInfo><!-- -->"),
        ("<samlp:Status>", "<!-- --><samlp:Status>"),
        ("<samlp:Response", "<!-- --><samlp:Response"),
        ("</samlp:Response>", "</samlp:Response><!-- -->"),
    ] {
        let xml = m.response.replacen(from, to, 1);
        assert_eq!(refused(to, &xml), ResponseError::Xml(XmlError::Comment));
        let xml = m.response.replacen(from, &to.replace("<!-- -->", "<?x?>"), 1);
        assert_eq!(refused(to, &xml), ResponseError::Xml(XmlError::ProcessingInstruction));
    }
}

#[test]
fn document_types_and_entities() {
    let m = Material::new();
    for doctype in [
        "<!DOCTYPE samlp:Response>",
        "<!DOCTYPE r [<!ENTITY e \"x\">]>",
        "<!DOCTYPE r SYSTEM \"https://evil.example/x.dtd\">",
        "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">]>",
        "<!DOCTYPE r [<!ATTLIST saml:Assertion ID ID #IMPLIED>]>",
    ] {
        let xml = format!("{doctype}{}", m.response);
        assert_eq!(refused(doctype, &xml), ResponseError::Xml(XmlError::DocumentType));
        let late = m.response.replacen("<samlp:Status>", &format!("{doctype}<samlp:Status>"), 1);
        assert_eq!(refused(doctype, &late), ResponseError::Xml(XmlError::DocumentType));
    }
    let entity = m.response.replace("_that-transient", "&evil;");
    assert!(matches!(refused("an unknown entity", &entity), ResponseError::Xml(XmlError::Malformed(_))));
    // An entity that splits a name in two, as the comment does.
    let split = own_account().replace("_evil-name.mine", "_evil-name&e;.mine");
    let split = format!("<!DOCTYPE r [<!ENTITY e \"\">]>{split}");
    if xmlsec::available("xmlsec1") && xmlsec::available("xmllint") {
        // Whoever checks the signature on what libxml2 makes of it, and reads the first text of the other, is deceived.
        let resolved = xmlsec::resolved(&split);
        let trust = xmlsec::Trust::Certificate(&provider().certificate_pem);
        assert!(xmlsec::verifies(&resolved, 1, trust), "an entity has no teeth: {resolved}");
    }
    assert_eq!(refused("an entity", &split), ResponseError::Xml(XmlError::DocumentType));
}

#[test]
fn depth_and_size() {
    let m = Material::new();
    let deep = format!("{}{}", "<x>".repeat(80), "</x>".repeat(80));
    let xml = m.response.replacen("<samlp:Status>", &format!("<samlp:Status>{deep}"), 1);
    assert_eq!(refused("depth", &xml), ResponseError::Xml(XmlError::TooDeep));
    let attributes: String = (0..30_000).map(|n| format!(" a{n}=''")).collect();
    let xml = m.response.replacen("<samlp:Status>", &format!("<samlp:Status{}>", &attributes[..200_000]), 1);
    assert!(matches!(refused("attributes", &xml), ResponseError::Xml(_)));
    let xml = m.response.replacen("<samlp:Status>", &format!("{}<samlp:Status>", " ".repeat(300_000)), 1);
    assert_eq!(refused("size", &xml), ResponseError::Binding(BindingError::TooLarge));
    let xml = m.response.replacen("<samlp:Response", "<?xml version='1.0' encoding='UTF-16'?><samlp:Response", 1);
    assert_eq!(refused("encoding", &xml), ResponseError::Xml(XmlError::Encoding));
}

#[test]
fn character_data_is_read_as_a_whole() {
    let name = "<saml:NameID {NameID.Format} {NameQualifier}>_evil-name<![CDATA[.mi]]>ne</saml:NameID>";
    let identity = crate::support::provider::received(&good().with("NameID", name).xml()).unwrap();
    assert_eq!(identity.subject.name_id, "_evil-name.mine");
    // Character data and plain text have the same canonical form.
    let xml = own_account().replace("_evil-name.mine", "<![CDATA[_evil-name]]>.mine");
    let identity = crate::support::provider::received(&xml).unwrap();
    assert_eq!(identity.subject.name_id, "_evil-name.mine");
}
