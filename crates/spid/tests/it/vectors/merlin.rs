//! The canonical forms that merlin (2002) wrote down beside its signatures. They are inclusive; where an element uses every
//! namespace that is in scope, the exclusive form is the same, and so it is in all of these.

use spid::xml::{Document, Node, canonicalize, ns, parse};

use super::source::{files, packages};

#[test]
fn merlin_has_the_same_forms() {
    let Some(folder) = packages() else { return };
    let folder = folder.join("signxml-5.2.0/test/interop/merlin-xmldsig-twenty-three");
    let mut compared = 0;
    for file in files(&folder) {
        let Some((name, _)) = file.split_once("-c14n-") else { continue };
        let text = std::fs::read(folder.join(format!("{name}.xml"))).unwrap();
        // The large one has a document type, and is not read here.
        let Ok(document) = parse(&text) else {
            assert_eq!(name, "signature");
            continue;
        };
        let published = std::fs::read_to_string(folder.join(&file)).unwrap();
        assert!(forms(&document).contains(&published), "{file}: {published}");
        compared += 1;
    }
    assert_eq!(compared, 13);
}

/// The forms of all that can be signed in the document: the whole without its signature, objects, and what they are signed by.
fn forms(document: &Document<'_>) -> Vec<String> {
    let signature = document.root().descendants().find(|node| node.is(ns::SIGNATURE, "Signature")).unwrap();
    let parts = signature.elements().filter(|node| ["SignedInfo", "Object"].contains(&node.local_name()));
    let mut found: Vec<String> = parts.map(|node| form(node, None)).collect();
    if signature != document.root() {
        found.push(form(document.root(), Some(signature)));
    }
    found
}

fn form(node: Node<'_>, without: Option<Node<'_>>) -> String {
    let mut out = Vec::new();
    canonicalize(node, without, &[], &mut out).unwrap();
    String::from_utf8(out).unwrap()
}
