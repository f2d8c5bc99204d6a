//! The hosted payment page.

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use pagopa::Amount;
use pagopa::checkout::{Cart, CartNotice};
use pagopa::node::PayableNotice;
use serde::Deserialize;
use url::Url;

use super::super::chance::Place;
use super::super::node::Node;
use super::super::report::{PaymentReport, PaymentResult, Refusal};
use super::super::state::{Item, StoredCart};
use super::{Choice, Esc, Page, money};

/// `GET checkout/pay/{id}`: what is owed, as the creditor says at this moment.
pub(in super::super) async fn show(State(node): State<Node>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    node.dawdle().await;
    let page = Page::new(&node, &headers);
    let Some(stored) = node.cart(&id) else { return not_found(page) };
    if node.control().node_down {
        return out_of_order(page);
    }
    if stored.paid {
        return already_paid(page, &stored.cart);
    }
    let mut payable = Vec::new();
    for notice in stored.cart.notices() {
        match node.verify(notice.notice, notice.creditor).await {
            Ok(answer) => payable.push((notice, answer)),
            Err(refusal) => return refused(page, &stored.cart, notice, &refusal),
        }
    }
    offer(page, &payable)
}

/// The form of the page.
#[derive(Debug, Deserialize)]
pub(in super::super) struct Answer {
    outcome: Choice,
}

/// `POST checkout/pay/{id}`: the payment, and back to the creditor.
pub(in super::super) async fn pay(
    State(node): State<Node>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(answer): Form<Answer>,
) -> Response {
    node.dawdle().await;
    let page = Page::new(&node, &headers);
    let Some(StoredCart { cart, paid }) = node.cart(&id) else { return not_found(page) };
    if paid {
        return go(&cart.return_urls.ok);
    }
    let items: Vec<Item> = cart.notices().iter().map(|notice| (notice.creditor, notice.notice)).collect();
    let reports = node.pay_all(&items, answer.outcome.outcome(&node), Place::Page).await;
    if let Some((notice, refusal)) = first_refusal(&cart, &reports) {
        return if *refusal == Refusal::NodeDown { out_of_order(page) } else { refused(page, &cart, notice, refusal) };
    }
    match reports.first().map(|report| &report.result) {
        Some(PaymentResult::Paid { .. }) => {
            node.mark_paid(&id);
            go(&cart.return_urls.ok)
        }
        Some(PaymentResult::Cancelled) => go(&cart.return_urls.cancel),
        _ => go(&cart.return_urls.error),
    }
}

fn go(url: &Url) -> Response {
    Redirect::to(url.as_str()).into_response()
}

fn first_refusal<'a>(cart: &'a Cart, reports: &'a [PaymentReport]) -> Option<(&'a CartNotice, &'a Refusal)> {
    cart.notices().iter().zip(reports).find_map(|(notice, report)| match &report.result {
        PaymentResult::Refused(refusal) => Some((notice, refusal)),
        _ => None,
    })
}

fn offer(mut page: Page, payable: &[(&CartNotice, PayableNotice)]) -> Response {
    let texts = page.texts;
    for (notice, answer) in payable {
        page.facts([
            (texts.creditor, answer.company_name.to_string()),
            (texts.object, answer.description.to_string()),
            (texts.notice, notice.notice.printed()),
            (texts.amount, money(texts, answer.amount)),
        ]);
        if answer.amount != notice.amount {
            page.push(format_args!("<p>{}</p>", Esc(texts.amount_changed)));
        }
    }
    let total = payable.iter().map(|(_, answer)| answer.amount.cents()).sum();
    if let Ok(total) = Amount::from_cents(total) {
        page.push(format_args!("<p class=\"amount\">{}: {}</p>", Esc(texts.total), Esc(money(texts, total))));
    }
    page.push("<form method=\"post\">");
    page.outcomes(texts.pay_card);
    page.push("</form>");
    page.finish(texts.checkout_title)
}

/// A notice that cannot be paid: what that means, and the way back.
fn refused(mut page: Page, cart: &Cart, notice: &CartNotice, refusal: &Refusal) -> Response {
    let texts = page.texts;
    page.refusal(refusal);
    page.facts([
        (texts.creditor, notice.company_name.to_string()),
        (texts.object, notice.description.to_string()),
        (texts.notice, notice.notice.printed()),
    ]);
    back(&mut page, &cart.return_urls.error);
    page.finish(texts.checkout_title)
}

fn already_paid(mut page: Page, cart: &Cart) -> Response {
    let texts = page.texts;
    page.push(format_args!("<p>{}</p>", Esc(texts.paid)));
    back(&mut page, &cart.return_urls.ok);
    page.finish(texts.checkout_title)
}

fn back(page: &mut Page, url: &Url) {
    page.push(format_args!("<p><a class=\"button primary\" href=\"{}\">{}</a></p>", Esc(url), Esc(page.texts.back)));
}

fn not_found(mut page: Page) -> Response {
    let texts = page.texts;
    page.alert(texts.not_found);
    page.with_status(StatusCode::NOT_FOUND).finish(texts.not_found_title)
}

pub(super) fn out_of_order(mut page: Page) -> Response {
    let texts = page.texts;
    page.alert(texts.refusal(&Refusal::NodeDown));
    page.with_status(StatusCode::SERVICE_UNAVAILABLE).finish(texts.down_title)
}

impl Node {
    fn cart(&self, id: &str) -> Option<StoredCart> {
        self.state().carts.get(id).cloned()
    }

    fn mark_paid(&self, id: &str) {
        if let Some(stored) = self.state().carts.get_mut(id) {
            stored.paid = true;
        }
    }
}
