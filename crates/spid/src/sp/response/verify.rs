//! The one way from bytes to an identity.

use jiff::{SignedDuration, Timestamp};

use super::error::{ResponseError, Signed, StatusError};
use super::identity::Identity;
use super::{assertion, envelope, status};
use crate::saml::{MessageId, StatusCode, binding};
use crate::signature::{Place, SignatureError, Verified, VerifyingKey, verify as verify_signature};
use crate::sp::reader::{Clock, one};
use crate::sp::request::PendingRequest;
use crate::xml::{self, Node, ns};

/// What to do when the provider sends fewer attributes than were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AttributePolicy {
    /// Refuse: the provider must send the set that was asked for.
    #[default]
    Strict,
    /// Accept, and let the caller see what is missing.
    Lenient,
}

/// What the caller may choose.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// How far the provider's clock may be off, in either direction.
    pub clock_skew: SignedDuration,
    /// What to do about missing attributes.
    pub attributes: AttributePolicy,
}

impl Default for Policy {
    /// One minute; attributes are strict.
    fn default() -> Self {
        Self { clock_skew: SignedDuration::from_secs(60), attributes: AttributePolicy::Strict }
    }
}

/// What [`verify`] needs.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The field `SAMLResponse` of the form, as it came.
    pub saml_response: &'a str,
    /// The request to which this should be the answer, and which the caller has already removed from its store.
    pub pending: &'a PendingRequest,
    /// The signing keys that the provider's metadata give: several while one is replaced by another.
    pub keys: &'a [VerifyingKey],
    /// Now.
    pub now: Timestamp,
    /// What the caller chose.
    pub policy: Policy,
}

impl Input<'_> {
    pub(super) fn clock(&self) -> Clock {
        Clock { now: self.now, skew: self.policy.clock_skew }
    }
}

/// Checks a Response by every rule of the profile.
///
/// # Errors
/// [`ResponseError`], the first rule that is broken. [`ResponseError::Status`] is the provider's own "no".
pub fn verify(input: &Input<'_>) -> Result<Identity, ResponseError> {
    let bytes = binding::from_form(input.saml_response)?;
    let document = xml::parse(&bytes)?;
    let response = document.root();
    if !response.is(ns::PROTOCOL, "Response") {
        return Err(ResponseError::NotAResponse);
    }
    let response_id = envelope::check(response, input)?;
    envelope::check_structure(response)?;
    verify_response_signature(response, input)?;
    let status = status::status(response)?;
    if status.code != StatusCode::Success {
        return Err(StatusError::new(status).into());
    }
    let assertion = one(response, ns::ASSERTION, "Response/Assertion")?;
    identity(verified(assertion, Signed::Assertion, input)?, response_id, input)
}

/// The Response need not be signed; if it is, the signature must be good.
fn verify_response_signature(response: Node<'_>, input: &Input<'_>) -> Result<(), ResponseError> {
    match verified(response, Signed::Response, input) {
        Err(ResponseError::Signature { cause: SignatureError::Missing, .. }) => Ok(()),
        other => other.map(|_| ()),
    }
}

fn verified<'d>(node: Node<'d>, of: Signed, input: &Input<'_>) -> Result<Verified<'d>, ResponseError> {
    verify_signature(node, Place::AfterIssuer, input.keys).map_err(|cause| ResponseError::Signature { of, cause })
}

/// Reads below the element that was verified, and nowhere else.
fn identity(verified: Verified<'_>, response_id: MessageId, input: &Input<'_>) -> Result<Identity, ResponseError> {
    let element = verified.element;
    let assertion_id = assertion::check_head(element, input)?;
    let (subject, confirmed_until) = assertion::subject(element, input)?;
    let good_until = assertion::conditions(element, input)?;
    let authentication = assertion::authentication(element, input)?;
    let end = confirmed_until.min(good_until);
    Ok(Identity {
        provider: input.pending.provider.clone(),
        level: authentication.level,
        subject,
        session_index: authentication.session_index,
        authn_instant: authentication.instant,
        attributes: assertion::attributes(element, input)?,
        response_id,
        assertion_id,
        not_on_or_after: end.checked_add(input.policy.clock_skew).unwrap_or(Timestamp::MAX),
        key: verified.key,
    })
}
