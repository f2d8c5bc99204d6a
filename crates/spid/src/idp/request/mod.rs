//! The request of a service: from what the browser brought to a request that can be answered, or to the error of AgID's
//! table that says whom to tell what.
//!
//! What nobody can be sure of ends with a page (codes 4 to 7 and 10): an error is sent to a service only when the service
//! did ask, which only its signature proves.

mod accepted;
mod incoming;
mod refusal;
mod rules;

use jiff::{SignedDuration, Timestamp};

pub use accepted::{AcceptedRequest, ReplyTo};
pub use incoming::Incoming;
pub use refusal::{Page, PageCause, PageCode, Rejection, RequestError};
use rules::Rule;

use crate::certificate::Validity;
use crate::metadata::client::Client;
use crate::metadata::{Endpoint, EndpointBinding};
use crate::saml::{Attribute, EntityId, ErrorCode, MessageId};
use crate::signature::{Place, SignatureError, verify as verify_signature, verify_query};
use crate::sp::Violation;
use crate::sp::reader::{IssuerFormat, issuer, required};
use crate::xml::{self, Node, ns};

/// How patient the provider is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// How far the service's clock may be off, in either direction.
    pub clock_skew: SignedDuration,
    /// How old a request may be, the allowance for clocks not counted.
    pub max_age: SignedDuration,
}

impl Default for Policy {
    /// One minute, and five minutes.
    fn default() -> Self {
        Self { clock_skew: SignedDuration::from_mins(1), max_age: SignedDuration::from_mins(5) }
    }
}

/// Where and when a request arrives.
#[derive(Debug, Clone, Copy)]
pub struct Receiver<'a> {
    /// The provider.
    pub entity_id: &'a EntityId,
    /// Its single sign-on service, as in its metadata.
    pub endpoints: &'a [Endpoint],
    /// The address at which the request arrived.
    pub at: &'a str,
    /// Now.
    pub now: Timestamp,
    /// What the provider chose.
    pub policy: Policy,
}

/// Checks a request by every rule of the profile. `client_of` gives the metadata of a service that is known.
///
/// # Errors
/// [`RequestError`], the first rule that is broken.
pub fn verify<'c>(
    incoming: &Incoming<'_>,
    receiver: &Receiver<'_>,
    client_of: impl FnOnce(&EntityId) -> Option<&'c Client>,
) -> Result<AcceptedRequest, RequestError> {
    let unreadable = |cause: PageCause| cause.page(PageCode::Binding);
    check_binding(incoming, receiver)?;
    let bytes = incoming.message().map_err(unreadable)?;
    let relay_state = incoming.relay_state().map_err(unreadable)?;
    let document = xml::parse(&bytes).map_err(|error| unreadable(error.into()))?;
    let request = document.root();
    let client = sender(request, client_of)?;
    check_signature(incoming, request, client, receiver.now)?;
    let default = client.default_consumer().ok_or_else(|| PageCause::NoConsumer.page(PageCode::System))?;
    let consumer = rules::consumer(request, client);
    let reply_to = ReplyTo {
        client: client.entity_id.clone(),
        consumer_url: consumer.as_ref().map_or(default, |consumer| consumer).location.clone(),
        in_response_to: request.attribute("ID").and_then(|id| MessageId::parse(id).ok()),
        relay_state,
    };
    let (consumer, arrival) = (consumer.map(drop), Arrival { incoming, receiver, client });
    accept(request, &arrival, consumer, &reply_to)
        .map(|accepted| AcceptedRequest { xml: String::from_utf8_lossy(&bytes).into_owned(), ..accepted })
        .map_err(|(code, cause)| Box::new(Rejection { code, reply_to, cause }).into())
}

/// Code 6.
fn check_binding(incoming: &Incoming<'_>, receiver: &Receiver<'_>) -> Result<(), Page> {
    let binding = EndpointBinding::from(incoming.binding());
    let offered =
        receiver.endpoints.iter().any(|endpoint| endpoint.binding == binding && endpoint.location == receiver.at);
    if offered { Ok(()) } else { Err(PageCause::NotOffered.page(PageCode::WrongBinding)) }
}

/// Code 10: who says to have sent it, with the metadata. The qualifier must be there (*Regole tecniche*, "AuthnRequest").
fn sender<'c>(request: Node<'_>, client_of: impl FnOnce(&EntityId) -> Option<&'c Client>) -> Result<&'c Client, Page> {
    let find = || {
        let named = issuer(request, IssuerFormat::Required, ["AuthnRequest/Issuer", "AuthnRequest/Issuer/@Format"])?;
        if let Some(issuer) = request.child(ns::ASSERTION, "Issuer") {
            required(issuer, "AuthnRequest/Issuer/@NameQualifier")?;
        }
        Ok(named)
    };
    let named: EntityId = find().map_err(|broken: Violation| PageCause::Issuer(broken).page(PageCode::Issuer))?;
    let client = client_of(&named).filter(|client| client.entity_id == named);
    client.ok_or_else(|| PageCause::UnknownIssuer(named).page(PageCode::Issuer))
}

/// Codes 5 and 7. The table wants the certificate to be valid, too.
fn check_signature(incoming: &Incoming<'_>, request: Node<'_>, client: &Client, now: Timestamp) -> Result<(), Page> {
    let keys = &client.signing_keys;
    let (code, checked) = match incoming {
        Incoming::Post { .. } => {
            let verified: Result<_, SignatureError> = verify_signature(request, Place::AfterIssuer, keys);
            (PageCode::PostSignature, verified.map(|verified| verified.key).map_err(PageCause::from))
        }
        Incoming::Redirect { query } => {
            (PageCode::QuerySignature, verify_query("SAMLRequest", query, keys).map_err(PageCause::from))
        }
    };
    let key = checked.map_err(|cause| cause.page(code))?;
    let validity = keys.get(key).and_then(|key| Validity::of(key.certificate_der()).ok());
    let valid = validity.is_some_and(|validity| validity.contains(now));
    if valid { Ok(()) } else { Err(PageCause::Certificate.page(code)) }
}

/// What is known of a request before it is read.
struct Arrival<'a> {
    incoming: &'a Incoming<'a>,
    receiver: &'a Receiver<'a>,
    client: &'a Client,
}

fn accept(request: Node<'_>, arrival: &Arrival<'_>, consumer: Rule<()>, reply_to: &ReplyTo) -> Rule<AcceptedRequest> {
    let Arrival { incoming, receiver, client } = arrival;
    check_kind(request)?;
    rules::version(request)?;
    let id = rules::id(request)?;
    rules::structure(request, incoming.binding())?;
    let issue_instant = rules::issue_instant(request, receiver)?;
    rules::destination(request, receiver)?;
    rules::is_passive(request)?;
    consumer?;
    rules::name_id_policy(request)?;
    let (level, comparison) = rules::authn_context(request)?;
    let set = rules::attribute_set(request, client)?;
    rules::conditions(request, receiver)?;
    let forced = rules::boolean(request, "AuthnRequest/@ForceAuthn")?;
    let attributes = set.map(|set| set.attributes.as_slice()).unwrap_or_default();
    Ok(AcceptedRequest {
        id,
        issue_instant,
        reply_to: reply_to.clone(),
        binding: incoming.binding(),
        level,
        comparison,
        force_authn: forced || level > crate::saml::Level::One,
        service_names: set.map(|set| set.names.clone()).unwrap_or_default(),
        attributes: attributes.iter().filter_map(|name| Attribute::named(name)).collect(),
        purpose: rules::purpose(request)?,
        xml: String::new(),
    })
}

/// nr08: another message.
fn check_kind(request: Node<'_>) -> Rule<()> {
    if request.is(ns::PROTOCOL, "AuthnRequest") {
        return Ok(());
    }
    let cause = Violation { place: "AuthnRequest", fault: crate::sp::Fault::Missing };
    Err((ErrorCode::Format, cause))
}
