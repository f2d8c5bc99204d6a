//! How long somebody waits: the lanes as vessels that one tap fills and empties.

/// A lane as the estimate sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flow {
    /// Its share of the budget, in proportion to the others'.
    pub(super) share: f64,
    /// Questions that wait in it.
    pub(super) waiting: f64,
    /// Questions that arrive in it in a minute.
    pub(super) arrivals: f64,
    /// For so many minutes more.
    pub(super) lasts: f64,
    /// So many may wait in it; whoever comes then is told to come back.
    pub(super) room: f64,
}

impl Flow {
    /// So many minutes pass, in which so many a minute are asked.
    fn passes(&mut self, minutes: f64, rate: f64) {
        let left = (self.waiting + (self.arrivals - rate) * minutes).min(self.room.max(self.waiting));
        // What is left by rounding is nobody, and no time.
        self.waiting = if left < 1e-6 { 0.0 } else { left };
        self.lasts -= minutes;
        if self.lasts < 1e-6 {
            (self.arrivals, self.lasts) = (0.0, 0.0);
        }
    }
}

/// How many phases are followed; each ends with a lane that empties or into which nobody comes any more, so few are needed.
const PHASES: usize = 16;

/// In how many minutes the question behind `ahead` others in the lane `mine` is answered, at `rate` answers a minute.
///
/// Lanes in which questions wait have their shares; a lane that keeps up with its arrivals takes no more than these; what
/// is left goes to the others in proportion. When another lane empties, its share comes over; when the rush to it is over, it
/// begins to empty.
pub(super) fn minutes(ahead: f64, mine: usize, mut lanes: Vec<Flow>, rate: f64) -> f64 {
    let (mut left, mut time) = (ahead + 1.0, 0.0);
    if rate <= 0.0 {
        return f64::INFINITY;
    }
    for _ in 0..PHASES {
        let rates = rates(mine, &lanes, rate);
        let finish = left / rates[mine];
        let empties = |(index, lane): (usize, &Flow)| {
            let net = rates[index] - lane.arrivals;
            (index != mine && lane.waiting > 0.0 && net > 0.0).then(|| lane.waiting / net)
        };
        let ends = |(index, lane): (usize, &Flow)| (index != mine && lane.arrivals > 0.0).then_some(lane.lasts);
        let events = lanes.iter().enumerate().flat_map(|lane| [empties(lane), ends(lane)]).flatten();
        let next = events.fold(f64::INFINITY, f64::min);
        if next >= finish {
            return time + finish;
        }
        for (index, lane) in lanes.iter_mut().enumerate() {
            lane.passes(next, rates[index]);
        }
        left -= rates[mine] * next;
        time += next;
    }
    time + left / rates(mine, &lanes, rate)[mine]
}

/// What each lane gets of the rate.
fn rates(mine: usize, lanes: &[Flow], rate: f64) -> Vec<f64> {
    let waits = |index: usize, lane: &Flow| index == mine || lane.waiting > 0.0;
    let all: f64 =
        lanes.iter().enumerate().filter(|(i, l)| waits(*i, l) || l.arrivals > 0.0).map(|(_, l)| l.share).sum();
    let fair = |lane: &Flow| rate * lane.share / all.max(f64::MIN_POSITIVE);
    let keeps_up = |index: usize, lane: &Flow| !waits(index, lane) && lane.arrivals <= fair(lane);
    let taken: f64 = lanes.iter().enumerate().filter(|(i, l)| keeps_up(*i, l)).map(|(_, l)| l.arrivals).sum();
    let hungry: f64 = lanes.iter().enumerate().filter(|(i, l)| !keeps_up(*i, l)).map(|(_, l)| l.share).sum();
    let of = |(index, lane): (usize, &Flow)| {
        if keeps_up(index, lane) { lane.arrivals } else { (rate - taken) * lane.share / hungry }
    };
    lanes.iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(share: f64, waiting: f64, arrivals: f64) -> Flow {
        Flow { share, waiting, arrivals, lasts: f64::INFINITY, room: f64::INFINITY }
    }

    fn about(value: f64, expected: f64) {
        assert!((value - expected).abs() < 0.02 * expected, "{value} is not about {expected}");
    }

    #[test]
    fn alone_the_whole_rate_is_mine() {
        about(minutes(599.0, 0, vec![flow(70.0, 600.0, 300.0), flow(20.0, 0.0, 0.0)], 60.0), 10.0);
    }

    #[test]
    fn a_lane_that_never_empties_keeps_its_share() {
        about(minutes(699.0, 0, vec![flow(70.0, 700.0, 0.0), flow(30.0, 1e9, 500.0)], 100.0), 10.0);
    }

    #[test]
    fn a_lane_that_empties_lends_from_then_on() {
        // 30 a minute empty the other lane in ten minutes, in which 700 of mine are answered; then 100 a minute are.
        about(minutes(1_699.0, 0, vec![flow(70.0, 1_700.0, 0.0), flow(30.0, 300.0, 0.0)], 100.0), 20.0);
    }

    #[test]
    fn a_lane_that_keeps_up_takes_no_more_than_what_arrives() {
        about(minutes(899.0, 0, vec![flow(70.0, 900.0, 0.0), flow(30.0, 0.0, 10.0)], 100.0), 10.0);
    }

    #[test]
    fn a_rush_that_ends_leaves_a_lane_that_empties() {
        // Full for ten minutes more, then emptied by 30 a minute in ten: 1,400 of mine in twenty, then 100 a minute.
        let rush = Flow { lasts: 10.0, ..flow(30.0, 300.0, 30.0) };
        about(minutes(1_899.0, 0, vec![flow(70.0, 1_900.0, 0.0), rush], 100.0), 25.0);
    }

    #[test]
    fn whoever_finds_no_room_does_not_wait() {
        // However many come, 300 wait at the end of the rush.
        let rush = Flow { lasts: 10.0, room: 300.0, ..flow(30.0, 300.0, 500.0) };
        about(minutes(1_899.0, 0, vec![flow(70.0, 1_900.0, 0.0), rush], 100.0), 25.0);
    }

    #[test]
    fn without_a_rate_nobody_knows() {
        assert!(minutes(1.0, 0, vec![flow(1.0, 1.0, 0.0)], 0.0).is_infinite());
    }
}
