//! The overview.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::boxes::BoxRow;
use super::chart::Chart;
use super::head::{Head, Visitor};
use super::identity::{self, ProviderRow};
use super::modes;
use super::pieces::{Piece, pieces};
use super::register::Numbers;
use super::{payments, render};
use crate::register::RegisterMode;
use crate::world::{OtpCode, PortalLink, World};

#[derive(Debug)]
struct NoteText {
    title: String,
    pieces: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    head: Head,
    portals: Vec<PortalLink>,
    notes: Vec<NoteText>,
    codes: Vec<OtpCode>,
    boxes: Vec<BoxRow>,
    register: Numbers,
    chart: Chart,
    payments_made: usize,
    receipts_pending: usize,
    /// The platform and the indexes, where they are: name, behaviour, whether it is the normal one.
    platform: Vec<(&'static str, String, bool)>,
    providers: Vec<ProviderRow>,
    spid_registry: String,
}

pub(super) async fn page(State(world): State<World>, visitor: Visitor) -> Response {
    let head = visitor.head(&world, "home");
    let control = world.register().control();
    let notes = world.notes().into_iter();
    let (payments_made, receipts_pending) = payments::counts(&world);
    let pdnd = world.pdnd().map(|pdnd| (head.t.pdnd, pdnd.overview().mode));
    let inad = world.inad().map(|inad| (head.t.inad, inad.overview().mode));
    let modes = pdnd.into_iter().chain(inad);
    render(&HomePage {
        platform: modes.map(|(name, mode)| (name, modes::name(&mode, head.t), mode == RegisterMode::Normal)).collect(),
        portals: world.portals(),
        notes: notes.map(|note| NoteText { title: note.title, pieces: pieces(&note.text) }).collect(),
        codes: world.otp_codes(),
        boxes: super::boxes::rows(&world, head.t),
        register: Numbers::of(&control, head.t),
        chart: Chart::of(&control, head.t),
        payments_made,
        receipts_pending,
        providers: identity::rows(&world, head.t),
        spid_registry: world.spid().registry_url(),
        head,
    })
}
