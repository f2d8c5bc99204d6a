//! Canonical forms, compared with libxml2's.

use std::process::Command;

use spid::xml::{XmlError, canonicalize, parse};

use crate::support::xmlsec::{available, file};

fn ours(xml: &str) -> String {
    let document = parse(xml.as_bytes()).unwrap();
    let mut out = Vec::new();
    canonicalize(document.root(), None, &[], &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A small generator, seeded, so that a failure can be seen again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one_of<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[usize::try_from(self.below(choices.len() as u64)).unwrap()]
    }

    fn element(&mut self, depth: u64, out: &mut String) {
        let prefix = self.one_of(&["", "", "p:", "q:"]);
        let name = format!("{prefix}{}", self.one_of(&["a", "b", "è"]));
        out.push_str(&format!("<{name}"));
        out.push_str(self.one_of(&["", "", " xmlns=\"urn:1\"", " xmlns=\"\""]));
        let declarations = [" xmlns:p=\"urn:2\"", " xmlns:q=\"urn:3\"", " xmlns:r=\"urn:r\""];
        for declaration in declarations {
            if self.below(4) == 0 {
                out.push_str(declaration);
            }
        }
        let attributes = [
            " z=\"1 &amp; &quot;\"",
            " b='&#9;&#10;&#13;&lt;\"'",
            " p:x=\">\"",
            " q:x=\"'\"",
            " xml:lang=\"it\"",
            " y=\"a\n\tb\"",
        ];
        for attribute in attributes {
            if self.below(3) == 0 {
                out.push_str(attribute);
            }
        }
        out.push('>');
        for _ in 0..self.below(4) {
            if depth > 0 && self.below(2) == 0 {
                self.element(depth - 1, out);
            } else {
                out.push_str(self.one_of(&[
                    "t",
                    "&amp;&lt;&gt;",
                    "&#13;\n",
                    "\r\n",
                    "<![CDATA[<&>\r\n]]>",
                    "è€𝄞",
                    "\"'\t",
                ]));
            }
        }
        out.push_str(&format!("</{name}>"));
    }
}

#[test]
fn libxml2_has_the_same_canonical_forms() {
    if !available("xmllint") {
        return;
    }
    for seed in 0..150 {
        let mut inner = String::new();
        Chance(seed).element(4, &mut inner);
        let xml = format!("<root xmlns:p=\"urn:p\" xmlns:q=\"urn:q\">{inner}</root>");
        let output = Command::new("xmllint").arg("--exc-c14n").arg(file(&xml).path()).output().unwrap();
        assert!(output.status.success(), "seed {seed}: {xml}");
        assert_eq!(ours(&xml), String::from_utf8(output.stdout).unwrap(), "seed {seed}: {xml}");
    }
}

#[test]
fn a_list_of_prefixes_is_declared_at_the_apex() {
    let document = parse(br#"<a xmlns="urn:d" xmlns:x="urn:x" xmlns:y="urn:y"><b/></a>"#).unwrap();
    let apex = document.root().elements().next().unwrap();
    let form = |prefixes: &[&str]| {
        let mut out = Vec::new();
        canonicalize(apex, None, prefixes, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert_eq!(form(&[]), r#"<b xmlns="urn:d"></b>"#);
    assert_eq!(form(&["y", "#default", "none"]), r#"<b xmlns="urn:d" xmlns:y="urn:y"></b>"#);
}

#[test]
fn a_listed_prefix_is_declared_again_where_its_meaning_changes() {
    let document = parse(
        br#"<a xmlns="urn:d" xmlns:x="urn:1"><b xmlns:x="urn:2"><c xmlns:x="urn:2" xmlns=""/><d xmlns:x="urn:1"/></b></a>"#,
    )
    .unwrap();
    let mut out = Vec::new();
    canonicalize(document.root(), None, &["x", "#default"], &mut out).unwrap();
    let expected = concat!(
        r#"<a xmlns="urn:d" xmlns:x="urn:1"><b xmlns:x="urn:2">"#,
        r#"<c xmlns=""></c><d xmlns:x="urn:1"></d></b></a>"#
    );
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn what_has_no_place_is_refused_before_it_is_read() {
    let refused = |xml: &str| parse(xml.as_bytes()).err().unwrap_or_else(|| panic!("accepted: {xml}"));
    assert_eq!(refused("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"), XmlError::DocumentType);
    assert_eq!(refused("<a>b<!-- c -->d</a>"), XmlError::Comment);
    assert_eq!(refused("<a/><!-- c -->"), XmlError::Comment);
    assert_eq!(refused("<a><?b c?></a>"), XmlError::ProcessingInstruction);
    assert_eq!(refused("<?xml-stylesheet href='x'?><a/>"), XmlError::ProcessingInstruction);
    assert_eq!(refused("<?xml version='1.0' encoding='ISO-8859-1'?><a/>"), XmlError::Encoding);
    assert_eq!(refused(&format!("{}{}", "<a>".repeat(65), "</a>".repeat(65))), XmlError::TooDeep);
    assert_eq!(refused(&"<a>".repeat(80_000)), XmlError::TooDeep);
    let elements = |count: usize| format!("<a>{}</a>", "<a/>".repeat(count - 1));
    assert_eq!(refused(&elements(8 * 1024 + 1)), XmlError::TooManyElements);
    assert!(parse(elements(8 * 1024).as_bytes()).is_ok());
    let attributes: String = (0..65).map(|n| format!(" a{n}='x'")).collect();
    assert_eq!(refused(&format!("<a{attributes}/>")), XmlError::TooManyAttributes);
    assert!(matches!(refused(&format!("<a>{}</a>", "x".repeat(256 * 1024))), XmlError::TooLarge { .. }));
    assert_eq!(parse(b"<a>\xff</a>").unwrap_err(), XmlError::Encoding);
    for wrong in [
        "",
        "a",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a b='1' b='2'/>",
        "<a>&e;</a>",
        "<p:a/>",
        "<a b='<'/>",
        "<a xmlns:p=''/>",
        "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
        "<a xmlns='u' xmlns=''/>",
        "<a xmlns:xml='u'/>",
        "<a xmlns:xmlns='u'/>",
        "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
        "<a xmlns:p='http://www.w3.org/2000/xmlns/'/>",
        "<a:b:c xmlns:a='u'/>",
        "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
        "</a>",
        "<a",
        "<a>&#0;</a>",
        "<![CDATA[x]]>",
        "<a b=c/>",
    ] {
        assert!(matches!(refused(wrong), XmlError::Malformed(_)), "{wrong}");
    }
    assert!(parse("\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<a/>\n".as_bytes()).is_ok());
}
