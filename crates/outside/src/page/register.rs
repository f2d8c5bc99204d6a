//! The business register under the visitor's hand.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{Redirect, Response};
use italia::EmailAddress;
use jiff::SignedDuration;
use serde::Deserialize;

use super::chart::Chart;
use super::head::{Head, Visitor};
use super::texts::Texts;
use super::{back, render};
use crate::register::{RegisterControl, RegisterFirm, RegisterMode, WINDOW};
use crate::world::World;

/// Firms in the table at most; the others are found by searching.
const MOST_FIRMS: usize = 100;

/// The register's numbers in words.
#[derive(Debug)]
pub(super) struct Numbers {
    pub(super) limit: u32,
    pub(super) per_minute: usize,
    pub(super) refused: usize,
    pub(super) waiting: usize,
    pub(super) most_asked: usize,
    pub(super) base_url: String,
    pub(super) ready_after: i64,
    pub(super) mode: String,
    pub(super) mode_name: String,
}

impl Numbers {
    pub(super) fn of(control: &RegisterControl, t: &Texts) -> Self {
        let state = control.state();
        Self {
            limit: state.gauge.limit,
            per_minute: state.gauge.per_minute,
            refused: state.gauge.refused,
            waiting: state.gauge.waiting,
            most_asked: control.most_asked(WINDOW),
            base_url: state.base_url,
            ready_after: state.ready_after_seconds,
            mode: state.mode.to_string(),
            mode_name: name(&state.mode, t),
        }
    }
}

fn name(mode: &RegisterMode, t: &Texts) -> String {
    match mode {
        RegisterMode::Normal => t.mode_normal.to_owned(),
        RegisterMode::Slow { delay_ms: Some(delay) } => format!("{} ({delay} ms)", t.mode_slow_any),
        RegisterMode::Slow { delay_ms: None } => t.mode_never.to_owned(),
        RegisterMode::Down => t.mode_down.to_owned(),
        RegisterMode::Failing { percent } => format!("{} ({percent}%)", t.mode_failing_any),
        RegisterMode::Mixed { errors, timeouts } => format!("{} ({errors}% + {timeouts}%)", t.mode_mixed),
        RegisterMode::Garbled => t.mode_garbled.to_owned(),
        RegisterMode::Page => t.mode_page.to_owned(),
        RegisterMode::Refusing => t.mode_refusing.to_owned(),
        RegisterMode::WrongFor { code } => format!("{} ({code})", t.mode_wrong),
    }
}

#[derive(Debug)]
struct ModeButton {
    value: &'static str,
    name: &'static str,
}

#[derive(Debug)]
struct FirmRow {
    code: String,
    name: String,
    pec: String,
}

impl From<RegisterFirm> for FirmRow {
    fn from(firm: RegisterFirm) -> Self {
        Self { code: firm.code, name: firm.name, pec: firm.pec.unwrap_or_default() }
    }
}

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage {
    head: Head,
    chart: Chart,
    register: Numbers,
    modes: Vec<ModeButton>,
    firms: Vec<FirmRow>,
    search: String,
    found: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    cerca: String,
}

pub(super) async fn page(State(world): State<World>, Query(query): Query<Search>, visitor: Visitor) -> Response {
    let head = visitor.head(&world, "register");
    let control = world.register().control();
    let t = head.t;
    let modes = [
        ("normal", t.mode_normal),
        ("slow:2000", t.mode_slow),
        ("slow:never", t.mode_never),
        ("down", t.mode_down),
        ("failing:30", t.mode_failing),
        ("garbled", t.mode_garbled),
        ("page", t.mode_page),
        ("refusing", t.mode_refusing),
    ];
    let search = query.cerca.trim().to_lowercase();
    let wanted = |f: &RegisterFirm| {
        search.is_empty() || f.code.to_lowercase().contains(&search) || f.name.to_lowercase().contains(&search)
    };
    let firms: Vec<_> = control.firms().into_iter().filter(wanted).collect();
    render(&RegisterPage {
        chart: Chart::of(&control, t),
        register: Numbers::of(&control, t),
        modes: modes.map(|(value, name)| ModeButton { value, name }).into(),
        found: firms.len(),
        firms: firms.into_iter().take(MOST_FIRMS).map(FirmRow::from).collect(),
        search: query.cerca,
        head,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct ModeForm {
    modo: String,
}

pub(super) async fn set_mode(State(world): State<World>, Form(form): Form<ModeForm>) -> Redirect {
    let mode = form.modo.parse::<RegisterMode>();
    let done = mode.map(|mode| world.register().control().set_mode(mode)).is_ok();
    back("/registro", done)
}

#[derive(Debug, Deserialize)]
pub(super) struct RateForm {
    ritmo: u32,
}

pub(super) async fn set_rate(State(world): State<World>, Form(form): Form<RateForm>) -> Redirect {
    world.register().control().set_per_minute(form.ritmo);
    back("/registro", true)
}

#[derive(Debug, Deserialize)]
pub(super) struct WaitForm {
    secondi: u32,
}

pub(super) async fn set_wait(State(world): State<World>, Form(form): Form<WaitForm>) -> Redirect {
    world.register().control().set_ready_after(0, SignedDuration::from_secs(form.secondi.into()));
    back("/registro", true)
}

#[derive(Debug, Deserialize)]
pub(super) struct PecForm {
    codice: String,
    pec: String,
}

pub(super) async fn set_pec(State(world): State<World>, Form(form): Form<PecForm>) -> Redirect {
    let pec = match form.pec.trim() {
        "" => None,
        text if EmailAddress::parse(text).is_ok() => Some(text.to_owned()),
        _ => return back("/registro", false),
    };
    back("/registro", world.register().control().set_pec(&form.codice, pec))
}
