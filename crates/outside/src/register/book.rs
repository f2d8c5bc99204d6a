//! The record of every call, and the counting that the allowance and the tests rest on.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::WINDOW;

/// Calls kept in full; a demo that runs for weeks forgets its oldest.
const KEPT: usize = 200_000;
/// Calls whose numbers are kept, so that the judgement over a long run forgets nothing: some 50 megabytes.
const COUNTED: usize = 2_000_000;

/// What was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// A token.
    Token,
    /// A list of certified addresses.
    PecList,
    /// Whether a list is ready.
    Poll,
    /// A seat.
    Seat,
    /// Who represents whom.
    Representatives,
    /// The addresses of one code, at once.
    Single,
    /// Whether an address was somebody's.
    Verify,
}

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Answered; its codes count against the allowance.
    Answered,
    /// 429: over the allowance.
    Throttled,
    /// 400, 401 or 404: the question or its credentials were wrong.
    Refused,
    /// 500 or 503, or an answer spoilt or held back by the register's mode.
    Failed,
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Call {
    /// When, on the world's clock.
    pub at: Timestamp,
    /// What was asked.
    pub question: Question,
    /// The tax codes looked up; empty for a token or a poll.
    pub codes: Vec<String>,
    /// What became of it.
    pub outcome: Outcome,
}

/// Every call in the order of arrival.
#[derive(Debug, Clone, Default)]
pub struct Book {
    calls: VecDeque<Call>,
    counts: VecDeque<Count>,
    total: usize,
}

/// What remains of a look-up when the rest is forgotten.
#[derive(Debug, Clone, Copy)]
struct Count {
    at: Timestamp,
    codes: usize,
    answered: bool,
}

impl Book {
    pub(crate) fn write(&mut self, call: Call) {
        self.total += 1;
        if !call.codes.is_empty() {
            let answered = call.outcome == Outcome::Answered;
            push(&mut self.counts, COUNTED, Count { at: call.at, codes: call.codes.len(), answered });
        }
        push(&mut self.calls, KEPT, call);
    }

    /// How many calls there were, forgotten ones included.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total
    }

    /// The calls, oldest first; of more than 200,000 the last.
    pub fn calls(&self) -> impl DoubleEndedIterator<Item = &Call> {
        self.calls.iter()
    }

    /// The most tax codes **asked for**, answered or not, in any stretch of time of length `window` (half open): a
    /// client that keeps within a budget of n never makes this pass n.
    #[must_use]
    pub fn max_in_any_window(&self, window: SignedDuration) -> usize {
        most(self.counts.iter(), window)
    }

    /// The most tax codes **answered** in any stretch of time of length `window`: never over the allowance.
    #[must_use]
    pub fn max_answered_in_any_window(&self, window: SignedDuration) -> usize {
        most(self.counts.iter().filter(|count| count.answered), window)
    }

    /// Calls with this outcome in the 60 seconds up to `now`.
    pub(super) fn recent(&self, now: Timestamp, outcome: Outcome) -> usize {
        self.within(now).filter(|call| call.outcome == outcome).count()
    }

    /// Tax codes answered in the 60 seconds up to `now`.
    pub(super) fn answered(&self, now: Timestamp) -> usize {
        self.within(now).filter(|call| call.outcome == Outcome::Answered).map(|call| call.codes.len()).sum()
    }

    /// How long until `wanted` more codes fit under `allowance`; zero when they fit now, `None` when they never will.
    pub(super) fn wait_for(&self, now: Timestamp, wanted: usize, allowance: usize) -> Option<SignedDuration> {
        let mut over = (self.answered(now) + wanted).saturating_sub(allowance);
        if over == 0 {
            return Some(SignedDuration::ZERO);
        }
        if wanted > allowance {
            return None;
        }
        let mut counted: Vec<_> = self.within(now).filter(|call| call.outcome == Outcome::Answered).collect();
        counted.sort_by_key(|call| call.at);
        for call in counted {
            over = over.saturating_sub(call.codes.len());
            if over == 0 {
                return Some(WINDOW - now.duration_since(call.at));
            }
        }
        None
    }

    /// How long until the oldest counted code leaves the window; zero when none is in it.
    pub(super) fn reset(&self, now: Timestamp) -> SignedDuration {
        let counted = self.within(now).filter(|call| call.outcome == Outcome::Answered && !call.codes.is_empty());
        counted.map(|call| WINDOW - now.duration_since(call.at)).min().unwrap_or(SignedDuration::ZERO)
    }

    /// The calls of the 60 seconds up to `now`, newest first. A clock that was set back leaves calls in the future: they
    /// do not count.
    fn within(&self, now: Timestamp) -> impl Iterator<Item = &Call> {
        let recent = self.calls.iter().rev().take_while(move |call| now.duration_since(call.at) < WINDOW);
        recent.filter(move |call| call.at <= now)
    }
}

fn push<T>(queue: &mut VecDeque<T>, kept: usize, item: T) {
    if queue.len() == kept {
        queue.pop_front();
    }
    queue.push_back(item);
}

fn most<'a>(counts: impl Iterator<Item = &'a Count>, window: SignedDuration) -> usize {
    let mut points: Vec<(Timestamp, usize)> = counts.map(|count| (count.at, count.codes)).collect();
    // In order already, unless the clock was set back; then this costs one look at each.
    points.sort_by_key(|point| point.0);
    let (mut first, mut inside, mut most) = (0, 0, 0);
    for &(at, codes) in &points {
        inside += codes;
        while at.duration_since(points[first].0) >= window {
            inside -= points[first].1;
            first += 1;
        }
        most = most.max(inside);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_770_000_000 + second).unwrap()
    }

    fn book(calls: &[(i64, usize, Outcome)]) -> Book {
        let mut book = Book::default();
        for &(second, codes, outcome) in calls {
            let codes = vec!["c".to_owned(); codes];
            book.write(Call { at: at(second), question: Question::PecList, codes, outcome });
        }
        book
    }

    #[test]
    fn windows_are_half_open_and_slide() {
        use Outcome::{Answered, Throttled};
        let book =
            book(&[(0, 3, Answered), (30, 2, Throttled), (59, 4, Answered), (60, 1, Answered), (200, 5, Answered)]);
        let minute = SignedDuration::from_secs(60);
        assert_eq!(book.max_in_any_window(minute), 9, "3 + 2 + 4; the call at 60 is no longer with the call at 0");
        assert_eq!(book.max_answered_in_any_window(minute), 7);
        assert_eq!(book.max_in_any_window(SignedDuration::from_secs(1)), 5);
        assert_eq!(Book::default().max_in_any_window(minute), 0);
    }

    #[test]
    fn half_a_million_calls_are_all_counted() {
        let mut book = Book::default();
        for second in 0..500_000 {
            // The busiest minute lies where only the numbers are left.
            let codes = vec![String::new(); if second < 60 { 3 } else { 1 }];
            book.write(Call { at: at(second), question: Question::PecList, codes, outcome: Outcome::Answered });
        }
        assert_eq!((book.total(), book.calls().count()), (500_000, KEPT));
        assert_eq!(book.max_in_any_window(SignedDuration::from_secs(60)), 180);
    }

    #[test]
    fn the_wait_is_until_enough_has_left() {
        use Outcome::Answered;
        let book = book(&[(0, 4, Answered), (10, 4, Answered), (20, 2, Answered)]);
        let wait = |wanted| book.wait_for(at(30), wanted, 10).map(|d| d.as_secs());
        assert_eq!((wait(1), wait(4), wait(5), wait(9), wait(11)), (Some(30), Some(30), Some(40), Some(50), None));
        assert_eq!(book.wait_for(at(60), 4, 10).map(|d| d.as_secs()), Some(0), "the first four have just left");
        assert_eq!(book.reset(at(30)).as_secs(), 30);
        assert_eq!(book.reset(at(300)).as_secs(), 0);
    }

    #[test]
    fn a_clock_set_back_does_not_lock_the_register() {
        let book = book(&[(1_000, 10, Outcome::Answered)]);
        assert_eq!(book.wait_for(at(0), 10, 10).map(|d| d.as_secs()), Some(0));
    }
}
