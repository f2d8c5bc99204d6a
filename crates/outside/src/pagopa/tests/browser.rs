//! Payments as a payer's browser makes them.

use reqwest::Response;
use url::Url;

use super::creditor::Mode;
use super::switches::{cart, checkout};
use super::{KEY, World, browser, creditor, notice};

async fn page(world: &World, notices: &[(u64, u64)]) -> Url {
    checkout(world, KEY).create(&cart(notices)).await.unwrap()
}

async fn show(url: impl Into<String>, language: &str) -> (u16, String) {
    let answer = browser().get(url.into()).header("Accept-Language", language).send().await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'"), "{policy}");
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn press(url: &Url, outcome: &str) -> Response {
    browser().post(url.clone()).form(&[("outcome", outcome)]).send().await.unwrap()
}

fn location(answer: &Response) -> &str {
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().unwrap()
}

#[tokio::test]
async fn the_page_shows_what_the_creditor_says() {
    let world = World::new().await;
    world.station.owe(notice(1), 123_456);
    let url = page(&world, &[(1, 100)]).await;
    let (status, html) = show(url.as_str(), "it").await;
    assert_eq!(status, 200);
    for text in ["lang=\"it\"", "1.234,56 €", "Albo di esempio", &notice(1).printed(), "simulata", "aggiornato"] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(html.contains("Quota &lt;2027&gt; &amp; arretrati") && !html.contains("<2027>"));
    assert!(!html.contains("<script"));
    for outcome in super::super::Outcome::ALL {
        assert!(html.contains(&format!("value=\"{}\"", outcome.name())), "{outcome:?}");
    }
    assert_eq!(world.station.shared().asked, ["paVerifyPaymentNotice"]);
    let (_, html) = show(url.as_str(), "en-GB").await;
    assert!(html.contains("lang=\"en\"") && html.contains("€1,234.56") && html.contains("Simulated"));
    let style = browser().get(world.url("style.css")).send().await.unwrap();
    assert_eq!(
        (style.status().as_u16(), &style.headers()["content-type"]),
        (200, &"text/css; charset=utf-8".parse().unwrap())
    );
    assert!(html.contains("href=\"/pagopa/style.css\""));
}

#[tokio::test]
async fn each_button_ends_where_it_says() {
    let world = World::new().await;
    for (base, outcome, end) in [
        (1, "cancelled", "https://ente.example.it/cancel"),
        (1, "card_refused", "https://ente.example.it/error"),
        (1, "paid", "https://ente.example.it/ok?s=1&t=2"),
        (2, "default", "https://ente.example.it/ok?s=1&t=2"),
        (3, "receipt_twice", "https://ente.example.it/ok?s=1&t=2"),
        (4, "receipt_in_three_days", "https://ente.example.it/ok?s=1&t=2"),
    ] {
        world.station.owe(notice(base), 100);
        let url = page(&world, &[(base, 100)]).await;
        assert_eq!(location(&press(&url, outcome).await), end, "{outcome}");
    }
    assert_eq!((world.station.copies(), world.station.distinct()), (4, 3));
    let url = page(&world, &[(1, 100)]).await;
    assert_eq!(press(&url, "perhaps").await.status(), 422);
}

#[tokio::test]
async fn the_receipt_is_there_before_the_browser_is_back() {
    let world = World::new().await;
    world.station.owe(notice(1), 100);
    let url = page(&world, &[(1, 100)]).await;
    let answer = press(&url, "paid").await;
    assert_eq!(world.station.distinct(), 1);
    assert_eq!(location(&answer), "https://ente.example.it/ok?s=1&t=2");
    // Pressing again, or coming back later, pays nothing twice.
    assert_eq!(location(&press(&url, "paid").await), "https://ente.example.it/ok?s=1&t=2");
    let (status, html) = show(url.as_str(), "it").await;
    assert!(status == 200 && html.contains("Pagamento eseguito") && html.contains("ok?s=1&amp;t=2"));
    assert_eq!(world.station.copies(), 1);
    let record = world.node.payments().remove(0);
    assert_eq!(world.station.shared().receipts[0].0.receipt_id.as_str(), record.receipt_id);
}

#[tokio::test]
async fn a_refusal_is_explained_and_leads_back() {
    let world = World::new().await;
    let url = page(&world, &[(1, 100)]).await;
    let (status, html) = show(url.as_str(), "it").await;
    assert_eq!(status, 200);
    for text in ["non conosce questo avviso", "PAA_PAGAMENTO_SCONOSCIUTO", "href=\"https://ente.example.it/error\""] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let html = press(&url, "paid").await.text().await.unwrap();
    assert!(html.contains("PAA_PAGAMENTO_SCONOSCIUTO") && html.contains("href=\"https://ente.example.it/error\""));
    world.station.owe(notice(1), 100);
    world.station.shared().mode = Mode::Down;
    let (_, html) = show(url.as_str(), "en").await;
    assert!(html.contains("does not answer"), "{html}");
    world.station.shared().mode = Mode::Well;
    assert!(location(&press(&url, "paid").await).ends_with("ok?s=1&t=2"));
    let other = page(&world, &[(1, 100)]).await;
    let (_, html) = show(other.as_str(), "en").await;
    assert!(html.contains("already been paid"), "{html}");
}

#[tokio::test]
async fn a_cart_is_paid_whole_or_not_at_all() {
    let world = World::new().await;
    world.station.owe(notice(1), 100);
    let url = page(&world, &[(1, 100), (2, 200)]).await;
    let answer = press(&url, "paid").await;
    assert_eq!(answer.status(), 200);
    assert!(world.node.payments().is_empty() && world.station.copies() == 0);
    world.station.owe(notice(2), 200);
    let (_, html) = show(url.as_str(), "it").await;
    assert!(html.contains("Totale: 3,00 €"), "{html}");
    assert!(location(&press(&url, "paid").await).ends_with("ok?s=1&t=2"));
    assert_eq!(world.station.distinct(), 2);
}

#[tokio::test]
async fn an_address_that_was_never_given_is_not_found() {
    let world = World::new().await;
    for path in ["checkout/pay/0", "psp/payments/0"] {
        let (status, html) = show(world.url(path), "it").await;
        assert_eq!(status, 404);
        assert!(html.contains("Pagina non trovata"));
    }
    let url = Url::parse(&world.url("checkout/pay/0")).unwrap();
    assert_eq!(press(&url, "paid").await.status(), 404);
}

#[tokio::test]
async fn the_counter_takes_numbers_and_codes() {
    let world = World::new().await;
    world.station.owe(notice(1), 6615);
    let (_, html) = show(world.url("psp"), "it").await;
    assert!(html.contains("name=\"notice\"") && html.contains("name=\"qr\""));
    let typed = format!("psp?notice={}&creditor={}", notice(1).printed().replace(' ', "+"), creditor());
    let scanned = format!("psp?qr=PAGOPA%7C002%7C{}%7C{}%7C6615", notice(1), creditor());
    for path in [&typed, &scanned] {
        let (status, html) = show(world.url(path), "it").await;
        assert!(status == 200 && html.contains("66,15 €") && html.contains("Paga in contanti"), "{html}");
    }
    for (path, text) in [
        ("psp?notice=12&creditor=01199250158", "18 cifre"),
        ("psp?notice=301000000000004285&creditor=1", "11 cifre"),
        ("psp?qr=ciao%22%3E%3Cb%3E", "codice QR pagoPA"),
    ] {
        let (status, html) = show(world.url(path), "it").await;
        assert!(status == 422 && html.contains(text) && !html.contains("<b>"), "{html}");
    }
    let (_, html) = show(world.url("psp?notice=301000000000004285&creditor=77777777777"), "it").await;
    assert!(html.contains("Nessun ente"), "{html}");
    let form =
        [("notice", notice(1).to_string()), ("creditor", creditor().to_string()), ("outcome", "paid".to_owned())];
    let answer = browser().post(world.url("psp")).form(&form).send().await.unwrap();
    let slip = location(&answer).to_owned();
    let (status, html) = show(world.base.join(&slip).unwrap().as_str(), "it").await;
    assert!(status == 200 && html.contains("consegnata") && html.contains("66,15 €"), "{html}");
    let receipt = world.station.shared().receipts[0].0.clone();
    assert_eq!(receipt.payment_method.unwrap().as_str(), "cash");
    let answer = browser().post(world.url("psp")).form(&form).send().await.unwrap();
    assert!(answer.status() == 200 && answer.text().await.unwrap().contains("già stato pagato"));
}
