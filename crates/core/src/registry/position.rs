//! Where a look-up stands, and how long it still takes.

use ::store::args;

use super::estimate::{self, Flow};
use super::model::{LookUpId, Position, QueueLane};
use super::pace::{self, LaneGauge, Pace};
use super::source::{self, Mode};
use super::store;
use crate::error::Error;
use crate::{Cx, row};

row! {
    struct Place { lane: String, number: i64, state: String }
}

/// How many wait before a look-up, and how long it takes as things stand: at the allowed rate, with the share of its lane,
/// and with as many failures as of late.
///
/// # Errors
/// [`Error::Store`].
pub async fn position(cx: &Cx, id: LookUpId) -> Result<Position, Error> {
    let look_up = super::get(cx, id).await?;
    let state = source::state(&cx.app, &look_up.source).await?;
    let pace = pace::of_source(cx, &look_up.source, &state).await?;
    let place: Option<Place> = match look_up.question {
        Some(question) => cx.app.db().find(store::PLACE, args![question]).await?,
        None => None,
    };
    Ok(match place {
        Some(place) if place.state == "waiting" => {
            let lane = QueueLane::of(&place.lane).unwrap_or(QueueLane::Person);
            of_place(cx, &pace, lane, place.number)
        }
        // It is being asked.
        _ => Position { ahead: 0, minutes: pace.answers().then_some(1), paused: pace.mode == Mode::Paused },
    })
}

/// In how many minutes whoever comes now into a lane is answered; nobody knows while the source does not answer, or while
/// its queue is emptied for those who came before.
pub fn expected_minutes(cx: &Cx, pace: &Pace, lane: QueueLane) -> Option<i64> {
    of_last(cx, pace, lane).minutes.filter(|_| pace.mode != Mode::Draining)
}

/// Where whoever came last in a lane stands.
fn of_last(cx: &Cx, pace: &Pace, lane: QueueLane) -> Position {
    let arrived = pace.lanes.iter().find(|l| l.lane == lane).map_or(0, |l| l.arrived);
    of_place(cx, pace, lane, arrived)
}

fn of_place(cx: &Cx, pace: &Pace, lane: QueueLane, number: i64) -> Position {
    let mine = pace.lanes.iter().position(|l| l.lane == lane);
    let ahead = mine.map_or(0, |m| (number - 1 - pace.lanes[m].taken).max(0));
    let minutes = mine.and_then(|mine| expected(cx, pace, mine, ahead));
    let held = mine.and_then(|m| pace.lanes[m].drains_to).is_some_and(|last| number > last);
    Position { ahead, minutes, paused: pace.mode == Mode::Paused || held }
}

fn expected(cx: &Cx, pace: &Pace, mine: usize, ahead: i64) -> Option<i64> {
    if !pace.answers() {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of people in a queue")]
    let flow = |lane: &LaneGauge| Flow {
        share: lane.share as f64,
        waiting: lane.waiting as f64,
        arrivals: lane.arrivals_per_minute,
        lasts: lane.arrivals_last,
        room: lane.room.map_or(f64::INFINITY, f64::from),
    };
    let lanes = pace.lanes.iter().map(flow).collect();
    let rate = f64::from(pace.per_minute) * pace.success;
    #[expect(clippy::cast_precision_loss, reason = "the same")]
    let minutes = estimate::minutes(ahead as f64, mine, lanes, rate);
    let blocked = pace.blocked_until.map_or(0, |at| (at - cx.now_ms()).max(0));
    #[expect(clippy::cast_possible_truncation, reason = "infinity saturates")]
    let minutes = minutes.ceil() as i64;
    (minutes < 1_000_000).then_some((blocked + 59_999) / 60_000 + minutes.max(1))
}
