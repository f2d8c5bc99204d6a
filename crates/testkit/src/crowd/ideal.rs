//! The least possible time: the same questions, with the same failures, asked as early as the budget and the outages allow
//! by somebody who loses no moment.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use outside::register::{Call, Outage, Outcome};

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// When each code is answered at the earliest. `arrived` says since when each was waiting.
pub(super) fn completions<'a>(
    calls: impl Iterator<Item = &'a Call>,
    budget: usize,
    outages: &[Outage],
    began: Timestamp,
    arrived: &HashMap<String, Timestamp>,
) -> HashMap<String, Timestamp> {
    let mut window: VecDeque<(Timestamp, usize)> = VecDeque::new();
    let mut answered = HashMap::new();
    let mut now = began;
    // What is asked during an outage is asked in vain: whoever knows of it does not ask.
    for call in calls.filter(|call| !call.codes.is_empty() && down_until(outages, call.at).is_none()) {
        // What committenti had asked before the firm came was known by then.
        let known = call.codes.iter().filter_map(|code| arrived.get(code)).map(|at| *at.min(&call.at)).max();
        now = now.max(known.unwrap_or(began));
        loop {
            if let Some(until) = down_until(outages, now) {
                now = until;
            }
            while window.front().is_some_and(|(at, _)| now.duration_since(*at) >= MINUTE) {
                window.pop_front();
            }
            let spent: usize = window.iter().map(|(_, codes)| codes).sum();
            if spent + call.codes.len() <= budget {
                break;
            }
            now = window.front().map_or(now, |(at, _)| *at + MINUTE);
        }
        window.push_back((now, call.codes.len()));
        if call.outcome == Outcome::Answered {
            for code in &call.codes {
                answered.insert(code.clone(), now);
            }
        }
    }
    answered
}

fn down_until(outages: &[Outage], at: Timestamp) -> Option<Timestamp> {
    outages.iter().find(|outage| outage.from <= at && at < outage.until).map(|outage| outage.until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use outside::register::Question;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_770_000_000 + second).unwrap()
    }

    fn call(second: i64, codes: &[&str], outcome: Outcome) -> Call {
        let codes = codes.iter().map(|c| (*c).to_owned()).collect();
        Call { at: at(second), question: Question::PecList, codes, outcome }
    }

    #[test]
    fn nothing_is_asked_before_it_comes_nor_above_the_budget_nor_in_an_outage() {
        let calls = [
            call(1, &["a", "b"], Outcome::Answered),
            call(70, &["c"], Outcome::Failed),
            call(130, &["c"], Outcome::Answered),
            call(250, &["d"], Outcome::Answered),
        ];
        let arrived = [("a", 0), ("b", 0), ("c", 0), ("d", 200)].map(|(c, s)| (c.to_owned(), at(s)));
        let outages = [Outage { from: at(50), until: at(90), retry_after: false }];
        let found = completions(calls.iter(), 2, &outages, at(0), &HashMap::from(arrived));
        // The outage holds back what the budget would allow at 60; `c` fails once there and is asked again at once.
        let second = |code: &str| found[code].duration_since(at(0)).as_secs();
        assert_eq!(["a", "b", "c", "d"].map(second), [0, 0, 90, 200]);
    }
}
