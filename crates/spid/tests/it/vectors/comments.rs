//! CVE-2018-7340 on the document on which it was shown: a comment in the name, which many canonical forms leave out.

use super::verdict::verdict;
use super::{folder, message};

#[test]
fn a_comment_in_a_name_changes_nobody() {
    let Some(folder) = folder() else { return };
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
