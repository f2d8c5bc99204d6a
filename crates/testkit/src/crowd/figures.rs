//! What was seen of a crowd.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use outside::register::{Call, Question, RegisterMode};
use store::{FromRow, Row, Sql, args};

use super::{Plan, Seen, ideal, tally};
use crate::Stage;
use crate::stage::PER_MINUTE;

/// The middle, what one in a hundred exceeds, and the most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    /// Half are below.
    pub median: f64,
    /// 99 of 100 are below.
    pub p99: f64,
    /// The greatest.
    pub max: f64,
}

impl Spread {
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |part: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "an index"
            )]
            let index = ((values.len() as f64 * part) as usize).min(values.len().saturating_sub(1));
            values.get(index).copied().unwrap_or_default()
        };
        Self { median: at(0.5), p99: at(0.99), max: at(1.0) }
    }
}

/// What was seen.
#[derive(Clone, Debug)]
pub struct Figures {
    /// The answers of firms that registered, by kind.
    pub answers: BTreeMap<String, usize>,
    /// The states of registrations.
    pub states: BTreeMap<String, usize>,
    /// Real milliseconds of a whole registration in a browser, until its page.
    pub first_page_ms: Spread,
    /// Seconds until a profile with which one can pay.
    pub to_provisional_s: Spread,
    /// Seconds until the verified profile.
    pub to_verified_s: Spread,
    /// The most codes that the register was asked for in any 60 seconds.
    pub most_in_a_minute: usize,
    /// The fewest firms without which all were asked for in the order in which they came: those of the list that a dead node
    /// had taken, and those that committenti had asked about before.
    pub out_of_place: usize,
    /// Minutes until the last firm was verified.
    pub whole_minutes: f64,
    /// Whole time by the least possible time.
    pub whole_ratio: f64,
    /// Each firm's time since the beginning by the least possible; of firms that cannot be answered in the first minutes.
    pub each_ratio: Spread,
    /// The ten firms for which that is most.
    pub latest: Vec<Late>,
    /// How far the time that was told was from the time it took, by the time it took.
    pub promise_error: Spread,
    /// The same without the outages, which nobody foresees.
    pub promise_error_without_outages: Spread,
    /// The times that were told, in order.
    pub told: Vec<Told>,
    /// Queries of committenti, those that were served at once, and those that were told to come back.
    pub queries: (u64, u64, u64),
}

/// A firm that was verified later than it could have been, in minutes since the beginning.
#[derive(Clone, Copy, Debug)]
pub struct Late {
    /// When it came.
    pub came: f64,
    /// When it could have been verified at the earliest.
    pub least: f64,
    /// When it was.
    pub real: f64,
}

impl Late {
    fn ratio(&self) -> f64 {
        self.real / self.least
    }
}

/// A time that was told, in minutes.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// When, since the beginning.
    pub at: f64,
    /// What was told.
    pub told: f64,
    /// How long it took.
    pub real: f64,
    /// How long the source was down meanwhile.
    pub down: f64,
}

impl Told {
    /// How wrong it was, by the time it took. It is told in whole minutes: nobody is wrong by less than one.
    fn error(&self, real: f64) -> f64 {
        ((self.told - real).abs() - 1.0).max(0.0) / real
    }
}

struct Times {
    code: String,
    look_up: i64,
    created: i64,
    answered: Option<i64>,
    account: Option<i64>,
    answer: Option<String>,
    state: String,
}

impl FromRow for Times {
    fn from_row(row: &Row) -> Result<Self, store::Error> {
        Ok(Self {
            code: row.get("code")?,
            look_up: row.get("look_up")?,
            created: row.get("created")?,
            answered: row.get("answered")?,
            account: row.get("account")?,
            answer: row.get("answer")?,
            state: row.get("state")?,
        })
    }
}

const TIMES: Sql = Sql::new(
    "SELECT l.tax_code AS code, l.id AS look_up, r.created_at AS created, l.answered_at AS answered, a.created_at AS account,
            l.answer AS answer, r.state AS state
     FROM registrations r JOIN lookups l ON l.tenant = r.tenant AND l.id = r.lookup_id
     LEFT JOIN accounts a ON a.tenant = r.tenant AND a.id = r.account_id
     WHERE r.tenant = $1 ORDER BY l.id",
);

fn instant(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap()
}

fn seconds(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64()
}

pub(super) async fn of(stage: &Stage, plan: &Plan, began: Timestamp, seen: Seen) -> Figures {
    let times: Vec<Times> = stage.database.db.list(TIMES, args![crate::BODY]).await.unwrap();
    let control = stage.world.register().control();
    control.set_mode(RegisterMode::Normal);
    let state = control.state();
    let book = control.book();
    let calls = || book.calls().filter(|call| call.question == Question::PecList);
    let arrived: HashMap<_, _> = times.iter().map(|t| (t.code.clone(), instant(t.created))).collect();
    let mut least = ideal::completions(calls(), PER_MINUTE as usize, &state.outages, began, &arrived);
    // What committenti had been told before the firm came is no use to it any earlier.
    least.iter_mut().for_each(|(code, at)| *at = arrived.get(code).map_or(*at, |came| (*at).max(*came)));
    let done: HashMap<_, _> = times.iter().filter_map(|t| Some((t.code.as_str(), instant(t.answered?)))).collect();
    let last = done.values().max().copied().unwrap_or(began);
    let least_last =
        least.iter().filter(|(c, _)| done.contains_key(c.as_str())).map(|(_, at)| *at).max().unwrap_or(began);
    let late = |(code, at): (&&str, &Timestamp)| {
        let [came, least, real] = [arrived.get(*code)?, least.get(*code)?, at].map(|at| seconds(began, *at) / 60.0);
        (least > 5.0).then_some(Late { came, least, real })
    };
    let mut late: Vec<Late> = done.iter().filter_map(late).collect();
    late.sort_by(|one, other| other.ratio().total_cmp(&one.ratio()));
    let minute = SignedDuration::from_secs(60);
    let answered: HashMap<_, _> = times.iter().filter_map(|t| Some((t.look_up, instant(t.answered?)))).collect();
    let told = |promise: &super::Promise| {
        let at = *answered.get(&promise.look_up.0)?;
        #[expect(clippy::cast_precision_loss, reason = "minutes")]
        Some(Told {
            at: seconds(began, promise.at) / 60.0,
            told: promise.minutes as f64,
            real: seconds(promise.at, at) / 60.0,
            down: down(&state.outages, promise.at, at) / 60.0,
        })
    };
    let told: Vec<Told> = seen.promises.iter().filter_map(told).collect();
    let long = || told.iter().filter(|told| told.real > 10.0);
    assert_eq!(times.len(), plan.firms as usize, "every registration is there");
    Figures {
        answers: tally(times.iter().map(|t| t.answer.clone().unwrap_or_default())),
        states: tally(times.iter().map(|t| t.state.clone())),
        first_page_ms: Spread::of(seen.first_pages_ms.clone()),
        to_provisional_s: Spread::of(
            times.iter().filter_map(|t| Some(seconds(instant(t.created), instant(t.account?)))).collect(),
        ),
        to_verified_s: Spread::of(
            times.iter().filter_map(|t| Some(seconds(instant(t.created), instant(t.answered?)))).collect(),
        ),
        most_in_a_minute: book.max_in_any_window(minute),
        out_of_place: out_of_place(&times, calls()),
        whole_minutes: seconds(began, last) / 60.0,
        whole_ratio: seconds(began, last) / seconds(began, least_last).max(1.0),
        each_ratio: Spread::of(late.iter().map(Late::ratio).collect()),
        latest: late.into_iter().take(10).collect(),
        promise_error: Spread::of(long().map(|t| t.error(t.real)).collect()),
        promise_error_without_outages: Spread::of(long().map(|t| t.error(t.real - t.down)).collect()),
        told,
        queries: (seen.queries, seen.served, seen.refused),
    }
}

/// Seconds of outages between two instants.
fn down(outages: &[outside::register::Outage], from: Timestamp, until: Timestamp) -> f64 {
    outages.iter().map(|o| seconds(o.from.max(from), o.until.min(until)).max(0.0)).sum()
}

/// All but the longest line of firms that were first asked for in the order in which they came.
fn out_of_place<'a>(times: &[Times], calls: impl Iterator<Item = &'a Call>) -> usize {
    let mut first: HashMap<&str, Timestamp> = HashMap::new();
    for (at, code) in calls.flat_map(|call| call.codes.iter().map(|code| (call.at, code.as_str()))) {
        first.entry(code).or_insert(at);
    }
    // What committenti asked before the firm came is not in its line.
    let asked = |firm: &Times| first.get(firm.code.as_str()).copied().filter(|at| *at >= instant(firm.created));
    let asked: Vec<Timestamp> = times.iter().filter_map(asked).collect();
    asked.len() - longest_in_order(&asked)
}

/// The length of the longest line of instants that never goes back.
fn longest_in_order(all: &[Timestamp]) -> usize {
    // The earliest end of a line of each length.
    let mut ends: Vec<Timestamp> = Vec::new();
    for at in all {
        let place = ends.partition_point(|end| end <= at);
        match ends.get_mut(place) {
            Some(end) => *end = *at,
            None => ends.push(*at),
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_is_late_and_one_that_is_early_are_one_each() {
        let line = |seconds: &[i64]| seconds.iter().map(|s| Timestamp::from_second(*s).unwrap()).collect::<Vec<_>>();
        assert_eq!(longest_in_order(&line(&[1, 2, 2, 3])), 4);
        assert_eq!(longest_in_order(&line(&[1, 9, 2, 3, 4])), 4);
        assert_eq!(longest_in_order(&line(&[5, 6, 7, 1, 8])), 4);
        assert_eq!(longest_in_order(&[]), 0);
    }
}
