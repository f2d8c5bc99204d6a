//! Seeded chance for identifiers: the same seed gives the same world.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

#[derive(Debug)]
pub(super) struct Chance(ChaCha20Rng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha20Rng::seed_from_u64(seed))
    }

    pub fn number(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// A word for identifiers, sixteen hexadecimal digits.
    pub fn word(&mut self) -> String {
        format!("{:016x}", self.0.next_u64())
    }
}
