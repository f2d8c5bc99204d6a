//! Attacks on the signature. Each is shown to deceive a naive reader, and none may deceive ours.

mod flood;
mod identifiers;
mod keys;
mod references;
mod replay;
mod syntax;
mod wrapping;

use spid::sp::response::ResponseError;

use crate::support::naive;
use crate::support::provider::{NAME, good, received};

/// Whom the attacker wants to be.
const EVIL: &str = "_evil-name";

/// The attack deceives the naive reader, and is refused by ours.
fn repelled(attack: &str, xml: &str) -> ResponseError {
    assert!(naive::reads(xml).contains(EVIL), "{attack} has no teeth: {xml}");
    refused(attack, xml)
}

/// The attack is refused.
fn refused(attack: &str, xml: &str) -> ResponseError {
    match received(xml) {
        Err(error) => error,
        Ok(identity) => panic!("{attack} passed as {}", identity.subject.name_id),
    }
}

/// A Response with its signed assertion, and the same assertion as the attacker would like it.
struct Material {
    response: String,
    /// The provider's assertion with its signature.
    legit: String,
    /// The provider's assertion without its signature.
    bare: String,
    /// The signature of the provider's assertion.
    signature: String,
    /// The attacker's assertion, with another identifier and no signature.
    evil: String,
}

impl Material {
    fn new() -> Self {
        let response = good().assertion_signed().xml();
        let legit = between(&response, "<saml:Assertion", "</saml:Assertion>");
        let signature = between(&legit, "<ds:Signature ", "</ds:Signature>");
        let bare = legit.replace(&signature, "");
        let evil = bare.replace(NAME, EVIL).replace("ID=\"_assertion\"", "ID=\"_evil\"");
        assert!(naive::reads(&response).contains(NAME) && received(&response).is_ok());
        Self { response, legit, bare, signature, evil }
    }

    /// The Response with something else where the assertion was.
    fn with(&self, assertions: &str) -> String {
        self.response.replace(&self.legit, assertions)
    }
}

fn between(text: &str, start: &str, end: &str) -> String {
    let from = text.find(start).unwrap();
    let to = from + text[from..].find(end).unwrap() + end.len();
    text[from..to].to_owned()
}

/// Puts `inner` before the first `tag`.
fn before(text: &str, tag: &str, inner: &str) -> String {
    let place = text.find(tag).unwrap_or_else(|| panic!("no {tag}"));
    [&text[..place], inner, &text[place..]].concat()
}
