//! Signature wrapping: what was signed is moved aside, and something else stands where one reads.
//!
//! The eight shapes are those of Somorovsky and others, *On Breaking SAML: Be Whoever You Want to Be* (2012).

use super::{EVIL, Material, before, between, repelled};
use crate::support::provider::{NAME, good};

#[test]
fn shapes_1_and_2_move_the_signed_response() {
    let signed = good().signed_by(Some(&crate::support::keys::provider().signing), None).xml();
    let signature = between(&signed, "<ds:Signature ", "</ds:Signature>");
    let original = signed.replace(&signature, "");
    let evil = original.replace(NAME, EVIL).replace("ID=\"_response\"", "ID=\"_evil\"");

    let around = before(&signature, "</ds:Signature>", &format!("<ds:Object>{original}</ds:Object>"));
    repelled("shape 1", &before(&evil, "<samlp:Status>", &around));
    let inside = before(&signature, "</ds:Signature>", &original);
    repelled("shape 1, without Object", &before(&evil, "<samlp:Status>", &inside));
    repelled("shape 2", &before(&evil, "<samlp:Status>", &format!("{original}{signature}")));
    repelled("shape 2, signature first", &before(&evil, "<samlp:Status>", &format!("{signature}{original}")));
    let extensions = format!("{signature}<samlp:Extensions>{original}</samlp:Extensions>");
    repelled("shape 2, in Extensions", &before(&evil, "<samlp:Status>", &extensions));
}

#[test]
fn shapes_3_to_6_move_the_signed_assertion() {
    let Material { legit, bare, signature, evil, .. } = Material::new();
    let m = Material::new();
    repelled("shape 3", &m.with(&format!("{evil}{legit}")));
    repelled("shape 3, behind", &m.with(&format!("{legit}{evil}")));
    repelled("shape 4", &m.with(&before(&evil, "</saml:Assertion>", &legit)));
    let with_signature = before(&evil, "<saml:Subject>", &signature);
    repelled("shape 5", &m.with(&format!("{with_signature}{bare}")));
    repelled("shape 5, behind", &m.with(&format!("{bare}{with_signature}")));
    let wrapped = before(&signature, "</ds:Signature>", &bare);
    repelled("shape 6", &m.with(&before(&evil, "<saml:Subject>", &wrapped)));
}

#[test]
fn shapes_7_and_8_hide_behind_elements_of_any_content() {
    let Material { legit, bare, signature, evil, .. } = Material::new();
    let m = Material::new();
    let extensions = format!("<samlp:Extensions>{evil}</samlp:Extensions>");
    repelled("shape 7", &before(&m.response, "<samlp:Status>", &extensions));
    let same_id = extensions.replace("_evil\"", "_assertion\"");
    repelled("shape 7, same ID", &before(&m.response, "<samlp:Status>", &same_id));
    let object = format!("<ds:Object>{bare}</ds:Object>");
    let wrapped = before(&signature, "</ds:Signature>", &object);
    repelled("shape 8", &m.with(&before(&evil, "<saml:Subject>", &wrapped)));
    let object = format!("<ds:Object>{legit}</ds:Object>");
    let outer = format!("<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">{object}</ds:Signature>");
    repelled("shape 8, signature and all", &m.with(&before(&evil, "<saml:Subject>", &outer)));
}

#[test]
fn whatever_holds_the_signed_assertion() {
    let Material { legit, evil, .. } = Material::new();
    let m = Material::new();
    let detail = format!("<samlp:StatusDetail>{legit}</samlp:StatusDetail>");
    repelled("StatusDetail", &before(&m.with(&evil), "</samlp:Status>", &detail));
    let extensions = format!("<samlp:Extensions>{legit}</samlp:Extensions>");
    repelled("Extensions", &before(&m.with(&evil), "<samlp:Status>", &extensions));
    let deep = format!("<samlp:Extensions><a><b><c>{legit}</c></b></a></samlp:Extensions>");
    repelled("Extensions, deep", &before(&m.with(&evil), "<samlp:Status>", &deep));
    let advice = format!("<saml:Advice>{legit}</saml:Advice>");
    repelled("Advice", &m.with(&before(&evil, "<saml:AuthnStatement", &advice)));
    let value =
        format!("<saml:Attribute Name=\"x\"><saml:AttributeValue>{legit}</saml:AttributeValue></saml:Attribute>");
    repelled("AttributeValue", &m.with(&before(&evil, "</saml:AttributeStatement>", &value)));
    repelled("Subject", &m.with(&before(&evil, "</saml:Subject>", &legit)));
    repelled("Conditions", &m.with(&before(&evil, "</saml:Conditions>", &legit)));
    repelled("Issuer", &m.with(&before(&evil, "</saml:Issuer>", &legit)));
    repelled("AuthnContext", &m.with(&before(&evil, "</saml:AuthnContext>", &legit)));
    let other_space = format!("<Assertion xmlns=\"urn:evil\">{legit}</Assertion>");
    repelled("another namespace", &m.with(&format!("{other_space}{evil}")));
    repelled("behind the root's own", &before(&m.with(&evil), "</samlp:Response>", &legit));
    let response = m.response.clone();
    let nested = m.with(&evil).replace("<samlp:Status>", &format!("{response}<samlp:Status>"));
    repelled("the whole Response", &nested);
}

#[test]
fn the_signature_alone_is_moved() {
    let Material { legit, bare, signature, evil, .. } = Material::new();
    let m = Material::new();
    let beside = m.with(&format!("{bare}{evil}"));
    repelled("signature in the Response", &before(&beside, "<samlp:Status>", &signature));
    repelled("signature at the end", &before(&beside, "</samlp:Response>", &signature));
    let two = before(&legit, "<saml:Subject>", &signature);
    let late = before(&bare, "</saml:Assertion>", &signature);
    repelled("signature last, and another assertion", &m.with(&format!("{late}{evil}")));
    super::refused("two signatures", &m.with(&two));
    super::refused("signature last", &m.with(&late));
    super::refused("signature first", &m.with(&bare.replacen("<saml:Issuer", &format!("{signature}<saml:Issuer"), 1)));
}
