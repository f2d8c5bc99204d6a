//! The overview.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::boxes::BoxRow;
use super::chart::Chart;
use super::head::{Head, Visitor};
use super::identity::{self, ProviderRow};
use super::pieces::{Piece, pieces};
use super::register::Numbers;
use super::{payments, render};
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
    providers: Vec<ProviderRow>,
    spid_registry: String,
}

pub(super) async fn page(State(world): State<World>, visitor: Visitor) -> Response {
    let head = visitor.head(&world, "home");
    let control = world.register().control();
    let notes = world.notes().into_iter();
    let (payments_made, receipts_pending) = payments::counts(&world);
    render(&HomePage {
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
