//! What became of payments and receipts.

use std::fmt;

use jiff::Timestamp;
use pagopa::node::Fault;
use pagopa::{Amount, CreditorCode, NoticeNumber};

use super::outcome::Outcome;

/// What became of an attempt to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentReport {
    /// Who was to be paid.
    pub creditor: CreditorCode,
    /// The notice.
    pub notice: NoticeNumber,
    /// How the payment was to end.
    pub outcome: Outcome,
    /// How it ended.
    pub result: PaymentResult,
}

impl PaymentReport {
    /// The receipt's identifier, if the payment was made.
    #[must_use]
    pub fn receipt_id(&self) -> Option<&str> {
        match &self.result {
            PaymentResult::Paid { receipt_id, .. } => Some(receipt_id),
            _ => None,
        }
    }
}

/// How an attempt to pay ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PaymentResult {
    /// The payment was made.
    Paid {
        /// Identifier of the receipt.
        receipt_id: String,
        /// What was paid, without commission.
        amount: Amount,
        /// Where the receipt is.
        receipt: ReceiptState,
    },
    /// The bank refused the card, as it was told to.
    CardRefused,
    /// The payer gave up, as it was told to.
    Cancelled,
    /// The payment could not begin.
    Refused(Refusal),
    /// Another notice of the same cart could not be paid.
    NotTried,
}

/// Why a payment could not begin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The creditor refused.
    #[error("the creditor refused")]
    Creditor(#[source] Fault),
    /// The creditor could not be reached, or answered something that cannot be used.
    #[error("the creditor did not give a usable answer: {0}")]
    CreditorFailed(String),
    /// The node knows no such creditor.
    #[error("the node knows no such creditor")]
    UnknownCreditor,
    /// This notice was paid here before. The creditor may not know it yet.
    #[error("the notice is already paid")]
    AlreadyPaid,
    /// Somebody is paying this notice at this moment.
    #[error("a payment of the notice is under way")]
    InProgress,
    /// The node is switched off.
    #[error("the node is out of order")]
    NodeDown,
}

/// A payment that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRecord {
    /// Identifier of the receipt.
    pub receipt_id: String,
    /// Who was paid.
    pub creditor: CreditorCode,
    /// The notice.
    pub notice: NoticeNumber,
    /// What was paid, without commission.
    pub amount: Amount,
    /// When, by the world's clock.
    pub paid_at: Timestamp,
    /// How the payment was to end.
    pub outcome: Outcome,
    /// Where the receipt is.
    pub receipt: ReceiptState,
    /// How many copies of the receipt were sent, also in vain.
    pub sent: u32,
    /// How many copies the creditor has acknowledged.
    pub acknowledged: u32,
}

/// Where a receipt is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceiptState {
    /// It leaves at this instant of the world's clock.
    Scheduled(Timestamp),
    /// The creditor has not acknowledged it; it leaves again at `next`.
    Retrying {
        /// When it leaves again.
        next: Timestamp,
        /// Why the last attempt failed.
        reason: String,
    },
    /// The creditor has acknowledged every copy.
    Delivered(Timestamp),
}

impl fmt::Display for ReceiptState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheduled(at) => write!(f, "leaves at {at}"),
            Self::Retrying { next, reason } => write!(f, "not acknowledged ({reason}), leaves again at {next}"),
            Self::Delivered(at) => write!(f, "acknowledged at {at}"),
        }
    }
}

/// What one round of deliveries did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeliverySummary {
    /// Copies that were sent.
    pub sent: u32,
    /// Copies that were acknowledged.
    pub acknowledged: u32,
    /// Receipts that will be sent again later.
    pub postponed: u32,
}

/// Why a receipt could not be sent again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResendError {
    /// There is no such receipt.
    #[error("there is no receipt with this identifier")]
    Unknown,
    /// The creditor did not acknowledge it.
    #[error("the creditor did not acknowledge the receipt: {0}")]
    NotAcknowledged(String),
    /// The node is switched off.
    #[error("the node is out of order")]
    NodeDown,
}
