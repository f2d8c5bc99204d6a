//! The messages that the provider sends.

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};

use super::error::LogoutError;
use super::messages::PendingLogout;
use crate::saml::{EntityId, MessageId, Status, binding, names};
use crate::signature::{self, Place, QuerySignatureError, VerifyingKey, verify_query};
use crate::sp::reader::{
    Checked, Clock, Fault, IssuerFormat, equal, identifier, instant, issuer, one, required, text, violation,
};
use crate::sp::response::{Subject, read_status};
use crate::xml::{self, Node, ns};

/// How old a request to log out may be.
const MAX_AGE: SignedDuration = SignedDuration::from_mins(10);

/// How the message came.
#[derive(Debug, Clone, Copy)]
pub enum Incoming<'a> {
    /// The value of the field `SAMLRequest` or `SAMLResponse` of a form.
    Post(&'a str),
    /// The query of the address, behind the question mark, untouched.
    Redirect(&'a str),
}

/// Where and when a message arrives.
#[derive(Debug, Clone, Copy)]
pub struct Receiver<'a> {
    /// The address of our logout service at which it arrived.
    pub url: &'a str,
    /// Now.
    pub now: Timestamp,
    /// How far the provider's clock may be off.
    pub clock_skew: SignedDuration,
}

/// A provider wants a session to be ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutDemand {
    /// The request, to be named in the answer.
    pub id: MessageId,
    /// Who sends it.
    pub provider: EntityId,
    /// Whose session.
    pub subject: Subject,
    /// Which sessions; all of the person when there are none.
    pub session_indexes: Vec<String>,
}

/// Checks a request to log out. `keys_of` gives the signing keys of a provider that is known.
///
/// # Errors
/// [`LogoutError`], the first rule that is broken.
pub fn verify_request<'k>(
    incoming: Incoming<'_>,
    receiver: &Receiver<'_>,
    keys_of: impl FnOnce(&EntityId) -> Option<&'k [VerifyingKey]>,
) -> Result<LogoutDemand, LogoutError> {
    verify_request_to(&[receiver.url], incoming, receiver, keys_of)
}

/// The same, for a receiver that goes by several names.
pub(crate) fn verify_request_to<'k>(
    destinations: &[&str],
    incoming: Incoming<'_>,
    receiver: &Receiver<'_>,
    keys_of: impl FnOnce(&EntityId) -> Option<&'k [VerifyingKey]>,
) -> Result<LogoutDemand, LogoutError> {
    let bytes = incoming.message("SAMLRequest")?;
    let document = xml::parse(&bytes)?;
    let request = document.root();
    if !request.is(ns::PROTOCOL, "LogoutRequest") {
        return Err(LogoutError::OtherMessage);
    }
    let provider = issuer_of(request)?;
    let keys = keys_of(&provider).ok_or_else(|| LogoutError::UnknownIssuer(provider.clone()))?;
    incoming.verify("SAMLRequest", request, keys)?;
    let (id, issued) = check_head(request, destinations, receiver)?;
    let place = "Message/@IssueInstant";
    receiver.clock().not_before(issued, receiver.now.checked_sub(MAX_AGE).unwrap_or(Timestamp::MIN), place)?;
    if request.attribute("NotOnOrAfter").is_some() {
        let place = "LogoutRequest/@NotOnOrAfter";
        receiver.clock().not_over(instant(request, place)?, place)?;
    }
    let subject = subject(request)?;
    let indexes = request.children(ns::PROTOCOL, "SessionIndex").filter_map(Node::trimmed);
    Ok(LogoutDemand { id, provider, subject, session_indexes: indexes.map(Cow::into_owned).collect() })
}

/// Checks the answer to a logout that we began, and gives how it went. The session here is ended in any case.
///
/// # Errors
/// [`LogoutError`], the first rule that is broken.
pub fn verify_response(
    incoming: Incoming<'_>,
    receiver: &Receiver<'_>,
    pending: &PendingLogout,
    keys: &[VerifyingKey],
) -> Result<Status, LogoutError> {
    let bytes = incoming.message("SAMLResponse")?;
    let document = xml::parse(&bytes)?;
    let response = document.root();
    if !response.is(ns::PROTOCOL, "LogoutResponse") {
        return Err(LogoutError::OtherMessage);
    }
    if issuer_of(response)? != pending.provider {
        violation("Message/Issuer", Fault::Mismatch)?;
    }
    incoming.verify("SAMLResponse", response, keys)?;
    let (_, issued) = check_head(response, &[receiver.url], receiver)?;
    receiver.clock().not_before(issued, pending.issue_instant, "Message/@IssueInstant")?;
    equal(response, "LogoutResponse/@InResponseTo", pending.id.as_str())?;
    Ok(read_status(response)?)
}

impl Incoming<'_> {
    fn message(self, field: &'static str) -> Result<Vec<u8>, LogoutError> {
        match self {
            Self::Post(value) => Ok(binding::from_form(value)?),
            Self::Redirect(query) => {
                let raw = signature::parameter(query, field)?.ok_or(QuerySignatureError::Missing(field))?;
                Ok(binding::from_query(raw)?)
            }
        }
    }

    fn verify(self, field: &'static str, message: Node<'_>, keys: &[VerifyingKey]) -> Result<(), LogoutError> {
        match self {
            Self::Post(_) => {
                signature::verify(message, Place::AfterIssuer, keys)?;
            }
            Self::Redirect(query) => {
                verify_query(field, query, keys)?;
            }
        }
        Ok(())
    }
}

impl Receiver<'_> {
    fn clock(&self) -> Clock {
        Clock { now: self.now, skew: self.clock_skew }
    }
}

fn issuer_of(message: Node<'_>) -> Checked<EntityId> {
    issuer(message, IssuerFormat::Optional, ["Message/Issuer", "Message/Issuer/@Format"])
}

fn check_head(message: Node<'_>, destinations: &[&str], receiver: &Receiver<'_>) -> Checked<(MessageId, Timestamp)> {
    equal(message, "Message/@Version", names::VERSION)?;
    let id = identifier(message, "Message/@ID")?;
    let place = "Message/@Destination";
    if !destinations.contains(&required(message, place)?) {
        return violation(place, Fault::Mismatch);
    }
    let place = "Message/@IssueInstant";
    let issued = instant(message, place)?;
    receiver.clock().not_in_future(issued, place)?;
    Ok((id, issued))
}

fn subject(request: Node<'_>) -> Checked<Subject> {
    let place = "LogoutRequest/NameID";
    let name_id = one(request, ns::ASSERTION, place)?;
    let name_qualifier = required(name_id, "LogoutRequest/NameID/@NameQualifier")?.to_owned();
    Ok(Subject { name_id: text(name_id, place)?.into_owned(), name_qualifier })
}
