//! Typed ids: 63 bits, increasing with time, so that rows of the same age lie side by side on disk.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

use crate::chance::Chance;

/// 2016-01-01, before the oldest event of any guide that the product serves.
const EPOCH_MS: i64 = 1_451_606_400_000;
const RANDOM_BITS: u32 = 21;

/// Gives out ids: milliseconds since 2016 and 21 random bits, never the same or a lower one twice in one process.
#[derive(Debug, Default)]
pub struct Ids(AtomicI64);

impl Ids {
    /// The next id.
    pub fn next(&self, now: Timestamp, chance: &dyn Chance) -> i64 {
        let mut random = [0; 4];
        chance.fill(&mut random);
        let low = i64::from(u32::from_le_bytes(random) >> (32 - RANDOM_BITS));
        let fresh = ((now.as_millisecond() - EPOCH_MS).max(0) << RANDOM_BITS) | low;
        let previous = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(fresh.max(last + 1)));
        // The update never refuses, so both arms hold the value before it.
        fresh.max(previous.unwrap_or_else(|last| last) + 1)
    }
}

/// Declares the id of one kind of thing; ids of different kinds cannot be mixed up.
#[macro_export]
macro_rules! id {
    ($($(#[$meta:meta])* $name:ident;)*) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
        impl ::store::Key for $name {
            fn from_number(number: i64) -> Self {
                Self(number)
            }
            fn number(self) -> i64 {
                self.0
            }
        }
    )* };
}
