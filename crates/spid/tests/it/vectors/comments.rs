//! CVE-2018-7340: a comment in a text, which many canonical forms leave out; on the document on which it was shown, and on
//! one that a package carries.

use super::source::{certificates, message, packages, repositories};
use super::verdict::verdict;

#[test]
fn a_comment_in_a_name_changes_nobody() {
    let Some(folder) = repositories() else { return };
    let file = folder.join("crewjam+saml/testdata/TestSPRejectsInjectedComment_response");
    let text = String::from_utf8(message(&file)).unwrap();
    assert!(verdict(text.as_bytes(), &[]).starts_with("Response: good"));
    for (from, to, expected) in [
        ("ross@octolabs.io", "ross@<!-- and a comment -->octolabs.io", "not read: Comment"),
        ("ross@octolabs.io", "ross@octolabs.io<!-- and a comment -->.example.com", "not read: Comment"),
        ("ross@octolabs.io", "ross@octolabs.io.example.com", "Response: Digest"),
        ("ross@octolabs.io", "ross@octo<![CDATA[labs.io]]>", "Response: good Rsa(Sha256)"),
        ("<saml2p:Response", "<saml2p:Response ::foo=\"bar\"", "not read: Malformed"),
    ] {
        let changed = text.replace(from, to);
        assert_ne!(changed, text, "{from}");
        assert!(verdict(changed.as_bytes(), &[]).starts_with(expected), "{to}: {}", verdict(changed.as_bytes(), &[]));
    }
}

#[test]
fn a_comment_in_an_address_changes_nobody() {
    let Some(folder) = packages() else { return };
    let file = "signxml-5.2.0/test/interop/xml-crypto/wsfederation_metadata.xml";
    let (text, keys) = (String::from_utf8(message(&folder.join(file))).unwrap(), certificates(&folder, file));
    assert!(verdict(text.as_bytes(), &keys).starts_with("EntityDescriptor: good"));
    for (from, to, expected) in [
        (">Given Name<", ">Given<!-- and a comment --> Name<", "not read: Comment"),
        (">Given Name<", ">Given Names<", "EntityDescriptor: Digest"),
        (">Given Name<", ">Given <![CDATA[Name]]><", "EntityDescriptor: good Rsa(Sha256)"),
        ("<EntityDescriptor ", "<!DOCTYPE EntityDescriptor><EntityDescriptor ", "not read: DocumentType"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        assert!(
            verdict(changed.as_bytes(), &keys).starts_with(expected),
            "{to}: {}",
            verdict(changed.as_bytes(), &keys)
        );
    }
}
