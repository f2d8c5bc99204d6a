//! What a signature may look like. Everything is compared, nothing is computed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Place;
use super::algorithm::{Digest, SignatureMethod};
use super::error::{Problem, SignatureError};
use crate::xml::{Node, ns};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
/// The most prefixes that a list may name.
const MAX_PREFIXES: usize = 16;

/// A signature that has the form of the profile.
pub(super) struct Profile<'d> {
    pub signature: Node<'d>,
    pub signed_info: Node<'d>,
    /// The `PrefixList` of the canonicalisation of `SignedInfo`.
    pub info_prefixes: Vec<&'d str>,
    /// The `PrefixList` of the canonicalisation of the element.
    pub prefixes: Vec<&'d str>,
    pub method: SignatureMethod,
    pub value: Vec<u8>,
    pub digest: Digest,
    pub digest_value: Vec<u8>,
}

/// The signature among the children of `element`, if there is exactly one and it stands at its place.
fn signature_of(element: Node<'_>, place: Place) -> Result<Node<'_>, SignatureError> {
    let signature = element.only(ns::SIGNATURE, "Signature").map_err(|found| match found {
        0 => SignatureError::Missing,
        _ => Problem::Several.into(),
    })?;
    let mut children = element.elements();
    let stands_there = match place {
        Place::First => children.next() == Some(signature),
        Place::AfterIssuer => {
            children.next().is_some_and(|first| first.is(ns::ASSERTION, "Issuer")) && children.next() == Some(signature)
        }
    };
    if stands_there { Ok(signature) } else { Err(Problem::Place.into()) }
}

impl<'d> Profile<'d> {
    /// Compares the signature of `element` with the profile.
    pub fn read(element: Node<'d>, place: Place) -> Result<Self, SignatureError> {
        let signature = signature_of(element, place)?;
        if !element.document().has_unique_ids() {
            return Err(Problem::DuplicateId.into());
        }
        let id = element.attribute("ID").filter(|id| !id.is_empty()).ok_or(Problem::NoId)?;
        Ok(Self::parts(signature, id)?)
    }

    fn parts(signature: Node<'d>, id: &str) -> Result<Self, Problem> {
        let mut parts = signature.elements();
        let signed_info = named(parts.next(), "SignedInfo")?;
        let value = named(parts.next(), "SignatureValue")?;
        // What a signature says of its own key is skipped; a second one, or an Object, has no place.
        let rest: Vec<_> = parts.collect();
        if rest.len() > 1 || rest.iter().any(|part| !part.is(ns::SIGNATURE, "KeyInfo")) {
            return Err(Problem::Structure);
        }
        let [canonicalization, method, reference] = signed_info_parts(signed_info)?;
        let (prefixes, digest, digest_value) = read_reference(reference, id)?;
        Ok(Self {
            signature,
            signed_info,
            info_prefixes: exclusive(canonicalization, Problem::Canonicalization)?,
            prefixes,
            method: leaf(method).and_then(SignatureMethod::named).ok_or(Problem::SignatureMethod)?,
            value: base64(value)?,
            digest,
            digest_value,
        })
    }
}

fn signed_info_parts(signed_info: Node<'_>) -> Result<[Node<'_>; 3], Problem> {
    if signed_info.children(ns::SIGNATURE, "Reference").count() != 1 {
        return Err(Problem::References);
    }
    let mut parts = signed_info.elements();
    let found = [
        named(parts.next(), "CanonicalizationMethod")?,
        named(parts.next(), "SignatureMethod")?,
        named(parts.next(), "Reference")?,
    ];
    if parts.next().is_some() || signed_info.has_stray_text() { Err(Problem::Structure) } else { Ok(found) }
}

fn read_reference<'d>(reference: Node<'d>, id: &str) -> Result<(Vec<&'d str>, Digest, Vec<u8>), Problem> {
    if reference.attribute("URI").and_then(|uri| uri.strip_prefix('#')) != Some(id) {
        return Err(Problem::Target);
    }
    let mut parts = reference.elements();
    let transforms = named(parts.next(), "Transforms").map_err(|_| Problem::Transforms)?;
    let method = named(parts.next(), "DigestMethod")?;
    let value = named(parts.next(), "DigestValue")?;
    if parts.next().is_some() {
        return Err(Problem::Structure);
    }
    let prefixes = read_transforms(transforms)?;
    let digest = leaf(method).and_then(Digest::named).ok_or(Problem::DigestMethod)?;
    Ok((prefixes, digest, base64(value)?))
}

pub(super) fn read_transforms(transforms: Node<'_>) -> Result<Vec<&str>, Problem> {
    let mut steps = transforms.elements();
    let (Some(enveloped), Some(canonical), None) = (steps.next(), steps.next(), steps.next()) else {
        return Err(Problem::Transforms);
    };
    let are_transforms = [enveloped, canonical].iter().all(|step| step.is(ns::SIGNATURE, "Transform"));
    if !are_transforms || leaf(enveloped) != Some(ENVELOPED) {
        return Err(Problem::Transforms);
    }
    exclusive(canonical, Problem::Transforms)
}

/// The `PrefixList` of a step that is exclusive canonicalisation without comments.
pub(super) fn exclusive<'d>(step: Node<'d>, problem: Problem) -> Result<Vec<&'d str>, Problem> {
    if step.attribute("Algorithm") != Some(ns::EXCLUSIVE) || step.has_stray_text() {
        return Err(problem);
    }
    let mut parameters = step.elements();
    let Some(parameter) = parameters.next() else { return Ok(Vec::new()) };
    let is_list = parameter.is(ns::EXCLUSIVE, "InclusiveNamespaces") && parameter.elements().next().is_none();
    if !is_list || parameters.next().is_some() {
        return Err(problem);
    }
    let prefixes: Vec<_> = parameter.attribute("PrefixList").unwrap_or("").split_ascii_whitespace().collect();
    if prefixes.len() > MAX_PREFIXES { Err(problem) } else { Ok(prefixes) }
}

/// The algorithm of an element that has no parameters, such as the length of a MAC.
pub(super) fn leaf<'d>(method: Node<'d>) -> Option<&'d str> {
    let bare = method.elements().next().is_none() && !method.has_stray_text();
    method.attribute("Algorithm").filter(|_| bare)
}

pub(super) fn named<'d>(node: Option<Node<'d>>, name: &str) -> Result<Node<'d>, Problem> {
    node.filter(|node| node.is(ns::SIGNATURE, name)).ok_or(Problem::Structure)
}

pub(super) fn base64(node: Node<'_>) -> Result<Vec<u8>, Problem> {
    let text = node.text().ok_or(Problem::Base64)?;
    let compact: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD.decode(compact).map_err(|_| Problem::Base64)
}
