//! Signatures: ours, theirs, and what is not one.

use spid::signature::{
    KeyError, Place, Problem, QuerySignatureError, SignError, SignatureError, SigningKey, VerifyingKey, sign,
    sign_query, verify, verify_query,
};
use spid::xml;

use crate::support::keys::{other, provider};
use crate::support::xmlsec::{self, Trust};

const METADATA: &str = concat!(
    r#"<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_m" entityID="https://sp.example">"#,
    r#"<md:Extensions xmlns="urn:other" a="&#10;&quot;&lt;&amp;&gt;"><x xmlns=""> &gt;&#13;<![CDATA[<&>]]></x></md:Extensions>"#,
    "</md:EntityDescriptor>"
);

fn check(xml: &str, keys: &[VerifyingKey]) -> Result<usize, SignatureError> {
    let document = xml::parse(xml.as_bytes()).unwrap();
    let verified = verify(document.root(), Place::First, keys)?;
    assert_eq!(verified.element, document.root());
    Ok(verified.key)
}

#[test]
fn what_we_sign_we_verify_and_whoever_changes_it_is_caught() {
    let signed = sign(METADATA, "_m", &provider().signing, Place::First).unwrap();
    let keys = [other().verifying.clone(), provider().verifying.clone()];
    assert_eq!(check(&signed, &keys), Ok(1));
    assert_eq!(check(&signed, &keys[..1]), Err(SignatureError::Key));
    assert_eq!(check(&signed.replace("sp.example", "sp.evil.ex"), &keys), Err(SignatureError::Digest));
    assert_eq!(check(METADATA, &keys), Err(SignatureError::Missing));
    let changed_info = signed.replacen("<ds:SignedInfo>", "<ds:SignedInfo a=\"b\">", 1);
    assert_eq!(check(&changed_info, &keys), Err(SignatureError::Key));
}

#[test]
fn xmlsec_accepts_what_we_sign() {
    if !xmlsec::available("xmlsec1") {
        return;
    }
    let signed = sign(METADATA, "_m", &provider().signing, Place::First).unwrap();
    assert!(xmlsec::verifies(&signed, 1, Trust::Certificate(&provider().certificate_pem)), "{signed}");
    assert!(!xmlsec::verifies(&signed, 1, Trust::Certificate(&other().certificate_pem)));
}

#[test]
fn we_accept_what_xmlsec_signs() {
    if !xmlsec::available("xmlsec1") {
        return;
    }
    let content = METADATA.find("<md:Extensions").unwrap();
    let template = [&METADATA[..content], &xmlsec::template("_m"), &METADATA[content..]].concat();
    let keys = [provider().verifying.clone()];
    let signed = xmlsec::sign(&template, &provider().private_pem, &provider().certificate_pem);
    assert_eq!(check(&signed, &keys), Ok(0));
    for (from, to) in [("#sha256", "#sha512"), ("#rsa-sha256", "#rsa-sha384"), ("#rsa-sha256", "#rsa-sha512")] {
        let signed = xmlsec::sign(&template.replace(from, to), &provider().private_pem, &provider().certificate_pem);
        assert_eq!(check(&signed, &keys), Ok(0), "{to}");
    }
    let list =
        r#"<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="md #default xs"/>"#;
    let with_list = template.replacen(
        "xml-exc-c14n#\"/></ds:Transforms>",
        &format!("xml-exc-c14n#\">{list}</ds:Transform></ds:Transforms>"),
        1,
    );
    assert_ne!(with_list, template);
    let signed = xmlsec::sign(&with_list, &provider().private_pem, &provider().certificate_pem);
    assert_eq!(check(&signed, &keys), Ok(0));
}

#[test]
fn a_signature_has_its_place() {
    let signed = sign(METADATA, "_m", &provider().signing, Place::First).unwrap();
    let document = xml::parse(signed.as_bytes()).unwrap();
    let keys = [provider().verifying.clone()];
    let misplaced = verify(document.root(), Place::AfterIssuer, &keys).unwrap_err();
    assert_eq!(misplaced, SignatureError::Profile(Problem::Place));
    assert!(matches!(sign(METADATA, "_m", &provider().signing, Place::AfterIssuer), Err(SignError::Place)));
    assert!(matches!(sign(METADATA, "_n", &provider().signing, Place::First), Err(SignError::Target)));
    assert!(matches!(sign("<a ID='_m'/>", "_m", &provider().signing, Place::First), Err(SignError::Place)));
    assert!(matches!(sign("<a", "_m", &provider().signing, Place::First), Err(SignError::Xml(_))));
}

#[test]
fn a_query_is_verified_as_it_came() {
    let keys = [provider().verifying.clone()];
    let query = sign_query("SAMLRequest=abc%2B&RelayState=x+y", &provider().signing).unwrap();
    assert_eq!(verify_query("SAMLRequest", &query, &keys), Ok(0));
    let reordered: Vec<_> = query.split('&').rev().collect();
    assert_eq!(verify_query("SAMLRequest", &reordered.join("&"), &keys), Ok(0));
    assert_eq!(verify_query("SAMLRequest", &query.replace("%2B", "%2b"), &keys), Err(QuerySignatureError::Key));
    assert_eq!(verify_query("SAMLRequest", &query.replace("x+y", "x+z"), &keys), Err(QuerySignatureError::Key));
    assert_eq!(verify_query("SAMLResponse", &query, &keys), Err(QuerySignatureError::Missing("SAMLResponse")));
    let twice = format!("{query}&RelayState=other");
    assert_eq!(verify_query("SAMLRequest", &twice, &keys), Err(QuerySignatureError::Twice("RelayState")));
    let hidden = format!("{query}&SAML%52equest=evil");
    assert_eq!(verify_query("SAMLRequest", &hidden, &keys), Err(QuerySignatureError::Twice("SAMLRequest")));
    assert_eq!(
        verify_query("SAMLRequest", &query.replace("rsa-sha256", "rsa-sha1"), &keys),
        Err(QuerySignatureError::Method)
    );
}

#[test]
fn keys_are_what_they_should_be() {
    let [ours, theirs] = [provider(), other()];
    assert!(matches!(SigningKey::from_pem(&ours.private_pem, &theirs.certificate_pem), Err(KeyError::Mismatch)));
    assert!(matches!(SigningKey::from_pem("nothing", &ours.certificate_pem), Err(KeyError::NotPem("private key"))));
    assert!(matches!(VerifyingKey::from_certificate_der(b"nothing"), Err(KeyError::Certificate(_))));
    assert_eq!(VerifyingKey::from_certificate_pem(&ours.certificate_pem).unwrap(), ours.verifying);
    assert_eq!(VerifyingKey::from_certificate_base64(&ours.signing.certificate_base64()).unwrap(), ours.verifying);
    assert_eq!(format!("{:?}", ours.signing), "SigningKey(…)");
}
