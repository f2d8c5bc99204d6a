//! Documents of the largest size that is read, each with much of one thing, in a Response whose signature has the right
//! form, so that everything is computed that can be computed without a key.

pub const AT: &str = "2026-11-22T10:00:00Z";

const LARGEST: usize = 256 * 1024;

const HEAD: &str = concat!(
    r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion""#,
    r#" ID="_response" Version="2.0" IssueInstant="2026-11-22T10:00:00Z" Destination="https://sp.example/acs" "#,
    r#"InResponseTo="_request" {attributes}><saml:Issuer>https://idp.example</saml:Issuer>"#,
    r#"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>"#,
    r#"<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>"#,
    r#"<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>"#,
    r##"<ds:Reference URI="#_response"><ds:Transforms>"##,
    r#"<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>"#,
    r#"<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#">{list}</ds:Transform></ds:Transforms>"#,
    r#"<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue>"#,
    "</ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>",
    r#"<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>"#,
    "<saml:Assertion>",
);
const TAIL: &str = "</saml:Assertion></samlp:Response>";
const LIST: &str = r#"<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="a0 b c d e f g h i j k l m n o p"/>"#;

/// A Response with `attributes` on its root, `list` in its transform, and `unit` as often as there is room for it.
fn filled(attributes: &str, list: &str, before: &str, unit: impl Fn(usize) -> String, behind: &str) -> String {
    let mut xml = HEAD.replace("{attributes}", attributes).replace("{list}", list) + before;
    let room = LARGEST - TAIL.len() - behind.len();
    let mut count = 0;
    loop {
        let next = unit(count);
        if xml.len() + next.len() > room {
            return xml + behind + TAIL;
        }
        xml.push_str(&next);
        count += 1;
    }
}

/// Attributes or declarations, `count` of them, numbered.
fn numbered(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

/// Each with what there is much of.
pub fn documents() -> Vec<(&'static str, String)> {
    let none = "";
    let deep: String = "<d>".repeat(60);
    let up = "</d>".repeat(60);
    let declared = |level: usize| format!("<d{}>", numbered(60, |n| format!(" xmlns:x{n}=\"{level}\"")));
    let all_levels: String = (0..60).map(declared).collect();
    let many = numbered(60, |n| format!(" a{n}='v'"));
    let prefixed = numbered(30, |n| format!(" x{n}:a='{n}'"));
    let name = format!("xmlns:f=\"{}\"", "n".repeat(100_000));
    vec![
        ("nested without an end", "<a>".repeat(LARGEST / 3)),
        ("elements without number", filled(none, none, none, |_| "<a/>".to_owned(), none)),
        ("8,000 elements", filled(none, none, none, |_| "<a/>012345678901234567890123456789".to_owned(), none)),
        (
            "the same at depth 62, with a list of prefixes",
            filled(none, LIST, &deep, |_| "<a/>012345678901234567890123456789".to_owned(), &up),
        ),
        ("60 attributes an element", filled(none, none, none, |_| format!("<a{many}/>"), none)),
        ("60 namespaces an element, 60 deep", filled(none, none, &all_levels, |_| format!("<a{prefixed}/>"), &up)),
        (
            "one long name of a namespace, used often",
            filled(&name, none, none, |_| "<f:f/>012345678901234567890123456789".to_owned(), none),
        ),
        ("one text", filled(none, none, none, |_| "xxxxxxxx".to_owned(), none)),
        ("one text, each letter escaped", filled(none, none, none, |_| "&#x10ffff;".to_owned(), none)),
        ("one text that grows when written", filled(none, none, none, |_| ">>>>>>>>".to_owned(), none)),
        ("texts in CDATA sections", filled(none, none, none, |_| "<![CDATA[]]>".to_owned(), none)),
        ("identifiers", filled(none, none, none, |n| format!("<a ID='{n}'/>0123456789012345678"), none)),
    ]
}

/// Metadata of very many entities, in a group that nobody signed.
pub fn metadata() -> String {
    let start = "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" ID=\"_g\">";
    let entity = "<md:EntityDescriptor entityID=\"https://x\"/>";
    let end = "</md:EntitiesDescriptor>";
    [start, &entity.repeat((LARGEST - start.len() - end.len()) / entity.len()), end].concat()
}
