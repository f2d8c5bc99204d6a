//! Revocation lists that were fetched and found good.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// The most lists that are kept: Italy has some dozens of issuing authorities.
const MOST_LISTS: usize = 64;
/// The most octets of them all: the largest lists have some dozens of millions.
const MOST_OCTETS: usize = 256 << 20;

/// Revocation lists by address, shared between sign-ins. It holds only lists whose signature was good when they came;
/// they are verified again at every use.
#[derive(Default)]
pub struct CrlCache {
    lists: Mutex<HashMap<String, Kept>>,
}

#[derive(Clone)]
struct Kept {
    bytes: Arc<[u8]>,
    fetched: Timestamp,
    next_update: Timestamp,
}

impl CrlCache {
    /// An empty cache.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many lists are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lists.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether no list is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A list that has not expired and was fetched less than `age` ago.
    pub(super) fn recent(&self, address: &str, age: SignedDuration, now: Timestamp) -> Option<Arc<[u8]>> {
        self.kept(address, now).filter(|kept| kept.fetched.duration_until(now) < age).map(|kept| kept.bytes)
    }

    /// A list that has not expired, however long ago it was fetched.
    pub(super) fn unexpired(&self, address: &str, now: Timestamp) -> Option<Arc<[u8]>> {
        self.kept(address, now).map(|kept| kept.bytes)
    }

    fn kept(&self, address: &str, now: Timestamp) -> Option<Kept> {
        let lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.get(address).filter(|kept| now <= kept.next_update).cloned()
    }

    pub(super) fn keep(&self, address: &str, bytes: Arc<[u8]>, next_update: Timestamp, now: Timestamp) {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.retain(|_, kept| now <= kept.next_update);
        lists.remove(address);
        while lists.len() >= MOST_LISTS || octets(&lists) + bytes.len() > MOST_OCTETS {
            let oldest = lists.iter().min_by_key(|(_, kept)| kept.fetched).map(|(address, _)| address.clone());
            let Some(oldest) = oldest else { break };
            lists.remove(&oldest);
        }
        lists.insert(address.to_owned(), Kept { bytes, fetched: now, next_update });
    }
}

fn octets(lists: &HashMap<String, Kept>) -> usize {
    lists.values().map(|kept| kept.bytes.len()).sum()
}

impl std::fmt::Debug for CrlCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CrlCache").field("lists", &self.len()).finish()
    }
}
