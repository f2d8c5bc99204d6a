//! The client of the payment page against a server that answers what the test says.

use std::time::Duration;

use pagopa::checkout::{Cart, CartError, CartNotice, CheckoutError, Client, ReturnUrls, SubscriptionKey, TimeLimits};
use pagopa::{Amount, CreditorCode, Email, NoticeNumber, Text};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

fn notice(number: &str) -> CartNotice {
    CartNotice {
        notice: NoticeNumber::parse(number).expect("a notice number"),
        creditor: CreditorCode::parse("77777777777").expect("a creditor"),
        amount: Amount::from_cents(1000).expect("an amount"),
        company_name: Text::fit("Università di esempio"),
        description: Text::fit("Pagamento di prova"),
    }
}

fn return_urls() -> ReturnUrls {
    let url =
        |path: &str| Url::parse("https://ente.example.it/pagopa/").and_then(|base| base.join(path)).expect("a URL");
    ReturnUrls { ok: url("ok?s=segreto"), cancel: url("cancel"), error: url("error") }
}

fn cart() -> Cart {
    let notices = vec![notice("302012387654312384"), notice("302012387654312385")];
    let mut cart = Cart::new(notices, return_urls()).expect("a cart");
    cart.email = Email::parse("pagatore@esempio.it");
    cart.id = Some("ordine-7".into());
    cart.all_ccp = Some(false);
    cart
}

/// A server that reads one request, waits, and sends `answer` as it is; the task gives back what it has read.
async fn server(answer: &'static str, wait: Duration) -> (Url, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut read = Vec::new();
        let mut buffer = [0_u8; 4096];
        while !is_whole(&read) {
            let length = stream.read(&mut buffer).await.expect("a request");
            read.extend_from_slice(&buffer[..length]);
        }
        tokio::time::sleep(wait).await;
        stream.write_all(answer.as_bytes()).await.expect("an answer");
        stream.shutdown().await.expect("the end");
        String::from_utf8(read).expect("UTF-8")
    });
    (Url::parse(&format!("http://{address}/checkout/ec/v1/")).expect("a URL"), task)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    length.and_then(|length| length.parse().ok()).is_some_and(|length: usize| body.len() >= length)
}

fn client(base: Url) -> Client {
    let limits = TimeLimits { connect: Duration::from_secs(3), total: Duration::from_millis(400) };
    Client::new(base, SubscriptionKey::new("chiave"), limits).expect("a client")
}

async fn ask(answer: &'static str) -> Result<Url, CheckoutError> {
    let (base, _task) = server(answer, Duration::ZERO).await;
    client(base).create(&cart()).await
}

#[tokio::test]
async fn gives_the_address_without_going_there() {
    let answer = "HTTP/1.1 302 Found\r\nLocation: https://checkout.example/c/1\r\nContent-Length: 0\r\n\r\n";
    let (base, task) = server(answer, Duration::ZERO).await;
    assert_eq!(client(base).create(&cart()).await.unwrap().as_str(), "https://checkout.example/c/1");
    let request = task.await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /checkout/ec/v1/carts HTTP/1.1\r\n"), "{head}");
    assert!(head.to_ascii_lowercase().contains("ocp-apim-subscription-key: chiave"), "{head}");
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({
            "emailNotice": "pagatore@esempio.it",
            "paymentNotices": [
                {
                    "noticeNumber": "302012387654312384", "fiscalCode": "77777777777", "amount": 1000,
                    "companyName": "Università di esempio", "description": "Pagamento di prova"
                },
                {
                    "noticeNumber": "302012387654312385", "fiscalCode": "77777777777", "amount": 1000,
                    "companyName": "Università di esempio", "description": "Pagamento di prova"
                }
            ],
            "returnUrls": {
                "returnOkUrl": "https://ente.example.it/pagopa/ok?s=segreto",
                "returnCancelUrl": "https://ente.example.it/pagopa/cancel",
                "returnErrorUrl": "https://ente.example.it/pagopa/error"
            },
            "idCart": "ordine-7",
            "allCCP": false
        })
    );
    assert_eq!(serde_json::from_value::<Cart>(body).unwrap(), cart());
}

#[tokio::test]
async fn takes_a_relative_address() {
    let url = ask("HTTP/1.1 302 Found\r\nLocation: /checkout/pay/1\r\nContent-Length: 0\r\n\r\n").await.unwrap();
    assert_eq!(url.path(), "/checkout/pay/1");
    assert_eq!(url.host_str(), Some("127.0.0.1"));
}

#[tokio::test]
async fn tells_refused_from_unavailable() {
    let refused = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: 45\r\n\r\n\
                   {\"status\":400,\"detail\":\"amount is not valid\"}";
    match ask(refused).await.unwrap_err() {
        CheckoutError::Refused { status: 400, detail: Some(detail) } => assert_eq!(detail, "amount is not valid"),
        other => panic!("{other:?}"),
    }
    let error = ask("HTTP/1.1 401 Unauthorized\r\nContent-Length: 5\r\n\r\nno/no").await.unwrap_err();
    assert!(matches!(error, CheckoutError::Refused { status: 401, detail: None }) && !error.is_temporary());
    for answer in ["HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n"] {
        let error = ask(answer).await.unwrap_err();
        assert!(matches!(error, CheckoutError::Unavailable { .. }) && error.is_temporary(), "{error:?}");
    }
}

#[tokio::test]
async fn an_answer_without_an_address_is_an_error() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: javascript:alert(1)\r\nContent-Length: 0\r\n\r\n",
    ] {
        let error = ask(answer).await.unwrap_err();
        assert!(matches!(error, CheckoutError::NoAddress { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn does_not_wait_for_ever() {
    let (base, task) = server("HTTP/1.1 302 Found\r\n\r\n", Duration::from_secs(30)).await;
    let error = client(base).create(&cart()).await.unwrap_err();
    assert!(matches!(error, CheckoutError::TimedOut(_)) && error.is_temporary(), "{error:?}");
    task.abort();
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = client(Url::parse(&format!("http://{free}/")).unwrap()).create(&cart()).await.unwrap_err();
    assert!(matches!(error, CheckoutError::Unreachable(_)) && error.is_temporary(), "{error:?}");
}

#[test]
fn a_cart_holds_one_to_five_different_notices() {
    assert_eq!(Cart::new(Vec::new(), return_urls()).unwrap_err(), CartError::Count(0));
    let many = (0..6).map(|n| notice(&format!("30201238765431238{n}"))).collect();
    assert_eq!(Cart::new(many, return_urls()).unwrap_err(), CartError::Count(6));
    let twin = notice("302012387654312384");
    let error = Cart::new(vec![twin.clone(), twin.clone()], return_urls()).unwrap_err();
    assert_eq!(error, CartError::Twice(twin.notice));
}

#[test]
fn debug_shows_no_secret() {
    assert!(!format!("{:?}", cart()).contains("segreto"));
    assert!(!format!("{:?}", client(Url::parse("http://127.0.0.1/").unwrap())).contains("chiave"));
}

#[test]
fn reads_the_published_form_and_says_what_is_wrong() {
    let right = r#"{"paymentNotices":[{"noticeNumber":"302012387654312384","fiscalCode":"77777777777","amount":1000,
        "companyName":"Ente","description":"Prova"}],"returnUrls":{"returnOkUrl":"www.comune.example.it/ok.html",
        "returnCancelUrl":"www.comune.example.it/cancel.html","returnErrorUrl":"www.comune.example.it/error.html"},
        "idCart":"id_cart","allCCP":"false"}"#;
    let cart: Cart = serde_json::from_str(right).unwrap();
    assert_eq!(cart.return_urls.ok.as_str(), "https://www.comune.example.it/ok.html");
    assert_eq!(cart.all_ccp, Some(false));
    for (from, to, message) in [
        ("1000", "0", "amount"),
        ("302012387654312384", "30201238765431238", "18 digits"),
        ("77777777777", "7777777777", "eleven digits"),
        ("www.comune.example.it/ok.html", "javascript:alert(1)", "returnOkUrl"),
        ("www.comune.example.it/ok.html", "", "returnOkUrl"),
        ("\"idCart\"", "\"emailNotice\":\"nessuna\",\"idCart\"", "emailNotice"),
        ("\"returnUrls\"", "\"ritorni\"", "returnUrls"),
        ("\"false\"", "\"forse\"", "allCCP"),
    ] {
        let error = serde_json::from_str::<Cart>(&right.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(error.contains(message), "{to}: {error}");
    }
}
