//! The counter: a notice is paid without a cart, by its number or its QR code.

use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use pagopa::{CreditorCode, NoticeNumber, QrPayload};
use serde::Deserialize;

use super::super::node::Node;
use super::super::report::{PaymentRecord, PaymentResult, ReceiptState};
use super::super::state::Item;
use super::checkout::out_of_order;
use super::texts::Texts;
use super::{Choice, Esc, Page, money};

/// What the payer types.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Typed {
    notice: String,
    creditor: String,
    qr: String,
}

impl Typed {
    fn is_empty(&self) -> bool {
        [&self.notice, &self.creditor, &self.qr].iter().all(|text| text.trim().is_empty())
    }

    /// The notice that was meant, or what is wrong with what was typed.
    fn item(&self, texts: &'static Texts) -> Result<Item, &'static str> {
        if !self.qr.trim().is_empty() {
            let payload = QrPayload::parse(&self.qr).map_err(|_| texts.bad_qr)?;
            return Ok((payload.creditor(), payload.notice()));
        }
        let notice = NoticeNumber::parse(&self.notice).map_err(|_| texts.bad_notice)?;
        let creditor = CreditorCode::parse(&self.creditor).map_err(|_| texts.bad_creditor)?;
        Ok((creditor, notice))
    }
}

/// `GET psp`: the form, and what is owed once it is filled in.
pub(in super::super) async fn show(
    State(node): State<Node>,
    Query(typed): Query<Typed>,
    headers: HeaderMap,
) -> Response {
    node.dawdle().await;
    let mut page = Page::new(&node, &headers);
    let texts = page.texts;
    if node.control().node_down {
        return out_of_order(page);
    }
    if typed.is_empty() {
        form(&mut page, &typed);
        return page.finish(texts.counter_title);
    }
    let (creditor, notice) = match typed.item(texts) {
        Ok(item) => item,
        Err(message) => {
            page.alert(message);
            form(&mut page, &typed);
            return page.with_status(StatusCode::UNPROCESSABLE_ENTITY).finish(texts.counter_title);
        }
    };
    match node.verify(notice, creditor).await {
        Ok(answer) => {
            page.facts([
                (texts.creditor, answer.company_name.to_string()),
                (texts.object, answer.description.to_string()),
                (texts.notice, notice.printed()),
                (texts.amount, money(texts, answer.amount)),
            ]);
            page.push(format_args!(
                "<form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"notice\" value=\"{notice}\">\
                 <input type=\"hidden\" name=\"creditor\" value=\"{creditor}\">",
                Esc(node.path("psp"))
            ));
            page.outcomes(texts.pay_cash);
            page.push("</form>");
        }
        Err(refusal) => {
            page.refusal(&refusal);
            form(&mut page, &typed);
        }
    }
    page.finish(texts.counter_title)
}

/// The form behind the buttons.
#[derive(Debug, Deserialize)]
pub(in super::super) struct Order {
    notice: NoticeNumber,
    creditor: CreditorCode,
    outcome: Choice,
}

/// `POST psp`: the payment.
pub(in super::super) async fn pay(State(node): State<Node>, headers: HeaderMap, Form(order): Form<Order>) -> Response {
    node.dawdle().await;
    let report = node.pay(order.notice, order.creditor, order.outcome.outcome(&node)).await;
    let mut page = Page::new(&node, &headers);
    let texts = page.texts;
    match &report.result {
        PaymentResult::Paid { receipt_id, .. } => {
            return Redirect::to(&node.path(&format!("psp/payments/{receipt_id}"))).into_response();
        }
        PaymentResult::CardRefused => page.alert(texts.card_refused),
        PaymentResult::Refused(refusal) => page.refusal(refusal),
        PaymentResult::Cancelled | PaymentResult::NotTried => {
            page.push(format_args!("<p>{}</p>", Esc(texts.cancelled)));
        }
    }
    another(&mut page);
    page.finish(texts.counter_title)
}

/// `GET psp/payments/{id}`: the slip.
pub(in super::super) async fn slip(State(node): State<Node>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let mut page = Page::new(&node, &headers);
    let texts = page.texts;
    let Some(record) = node.payments().into_iter().find(|record| record.receipt_id == id) else {
        page.alert(texts.not_found);
        return page.with_status(StatusCode::NOT_FOUND).finish(texts.not_found_title);
    };
    page.push(format_args!("<p>{}</p>", Esc(texts.paid)));
    page.facts([
        (texts.notice, record.notice.printed()),
        (texts.creditor_code, record.creditor.to_string()),
        (texts.amount, money(texts, record.amount)),
        (texts.receipt, record.receipt_id.clone()),
        (texts.receipt_state, receipt_state(texts, &record)),
    ]);
    another(&mut page);
    page.finish(texts.slip_title)
}

fn receipt_state(texts: &Texts, record: &PaymentRecord) -> String {
    match &record.receipt {
        ReceiptState::Delivered(_) => texts.delivered.to_owned(),
        ReceiptState::Scheduled(next) | ReceiptState::Retrying { next, .. } => {
            let local = pagopa::italian_time(*next).strftime("%d/%m/%Y %H:%M");
            format!("{} {local}", texts.waiting)
        }
    }
}

fn form(page: &mut Page, typed: &Typed) {
    let texts = page.texts;
    page.push(format_args!(
        "<form method=\"get\" action=\"{}\">\
         <label for=\"notice\">{}</label>\
         <input id=\"notice\" name=\"notice\" inputmode=\"numeric\" autocomplete=\"off\" value=\"{}\">\
         <label for=\"creditor\">{}</label>\
         <input id=\"creditor\" name=\"creditor\" inputmode=\"numeric\" autocomplete=\"off\" value=\"{}\">\
         <p>{}</p><label for=\"qr\">{}</label>\
         <input id=\"qr\" name=\"qr\" autocomplete=\"off\" placeholder=\"PAGOPA|002|…\" value=\"{}\">\
         <button type=\"submit\" class=\"primary\">{}</button></form>",
        Esc(page.node.path("psp")),
        Esc(texts.notice),
        Esc(&typed.notice),
        Esc(texts.creditor_code),
        Esc(&typed.creditor),
        Esc(texts.or),
        Esc(texts.qr),
        Esc(&typed.qr),
        Esc(texts.look_up),
    ));
}

fn another(page: &mut Page) {
    let href = page.node.path("psp");
    page.push(format_args!("<p><a class=\"button\" href=\"{}\">{}</a></p>", Esc(href), Esc(page.texts.another)));
}
