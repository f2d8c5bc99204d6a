//! Which question comes next: lanes share a source by stride scheduling.
//!
//! Each lane has a *pass*, which grows by 1/share with every question that is asked from it; the waiting lane with the
//! smallest pass comes next. A lane in which nobody waits lends its share to the others, and has saved nothing when
//! somebody comes: its pass then begins where the source stands. (C. A. Waldspurger, W. E. Weihl, *Stride Scheduling*,
//! MIT/LCS/TM-528, 1995.)

use std::collections::VecDeque;

use super::model::QueueLane;
use super::source::{LaneState, RegisterSource};
use crate::row;

/// What a share of 1 adds to a pass.
const STRIDE: i64 = 1_000_000;

row! {
    /// A question that waits.
    #[derive(Clone, Debug)]
    pub(super) struct Waiting {
        pub(super) id: i64,
        pub(super) code: String,
        pub(super) alone: bool,
        pub(super) missed: bool,
        pub(super) attempts: i64,
        pub(super) created_at: i64,
    }
}

/// A question that was taken out of its lane.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) lane: QueueLane,
    pub(super) waiting: Waiting,
}

/// A lane while a question is put together.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) lane: QueueLane,
    pub(super) pass: i64,
    pub(super) taken: i64,
    pub(super) asked: i64,
    stride: i64,
    waiting: VecDeque<Waiting>,
}

impl Line {
    pub(super) fn new(source: &RegisterSource, lane: QueueLane, state: &LaneState, waiting: Vec<Waiting>) -> Self {
        let share = share(source, lane, state.share);
        Self { lane, pass: state.pass, taken: 0, asked: 0, stride: STRIDE / share, waiting: waiting.into() }
    }

    /// How many wait in it, as far as they were read.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }
}

/// A lane's share: what an administrator set, or what is configured.
pub(super) fn share(source: &RegisterSource, lane: QueueLane, set: Option<i64>) -> i64 {
    set.unwrap_or_else(|| i64::from(source.limits.shares.of(lane))).clamp(1, STRIDE)
}

/// Takes up to `most` questions that are asked together, in order; `pass` is where the source stands.
pub(super) fn take(lines: &mut [Line], most: usize, pass: &mut i64) -> Vec<Taken> {
    for line in lines.iter_mut() {
        line.pass = line.pass.max(*pass);
    }
    let mut taken: Vec<Taken> = Vec::new();
    while taken.len() < most {
        let next = lines.iter_mut().filter(|l| !l.waiting.is_empty()).min_by_key(|l| (l.pass, l.lane));
        let Some(line) = next else { break };
        let alone = line.waiting.front().is_some_and(|w| w.alone);
        if alone && !taken.is_empty() {
            break;
        }
        let Some(waiting) = line.waiting.pop_front() else { break };
        *pass = line.pass;
        line.pass += line.stride;
        line.asked += 1;
        line.taken += i64::from(waiting.attempts == 0);
        taken.push(Taken { lane: line.lane, waiting });
        if alone {
            break;
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(lane: QueueLane, share: i64, pass: i64, waiting: usize) -> Line {
        let waiting = (0..waiting).map(|n| Waiting {
            id: i64::try_from(n).unwrap(),
            code: String::new(),
            alone: false,
            missed: false,
            attempts: 0,
            created_at: 0,
        });
        Line { lane, pass, taken: 0, asked: 0, stride: STRIDE / share, waiting: waiting.collect() }
    }

    fn lines(waiting: [usize; 3]) -> Vec<Line> {
        use QueueLane::{Background, Person, ThirdParty};
        let lanes = [(Person, 70), (ThirdParty, 20), (Background, 10)];
        lanes.into_iter().zip(waiting).map(|((lane, share), n)| line(lane, share, 0, n)).collect()
    }

    fn asked(lines: &[Line]) -> Vec<i64> {
        lines.iter().map(|l| l.asked).collect()
    }

    #[test]
    fn lanes_that_all_wait_have_their_shares_and_those_that_do_not_lend_them() {
        let mut pass = 0;
        let mut all = lines([200, 200, 200]);
        take(&mut all, 100, &mut pass);
        assert_eq!(asked(&all), [70, 20, 10]);
        let mut two = lines([200, 0, 200]);
        take(&mut two, 80, &mut 0);
        assert_eq!(asked(&two), [70, 0, 10]);
        let mut one = lines([0, 0, 200]);
        take(&mut one, 60, &mut 0);
        assert_eq!(asked(&one), [0, 0, 60]);
    }

    #[test]
    fn a_lane_that_was_empty_has_saved_nothing() {
        let mut pass = 0;
        let mut lines = lines([100, 0, 0]);
        take(&mut lines, 100, &mut pass);
        lines[0].waiting = line(QueueLane::Person, 70, 0, 100).waiting;
        lines[1].waiting = line(QueueLane::ThirdParty, 20, 0, 100).waiting;
        take(&mut lines, 90, &mut pass);
        assert_eq!(asked(&lines), [170, 20, 0]);
    }

    #[test]
    fn with_one_question_a_minute_nobody_starves() {
        let mut pass = 0;
        let mut all = lines([200, 200, 200]);
        for _ in 0..100 {
            take(&mut all, 1, &mut pass);
        }
        assert_eq!(asked(&all), [70, 20, 10]);
    }

    #[test]
    fn what_has_to_be_asked_alone_is() {
        let mut lines = lines([3, 0, 0]);
        lines[0].waiting[1].alone = true;
        let ids = |taken: Vec<Taken>| taken.iter().map(|t| t.waiting.id).collect::<Vec<_>>();
        let mut pass = 0;
        assert_eq!(ids(take(&mut lines, 20, &mut pass)), [0]);
        assert_eq!(ids(take(&mut lines, 20, &mut pass)), [1]);
        assert_eq!(ids(take(&mut lines, 20, &mut pass)), [2]);
    }
}
