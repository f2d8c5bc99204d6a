//! Signed documents that others have published, in their own files, and what we make of each.
//!
//! The files are not in this repository (see `conformance/xmlsig/README.md`). Those that packages carry are fetched by
//! `conformance/xmlsig/install`; those of repositories are looked for below `$SPID_VECTORS`, else in
//! `../shared/standards/data/xmlsig` beside the repository. `expected.txt` and `expected-packages.txt` have one line for
//! each file: its path, and one verdict for each signature in it.

mod canonical;
mod comments;
mod digests;
mod merlin;
mod source;
mod verdict;
mod xmlsec;

use std::collections::BTreeMap;

use source::{OF_PACKAGES, OF_REPOSITORIES, certificates, files, message, packages, sources, verdicts};
use verdict::verdict;

#[test]
fn every_published_document_has_the_verdict_that_was_looked_at() {
    for (folder, expected) in sources() {
        let (mut wrong, mut seen) = (Vec::new(), 0);
        for (file, expected) in verdicts(expected) {
            let path = folder.join(file);
            if !path.exists() {
                wrong.push(format!("missing: {file}"));
                continue;
            }
            seen += 1;
            let found = verdict(&message(&path), &certificates(&folder, file));
            if found != expected {
                wrong.push(format!("{file} | {found}"));
            }
        }
        println!("{seen} documents");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// A package that comes in a new version brings files that nobody looked at.
#[test]
fn every_signed_document_of_a_package_is_looked_at() {
    let Some(folder) = packages() else { return };
    let known = verdicts(OF_PACKAGES);
    let signed = files(&folder).into_iter().filter(|file| {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        file.ends_with(".xml") && String::from_utf8_lossy(&bytes).contains("SignatureValue")
    });
    let unknown: Vec<_> = signed.filter(|file| !known.contains_key(file.as_str())).collect();
    assert!(unknown.is_empty(), "{}", unknown.join(" | \n"));
}

/// Many documents are in several suites; where one lies must not change what we make of it.
#[test]
fn the_same_document_has_the_same_verdict_everywhere() {
    let mut of_content: BTreeMap<Vec<u8>, Vec<(&str, &str)>> = BTreeMap::new();
    for (folder, expected) in sources() {
        for (file, verdict) in verdicts(expected) {
            let content = std::fs::read(folder.join(file)).unwrap();
            of_content.entry(content).or_default().push((file, verdict));
        }
    }
    let several: Vec<_> = of_content.values().filter(|files| files.len() > 1).collect();
    println!("{} documents lie in several places", several.len());
    for files in several {
        assert!(files.iter().all(|(_, verdict)| *verdict == files[0].1), "{files:?}");
    }
}

/// What our profile accepts is known by name: whoever adds a line with `good` adds it here.
#[test]
fn few_are_accepted() {
    for (expected, accepted) in [(OF_REPOSITORIES, &ACCEPTED[..]), (OF_PACKAGES, &ACCEPTED_OF_PACKAGES[..])] {
        let good: Vec<_> = verdicts(expected).into_iter().filter(|(_, verdict)| verdict.contains(": good")).collect();
        let names: Vec<_> = good.iter().map(|(file, _)| file.rsplit('/').next().unwrap()).collect();
        assert_eq!(names, accepted);
    }
    let wrapped = verdicts(OF_REPOSITORIES).into_iter().filter(|(file, _)| file.contains("XswPermutation"));
    let refusals: Vec<_> = wrapped.map(|(_, verdict)| verdict).collect();
    assert!(refusals.len() == 9 && refusals.iter().all(|verdict| !verdict.contains("good")), "{refusals:?}");
}

const ACCEPTED: [&str; 9] = [
    "TestParseXMLArtifactResponse_response",
    "TestSPCanHandleOktaResponseEncryptedAssertionBothSigned_response",
    "TestSPCanHandleOktaSignedResponseEncryptedAssertion_response",
    "TestSPCanHandlePlaintextResponse_response",
    "TestSPRejectsInjectedComment_response",
    "TestSPRejectsMalformedResponse_response",
    "plaintext.xml",
    "signedMetadata.xml",
    "wsfederation_metadata.xml",
];

const ACCEPTED_OF_PACKAGES: [&str; 1] = ["wsfederation_metadata.xml"];
