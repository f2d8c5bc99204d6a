//! The switches, and carts at the door.

use pagopa::checkout::{Cart, CartNotice, CheckoutError, Client, ReturnUrls, SubscriptionKey, TimeLimits};
use pagopa::{Amount, Text};
use serde_json::json;
use url::Url;

use super::super::{NodeControl, Outcome, PaymentResult, ReceiptState, Refusal, ResendError};
use super::{KEY, World, browser, creditor, notice};

pub(super) fn cart(notices: &[(u64, u64)]) -> Cart {
    let notices = notices.iter().map(|&(base, cents)| CartNotice {
        notice: notice(base),
        creditor: creditor(),
        amount: Amount::from_cents(cents).unwrap(),
        company_name: Text::fit("Albo di esempio"),
        description: Text::fit("Quota 2027"),
    });
    let url = |path: &str| Url::parse(&format!("https://ente.example.it/{path}")).unwrap();
    let urls = ReturnUrls { ok: url("ok?s=1&t=2"), cancel: url("cancel"), error: url("error") };
    Cart::new(notices.collect(), urls).unwrap()
}

pub(super) fn checkout(world: &World, key: &str) -> Client {
    let base = Url::parse(&world.url("checkout/ec/v1")).unwrap();
    Client::new(base, SubscriptionKey::new(key), TimeLimits::default()).unwrap()
}

#[tokio::test]
async fn a_cart_becomes_a_page() {
    let world = World::new().await;
    let page = checkout(&world, KEY).create(&cart(&[(1, 100)])).await.unwrap();
    assert!(page.as_str().starts_with(&world.url("checkout/pay/")), "{page}");
}

#[tokio::test]
async fn carts_need_the_key_and_a_known_creditor() {
    let world = World::new().await;
    let error = checkout(&world, "altra").create(&cart(&[(1, 100)])).await.unwrap_err();
    assert!(matches!(error, CheckoutError::Refused { status: 401, .. }), "{error:?}");
    let text = serde_json::to_string(&cart(&[(1, 100)])).unwrap();
    for (body, status, word) in [
        (text.replace("01199250158", "77777777777"), 422, "77777777777"),
        (text.replace(":100,", ":0,"), 400, "amount"),
        ("{}".to_owned(), 400, "paymentNotices"),
        ("<cart/>".to_owned(), 400, "expected value"),
    ] {
        let post =
            browser().post(world.url("checkout/ec/v1/carts")).header("Ocp-Apim-Subscription-Key", KEY).body(body);
        let answer = post.send().await.unwrap();
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(problem["status"], status);
        assert!(problem["detail"].as_str().unwrap().contains(word), "{problem}");
    }
}

#[tokio::test]
async fn a_node_that_is_down_says_so_everywhere() {
    let world = World::new().await;
    world.station.owe(notice(1), 100);
    world.station.owe(notice(2), 100);
    let page = checkout(&world, KEY).create(&cart(&[(1, 100)])).await.unwrap();
    let made = world.node.pay(notice(2), creditor(), Outcome::Paid).await;
    world.node.set_control(NodeControl { node_down: true, ..NodeControl::default() });
    let error = checkout(&world, KEY).create(&cart(&[(1, 100)])).await.unwrap_err();
    assert!(matches!(error, CheckoutError::Unavailable { status: 503 }), "{error:?}");
    assert_eq!(browser().get(page.clone()).send().await.unwrap().status(), 503);
    let press = browser().post(page).form(&[("outcome", "paid")]);
    assert_eq!(press.send().await.unwrap().status(), 503);
    assert_eq!(browser().get(world.url("psp")).send().await.unwrap().status(), 503);
    let report = world.node.pay(notice(1), creditor(), Outcome::Paid).await;
    assert_eq!(report.result, PaymentResult::Refused(Refusal::NodeDown));
    assert_eq!(world.node.resend_receipt(made.receipt_id().unwrap()).await, Err(ResendError::NodeDown));
}

#[tokio::test]
async fn receipts_wait_while_the_node_is_down() {
    let world = World::new().await;
    world.station.owe(notice(1), 100);
    world.node.set_control(NodeControl { receipt_delay_seconds: 10, ..NodeControl::default() });
    world.node.pay(notice(1), creditor(), Outcome::Paid).await;
    crate::MovableClock::advance(&*world.clock, jiff::SignedDuration::from_secs(10));
    world.node.set_control(NodeControl { node_down: true, ..NodeControl::default() });
    assert_eq!(world.node.deliver_due_receipts().await.sent, 0);
    world.node.set_control(NodeControl::default());
    assert_eq!(world.node.deliver_due_receipts().await.acknowledged, 1);
}

#[tokio::test]
async fn switches_delay_and_repeat_every_receipt() {
    let world = World::new().await;
    world.station.owe(notice(1), 100);
    world.node.set_control(NodeControl { receipt_delay_seconds: 3600, duplicates: 2, ..NodeControl::default() });
    let report = world.node.pay(notice(1), creditor(), Outcome::Paid).await;
    assert!(matches!(report.result, PaymentResult::Paid { receipt: ReceiptState::Scheduled(_), .. }));
    crate::MovableClock::advance(&*world.clock, jiff::SignedDuration::from_hours(1));
    world.node.deliver_due_receipts().await;
    assert_eq!((world.station.copies(), world.station.distinct()), (3, 1));
}

#[tokio::test]
async fn switches_travel_as_json() {
    let world = World::new().await;
    let get = || async {
        browser().get(world.url("control")).send().await.unwrap().json::<serde_json::Value>().await.unwrap()
    };
    let defaults = json!({
        "default_outcome": "paid", "receipt_delay_seconds": 0, "duplicates": 0, "node_down": false, "slow_milliseconds": 0
    });
    assert_eq!(get().await, defaults);
    let patch = json!({ "default_outcome": "card_refused", "slow_milliseconds": 50 });
    let answer = browser().post(world.url("control")).json(&patch).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let control = world.node.control();
    assert_eq!((control.default_outcome, control.slow_milliseconds), (Outcome::CardRefused, 50));
    for wrong in
        [json!({ "node_up": true }), json!({ "default_outcome": "maybe" }), json!([]), json!({"duplicates": -1})]
    {
        let answer = browser().post(world.url("control")).json(&wrong).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{wrong}");
    }
    assert_eq!(world.node.control(), control);
    let begin = std::time::Instant::now();
    browser().get(world.url("psp")).send().await.unwrap();
    assert!(begin.elapsed() >= std::time::Duration::from_millis(50));
}
