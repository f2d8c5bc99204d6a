//! How many connections there may be, and from one network. A handshake costs a signature, and somebody who looks for a
//! PIN holds a connection for minutes: without limits a handful of machines could hold them all.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::limits::network;

/// Connections at a time.
const MOST: usize = 512;
/// Connections at a time from one network: a counter with many seats behind one address, and a browser opens several.
const MOST_OF_ONE: usize = 32;

/// The connections that there are.
#[derive(Clone, Debug)]
pub(super) struct Slots {
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
    most_of_one: usize,
}

/// A connection's place, which becomes free with this value.
#[derive(Debug)]
pub(super) struct Slot {
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
    network: IpAddr,
}

impl Slots {
    /// Places for visitors.
    pub(super) fn for_visitors() -> Self {
        Self { open: Arc::default(), most_of_one: MOST_OF_ONE }
    }

    /// Places for proxies: all connections come from a few addresses.
    pub(super) fn for_proxies() -> Self {
        Self { open: Arc::default(), most_of_one: MOST }
    }

    /// A place for an address; nothing when there are too many.
    pub(super) fn take(&self, address: IpAddr) -> Option<Slot> {
        let network = network(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let of_one = open.get(&network).copied().unwrap_or_default();
        if all >= MOST || of_one >= self.most_of_one {
            return None;
        }
        open.insert(network, of_one + 1);
        Some(Slot { open: Arc::clone(&self.open), network })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_cannot_hold_every_place() {
        let slots = Slots::for_visitors();
        let one = IpAddr::from([192, 0, 2, 1]);
        let mut held: Vec<_> = (0..MOST_OF_ONE).map(|_| slots.take(one).unwrap()).collect();
        assert!(slots.take(one).is_none());
        assert!(slots.take(IpAddr::from([192, 0, 2, 2])).is_some());
        held.pop();
        assert!(slots.take(one).is_some());
    }

    #[test]
    fn there_are_only_so_many_places() {
        let slots = Slots::for_visitors();
        let held: Vec<_> = (0..=u16::MAX)
            .map_while(|number| slots.take(IpAddr::from([10, 0, number.to_be_bytes()[0], number.to_be_bytes()[1]])))
            .collect();
        assert_eq!(held.len(), MOST);
        drop(held);
        assert!(slots.open.lock().unwrap().is_empty());
    }
}
