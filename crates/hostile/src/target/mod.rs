//! The targets: what is read, and what must hold of it.

mod card;
mod federation;
mod mail;
mod metadata;
mod request;
mod response;
mod text;

use crate::world;

/// The shape of what a target reads, which decides how it is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A document in XML.
    Xml,
    /// A structure in DER.
    Der,
    /// Parts in base64url with dots between them, which hold JSON.
    Jose,
    /// JSON.
    Json,
    /// Any text, such as a query.
    Text,
    /// Lines: a message with its header, or a conversation.
    Mail,
}

/// Something that reads bytes of others.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, and that of the folder of its seeds.
    pub name: &'static str,
    /// What it reads.
    pub shape: Shape,
    /// Reads, and panics when a property does not hold. True when the bytes were accepted.
    pub check: fn(&[u8]) -> bool,
}

/// All targets.
pub const ALL: [Target; 20] = [
    Target { name: "response", shape: Shape::Xml, check: response::signed_by_the_provider },
    Target { name: "assertion", shape: Shape::Xml, check: response::to_be_signed },
    Target { name: "request", shape: Shape::Xml, check: request::posted },
    Target { name: "query", shape: Shape::Text, check: request::redirected },
    Target { name: "idp_metadata", shape: Shape::Xml, check: metadata::of_providers },
    Target { name: "sp_metadata", shape: Shape::Xml, check: metadata::of_services },
    Target { name: "document", shape: Shape::Xml, check: text::document },
    Target { name: "binding", shape: Shape::Text, check: text::binding },
    Target { name: "json", shape: Shape::Json, check: text::json },
    Target { name: "jose", shape: Shape::Jose, check: federation::token },
    Target { name: "statement", shape: Shape::Json, check: federation::statement },
    Target { name: "certificate", shape: Shape::Der, check: card::certificate },
    Target { name: "card", shape: Shape::Der, check: card::card },
    Target { name: "crl", shape: Shape::Der, check: card::crl },
    Target { name: "ocsp", shape: Shape::Der, check: card::ocsp },
    Target { name: "trust_list", shape: Shape::Xml, check: card::trust_list },
    Target { name: "mail", shape: Shape::Mail, check: mail::message },
    Target { name: "daticert", shape: Shape::Xml, check: mail::certification },
    Target { name: "cms", shape: Shape::Der, check: mail::signature },
    Target { name: "imap", shape: Shape::Mail, check: mail::mailbox },
];

impl Target {
    /// The target with this name.
    pub fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|target| target.name == name)
    }

    /// What its reader is known to accept, in the order of the file names.
    pub fn seeds(&self) -> Vec<Vec<u8>> {
        let folder = std::fs::read_dir(world::seeds().join(self.name)).unwrap();
        let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
    }
}

/// What a reader makes of each seed; there is something to compare with.
fn originals<T>(name: &str, read: impl Fn(&[u8]) -> Option<T>) -> Vec<T> {
    let found: Vec<T> = Target::named(name).unwrap().seeds().iter().filter_map(|seed| read(seed)).collect();
    assert!(!found.is_empty(), "no seed of {name} is accepted");
    found
}
