//! Identifiers: twice, by other names, of other namespaces.

use spid::signature::{Problem, SignatureError};
use spid::sp::response::{ResponseError, Signed};

use super::{Material, before, refused, repelled};

#[test]
fn the_same_identifier_twice() {
    let m = Material::new();
    let twin = m.evil.replace("ID=\"_evil\"", "ID=\"_assertion\"");
    repelled("twin first", &m.with(&format!("{twin}{}", m.legit)));
    repelled("twin last", &m.with(&format!("{}{twin}", m.legit)));
    let signed_twin = before(&twin, "<saml:Subject>", &m.signature);
    repelled("twin with the signature", &m.with(&format!("{signed_twin}{}", m.bare)));
    repelled("twin with the signature, last", &m.with(&format!("{}{signed_twin}", m.bare)));
    let hidden = format!("<samlp:Extensions>{}</samlp:Extensions>", m.bare);
    repelled("twin, original hidden", &before(&m.with(&signed_twin), "<samlp:Status>", &hidden));
}

#[test]
fn identifiers_by_other_names() {
    let m = Material::new();
    let spellings =
        ["Id=\"_assertion\"", "id=\"_assertion\"", "xml:id=\"_assertion\"", "xmlns:e=\"urn:evil\" e:ID=\"_assertion\""];
    for spelling in spellings {
        let evil = m.evil.replace("ID=\"_evil\"", &format!("ID=\"_evil\" {spelling}"));
        let evil = before(&evil, "<saml:Subject>", &m.signature);
        repelled(spelling, &m.with(&format!("{evil}{}", m.bare)));
        let evil = evil.replace("ID=\"_evil\" ", "");
        repelled(&format!("only {spelling}"), &m.with(&format!("{}{evil}", m.bare)));
    }
}

#[test]
fn any_second_bearer_of_an_identifier_is_enough_to_refuse() {
    let m = Material::new();
    let elsewhere = [
        ("samlp:Status", "<samlp:Status Id=\"_assertion\""),
        ("samlp:StatusCode", "<samlp:StatusCode xml:id=\"_assertion\""),
        ("samlp:StatusCode", "<samlp:StatusCode xmlns:e=\"urn:evil\" e:ID=\"_assertion\""),
    ];
    for (tag, with_id) in elsewhere {
        let xml = m.response.replacen(&format!("<{tag}"), with_id, 1);
        let cause = SignatureError::Profile(Problem::DuplicateId);
        assert_eq!(refused(with_id, &xml), ResponseError::Signature { of: Signed::Assertion, cause });
    }
}
