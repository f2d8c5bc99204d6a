//! What was acknowledged to the clients.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The clients' book.
#[derive(Debug, Default)]
pub struct Book {
    pages: Mutex<Pages>,
    unread: AtomicU64,
}

/// Its pages.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// Tax codes of firms whose registration was acknowledged.
    pub registered: Vec<String>,
    /// The last password that was acknowledged, by tax code.
    pub passwords: BTreeMap<String, String>,
    /// The notice that the page of the fee has shown, by tax code.
    pub shown: BTreeMap<String, String>,
    /// Receipts whose acknowledgement the node has read, more than one for a receipt that was sent again.
    pub receipts: Vec<String>,
    /// What a page said although the opposite had been acknowledged before.
    pub contradictions: Vec<String>,
    /// Sessions that were opened.
    pub sessions: u64,
}

impl Book {
    /// Writes something down.
    pub fn write(&self, what: impl FnOnce(&mut Pages)) {
        what(&mut self.pages());
    }

    /// A request was cut off, and nobody knows what became of it.
    pub fn not_read(&self) {
        self.unread.fetch_add(1, Ordering::Relaxed);
    }

    /// How many requests were cut off.
    pub fn unread(&self) -> u64 {
        self.unread.load(Ordering::Relaxed)
    }

    /// All that was written.
    pub fn read(&self) -> Pages {
        self.pages().clone()
    }

    /// How much was written of each kind.
    pub fn counts(&self) -> [(&'static str, u64); 5] {
        let pages = self.pages();
        [
            ("registrations", pages.registered.len() as u64),
            ("sessions", pages.sessions),
            ("passwords", pages.passwords.len() as u64),
            ("charges", pages.shown.len() as u64),
            ("notifications", pages.receipts.len() as u64),
        ]
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
