//! The business register under the visitor's hand.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{Redirect, Response};
use italia::EmailAddress;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::chart::Chart;
use super::head::{Head, Visitor, when};
use super::modes::{ModeForm, Modes, name};
use super::texts::Texts;
use super::{back, render};
use crate::register::{Outage, RegisterControl, RegisterFirm, WINDOW};
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

/// A time without answers, in words.
#[derive(Debug)]
struct OutageRow {
    from: String,
    until: String,
    told: bool,
    lasts: bool,
}

impl OutageRow {
    fn of(outage: Outage, now: Timestamp) -> Self {
        let Outage { from, until, retry_after } = outage;
        Self { from: when(from), until: when(until), told: retry_after, lasts: from <= now && now < until }
    }
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
    modes: Modes,
    outages: Vec<OutageRow>,
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
    let search = query.cerca.trim().to_lowercase();
    let wanted = |f: &RegisterFirm| {
        search.is_empty() || f.code.to_lowercase().contains(&search) || f.name.to_lowercase().contains(&search)
    };
    let firms: Vec<_> = control.firms().into_iter().filter(wanted).collect();
    render(&RegisterPage {
        chart: Chart::of(&control, t),
        register: Numbers::of(&control, t),
        modes: Modes::of("registro", "/registro/modo", &control.mode(), t),
        outages: to_come(&control, world.now()).into_iter().map(|outage| OutageRow::of(outage, world.now())).collect(),
        found: firms.len(),
        firms: firms.into_iter().take(MOST_FIRMS).map(FirmRow::from).collect(),
        search: query.cerca,
        head,
    })
}

pub(super) async fn set_mode(State(world): State<World>, Form(form): Form<ModeForm>) -> Redirect {
    let done = form.mode().map(|mode| world.register().control().set_mode(mode)).is_some();
    back("/registro", done)
}

/// Outages that are not over.
fn to_come(control: &RegisterControl, now: Timestamp) -> Vec<Outage> {
    control.state().outages.into_iter().filter(|outage| outage.until > now).collect()
}

#[derive(Debug, Deserialize)]
pub(super) struct OutageForm {
    /// Minutes until it begins.
    tra: u32,
    /// Minutes that it lasts.
    minuti: u32,
    avviso: Option<String>,
}

/// One more outage in the timetable; those that are over leave it.
pub(super) async fn add_outage(State(world): State<World>, Form(form): Form<OutageForm>) -> Redirect {
    let (control, now) = (world.register().control(), world.now());
    let after = |start: Timestamp, minutes: u32| start.checked_add(SignedDuration::from_mins(minutes.into())).ok();
    let times = after(now, form.tra).and_then(|from| Some((from, after(from, form.minuti)?)));
    let Some((from, until)) = times.filter(|_| form.minuti > 0) else { return back("/registro", false) };
    let mut outages = to_come(&control, now);
    outages.push(Outage { from, until, retry_after: form.avviso.is_some() });
    outages.sort_by_key(|outage| outage.from);
    control.set_outages(outages);
    back("/registro", true)
}

/// Ends the outage that lasts and strikes out those to come.
pub(super) async fn end_outages(State(world): State<World>) -> Redirect {
    world.register().control().set_outages(Vec::new());
    back("/registro", true)
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
