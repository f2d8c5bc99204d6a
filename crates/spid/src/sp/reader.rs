//! Reading a message by rules: every departure has a place and a kind.

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};

use crate::saml::{EntityId, MessageId, names, parse_instant};
use crate::xml::{Node, ns};

/// How something departs from a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// Not there.
    #[error("is missing")]
    Missing,
    /// There, with nothing in it.
    #[error("is empty")]
    Empty,
    /// Not of the form that it must have.
    #[error("has not the right form")]
    Malformed,
    /// Not what was expected.
    #[error("is not what was expected")]
    Mismatch,
    /// An instant before the one from which it would be good.
    #[error("is too early")]
    TooEarly,
    /// An instant after the one until which it would be good.
    #[error("is too late")]
    TooLate,
    /// Twice or more.
    #[error("is there more than once")]
    Repeated,
    /// Where nothing of the kind has a place.
    #[error("has no place there")]
    Unexpected,
}

/// A departure from a rule, and where: `Response/@Destination`, `Assertion/Subject/NameID`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{place} {fault}")]
pub struct Violation {
    /// The path in the message, `@` before the name of an attribute.
    pub place: &'static str,
    /// What is wrong there.
    pub fault: Fault,
}

pub(crate) type Checked<T> = Result<T, Violation>;

pub(crate) fn violation<T>(place: &'static str, fault: Fault) -> Checked<T> {
    Err(Violation { place, fault })
}

/// The last name of a path.
fn name_of(place: &'static str) -> &'static str {
    let last = place.rsplit('/').next().unwrap_or(place);
    last.strip_prefix('@').unwrap_or(last)
}

/// The value of the attribute that `place` ends with.
pub(crate) fn required<'d>(node: Node<'d>, place: &'static str) -> Checked<&'d str> {
    match node.attribute(name_of(place)) {
        None => violation(place, Fault::Missing),
        Some(value) if value.trim().is_empty() => violation(place, Fault::Empty),
        Some(value) => Ok(value),
    }
}

/// The attribute has this value.
pub(crate) fn equal(node: Node<'_>, place: &'static str, expected: &str) -> Checked<()> {
    if required(node, place)? == expected { Ok(()) } else { violation(place, Fault::Mismatch) }
}

/// The attribute is an instant.
pub(crate) fn instant(node: Node<'_>, place: &'static str) -> Checked<Timestamp> {
    parse_instant(required(node, place)?).or(violation(place, Fault::Malformed))
}

/// The attribute is the identifier of a message.
pub(crate) fn identifier(node: Node<'_>, place: &'static str) -> Checked<MessageId> {
    MessageId::parse(required(node, place)?).or(violation(place, Fault::Malformed))
}

/// The only element that `place` ends with.
pub(crate) fn one<'d>(node: Node<'d>, namespace: &str, place: &'static str) -> Checked<Node<'d>> {
    node.only(namespace, name_of(place)).or_else(|found| {
        let fault = if found == 0 { Fault::Missing } else { Fault::Repeated };
        violation(place, fault)
    })
}

/// The text of an element, without blanks at its ends.
pub(crate) fn text<'d>(node: Node<'d>, place: &'static str) -> Checked<Cow<'d, str>> {
    node.trimmed().map_or_else(|| violation(place, Fault::Empty), Ok)
}

/// The elements inside are of these kinds, in this order, each at most once, and no text stands between them.
pub(crate) fn in_order(node: Node<'_>, kinds: &[(&str, &str)], place: &'static str) -> Checked<()> {
    let mut kinds = kinds.iter();
    let all_known = node.elements().all(|child| kinds.any(|(namespace, name)| child.is(namespace, name)));
    if all_known && !node.has_stray_text() { Ok(()) } else { violation(place, Fault::Unexpected) }
}

/// The clock of the caller, and how far others may be off.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    pub now: Timestamp,
    pub skew: SignedDuration,
}

impl Clock {
    /// `instant` is not before `bound`.
    pub fn not_before(self, instant: Timestamp, bound: Timestamp, place: &'static str) -> Checked<()> {
        if bound.duration_since(instant) <= self.skew { Ok(()) } else { violation(place, Fault::TooEarly) }
    }

    /// `instant` is not in the future.
    pub fn not_in_future(self, instant: Timestamp, place: &'static str) -> Checked<()> {
        if instant.duration_since(self.now) <= self.skew { Ok(()) } else { violation(place, Fault::TooLate) }
    }

    /// It is not yet `end`. Without an allowance, an end is over in the moment in which it comes.
    pub fn not_over(self, end: Timestamp, place: &'static str) -> Checked<()> {
        if self.now.duration_since(end) < self.skew { Ok(()) } else { violation(place, Fault::TooEarly) }
    }
}

/// Which format an issuer must say that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IssuerFormat {
    Required,
    Optional,
    /// Missing or empty: CIE.
    OptionalOrEmpty,
}

/// Checks the format of an issuer, and gives who it is.
pub(crate) fn issuer(node: Node<'_>, format: IssuerFormat, places: [&'static str; 2]) -> Checked<EntityId> {
    let [place, format_place] = places;
    let issuer = one(node, ns::ASSERTION, place)?;
    let stated = issuer.attribute("Format");
    let excused = match format {
        IssuerFormat::Required => false,
        IssuerFormat::Optional => stated.is_none(),
        IssuerFormat::OptionalOrEmpty => stated.is_none_or(str::is_empty),
    };
    if !excused {
        equal(issuer, format_place, names::FORMAT_ENTITY)?;
    }
    EntityId::parse(&text(issuer, place)?).or(violation(place, Fault::Malformed))
}
