//! Envelopes: certified messages, and ordinary ones that a provider wrapped.

use italia::EmailAddress;
use jiff::Timestamp;

use super::bounce::{Bounce, bounce};
use super::{Incoming, ReadError};
use crate::certification::{CertificationData, Recipient};
use crate::mime::{Content, Entity};
use crate::wire::{self, ReceiptKind};
use crate::{Irregularity, Mail, MessageId, SignatureState};

/// A certified message received from another PEC box.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Envelope {
    /// The message inside.
    pub original: Mail,
    /// The identifier that its sender gave to it: the signed `msgid`, else `X-Riferimento-Message-ID`.
    pub reference_message_id: Option<MessageId>,
    /// The provider's identifier of the transaction.
    pub identifier: String,
    /// The certified sender; unlike the author named in the message it cannot be invented.
    pub sender: Option<EmailAddress>,
    /// All recipients.
    pub recipients: Vec<Recipient>,
    /// When the sender's provider accepted the message.
    pub at: Timestamp,
    /// The sender's provider.
    pub provider: String,
    /// Which delivery receipt the sender asked for.
    pub detail: Option<ReceiptKind>,
    /// What the provider's signature is worth.
    pub signature: SignatureState,
    /// What was odd about it.
    pub irregularities: Vec<Irregularity>,
}

/// A message in a PEC box for which nothing is certified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Anomaly {
    /// The provider's explanation, in Italian.
    pub explanation: String,
    /// What arrived.
    pub enclosed: Enclosed,
    /// What the wrapping provider's signature is worth; it says nothing about what is enclosed.
    pub signature: SignatureState,
}

/// What an anomaly wraps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Enclosed {
    /// A message from a person or program.
    Mail(Mail),
    /// A delivery status notification: an ordinary recipient of a PEC message could not be reached.
    Bounce(Bounce),
}

pub(super) fn envelope(
    message: &Entity<'_>,
    signed: &Entity<'_>,
    data: CertificationData,
    signature: SignatureState,
) -> Result<Incoming, ReadError> {
    let original = original(signed)?.ok_or(ReadError::EmptyEnvelope)?;
    Ok(Incoming::Envelope(Box::new(Envelope {
        original,
        reference_message_id: data.message_id.or_else(|| message.headers.id(wire::REFERENCE_HEADER)),
        identifier: data.identifier,
        sender: EmailAddress::parse(&data.sender).ok(),
        recipients: data.recipients,
        at: data.at,
        provider: data.provider,
        detail: data.detail,
        signature,
        irregularities: data.irregularities,
    })))
}

pub(super) fn anomaly(
    message: &Entity<'_>,
    signed: &Entity<'_>,
    signature: SignatureState,
) -> Result<Incoming, ReadError> {
    let part = enclosing_part(signed).or_else(|| enclosing_part(message)).ok_or(ReadError::EmptyEnvelope)?;
    let enclosed = with_enclosed(part, |inner| match bounce(inner) {
        Some(bounce) => Enclosed::Bounce(bounce),
        None => Enclosed::Mail(Mail::from_entity(inner)),
    })?;
    Ok(Incoming::Anomaly(Box::new(Anomaly { explanation: signed.shown_text(), enclosed, signature })))
}

/// The original message in the signed content, when there is one.
pub(super) fn original(signed: &Entity<'_>) -> Result<Option<Mail>, ReadError> {
    enclosing_part(signed).map(|part| with_enclosed(part, Mail::from_entity)).transpose()
}

fn enclosing_part<'s, 'a>(signed: &'s Entity<'a>) -> Option<&'s Entity<'a>> {
    let named =
        |part: &Entity<'_>| part.headers.file_name().is_some_and(|name| name.eq_ignore_ascii_case(wire::ORIGINAL_FILE));
    let message = |part: &Entity<'_>| part.headers.media_type().is("message/rfc822");
    signed.find(named).or_else(|| signed.find(message))
}

/// Enclosed messages are written in clear, or transfer-encoded by gateways that know no better.
fn with_enclosed<T>(part: &Entity<'_>, look: impl FnOnce(&Entity<'_>) -> T) -> Result<T, ReadError> {
    if let Content::Message(inner) = &part.content {
        return Ok(look(inner));
    }
    let decoded = part.decoded();
    let inner = Entity::parse(&decoded)?;
    Ok(look(&inner))
}
