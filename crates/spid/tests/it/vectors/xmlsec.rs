//! What we accept, `xmlsec1` accepts: every signature, by one of the certificates that came with the document.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use spid::xml::{Node, ns, parse};

use super::source::{certificates, message, sources, verdicts};
use crate::support::xmlsec::{Trust, available, verifies};

#[test]
fn xmlsec_accepts_what_we_accept() {
    if !available("xmlsec1") {
        return;
    }
    for (folder, expected) in sources() {
        let accepted = verdicts(expected).into_iter().filter(|(_, verdict)| verdict.contains(": good"));
        for (file, verdict) in accepted {
            let xml = String::from_utf8(message(&folder.join(file))).unwrap();
            let mut pems = certificates(&folder, file);
            let document = parse(xml.as_bytes()).unwrap();
            let inside = document.root().descendants().filter(|node| node.is(ns::SIGNATURE, "X509Certificate"));
            pems.extend(inside.filter_map(Node::trimmed).filter_map(|text| pem(&text)));
            for (index, one) in verdict.split(", ").enumerate().filter(|(_, one)| one.contains(": good")) {
                let accepts = pems.iter().any(|pem| verifies(&xml, index + 1, Trust::Certificate(pem)));
                assert!(accepts, "{file}: {one}");
            }
        }
    }
}

fn pem(text: &str) -> Option<String> {
    let compact: String = text.split_ascii_whitespace().collect();
    let der = STANDARD.encode(STANDARD.decode(compact).ok()?);
    Some(format!("-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n"))
}
