//! What became of a message, recipient by recipient.

use jiff::Timestamp;

use crate::certification::{ErrorKind, ExtendedCode};
use crate::{DelayNotice, Receipt, ReceiptType};

/// The delivery state of one message for one recipient.
///
/// Receipts travel by mail: they come late, twice and out of order. [`apply`](Self::apply) therefore only ever climbs,
/// in this order, and the result does not depend on the order in which the same receipts arrived:
/// handed → accepted → delayed → failed → delivered. A proven delivery outweighs everything, because a notice of
/// failure can be overtaken by a delivery.
///
/// For a recipient with an ordinary mailbox (*esterno*) nothing ever follows the acceptance.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub enum DeliveryState {
    /// Given to the provider; no receipt yet.
    #[default]
    Handed,
    /// The provider certified that it sent the message.
    Accepted {
        /// When.
        at: Timestamp,
    },
    /// Not delivered within 12 hours. Not final.
    Delayed {
        /// When the provider had accepted the message, if that is known.
        accepted: Option<Timestamp>,
        /// When the first notice was written.
        at: Timestamp,
    },
    /// Not delivered.
    Failed {
        /// When the provider had accepted the message, if it had.
        accepted: Option<Timestamp>,
        /// When the failure was certified.
        at: Timestamp,
        /// Why.
        reason: FailureReason,
    },
    /// Lies in the recipient's box.
    Delivered {
        /// When the provider had accepted the message, if that is known.
        accepted: Option<Timestamp>,
        /// When it was delivered.
        at: Timestamp,
    },
}

/// Why a message was not delivered.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FailureReason {
    /// The sender's provider refused the message; nobody got it.
    NotAccepted {
        /// What the provider says.
        text: Option<String>,
    },
    /// Malicious content was found.
    Virus {
        /// What the provider says.
        text: Option<String>,
    },
    /// The recipient's provider refused it.
    Refused {
        /// The declared cause.
        error: ErrorKind,
        /// The status code, such as 5.1.1 (unknown) or 5.2.2 (box full).
        code: Option<ExtendedCode>,
        /// What the provider says.
        text: Option<String>,
    },
    /// No answer from the recipient's provider within a day.
    TimedOut {
        /// What the provider says.
        text: Option<String>,
    },
}

impl DeliveryState {
    /// Takes a receipt into account. Only receipts with a valid signature count; every other leaves the state as it
    /// is. The caller has matched the receipt to the message and, by [`Receipt::concerns`], to the recipient.
    #[must_use]
    pub fn apply(self, receipt: &Receipt) -> Self {
        if receipt.signature.is_valid() { self.apply_unverified(receipt) } else { self }
    }

    /// As [`apply`](Self::apply), for receipts whose signature somebody else has judged.
    #[must_use]
    pub fn apply_unverified(self, receipt: &Receipt) -> Self {
        match Self::from_receipt(receipt) {
            Some(news) => self.join(news),
            None => self,
        }
    }

    /// Whether nothing further is to be expected.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Delivered { .. } | Self::Failed { .. })
    }

    /// When the provider accepted the message.
    #[must_use]
    pub fn accepted_at(&self) -> Option<Timestamp> {
        match self {
            Self::Handed => None,
            Self::Accepted { at } => Some(*at),
            Self::Delayed { accepted, .. } | Self::Failed { accepted, .. } | Self::Delivered { accepted, .. } => {
                *accepted
            }
        }
    }

    /// The state that this one receipt proves.
    fn from_receipt(receipt: &Receipt) -> Option<Self> {
        let at = receipt.at;
        let text = receipt.extended_error.clone();
        let failed = |reason| Self::Failed { accepted: None, at, reason };
        Some(match receipt.kind {
            ReceiptType::Acceptance => Self::Accepted { at },
            ReceiptType::Delivery => Self::Delivered { accepted: None, at },
            ReceiptType::DeliveryDelayNotice(DelayNotice::First) => Self::Delayed { accepted: None, at },
            ReceiptType::DeliveryDelayNotice(DelayNotice::Last) => failed(FailureReason::TimedOut { text }),
            ReceiptType::NonAcceptance { virus: false } => failed(FailureReason::NotAccepted { text }),
            ReceiptType::NonAcceptance { virus: true } | ReceiptType::DeliveryError { virus: true } => {
                failed(FailureReason::Virus { text })
            }
            ReceiptType::DeliveryError { virus: false } => {
                failed(FailureReason::Refused { error: receipt.error, code: receipt.extended_code, text })
            }
            ReceiptType::TakenInCharge | ReceiptType::VirusDetected => return None,
        })
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Handed => 0,
            Self::Accepted { .. } => 1,
            Self::Delayed { .. } => 2,
            Self::Failed { .. } => 3,
            Self::Delivered { .. } => 4,
        }
    }

    /// The least state that both are consistent with: associative, commutative, idempotent.
    fn join(self, other: Self) -> Self {
        let accepted = earliest(self.accepted_at(), other.accepted_at());
        let highest = match self.rank().cmp(&other.rank()) {
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Equal => self.earlier(other),
        };
        highest.with_accepted(accepted)
    }

    /// Of two states of the same rank, the one certified first; a tie is broken by the reason.
    fn earlier(self, other: Self) -> Self {
        if other.order() < self.order() { other } else { self }
    }

    fn order(&self) -> (Option<Timestamp>, Option<&FailureReason>) {
        match self {
            Self::Handed => (None, None),
            Self::Accepted { at } | Self::Delayed { at, .. } | Self::Delivered { at, .. } => (Some(*at), None),
            Self::Failed { at, reason, .. } => (Some(*at), Some(reason)),
        }
    }

    fn with_accepted(self, accepted: Option<Timestamp>) -> Self {
        match self {
            Self::Handed | Self::Accepted { .. } => self,
            Self::Delayed { at, .. } => Self::Delayed { accepted, at },
            Self::Failed { at, reason, .. } => Self::Failed { accepted, at, reason },
            Self::Delivered { at, .. } => Self::Delivered { accepted, at },
        }
    }
}

fn earliest(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (known, None) | (None, known) => known,
    }
}

#[cfg(test)]
mod tests;
