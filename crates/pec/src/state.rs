//! What became of a message, recipient by recipient.

use italia::EmailAddress;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::certification::{ExtendedCode, RecipientKind};
use crate::{DelayNotice, MessageId, Reason, Receipt, ReceiptType, SignatureState};

/// The delivery state of one message for one recipient: every fact that receipts have certified about it.
///
/// Receipts travel by mail: they come late, twice and out of order. So each fact is kept by itself, and of several
/// receipts that certify the same fact the earliest certified time counts. The result depends neither on the order nor
/// on the number of the receipts, and nothing that was proved is ever forgotten. [`status`](Self::status) says in one
/// word what the facts amount to.
///
/// A delivery outweighs a failure, in whichever order they come: the 12-hour and 24-hour notices speak of the silence of
/// the recipient's provider and can be overtaken by a delivery (RFC 6109, section 3.3.3), and the delivery receipt is
/// the legal proof that the message lies in the box. The failure stays on record beside it.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryState {
    /// When the sender's provider accepted the message.
    pub accepted: Option<Timestamp>,
    /// When the 12-hour notice was written.
    pub delayed: Option<Timestamp>,
    /// The first failure that was certified.
    pub failed: Option<Failure>,
    /// When the message was put into the recipient's box.
    pub delivered: Option<Timestamp>,
    /// The acceptance calls the recipient's box an ordinary one (*esterno*): nothing will follow it.
    pub ordinary: bool,
}

/// The state in one word, from the least to the most that can be said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryStatus {
    /// Given to the provider; no receipt yet.
    Handed,
    /// The provider certified that it sent the message.
    Accepted,
    /// Not delivered within 12 hours. Not final.
    Delayed,
    /// Not delivered.
    Failed,
    /// Lies in the recipient's box.
    Delivered,
}

impl DeliveryStatus {
    /// A name that never changes, for programs and databases.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Handed => "handed",
            Self::Accepted => "accepted",
            Self::Delayed => "delayed",
            Self::Failed => "failed",
            Self::Delivered => "delivered",
        }
    }
}

/// A certified failure.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Failure {
    /// When it was certified.
    pub at: Timestamp,
    /// What happened.
    pub event: FailureEvent,
    /// Why.
    pub reason: Reason,
    /// The status code, such as 5.1.1 (unknown) or 5.2.2 (box full).
    pub code: Option<ExtendedCode>,
    /// What the provider says, word for word.
    pub text: Option<String>,
}

/// Which notice certified a failure.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureEvent {
    /// The sender's provider refused the message; nobody got it.
    NotAccepted,
    /// The recipient's provider refused it.
    Refused,
    /// No answer from the recipient's provider within a day.
    TimedOut,
}

/// What we sent, as far as receipts quote it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
    /// The `Message-ID` that we gave. A provider may replace it on the way, and quotes ours in its receipts.
    pub message_id: MessageId,
    /// The provider's identifier of the transaction ([`Receipt::identifier`] of the acceptance), when it is known: the
    /// last resort for receipts that quote no `Message-ID` at all.
    pub transaction: Option<String>,
    /// Our address.
    pub from: EmailAddress,
    /// The recipient whose state is kept.
    pub recipient: EmailAddress,
}

/// What a receipt did to a state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// It certified something new.
    Changed,
    /// All that it certifies was known.
    Known,
    /// It is between providers and says nothing to a sender.
    Silent,
    /// It must not be applied.
    Refused(Refusal),
}

/// Why a receipt was not applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// Its signature does not hold: it proves nothing.
    #[error("the signature is not valid")]
    Signature,
    /// It is about another message.
    #[error("it is about another message")]
    OtherMessage,
    /// It quotes our identifier, and another sender: somebody else used that identifier, or means to mislead.
    #[error("it is about a message of another sender")]
    OtherSender,
    /// It is about another recipient of the message.
    #[error("it is about another recipient")]
    OtherRecipient,
}

impl DeliveryState {
    /// Takes a receipt into account, if it has a valid signature and is about this message and recipient.
    pub fn apply(&mut self, receipt: &Receipt, sent: &Sent) -> Effect {
        if let Some(refusal) = sent.refusal(receipt) {
            return Effect::Refused(refusal);
        }
        let Some(news) = Self::certified_by(receipt, &sent.recipient) else { return Effect::Silent };
        let joined = self.clone().join(news);
        if joined == *self {
            return Effect::Known;
        }
        *self = joined;
        Effect::Changed
    }

    /// What the facts amount to.
    #[must_use]
    pub fn status(&self) -> DeliveryStatus {
        if self.delivered.is_some() {
            DeliveryStatus::Delivered
        } else if self.failed.is_some() {
            DeliveryStatus::Failed
        } else if self.delayed.is_some() {
            DeliveryStatus::Delayed
        } else if self.accepted.is_some() {
            DeliveryStatus::Accepted
        } else {
            DeliveryStatus::Handed
        }
    }

    /// Whether nothing further is to be expected.
    #[must_use]
    pub fn is_final(&self) -> bool {
        match self.status() {
            DeliveryStatus::Delivered | DeliveryStatus::Failed => true,
            DeliveryStatus::Accepted => self.ordinary,
            DeliveryStatus::Delayed | DeliveryStatus::Handed => false,
        }
    }

    /// What this one receipt proves about a recipient.
    fn certified_by(receipt: &Receipt, recipient: &EmailAddress) -> Option<Self> {
        let at = receipt.at;
        let none = Self::default();
        let failed = |event| Self { failed: Some(Failure::of(receipt, event)), ..Self::default() };
        Some(match receipt.kind {
            ReceiptType::Acceptance => {
                let ordinary = |known: &&crate::Recipient| known.address == *recipient;
                let kind = receipt.recipients.iter().find(ordinary).map(|known| known.kind);
                Self { accepted: Some(at), ordinary: kind == Some(RecipientKind::Ordinary), ..none }
            }
            ReceiptType::Delivery => Self { delivered: Some(at), ..none },
            ReceiptType::DeliveryDelayNotice(DelayNotice::First) => Self { delayed: Some(at), ..none },
            ReceiptType::DeliveryDelayNotice(DelayNotice::Last) => failed(FailureEvent::TimedOut),
            ReceiptType::NonAcceptance { .. } => failed(FailureEvent::NotAccepted),
            ReceiptType::DeliveryError { .. } => failed(FailureEvent::Refused),
            ReceiptType::TakenInCharge | ReceiptType::VirusDetected => return None,
        })
    }

    /// The least state that both are consistent with: associative, commutative, idempotent.
    fn join(self, other: Self) -> Self {
        Self {
            accepted: earliest(self.accepted, other.accepted),
            delayed: earliest(self.delayed, other.delayed),
            failed: earliest(self.failed, other.failed),
            delivered: earliest(self.delivered, other.delivered),
            ordinary: self.ordinary || other.ordinary,
        }
    }
}

impl Failure {
    fn of(receipt: &Receipt, event: FailureEvent) -> Self {
        Self {
            at: receipt.at,
            event,
            reason: receipt.reason.unwrap_or(Reason::Other),
            code: receipt.extended_code,
            text: receipt.extended_error.clone(),
        }
    }
}

impl Sent {
    /// Why a receipt says nothing about this message and recipient, if it does not.
    fn refusal(&self, receipt: &Receipt) -> Option<Refusal> {
        if !matches!(receipt.signature, SignatureState::Valid { .. }) {
            return Some(Refusal::Signature);
        }
        if !self.is_quoted_by(receipt) {
            return Some(Refusal::OtherMessage);
        }
        // A receipt that names no sender is believed for its signed identifier alone.
        let ours = match &receipt.sender {
            Some(sender) => *sender == self.from,
            None => receipt.is_reference_certified(),
        };
        if !ours {
            return Some(Refusal::OtherSender);
        }
        (!receipt.concerns(&self.recipient)).then_some(Refusal::OtherRecipient)
    }

    fn is_quoted_by(&self, receipt: &Receipt) -> bool {
        match &receipt.reference_message_id {
            Some(reference) => *reference == self.message_id,
            None => !receipt.identifier.is_empty() && self.transaction.as_deref() == Some(&receipt.identifier),
        }
    }
}

/// The lesser of two facts: the one certified first, and of two of the same moment always the same one.
fn earliest<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (known, None) | (None, known) => known,
    }
}

#[cfg(test)]
mod tests;
