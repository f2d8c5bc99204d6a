//! Where the files are, and what is expected of each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::judge::missing;

/// The packages in the versions that `conformance/xmlsig/install` fetches.
const PACKAGES: [&str; 4] = ["passport-saml-1.3.5", "saml2-js-4.0.2", "signxml-5.2.0", "xml-crypto-0.6.1"];

/// What we made of each file when its line was written and looked at.
pub const OF_REPOSITORIES: &str = include_str!("expected.txt");
pub const OF_PACKAGES: &str = include_str!("expected-packages.txt");

/// The files of repositories, if somebody has gathered them: nothing that `make test` could ask has them.
pub fn repositories() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/standards/data/xmlsig");
    let path = std::env::var_os("SPID_VECTORS").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    if !path.is_dir() {
        println!("skipped: nobody gathered the vectors of repositories, see conformance/xmlsig/README.md");
        return None;
    }
    Some(path)
}

/// The files of packages.
pub fn packages() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../conformance/xmlsig/.packages"));
    if let Some(package) = PACKAGES.into_iter().find(|package| !folder.join(package).is_dir()) {
        missing(&format!("the vectors of {package} are missing, run conformance/xmlsig/install"));
        return None;
    }
    Some(folder)
}

/// The folders that are there, each with its expectations.
pub fn sources() -> Vec<(PathBuf, &'static str)> {
    let both = [(repositories(), OF_REPOSITORIES), (packages(), OF_PACKAGES)];
    both.into_iter().filter_map(|(folder, expected)| folder.map(|folder| (folder, expected))).collect()
}

pub fn verdicts(expected: &'static str) -> BTreeMap<&'static str, &'static str> {
    let lines = expected.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(" | ").unwrap()).collect()
}

/// The message in a file: some are in base64, as they travelled.
pub fn message(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let compact: Vec<u8> = bytes.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD.decode(compact).unwrap_or(bytes)
}

/// Certificates beside the message, for those messages that do not carry their own.
pub fn certificates(folder: &Path, file: &str) -> Vec<String> {
    let beside: &[&str] = match file {
        _ if file.starts_with("node-saml+node-saml") => &["cert.pem", "acme_tools_com.cert"],
        _ if file.starts_with("passport-saml") => &["cert.pem", "acme_tools_com.cert"],
        _ if file.starts_with("saml2-js") => &["test.crt", "test2.crt"],
        _ if file.starts_with("signxml") && file.contains("pyXMLSecurity") => &["test.pem"],
        _ if file.ends_with("valid_signature_utf8.xml") => &["feide_public.pem"],
        _ if file.ends_with("/wsfederation_metadata.xml") => &["wsfederation_metadata.pem"],
        _ if file.starts_with("node-saml+xml-crypto") => &["wsfederation_metadata.pem"],
        _ => &[],
    };
    let (repository, path) = file.split_once('/').unwrap();
    let statics = match path.split_once("test/static/") {
        Some((before, _)) => folder.join(repository).join(before).join("test/static"),
        None => folder.join(file).parent().unwrap().to_owned(),
    };
    beside.iter().filter_map(|name| std::fs::read_to_string(statics.join(name)).ok()).collect()
}

/// Every file below the folder, by its path from there.
pub fn files(folder: &Path) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            found.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
        }
    }
    found.sort();
    found
}
