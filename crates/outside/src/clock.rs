//! The world's time: read through [`Clock`], moved through [`MovableClock`].

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

/// Where the world reads the time.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present instant of this world.
    fn now(&self) -> Timestamp;
}

/// A clock that can be pushed forward (or back) while the world runs.
pub trait MovableClock: Clock {
    /// Moves the present instant by `by`; a result outside the range of [`Timestamp`] stops at its end.
    fn advance(&self, by: SignedDuration);
}

/// A clock that starts at a given instant and either stands still or runs with real time.
#[derive(Debug)]
pub struct VirtualClock {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    at: Timestamp,
    /// The monotonic instant at which the clock showed `at`; absent while frozen.
    since: Option<std::time::Instant>,
}

impl VirtualClock {
    /// A clock that shows `start` until somebody moves it.
    #[must_use]
    pub fn frozen(start: Timestamp) -> Self {
        Self { state: Mutex::new(State { at: start, since: None }) }
    }

    /// A clock that shows `start` now and runs at the speed of real time from there.
    #[must_use]
    pub fn running(start: Timestamp) -> Self {
        Self { state: Mutex::new(State { at: start, since: Some(std::time::Instant::now()) }) }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl State {
    fn now(&self) -> Timestamp {
        let Some(since) = self.since else { return self.at };
        let elapsed = SignedDuration::try_from(since.elapsed()).unwrap_or(SignedDuration::MAX);
        shift(self.at, elapsed)
    }
}

/// Adds, stopping at the ends of the representable range instead of failing.
fn shift(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(if by.is_negative() { Timestamp::MIN } else { Timestamp::MAX })
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        self.lock().now()
    }
}

impl MovableClock for VirtualClock {
    fn advance(&self, by: SignedDuration) {
        let mut state = self.lock();
        state.at = shift(state.at, by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_told() {
        let start: Timestamp = "2026-01-10T08:00:00Z".parse().unwrap();
        let clock = VirtualClock::frozen(start);
        std::thread::sleep(std::time::Duration::from_millis(5));
        assert_eq!(clock.now(), start);
        clock.advance(SignedDuration::from_hours(12));
        assert_eq!(clock.now().to_string(), "2026-01-10T20:00:00Z");
        clock.advance(SignedDuration::from_hours(-13));
        assert_eq!(clock.now().to_string(), "2026-01-10T07:00:00Z");
    }

    #[test]
    fn a_running_clock_runs_and_can_still_be_moved() {
        let start: Timestamp = "2026-01-10T08:00:00Z".parse().unwrap();
        let clock = VirtualClock::running(start);
        std::thread::sleep(std::time::Duration::from_millis(5));
        assert!(clock.now() > start);
        clock.advance(SignedDuration::from_hours(24));
        assert!(clock.now() > start + SignedDuration::from_hours(24));
    }

    #[test]
    fn the_end_of_time_is_a_wall() {
        let clock = VirtualClock::frozen(Timestamp::MAX);
        clock.advance(SignedDuration::from_hours(1));
        assert_eq!(clock.now(), Timestamp::MAX);
        clock.advance(SignedDuration::MIN);
        assert_eq!(clock.now(), Timestamp::MIN);
    }
}
