//! The interoperability platform and the indexes on it, under the visitor's hand.

use askama::Template;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use serde::Deserialize;

use super::head::{Head, Visitor};
use super::modes::{ModeForm, Modes};
use super::{back, missing, render};
use crate::inad::{Inad, InadState};
use crate::pdnd::{Pdnd, PdndState};
use crate::world::World;

const PATH: &str = "/piattaforma";

#[derive(Template)]
#[template(path = "platform.html")]
struct PlatformPage {
    head: Head,
    pdnd: PdndState,
    pdnd_modes: Modes,
    inad: InadState,
    inad_modes: Modes,
}

pub(super) async fn page(State(world): State<World>, visitor: Visitor) -> Response {
    let (Some(pdnd), Some(inad)) = (world.pdnd(), world.inad()) else { return missing(&world, visitor) };
    let head = visitor.head(&world, "platform");
    let (pdnd, inad) = (pdnd.overview(), inad.overview());
    render(&PlatformPage {
        pdnd_modes: Modes::of("pdnd", "/piattaforma/pdnd/modo", &pdnd.mode, head.t),
        inad_modes: Modes::of("inad", "/piattaforma/inad/modo", &inad.mode, head.t),
        head,
        pdnd,
        inad,
    })
    .into_response()
}

/// Does something to the platform; without one nothing has changed.
fn to_pdnd(world: &World, act: impl FnOnce(&Pdnd)) -> Redirect {
    back(PATH, world.pdnd().map(act).is_some())
}

fn to_inad(world: &World, act: impl FnOnce(&Inad)) -> Redirect {
    back(PATH, world.inad().map(act).is_some())
}

pub(super) async fn set_pdnd_mode(State(world): State<World>, Form(form): Form<ModeForm>) -> Redirect {
    let Some(mode) = form.mode() else { return back(PATH, false) };
    to_pdnd(&world, |pdnd| pdnd.set_mode(mode))
}

pub(super) async fn set_inad_mode(State(world): State<World>, Form(form): Form<ModeForm>) -> Redirect {
    let Some(mode) = form.mode() else { return back(PATH, false) };
    to_inad(&world, |inad| inad.set_mode(mode))
}

#[derive(Debug, Deserialize)]
pub(super) struct VouchersForm {
    secondi: u32,
    nonce: Option<String>,
}

pub(super) async fn set_vouchers(State(world): State<World>, Form(form): Form<VouchersForm>) -> Redirect {
    to_pdnd(&world, |pdnd| {
        pdnd.set_nonces(form.nonce.is_some());
        pdnd.set_voucher_life(SignedDuration::from_secs(form.secondi.into()));
    })
}

pub(super) async fn revoke(State(world): State<World>) -> Redirect {
    to_pdnd(&world, Pdnd::revoke_all)
}

#[derive(Debug, Deserialize)]
pub(super) struct DemandsForm {
    secondi: u32,
    tracciamento: Option<String>,
    legati: Option<String>,
    firma: Option<String>,
}

pub(super) async fn set_demands(State(world): State<World>, Form(form): Form<DemandsForm>) -> Redirect {
    to_inad(&world, |inad| {
        inad.demand(form.tracciamento.is_some(), form.legati.is_some(), form.firma.is_some());
        inad.set_ready_after(SignedDuration::from_secs(form.secondi.into()));
    })
}
