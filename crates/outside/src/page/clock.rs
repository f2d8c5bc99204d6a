//! The clock of the world under the visitor's hand.

use axum::extract::{Form, State};
use axum::response::Redirect;
use jiff::{SignedDuration, Timestamp, civil::DateTime};
use serde::Deserialize;

use super::head::{local, rome};
use crate::world::World;

/// Thirty days is the longest button; nobody needs to jump further than this by one.
const LONGEST: i64 = 366 * 86_400;

#[derive(Debug, Deserialize)]
pub(super) struct Move {
    avanti: Option<i64>,
    al: Option<String>,
    da: Option<String>,
}

pub(super) async fn set(State(world): State<World>, Form(form): Form<Move>) -> Redirect {
    let by = match (form.avanti, form.al.as_deref()) {
        (Some(seconds), _) if (1..=LONGEST).contains(&seconds) => Some(SignedDuration::from_secs(seconds)),
        (None, Some(field)) => instant(field).map(|at| at.duration_since(world.now())),
        _ => None,
    };
    let outcome = match by {
        None => "errato",
        Some(by) if by.is_negative() => "passato",
        Some(by) => {
            world.advance(by).await;
            "fatto"
        }
    };
    Redirect::to(&format!("{}?esito={outcome}", local(form.da.as_deref())))
}

/// A day and time of the Italian clock, as the browser's field writes it.
fn instant(field: &str) -> Option<Timestamp> {
    let civil: DateTime = field.parse().ok()?;
    Some(civil.to_zoned(rome()).ok()?.timestamp())
}
