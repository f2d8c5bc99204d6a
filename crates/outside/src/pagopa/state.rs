//! What the node remembers.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use pagopa::checkout::Cart;
use pagopa::{CreditorCode, NoticeNumber, Receipt};

use super::chance::Chance;
use super::control::NodeControl;
use super::creditor::Creditor;
use super::outcome::Outcome;
use super::report::{PaymentRecord, ReceiptState};

/// A notice of a creditor: what can be paid once.
pub(super) type Item = (CreditorCode, NoticeNumber);

/// Everything that changes, behind one lock.
#[derive(Debug)]
pub(super) struct State {
    pub(super) control: NodeControl,
    pub(super) chance: Chance,
    pub(super) creditors: BTreeMap<CreditorCode, Creditor>,
    pub(super) carts: HashMap<String, StoredCart>,
    pub(super) underway: HashSet<Item>,
    pub(super) entries: Vec<Entry>,
}

/// A cart and whether it was paid.
#[derive(Debug, Clone)]
pub(super) struct StoredCart {
    pub(super) cart: Cart,
    pub(super) paid: bool,
}

/// A payment and the way of its receipt.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) receipt: Receipt,
    pub(super) paid_at: Timestamp,
    pub(super) outcome: Outcome,
    pub(super) state: ReceiptState,
    /// Copies that the creditor has still to acknowledge.
    pub(super) remaining: u32,
    pub(super) sent: u32,
    pub(super) acknowledged: u32,
    /// How often in a row a round of deliveries failed.
    pub(super) failures: u32,
    /// Whether copies are on their way now, so that no second round takes them.
    pub(super) sending: bool,
}

/// How long the node waits after the first, second… failure; the last holds for all that follow.
const BACK_OFF: [SignedDuration; 6] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(3),
    SignedDuration::from_hours(6),
];

impl Entry {
    pub(super) fn item(&self) -> Item {
        (self.receipt.creditor, self.receipt.notice)
    }

    pub(super) fn id(&self) -> &str {
        self.receipt.receipt_id.as_str()
    }

    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        let due = match &self.state {
            ReceiptState::Scheduled(at) | ReceiptState::Retrying { next: at, .. } => *at,
            ReceiptState::Delivered(_) => return false,
        };
        !self.sending && due <= now
    }

    /// Notes how a round of deliveries went: how many copies were sent, how many acknowledged, why the last was not.
    pub(super) fn settle(&mut self, now: Timestamp, sent: u32, acknowledged: u32, failure: Option<String>) {
        self.sending = false;
        self.sent += sent;
        self.acknowledged += acknowledged;
        self.remaining = self.remaining.saturating_sub(acknowledged);
        if self.remaining == 0 {
            self.state = ReceiptState::Delivered(now);
            return;
        }
        let wait = BACK_OFF[(self.failures as usize).min(BACK_OFF.len() - 1)];
        self.failures += 1;
        let next = now.checked_add(wait).unwrap_or(Timestamp::MAX);
        self.state = ReceiptState::Retrying { next, reason: failure.unwrap_or_default() };
    }

    pub(super) fn record(&self) -> PaymentRecord {
        PaymentRecord {
            receipt_id: self.id().to_owned(),
            creditor: self.receipt.creditor,
            notice: self.receipt.notice,
            amount: self.receipt.amount,
            paid_at: self.paid_at,
            outcome: self.outcome,
            receipt: self.state.clone(),
            sent: self.sent,
            acknowledged: self.acknowledged,
        }
    }
}

impl State {
    pub(super) fn is_paid(&self, item: Item) -> bool {
        self.entries.iter().any(|entry| entry.item() == item)
    }

    pub(super) fn entry(&mut self, receipt_id: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.id() == receipt_id)
    }
}
