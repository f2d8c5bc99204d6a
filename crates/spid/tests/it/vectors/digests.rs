//! The digests in signatures by others, also in those that the profile refuses for SHA-1 or for their place: each proves a
//! canonical form of ours, over whole documents.

use aws_lc_rs::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use spid::xml::{Node, canonicalize, ns, parse};

use super::source::{OF_PACKAGES, message, packages, verdicts};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// Documents that were changed after they were signed, so that their digests must be others.
const CHANGED: [&str; 4] = [
    "logout_request_with_bad_signature.xml",
    "response-with-uncomplete-attribute.xml",
    "invalid_signature - changed content.xml",
    "invalid_signature - hash.xml",
];

#[test]
fn published_digests_are_those_of_our_forms() {
    let Some(folder) = packages() else { return };
    let (mut same, mut other) = (0, Vec::new());
    for file in verdicts(OF_PACKAGES).into_keys() {
        let bytes = message(&folder.join(file));
        let Ok(document) = parse(&bytes) else { continue };
        let signatures = document.root().descendants().filter(|node| node.is(ns::SIGNATURE, "Signature"));
        for agrees in signatures.flat_map(references).filter_map(|(reference, signature)| agrees(reference, signature))
        {
            if agrees {
                same += 1;
            } else {
                other.push(file.rsplit('/').next().unwrap());
            }
        }
    }
    println!("{same} digests are the same");
    assert_eq!(other, CHANGED);
    assert_eq!(same, 92);
}

fn references(signature: Node<'_>) -> Vec<(Node<'_>, Node<'_>)> {
    let Some(info) = signature.child(ns::SIGNATURE, "SignedInfo") else { return Vec::new() };
    info.children(ns::SIGNATURE, "Reference").map(|reference| (reference, signature)).collect()
}

/// Whether the digest is that of our form of what is referred to; nothing if it is not an exclusive form without comments of
/// one element, by a digest that is known here.
fn agrees(reference: Node<'_>, signature: Node<'_>) -> Option<bool> {
    let root = signature.document().root();
    let target = match reference.attribute("URI")? {
        "" => root,
        uri => {
            let id = uri.strip_prefix('#')?;
            let mut named = root
                .descendants()
                .filter(|node| ["ID", "Id", "id"].iter().any(|name| node.attribute(name) == Some(id)));
            let target = named.next()?;
            // Which of several was meant, nobody can say.
            if named.next().is_some() {
                return None;
            }
            target
        }
    };
    let (mut exclusive, mut without, mut prefixes) = (false, None, String::new());
    for transform in reference.child(ns::SIGNATURE, "Transforms")?.children(ns::SIGNATURE, "Transform") {
        match transform.attribute("Algorithm")? {
            ENVELOPED => without = Some(signature),
            ns::EXCLUSIVE => {
                exclusive = true;
                let list = transform.child(ns::EXCLUSIVE, "InclusiveNamespaces");
                prefixes = list.and_then(|list| list.attribute("PrefixList")).unwrap_or_default().to_owned();
            }
            _ => return None,
        }
    }
    let algorithm = algorithm(reference.child(ns::SIGNATURE, "DigestMethod")?.attribute("Algorithm")?)?;
    let published = reference.child(ns::SIGNATURE, "DigestValue")?.trimmed()?;
    let prefixes: Vec<&str> = prefixes.split_ascii_whitespace().collect();
    let mut form = Vec::new();
    canonicalize(target, without, &prefixes, &mut form).ok()?;
    exclusive.then(|| STANDARD.encode(digest(algorithm, &form)) == published)
}

fn algorithm(name: &str) -> Option<&'static Algorithm> {
    match name.rsplit_once('#')?.1 {
        "sha1" => Some(&SHA1_FOR_LEGACY_USE_ONLY),
        "sha256" => Some(&SHA256),
        "sha384" => Some(&SHA384),
        "sha512" => Some(&SHA512),
        _ => None,
    }
}
