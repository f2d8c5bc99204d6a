//! What a signed assertion says. Nothing outside of it is read here.

use super::error::ResponseError;
use super::identity::Subject;
use super::verify::{AttributePolicy, Input};
use crate::saml::{Attribute, Attributes, Dialect, Level, MessageId, names};
use crate::sp::reader::{
    Checked, Fault, IssuerFormat, equal, identifier, in_order, instant, issuer, one, required, text, violation,
};
use crate::xml::{Node, ns};
use jiff::Timestamp;

const ISSUER: &str = "Assertion/Issuer";

/// The kinds of elements of an Assertion, in their order.
const KINDS: [(&str, &str); 7] = [
    (ns::ASSERTION, "Issuer"),
    (ns::SIGNATURE, "Signature"),
    (ns::ASSERTION, "Subject"),
    (ns::ASSERTION, "Conditions"),
    (ns::ASSERTION, "Advice"),
    (ns::ASSERTION, "AuthnStatement"),
    (ns::ASSERTION, "AttributeStatement"),
];

/// Checks version, issuer and instant, and gives the identifier.
pub(super) fn check_head(assertion: Node<'_>, input: &Input<'_>) -> Checked<MessageId> {
    in_order(assertion, &KINDS, "Assertion/*")?;
    equal(assertion, "Assertion/@Version", names::VERSION)?;
    let id = identifier(assertion, "Assertion/@ID")?;
    let place = "Assertion/@IssueInstant";
    let issued = instant(assertion, place)?;
    input.clock().not_before(issued, input.pending.issue_instant, place)?;
    input.clock().not_in_future(issued, place)?;
    let format = match input.pending.dialect {
        Dialect::Spid => IssuerFormat::Required,
        Dialect::Cie => IssuerFormat::OptionalOrEmpty,
    };
    if issuer(assertion, format, [ISSUER, "Assertion/Issuer/@Format"])? != input.pending.provider {
        return violation(ISSUER, Fault::Mismatch);
    }
    Ok(id)
}

/// Checks that the assertion is about somebody who brings it here, now, as the answer to our request.
pub(super) fn subject(assertion: Node<'_>, input: &Input<'_>) -> Checked<(Subject, Timestamp)> {
    let subject = one(assertion, ns::ASSERTION, "Assertion/Subject")?;
    let place = "Assertion/Subject/NameID";
    let name_id = one(subject, ns::ASSERTION, place)?;
    equal(name_id, "Assertion/Subject/NameID/@Format", names::FORMAT_TRANSIENT)?;
    let name_qualifier = required(name_id, "Assertion/Subject/NameID/@NameQualifier")?.to_owned();
    let name_id = text(name_id, place)?.into_owned();
    let confirmation = one(subject, ns::ASSERTION, "Assertion/Subject/SubjectConfirmation")?;
    equal(confirmation, "Assertion/Subject/SubjectConfirmation/@Method", names::METHOD_BEARER)?;
    let end = confirmation_data(confirmation, input)?;
    Ok((Subject { name_id, name_qualifier }, end))
}

fn confirmation_data(confirmation: Node<'_>, input: &Input<'_>) -> Checked<Timestamp> {
    let data = one(confirmation, ns::ASSERTION, "Assertion/Subject/SubjectConfirmation/SubjectConfirmationData")?;
    equal(data, "SubjectConfirmationData/@Recipient", &input.pending.consumer_url)?;
    equal(data, "SubjectConfirmationData/@InResponseTo", input.pending.id.as_str())?;
    let place = "SubjectConfirmationData/@NotOnOrAfter";
    let end = instant(data, place)?;
    input.clock().not_over(end, place)?;
    // A bearer's confirmation begins at once (SAML V2.0 Profiles 4.1.4.2).
    match data.attribute("NotBefore") {
        Some(_) => violation("SubjectConfirmationData/@NotBefore", Fault::Unexpected),
        None => Ok(end),
    }
}

/// Checks that the assertion is good now, and for us alone; gives its end.
pub(super) fn conditions(assertion: Node<'_>, input: &Input<'_>) -> Checked<Timestamp> {
    let conditions = one(assertion, ns::ASSERTION, "Assertion/Conditions")?;
    // A condition that is not understood makes an assertion invalid (SAML V2.0 Core 2.5.1.1).
    let kinds = [(ns::ASSERTION, "AudienceRestriction"), (ns::ASSERTION, "OneTimeUse")];
    in_order(conditions, &kinds, "Assertion/Conditions/*")?;
    let place = "Assertion/Conditions/@NotBefore";
    input.clock().not_in_future(instant(conditions, place)?, place)?;
    let place = "Assertion/Conditions/@NotOnOrAfter";
    let end = instant(conditions, place)?;
    input.clock().not_over(end, place)?;
    let restriction = one(conditions, ns::ASSERTION, "Assertion/Conditions/AudienceRestriction")?;
    let place = "Assertion/Conditions/AudienceRestriction/Audience";
    let audience = one(restriction, ns::ASSERTION, place)?;
    if text(audience, place)? != input.pending.issuer.as_str() {
        return violation(place, Fault::Mismatch);
    }
    Ok(end)
}

/// How and when the person was authenticated.
pub(super) struct Authentication {
    pub level: Level,
    pub instant: Timestamp,
    pub session_index: Option<String>,
}

/// Reads the authentication. Level 1 comes with a session, the others usually without; both are accepted.
pub(super) fn authentication(assertion: Node<'_>, input: &Input<'_>) -> Result<Authentication, ResponseError> {
    let statement = one(assertion, ns::ASSERTION, "Assertion/AuthnStatement")?;
    let place = "Assertion/AuthnStatement/@AuthnInstant";
    let instant = instant(statement, place)?;
    input.clock().not_in_future(instant, place)?;
    let context = one(statement, ns::ASSERTION, "Assertion/AuthnStatement/AuthnContext")?;
    let place = "Assertion/AuthnStatement/AuthnContext/AuthnContextClassRef";
    let class = text(one(context, ns::ASSERTION, place)?, place)?;
    let Some(reached) = Level::from_uri(&class) else { return Ok(violation(place, Fault::Malformed)?) };
    let (asked, comparison) = (input.pending.level, input.pending.comparison);
    if !comparison.is_met(asked, reached) {
        return Err(ResponseError::Level { asked, comparison, reached });
    }
    let session_index = statement.attribute("SessionIndex").map(str::trim).filter(|index| !index.is_empty());
    Ok(Authentication { level: reached, instant, session_index: session_index.map(str::to_owned) })
}

/// Reads the attributes that were asked for.
pub(super) fn attributes(assertion: Node<'_>, input: &Input<'_>) -> Result<Attributes, ResponseError> {
    let asked = &input.pending.attributes;
    let place = "Assertion/AttributeStatement";
    let statement = match one(assertion, ns::ASSERTION, place) {
        Err(missing) if missing.fault == Fault::Missing && asked.iter().next().is_none() => {
            return Ok(Attributes::default());
        }
        found => found?,
    };
    let sent = read_statement(statement)?;
    let kept = Attributes::new(sent.into_iter().filter(|(attribute, _)| asked.contains(*attribute)));
    let missing: Vec<_> = asked.iter().filter(|attribute| kept.get(*attribute).is_none()).collect();
    if missing.is_empty() || input.policy.attributes == AttributePolicy::Lenient {
        Ok(kept)
    } else {
        Err(ResponseError::MissingAttributes(missing))
    }
}

/// Reads all attributes of the table. Every attribute has one value that is not empty, known or not.
fn read_statement(statement: Node<'_>) -> Checked<Vec<(Attribute, String)>> {
    let place = "Assertion/AttributeStatement/Attribute";
    let mut seen: Vec<&str> = Vec::new();
    let mut values = Vec::new();
    for node in statement.elements() {
        if !node.is(ns::ASSERTION, "Attribute") {
            return violation("Assertion/AttributeStatement/*", Fault::Unexpected);
        }
        let name = required(node, "Assertion/AttributeStatement/Attribute/@Name")?;
        if seen.contains(&name) {
            return violation(place, Fault::Repeated);
        }
        seen.push(name);
        let place = "Assertion/AttributeStatement/Attribute/AttributeValue";
        let value = text(one(node, ns::ASSERTION, place)?, place)?;
        values.extend(Attribute::named(name).map(|attribute| (attribute, value.into_owned())));
    }
    if seen.is_empty() { violation(place, Fault::Missing) } else { Ok(values) }
}
