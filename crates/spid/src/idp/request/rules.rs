//! The rules of a request, one error of the table each. The signature was good before any of this is read.

use jiff::Timestamp;

use super::Receiver;
use crate::metadata::client::{Client, Consumer, RequestedSet};
use crate::saml::{Binding, Comparison, ErrorCode, Level, MessageId, Purpose, names};
use crate::sp::Violation;
use crate::sp::reader::{Clock, Fault, equal, identifier, in_order, instant, one, required, text, violation};
use crate::xml::{Node, ns};

/// What is wrong, by the table and by place.
pub(super) type Rule<T> = Result<T, (ErrorCode, Violation)>;

/// Names the error of the table.
trait Coded<T> {
    fn coded(self, code: ErrorCode) -> Rule<T>;
}

impl<T> Coded<T> for Result<T, Violation> {
    fn coded(self, code: ErrorCode) -> Rule<T> {
        self.map_err(|violation| (code, violation))
    }
}

/// The kinds of elements of a request, in their order (SAML V2.0 Protocol schema).
const KINDS: [(&str, &str); 8] = [
    (ns::ASSERTION, "Issuer"),
    (ns::SIGNATURE, "Signature"),
    (ns::PROTOCOL, "Extensions"),
    (ns::ASSERTION, "Subject"),
    (ns::PROTOCOL, "NameIDPolicy"),
    (ns::ASSERTION, "Conditions"),
    (ns::PROTOCOL, "RequestedAuthnContext"),
    (ns::PROTOCOL, "Scoping"),
];

/// nr09: first of all, because another version has other rules.
pub(super) fn version(request: Node<'_>) -> Rule<()> {
    equal(request, "AuthnRequest/@Version", names::VERSION).coded(ErrorCode::Version)
}

/// nr11.
pub(super) fn id(request: Node<'_>) -> Rule<MessageId> {
    identifier(request, "AuthnRequest/@ID").coded(ErrorCode::Id)
}

/// nr08: the elements are those of the schema. A message in a query carries no signature of its own (SAML V2.0
/// Bindings, 3.4.4.1).
pub(super) fn structure(request: Node<'_>, binding: Binding) -> Rule<()> {
    in_order(request, &KINDS, "AuthnRequest/*").coded(ErrorCode::Format)?;
    let signed = request.child(ns::SIGNATURE, "Signature").is_some();
    if signed && binding == Binding::Redirect {
        return violation("AuthnRequest/Signature", Fault::Unexpected).coded(ErrorCode::Format);
    }
    Ok(())
}

/// nr13: neither from the future nor too old.
pub(super) fn issue_instant(request: Node<'_>, receiver: &Receiver<'_>) -> Rule<Timestamp> {
    let place = "AuthnRequest/@IssueInstant";
    let (clock, policy) = (clock(receiver), receiver.policy);
    let check = || {
        let issued = instant(request, place)?;
        clock.not_in_future(issued, place)?;
        let oldest = receiver.now.checked_sub(policy.max_age).unwrap_or(Timestamp::MIN);
        clock.not_before(issued, oldest, place)?;
        Ok(issued)
    };
    check().coded(ErrorCode::IssueInstant)
}

/// nr14: an address of the single sign-on service or the entity id, both legal (avviso 11).
pub(super) fn destination(request: Node<'_>, receiver: &Receiver<'_>) -> Rule<()> {
    let place = "AuthnRequest/@Destination";
    let stated = required(request, place).coded(ErrorCode::Destination)?;
    let is_ours = receiver.endpoints.iter().any(|endpoint| endpoint.location == stated);
    if is_ours || stated == receiver.entity_id.as_str() {
        Ok(())
    } else {
        violation(place, Fault::Mismatch).coded(ErrorCode::Destination)
    }
}

/// nr15: somebody must be asked.
pub(super) fn is_passive(request: Node<'_>) -> Rule<()> {
    match boolean(request, "AuthnRequest/@IsPassive")? {
        true => violation("AuthnRequest/@IsPassive", Fault::Unexpected).coded(ErrorCode::IsPassive),
        false => Ok(()),
    }
}

/// An `xs:boolean`, false when it is not there; nr08 when it is neither.
pub(super) fn boolean(request: Node<'_>, place: &'static str) -> Rule<bool> {
    let name = place.rsplit('@').next().unwrap_or(place);
    match request.attribute(name).map(str::trim) {
        None | Some("false" | "0") => Ok(false),
        Some("true" | "1") => Ok(true),
        Some(_) => violation(place, Fault::Malformed).coded(ErrorCode::Format),
    }
}

/// nr16: by index, or by address together with the binding, and in the metadata.
pub(super) fn consumer<'c>(request: Node<'_>, client: &'c Client) -> Rule<&'c Consumer> {
    find_consumer(request, client).coded(ErrorCode::AssertionConsumerService)
}

fn find_consumer<'c>(request: Node<'_>, client: &'c Client) -> Result<&'c Consumer, Violation> {
    const INDEX: &str = "AuthnRequest/@AssertionConsumerServiceIndex";
    const URL: &str = "AuthnRequest/@AssertionConsumerServiceURL";
    const BINDING: &str = "AuthnRequest/@ProtocolBinding";
    let (url, binding) = (request.attribute("AssertionConsumerServiceURL"), request.attribute("ProtocolBinding"));
    if request.attribute("AssertionConsumerServiceIndex").is_some() {
        if url.is_some() || binding.is_some() {
            return violation(if url.is_some() { URL } else { BINDING }, Fault::Unexpected);
        }
        let index = required(request, INDEX)?.trim().parse().or(violation(INDEX, Fault::Malformed))?;
        return client.consumer(index).map_or_else(|| violation(INDEX, Fault::Mismatch), Ok);
    }
    let url = required(request, URL)?;
    equal(request, BINDING, names::BINDING_POST)?;
    let known = client.consumers.iter().find(|consumer| consumer.location == url);
    known.map_or_else(|| violation(URL, Fault::Mismatch), Ok)
}

/// nr17: another name each time. `AllowCreate` may say what it wants.
pub(super) fn name_id_policy(request: Node<'_>) -> Rule<()> {
    let check = || {
        let policy = one(request, ns::PROTOCOL, "AuthnRequest/NameIDPolicy")?;
        equal(policy, "AuthnRequest/NameIDPolicy/@Format", names::FORMAT_TRANSIENT)
    };
    check().coded(ErrorCode::NameIdPolicy)
}

/// nr12: one level of SPID. Without a word, a comparison is `exact` (SAML V2.0 Core, 3.3.2.2.1).
pub(super) fn authn_context(request: Node<'_>) -> Rule<(Level, Comparison)> {
    find_authn_context(request).coded(ErrorCode::AuthnContext)
}

fn find_authn_context(request: Node<'_>) -> Result<(Level, Comparison), Violation> {
    const COMPARISON: &str = "AuthnRequest/RequestedAuthnContext/@Comparison";
    const CLASS: &str = "AuthnRequest/RequestedAuthnContext/AuthnContextClassRef";
    let context = one(request, ns::PROTOCOL, "AuthnRequest/RequestedAuthnContext")?;
    in_order(context, &[(ns::ASSERTION, "AuthnContextClassRef")], CLASS)?;
    let comparison = match context.attribute("Comparison") {
        None => Comparison::Exact,
        Some(name) => Comparison::named(name).map_or_else(|| violation(COMPARISON, Fault::Malformed), Ok)?,
    };
    let class = text(one(context, ns::ASSERTION, CLASS)?, CLASS)?;
    let level = Level::from_uri(&class).map_or_else(|| violation(CLASS, Fault::Mismatch), Ok)?;
    Ok((level, comparison))
}

/// nr18: a set of the metadata. A request that names none asks for no attribute (*Regole tecniche*, "AuthnRequest").
pub(super) fn attribute_set<'c>(request: Node<'_>, client: &'c Client) -> Rule<Option<&'c RequestedSet>> {
    const INDEX: &str = "AuthnRequest/@AttributeConsumingServiceIndex";
    let find = || {
        if request.attribute("AttributeConsumingServiceIndex").is_none() {
            return Ok(None);
        }
        let index = required(request, INDEX)?.trim().parse().or(violation(INDEX, Fault::Malformed))?;
        client.attribute_set(index).map_or_else(|| violation(INDEX, Fault::Mismatch), |set| Ok(Some(set)))
    };
    find().coded(ErrorCode::AttributeConsumingService)
}

/// nr08: at most one purpose, and one of avviso 18. Other extensions are not for us.
pub(super) fn purpose(request: Node<'_>) -> Rule<Option<Purpose>> {
    const PURPOSE: &str = "AuthnRequest/Extensions/Purpose";
    let find = || {
        let Some(extensions) = request.child(ns::PROTOCOL, "Extensions") else { return Ok(None) };
        if extensions.child(ns::SPID, "Purpose").is_none() {
            return Ok(None);
        }
        let code = text(one(extensions, ns::SPID, PURPOSE)?, PURPOSE)?;
        Purpose::from_code(&code).map_or_else(|| violation(PURPOSE, Fault::Malformed), |purpose| Ok(Some(purpose)))
    };
    find().coded(ErrorCode::Format)
}

/// nr08: a request that limits its own life is not used outside of it.
pub(super) fn conditions(request: Node<'_>, receiver: &Receiver<'_>) -> Rule<()> {
    let Some(conditions) = request.child(ns::ASSERTION, "Conditions") else { return Ok(()) };
    let check = || {
        let place = "AuthnRequest/Conditions/@NotBefore";
        if conditions.attribute("NotBefore").is_some() {
            clock(receiver).not_in_future(instant(conditions, place)?, place)?;
        }
        let place = "AuthnRequest/Conditions/@NotOnOrAfter";
        if conditions.attribute("NotOnOrAfter").is_some() {
            clock(receiver).not_over(instant(conditions, place)?, place)?;
        }
        Ok(())
    };
    check().coded(ErrorCode::Format)
}

fn clock(receiver: &Receiver<'_>) -> Clock {
    Clock { now: receiver.now, skew: receiver.policy.clock_skew }
}
