//! The signature of a trusted list: enveloped, over the whole list, in the form of XAdES.
//!
//! Trusted lists (ETSI TS 119 612, annex B) are signed as messages are, with one difference: a second reference covers the
//! *SignedProperties*, in which the signature says when it was made and with which certificate. Both digests must be
//! right. What the properties say is not believed: the key comes from the caller, as everywhere in this module.

use super::algorithm::{Digest, SignatureMethod};
use super::error::{ListError, Problem, SignatureError};
use super::keys::VerifyingKey;
use super::profile::{base64, exclusive, leaf, named, read_transforms};
use crate::xml::canonical::canonicalize_within;
use crate::xml::read::parse_within;
use crate::xml::{Node, canonicalize, ns};

/// The largest list that is read, in bytes; the Italian one has two million.
pub const MAX_LIST: usize = 16 << 20;

/// The type of the reference to what a signature says of itself (ETSI EN 319 132-1, 4.3.1).
pub(super) const PROPERTIES: &str = "http://uri.etsi.org/01903#SignedProperties";
/// The namespace of XAdES.
pub(super) const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";

/// Checks that a list carries, as the last element of its root, a signature of the whole root by one of `keys`.
///
/// Afterwards everything below the root may be believed, but for the signature itself. Comments, processing instructions
/// and document types are refused, so that another reader sees the same values.
///
/// # Errors
/// [`ListError`]: no XML within the limits, or no such signature.
pub fn verify_list(bytes: &[u8], keys: &[VerifyingKey]) -> Result<(), ListError> {
    let document = parse_within(bytes, MAX_LIST)?;
    let root = document.root();
    let signature = signature_of(root)?;
    if !document.has_unique_ids() {
        return Err(SignatureError::from(Problem::DuplicateId).into());
    }
    Ok(check(root, signature, keys)?)
}

fn signature_of(root: Node<'_>) -> Result<Node<'_>, SignatureError> {
    let signature = root.only(ns::SIGNATURE, "Signature").map_err(|found| match found {
        0 => SignatureError::Missing,
        _ => Problem::Several.into(),
    })?;
    if root.elements().last() == Some(signature) { Ok(signature) } else { Err(Problem::Place.into()) }
}

fn check(root: Node<'_>, signature: Node<'_>, keys: &[VerifyingKey]) -> Result<(), SignatureError> {
    let mut parts = signature.elements();
    let signed_info = named(parts.next(), "SignedInfo")?;
    let value = base64(named(parts.next(), "SignatureValue")?)?;
    let mut info = signed_info.elements();
    let info_prefixes = exclusive(named(info.next(), "CanonicalizationMethod")?, Problem::Canonicalization)?;
    let method = named(info.next(), "SignatureMethod")?;
    let method = leaf(method).and_then(SignatureMethod::named).ok_or(Problem::SignatureMethod)?;
    let references: Vec<_> = info.collect();
    let (whole, properties) = match references.as_slice() {
        [whole] => (*whole, None),
        [whole, properties] => (*whole, Some(*properties)),
        _ => return Err(Problem::References.into()),
    };
    Reference::to_root(whole, root)?.holds(root, Some(signature))?;
    if let Some(properties) = properties {
        let (reference, element) = Reference::to_properties(properties, signature)?;
        reference.holds(element, None)?;
    }
    let mut canonical = Vec::new();
    canonicalize(signed_info, None, &info_prefixes, &mut canonical).map_err(|_| Problem::Size)?;
    if keys.iter().any(|key| key.accepts(method, &canonical, &value)) { Ok(()) } else { Err(SignatureError::Key) }
}

/// What a reference says of an element.
struct Reference<'d> {
    prefixes: Vec<&'d str>,
    digest: Digest,
    value: Vec<u8>,
}

impl<'d> Reference<'d> {
    /// The reference to the whole list: by an empty address, which is the document, or by the root's own identifier.
    fn to_root(reference: Node<'d>, root: Node<'_>) -> Result<Self, Problem> {
        let (uri, id) = (reference.attribute("URI").ok_or(Problem::Target)?, root.attribute("Id"));
        let is_root = uri.is_empty() || (uri.strip_prefix('#').is_some_and(|uri| !uri.is_empty() && Some(uri) == id));
        if !is_root {
            return Err(Problem::Target);
        }
        Self::read(reference, |transforms| read_transforms(transforms))
    }

    /// The reference to what this very signature says of itself.
    fn to_properties(reference: Node<'d>, signature: Node<'d>) -> Result<(Self, Node<'d>), Problem> {
        let uri = reference.attribute("URI").and_then(|uri| uri.strip_prefix('#')).filter(|uri| !uri.is_empty());
        let properties = signature
            .only(ns::SIGNATURE, "Object")
            .and_then(|object| object.only(XADES, "QualifyingProperties"))
            .and_then(|qualifying| qualifying.only(XADES, "SignedProperties"))
            .map_err(|_| Problem::Structure)?;
        if uri.is_none() || properties.attribute("Id") != uri || reference.attribute("Type") != Some(PROPERTIES) {
            return Err(Problem::Target);
        }
        let only = |transforms: Node<'d>| {
            let mut steps = transforms.elements();
            let step = named(steps.next(), "Transform").map_err(|_| Problem::Transforms)?;
            if steps.next().is_some() { Err(Problem::Transforms) } else { exclusive(step, Problem::Transforms) }
        };
        Ok((Self::read(reference, only)?, properties))
    }

    fn read(
        reference: Node<'d>,
        transforms: impl FnOnce(Node<'d>) -> Result<Vec<&'d str>, Problem>,
    ) -> Result<Self, Problem> {
        let reference = named(Some(reference), "Reference")?;
        let mut parts = reference.elements();
        let steps = named(parts.next(), "Transforms").map_err(|_| Problem::Transforms)?;
        let method = named(parts.next(), "DigestMethod")?;
        let value = named(parts.next(), "DigestValue")?;
        if parts.next().is_some() {
            return Err(Problem::Structure);
        }
        let digest = leaf(method).and_then(Digest::named).ok_or(Problem::DigestMethod)?;
        Ok(Self { prefixes: transforms(steps)?, digest, value: base64(value)? })
    }

    fn holds(&self, element: Node<'_>, without: Option<Node<'_>>) -> Result<(), SignatureError> {
        let mut canonical = Vec::new();
        canonicalize_within(element, without, &self.prefixes, &mut canonical, 2 * MAX_LIST)
            .map_err(|_| Problem::Size)?;
        if self.digest.of(&canonical).as_ref() == self.value { Ok(()) } else { Err(SignatureError::Digest) }
    }
}
