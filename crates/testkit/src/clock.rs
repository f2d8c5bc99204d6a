use std::sync::Mutex;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

/// One frozen clock for the product and the world around it.
#[derive(Debug)]
pub struct SharedClock(Mutex<Timestamp>);

impl SharedClock {
    /// A clock that stands at a civil time in Rome.
    pub fn at(at: &str) -> Self {
        let at: DateTime = at.parse().unwrap();
        Self(Mutex::new(at.to_zoned(sportello_core::clock::rome()).unwrap().timestamp()))
    }

    fn present(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

impl sportello_core::clock::Clock for SharedClock {
    fn now(&self) -> Timestamp {
        self.present()
    }
}

impl outside::Clock for SharedClock {
    fn now(&self) -> Timestamp {
        self.present()
    }
}

impl outside::MovableClock for SharedClock {
    fn advance(&self, by: SignedDuration) {
        let mut now = self.0.lock().unwrap();
        *now = now.checked_add(by).unwrap();
    }
}
