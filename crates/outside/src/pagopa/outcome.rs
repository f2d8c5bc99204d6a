//! How a simulated payment ends.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// How a payment ends, chosen by the visitor, a test or the default of [`NodeControl`](super::NodeControl).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// Paid; the receipt leaves at once.
    #[default]
    Paid,
    /// Paid; the receipt leaves a minute later.
    ReceiptInOneMinute,
    /// Paid; the receipt leaves two hours later.
    ReceiptInTwoHours,
    /// Paid; the receipt leaves three days later.
    ReceiptInThreeDays,
    /// Paid; the receipt is sent, and after its acknowledgement sent again.
    ReceiptTwice,
    /// Paid; three copies of the receipt are sent at the same moment.
    ReceiptsConcurrent,
    /// The bank refuses the card. The creditor has been asked for the payment, and gets no receipt.
    CardRefused,
    /// The payer gives up. The creditor hears nothing.
    Cancelled,
}

/// How many copies leave together under [`Outcome::ReceiptsConcurrent`].
const CONCURRENT_COPIES: u32 = 3;

impl Outcome {
    /// Every outcome, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::Paid,
        Self::CardRefused,
        Self::Cancelled,
        Self::ReceiptInOneMinute,
        Self::ReceiptInTwoHours,
        Self::ReceiptInThreeDays,
        Self::ReceiptTwice,
        Self::ReceiptsConcurrent,
    ];

    /// The name in forms and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::ReceiptInOneMinute => "receipt_in_one_minute",
            Self::ReceiptInTwoHours => "receipt_in_two_hours",
            Self::ReceiptInThreeDays => "receipt_in_three_days",
            Self::ReceiptTwice => "receipt_twice",
            Self::ReceiptsConcurrent => "receipts_concurrent",
            Self::CardRefused => "card_refused",
            Self::Cancelled => "cancelled",
        }
    }

    /// How long after the payment the receipt leaves.
    #[must_use]
    pub const fn receipt_delay(self) -> SignedDuration {
        match self {
            Self::ReceiptInOneMinute => SignedDuration::from_mins(1),
            Self::ReceiptInTwoHours => SignedDuration::from_hours(2),
            Self::ReceiptInThreeDays => SignedDuration::from_hours(72),
            _ => SignedDuration::ZERO,
        }
    }

    /// How many copies of the receipt leave.
    #[must_use]
    pub const fn copies(self) -> u32 {
        match self {
            Self::ReceiptTwice => 2,
            Self::ReceiptsConcurrent => CONCURRENT_COPIES,
            _ => 1,
        }
    }

    /// Whether the copies leave at the same moment instead of one after the other.
    #[must_use]
    pub const fn is_concurrent(self) -> bool {
        matches!(self, Self::ReceiptsConcurrent)
    }
}
