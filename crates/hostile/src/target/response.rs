//! Responses: whoever comes in is somebody whom the provider signed.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use spid::signature::{Place, sign};
use spid::sp::response::{Identity, Input, Policy, verify};

use super::originals;
use crate::world::{PENDING, PROVIDER_KEY, now, provider_keys};

fn received(xml: &[u8]) -> Option<Identity> {
    let (saml_response, keys) = (STANDARD.encode(xml), provider_keys());
    let input =
        Input { saml_response: &saml_response, pending: &PENDING, keys: &keys, now: now(), policy: Policy::default() };
    verify(&input).ok()
}

/// Whoever an accepted Response speaks of is, in every field, somebody of whom a seed speaks. Only the identifier of the
/// Response may be another one, because the Response need not be signed.
pub fn signed_by_the_provider(xml: &[u8]) -> bool {
    static ORIGINALS: LazyLock<Vec<Identity>> = LazyLock::new(|| originals("response", received));
    let Some(identity) = received(xml) else { return false };
    let same = |original: &Identity| Identity { response_id: identity.response_id.clone(), ..original.clone() };
    let known = ORIGINALS.iter().any(|original| same(original) == identity);
    assert!(known, "nobody signed this: {identity:?} {:?}", identity.subject.name_id);
    true
}

/// What stands behind the signature is reached by signing: whatever the provider might say, an identity is one that was
/// asked for, of now.
pub fn to_be_signed(xml: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(xml) else { return false };
    let Ok(signed) = sign(text, "_assertion", &PROVIDER_KEY, Place::AfterIssuer) else { return false };
    let Some(identity) = received(signed.as_bytes()) else { return false };
    let pending = &*PENDING;
    assert_eq!(identity.provider, pending.provider);
    assert!(pending.comparison.is_met(pending.level, identity.level));
    assert_eq!(identity.assertion_id.as_str(), "_assertion");
    assert!(identity.not_on_or_after > now(), "over at {}", identity.not_on_or_after);
    assert!(!identity.subject.name_id.trim().is_empty());
    assert!(identity.attributes.iter().all(|(attribute, _)| pending.attributes.contains(attribute)));
    assert!(pending.attributes.iter().all(|asked| identity.attributes.get(asked).is_some()));
    true
}
