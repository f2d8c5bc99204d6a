//! What we make of the signatures in a document, when whoever signed is believed: so that what is refused is refused for
//! its form, and not for its key.

use spid::signature::{KeyError, Place, Problem, SignatureError, VerifyingKey, verify};
use spid::xml::{Node, ns, parse};

/// One verdict for each signature, in the order of the document.
pub fn verdict(bytes: &[u8], certificates: &[String]) -> String {
    let document = match parse(bytes) {
        Ok(document) => document,
        Err(error) => return format!("not read: {}", kind(&format!("{error:?}"))),
    };
    let (mut keys, mut refused) = (Vec::new(), Vec::new());
    for found in certificates_in(document.root(), certificates) {
        match found {
            Ok(key) => keys.push(key),
            Err(error) => refused.push(kind(&format!("{error:?}"))),
        }
    }
    let signatures = document.root().descendants().filter(|node| node.is(ns::SIGNATURE, "Signature"));
    let mut verdicts: Vec<String> = signatures.map(|signature| one(signature, &keys)).collect();
    refused.sort();
    refused.dedup();
    verdicts.extend(refused.into_iter().map(|error| format!("key: {error}")));
    verdicts.join(", ")
}

fn certificates_in(root: Node<'_>, beside: &[String]) -> Vec<Result<VerifyingKey, KeyError>> {
    let nodes = root.descendants().filter(|node| node.is(ns::SIGNATURE, "X509Certificate"));
    let inside = nodes.filter_map(Node::trimmed).map(|text| VerifyingKey::from_certificate_base64(&text));
    inside.chain(beside.iter().map(|pem| VerifyingKey::from_certificate_pem(pem))).collect()
}

fn one(signature: Node<'_>, keys: &[VerifyingKey]) -> String {
    let Some(parent) = signature.parent() else { return "enveloping: no element carries it".to_owned() };
    let misplaced = Err(SignatureError::Profile(Problem::Place));
    let places = [Place::AfterIssuer, Place::First].map(|place| verify(parent, place, keys).map(|good| good.method));
    let outcome = places.into_iter().find(|outcome| *outcome != misplaced).unwrap_or(misplaced);
    match outcome {
        Ok(method) => format!("{}: good {method:?}", parent.local_name()),
        Err(SignatureError::Profile(problem)) => format!("{}: {problem:?}", parent.local_name()),
        Err(other) => format!("{}: {other:?}", parent.local_name()),
    }
}

/// The name of an error, without what it holds.
fn kind(error: &str) -> String {
    error.split(['(', ' ', '{']).next().unwrap_or_default().to_owned()
}
