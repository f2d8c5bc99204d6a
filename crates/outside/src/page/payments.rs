//! Payments made at the node, and their receipts under the visitor's hand.

use askama::Template;
use axum::Json;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::head::{Head, Visitor, when};
use super::texts::{Lang, Texts};
use super::{api, back, render};
use crate::pagopa::{NodeControl, PaymentRecord, ReceiptState};
use crate::world::World;

/// Copies of a receipt that one request may send.
const MOST_COPIES: u32 = 5;

#[derive(Debug)]
struct PaymentRow {
    id: String,
    date: String,
    notice: String,
    creditor: String,
    amount: String,
    state: String,
    tone: &'static str,
    copies: String,
}

impl PaymentRow {
    fn of(record: &PaymentRecord, lang: Lang) -> Self {
        let euro = record.amount.euro();
        let (state, tone) = state(record, lang.texts());
        Self {
            id: record.receipt_id.clone(),
            date: when(record.paid_at),
            notice: record.notice.to_string(),
            creditor: record.creditor.to_string(),
            amount: if lang == Lang::It { euro.to_italian() } else { euro.to_english() },
            state,
            tone,
            copies: format!("{} / {}", record.acknowledged, record.sent),
        }
    }
}

fn state(record: &PaymentRecord, t: &Texts) -> (String, &'static str) {
    match &record.receipt {
        ReceiptState::Delivered(at) => (format!("{} {}", t.delivered, when(*at)), "good"),
        ReceiptState::Scheduled(at) => (format!("{} {}", t.leaves_at, when(*at)), "warm"),
        ReceiptState::Retrying { next, reason } => (format!("{} {} ({reason})", t.leaves_again_at, when(*next)), "bad"),
    }
}

/// Payments made, and those whose creditor has no receipt yet.
pub(super) fn counts(world: &World) -> (usize, usize) {
    let payments = world.node().payments();
    (payments.len(), payments.iter().filter(|record| record.acknowledged == 0).count())
}

#[derive(Template)]
#[template(path = "payments.html")]
struct PaymentsPage {
    head: Head,
    control: NodeControl,
    payments: Vec<PaymentRow>,
}

pub(super) async fn page(State(world): State<World>, visitor: Visitor) -> Response {
    let head = visitor.head(&world, "payments");
    let payments = world.node().payments();
    render(&PaymentsPage {
        control: world.node().control(),
        payments: payments.iter().rev().map(|record| PaymentRow::of(record, head.lang)).collect(),
        head,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct ReceiptForm {
    id: String,
    volte: u32,
}

pub(super) async fn deliver(State(world): State<World>, Form(form): Form<ReceiptForm>) -> Redirect {
    back("/pagamenti", send(&world, &form.id, form.volte).await.is_ok())
}

/// Sends so many copies of a receipt at once, one after the other.
async fn send(world: &World, id: &str, copies: u32) -> Result<(), String> {
    if !(1..=MOST_COPIES).contains(&copies) {
        return Err(format!("between 1 and {MOST_COPIES} copies"));
    }
    for _ in 0..copies {
        world.node().resend_receipt(id).await.map_err(|error| error.to_string())?;
    }
    Ok(())
}

#[derive(Debug, Deserialize)]
pub(super) struct NodeForm {
    guasto: Option<String>,
    ritardo: u32,
    copie: u32,
}

pub(super) async fn set_node(State(world): State<World>, Form(form): Form<NodeForm>) -> Redirect {
    let sound = form.copie <= MOST_COPIES;
    if sound {
        world.node().set_control(NodeControl {
            node_down: form.guasto.is_some(),
            receipt_delay_seconds: form.ritardo,
            duplicates: form.copie,
            ..world.node().control()
        });
    }
    back("/pagamenti", sound)
}

/// A payment for scripts.
#[derive(Serialize)]
struct PaymentJson {
    receipt_id: String,
    creditor: String,
    notice: String,
    amount: String,
    paid_at: jiff::Timestamp,
    outcome: &'static str,
    receipt: &'static str,
    due_at: Option<jiff::Timestamp>,
    sent: u32,
    acknowledged: u32,
}

impl From<PaymentRecord> for PaymentJson {
    fn from(record: PaymentRecord) -> Self {
        let (receipt, due_at) = match record.receipt {
            ReceiptState::Scheduled(at) => ("scheduled", Some(at)),
            ReceiptState::Retrying { next, .. } => ("retrying", Some(next)),
            ReceiptState::Delivered(_) => ("delivered", None),
        };
        Self {
            receipt_id: record.receipt_id,
            creditor: record.creditor.to_string(),
            notice: record.notice.to_string(),
            amount: record.amount.to_string(),
            paid_at: record.paid_at,
            outcome: record.outcome.name(),
            receipt,
            due_at,
            sent: record.sent,
            acknowledged: record.acknowledged,
        }
    }
}

pub(super) async fn api_list(State(world): State<World>) -> Response {
    let payments: Vec<PaymentJson> = world.node().payments().into_iter().map(PaymentJson::from).collect();
    Json(json!({ "payments": payments })).into_response()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReceiptOrder {
    receipt_id: String,
    copies: Option<u32>,
}

pub(super) async fn api_deliver(State(world): State<World>, Json(order): Json<ReceiptOrder>) -> Response {
    match send(&world, &order.receipt_id, order.copies.unwrap_or(1)).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(why) => api::refuse(&why),
    }
}
