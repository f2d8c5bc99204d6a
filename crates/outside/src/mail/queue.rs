//! Mail on its way.

use std::sync::Arc;

use italia::EmailAddress;
use jiff::Timestamp;
use pec::provider::Transaction;

/// One message for one recipient that has not arrived yet.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub letter: Letter,
    pub recipient: EmailAddress,
    pub submitted: Timestamp,
    pub due: Timestamp,
    /// How many notices of delay were already sent.
    pub notices: u8,
}

#[derive(Clone, Debug)]
pub(super) enum Letter {
    Certified(Arc<Certified>),
    Ordinary(Arc<Ordinary>),
}

#[derive(Debug)]
pub(super) struct Certified {
    pub facts: Transaction,
    /// What goes into the envelope.
    pub original: Vec<u8>,
    /// The primary recipients; all others get a synthetic receipt.
    pub primary: Vec<EmailAddress>,
}

#[derive(Debug)]
pub(super) struct Ordinary {
    /// The envelope sender; none for notifications, which are never answered by others.
    pub sender: Option<EmailAddress>,
    pub raw: Vec<u8>,
}

#[derive(Debug, Default)]
pub(super) struct Queue {
    pending: Vec<Pending>,
}

impl Queue {
    pub fn push(&mut self, pending: Pending) {
        self.pending.push(pending);
    }

    pub fn len(&self) -> usize {
        self.pending.len()
    }

    /// The next due piece in order of time.
    pub fn pop_due(&mut self, now: Timestamp) -> Option<Pending> {
        let due = self.pending.iter().enumerate().filter(|(_, pending)| pending.due <= now);
        let (at, _) = due.min_by_key(|(at, pending)| (pending.due, *at))?;
        Some(self.pending.remove(at))
    }

    /// The box has changed its ways: what waits for it is looked at again now.
    pub fn hasten(&mut self, recipient: &EmailAddress, now: Timestamp) {
        for pending in self.pending.iter_mut().filter(|pending| pending.recipient == *recipient) {
            pending.due = pending.due.min(now);
        }
    }
}
