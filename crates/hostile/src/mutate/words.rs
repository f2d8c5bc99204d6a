//! Words that mean something to one reader or another.

use crate::chance::Chance;

const WORDS: [&str; 46] = [
    "",
    "_assertion",
    "_response",
    "_request",
    "#_assertion",
    "#",
    "https://evil.example",
    "https://idp.example",
    "https://sp.example.it/spid",
    "javascript:alert(1)",
    "urn:oasis:names:tc:SAML:2.0:assertion",
    "urn:oasis:names:tc:SAML:2.0:protocol",
    "urn:oasis:names:tc:SAML:2.0:metadata",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
    "urn:oasis:names:tc:SAML:2.0:cm:bearer",
    "urn:oasis:names:tc:SAML:2.0:status:Responder",
    "https://www.spid.gov.it/SpidL1",
    "https://www.spid.gov.it/SpidL3",
    "http://www.w3.org/2000/09/xmldsig#",
    "http://www.w3.org/2000/09/xmldsig#sha1",
    "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    "http://www.w3.org/TR/1999/REC-xslt-19991116",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "http://www.w3.org/2001/04/xmlenc#sha512",
    "http://www.w3.org/XML/1998/namespace",
    "2026-11-22T10:00:00Z",
    "2026-11-22T09:59:00.000+01:00",
    "9999-12-31T23:59:60Z",
    "0000-00-00T00:00:00Z",
    "-1",
    "65536",
    "18446744073709551616",
    "1e999",
    "none",
    "HS256",
    "RS512",
    "A256GCM",
    "TINIT-EVLEVL80A01H501U",
    "&#x41;",
    "&#0;",
    "&amp;",
    "\u{202e}\u{feff}\u{fffd}",
    "true",
];

/// One of them.
pub fn any(chance: &mut Chance) -> &'static str {
    WORDS[chance.below(WORDS.len())]
}
