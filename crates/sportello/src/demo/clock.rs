//! One clock for the product and for the world around it.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use sportello_core::clock::{Clock, FrozenClock, MovableClock, SystemClock, rome};

/// The demonstration's clock.
#[derive(Debug)]
pub enum DemoClock {
    /// Runs at the speed of real time and can be moved.
    Running(MovableClock),
    /// Stands still and can be moved.
    Frozen(FrozenClock),
}

impl DemoClock {
    /// A clock that starts at a civil time in Rome, or now.
    pub fn new(at: Option<DateTime>, frozen: bool) -> Self {
        let at = at.and_then(|at| at.to_zoned(rome()).ok()).map(|at| at.timestamp());
        match (at, frozen) {
            (Some(at), true) => Self::Frozen(FrozenClock::at(at)),
            (None, true) => Self::Frozen(FrozenClock::at(SystemClock.now())),
            (Some(at), false) => Self::Running(MovableClock::starting_at(at)),
            (None, false) => Self::Running(MovableClock::default()),
        }
    }

    fn present(&self) -> Timestamp {
        match self {
            Self::Running(clock) => clock.now(),
            Self::Frozen(clock) => clock.now(),
        }
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        self.present()
    }
}

impl outside::Clock for DemoClock {
    fn now(&self) -> Timestamp {
        self.present()
    }
}

impl outside::MovableClock for DemoClock {
    fn advance(&self, by: SignedDuration) {
        match self {
            Self::Running(clock) => clock.advance(by),
            Self::Frozen(clock) => clock.advance(by),
        }
    }
}

#[cfg(test)]
mod tests {
    use outside::MovableClock as _;

    use super::*;

    #[test]
    fn both_sides_see_the_same_time() {
        let clock = DemoClock::new(Some("2017-02-20T10:00".parse().unwrap()), true);
        assert_eq!(Clock::now(&clock).to_string(), "2017-02-20T09:00:00Z", "Rome is an hour ahead in winter");
        clock.advance(SignedDuration::from_hours(24));
        assert_eq!(outside::Clock::now(&clock).to_string(), "2017-02-21T09:00:00Z");
        let running = DemoClock::new(Some("2017-02-20T10:00".parse().unwrap()), false);
        assert!(Clock::now(&running) >= "2017-02-20T09:00:00Z".parse().unwrap());
        assert!(Clock::now(&running) < "2017-02-20T09:01:00Z".parse().unwrap());
    }
}
