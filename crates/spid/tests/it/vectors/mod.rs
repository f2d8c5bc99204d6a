//! Signed documents that others have published, in their own files, and what we make of each.
//!
//! The files are not in this repository (see `conformance/xmlsig/README.md`). The tests look for them below
//! `$SPID_VECTORS`, else in `../shared/standards/data/xmlsig` beside the repository, and say `skipped` without them.
//! `expected.txt` has one line for each file: its path, and one verdict for each signature in it.

mod canonical;
mod comments;
mod verdict;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use verdict::verdict;

/// What we made of each file when its line was written and looked at.
const EXPECTED: &str = include_str!("expected.txt");

/// The folder of the files, if there is one.
fn folder() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/standards/data/xmlsig");
    let path = std::env::var_os("SPID_VECTORS").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    if !path.is_dir() {
        println!("skipped: there are no published vectors, see conformance/xmlsig/README.md");
        return None;
    }
    Some(path)
}

/// The message in a file: some are in base64, as they travelled.
fn message(path: &Path) -> Vec<u8> {
    use base64::Engine as _;
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let compact: Vec<u8> = bytes.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    base64::engine::general_purpose::STANDARD.decode(compact).unwrap_or(bytes)
}

/// Certificates beside the message, for those messages that do not carry their own.
fn certificates(folder: &Path, file: &str) -> Vec<String> {
    let beside: &[&str] = match file {
        _ if file.starts_with("node-saml+node-saml") => &["cert.pem", "acme_tools_com.cert"],
        _ if file.ends_with("valid_signature_utf8.xml") => &["feide_public.pem"],
        _ if file.starts_with("node-saml+xml-crypto") => &["wsfederation_metadata.pem"],
        _ => &[],
    };
    let statics = folder.join(file.split_once("/test/").map_or("", |(repository, _)| repository)).join("test/static");
    beside.iter().filter_map(|name| std::fs::read_to_string(statics.join(name)).ok()).collect()
}

fn expected() -> BTreeMap<&'static str, &'static str> {
    let lines = EXPECTED.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(" | ").unwrap()).collect()
}

#[test]
fn every_published_document_has_the_verdict_that_was_looked_at() {
    let Some(folder) = folder() else { return };
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (file, expected) in expected() {
        let path = folder.join(file);
        if !path.exists() {
            println!("missing: {file}");
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

/// What our profile accepts is known by name: whoever adds a line with `good` adds it here.
#[test]
fn few_are_accepted() {
    let good: Vec<_> = expected().into_iter().filter(|(_, verdict)| verdict.contains(": good")).collect();
    let names: Vec<_> = good.iter().map(|(file, _)| file.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ACCEPTED);
    let wrapped = expected().into_iter().filter(|(file, _)| file.contains("XswPermutation"));
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
