//! How many forms a network may submit in a minute: the edge's own guard, one for each node.
//!
//! It stands before the counted tries of accounts and codes, which are shared by all nodes and survive restarts.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// The windows of all networks that were seen in the last minute.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<HashMap<IpAddr, Window>>);

#[derive(Clone, Copy, Debug)]
struct Window {
    began: Timestamp,
    count: u32,
}

const MINUTE: jiff::SignedDuration = jiff::SignedDuration::from_mins(1);
/// Beyond so many networks the finished windows are dropped.
const MANY: usize = 50_000;

impl Limits {
    /// Counts a submission; the seconds to wait when there were too many.
    pub(crate) fn count(&self, address: IpAddr, now: Timestamp, most: u32) -> Option<u64> {
        let network = network(address);
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() > MANY {
            windows.retain(|_, w| now.duration_since(w.began) < MINUTE);
        }
        let window = windows.entry(network).or_insert(Window { began: now, count: 0 });
        let age = now.duration_since(window.began);
        if age >= MINUTE || age.is_negative() {
            *window = Window { began: now, count: 0 };
        }
        window.count += 1;
        let left = (MINUTE - now.duration_since(window.began)).as_secs();
        (window.count > most).then(|| u64::try_from(left).unwrap_or(60).max(1))
    }
}

/// An IPv6 customer has a whole /64.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let s = v6.segments();
            IpAddr::from([s[0], s[1], s[2], s[3], 0, 0, 0, 0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_its_minute() {
        let limits = Limits::default();
        let address = IpAddr::from([192, 0, 2, 1]);
        let start = Timestamp::from_second(1_000_000).unwrap();
        assert_eq!(limits.count(address, start, 2), None);
        assert_eq!(limits.count(address, start, 2), None);
        assert_eq!(limits.count(address, start, 2), Some(60));
        assert_eq!(limits.count(IpAddr::from([192, 0, 2, 2]), start, 2), None);
        assert_eq!(limits.count(address, start + MINUTE, 2), None);
    }

    #[test]
    fn neighbours_in_one_subnet_of_ipv6_are_one() {
        let address = |last| IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, last]);
        assert_eq!(network(address(1)), network(address(2)));
    }
}
