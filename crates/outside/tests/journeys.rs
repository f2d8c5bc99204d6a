//! Mail, certified mail and payments as a visitor of the side page and a script see them.
// req: A-15 A-16 A-17
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::routing::post;
use italia::{EmailAddress, FiscalCode};
use jiff::civil::date;
use outside::VirtualClock;
use outside::mail::{BoxBehaviour, BoxKind};
use outside::pagopa::{Creditor, Outcome, PaymentResult};
use outside::world::{World, WorldConfig};
use pagopa::node::{CONTENT_TYPE, Request, Response};
use pagopa::{
    AccountPayment, Amount, Code, CreditorCode, Iban, NoticeNumber, Payment, SegregationCode, Subject, SubjectId,
};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

const ROSSI: &str = "rossi@pec.example";
const ALBO: &str = "albo@pec.example";
const ANNA: &str = "anna@posta.example";

async fn world() -> World {
    let clock = Arc::new(VirtualClock::frozen("2026-02-13T08:00:00Z".parse().unwrap()));
    World::start(WorldConfig::new(clock)).await.unwrap()
}

fn browser() -> Client {
    Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn url(world: &World, path: &str) -> String {
    format!("http://{}{path}", world.address())
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

async fn page(world: &World, path: &str) -> String {
    let answer = browser().get(url(world, path)).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.text().await.unwrap()
}

async fn submit(world: &World, path: &str, form: &[(&str, &str)]) -> String {
    let answer = browser().post(url(world, path)).form(form).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path} {form:?}");
    answer.headers()["location"].to_str().unwrap().to_owned()
}

async fn api(world: &World, path: &str) -> Value {
    browser().get(url(world, path)).send().await.unwrap().json().await.unwrap()
}

async fn kinds(world: &World, mailbox: &str) -> Vec<String> {
    let messages = api(world, &format!("/api/mailboxes/{mailbox}")).await;
    let kind = |message: &Value| message["kind"].as_str().unwrap().to_owned();
    messages["messages"].as_array().unwrap().iter().map(kind).collect()
}

async fn certified(world: &World, subject: &str, text: &str) {
    world.mail().send_certified(&address(ALBO), &address(ROSSI), subject, text).unwrap();
    world.tick().await;
}

#[tokio::test]
async fn certified_mail_is_read_its_link_followed_and_its_receipts_told_apart() {
    let world = world().await;
    certified(&world, "PIN <b>e</b> matricola", "Attivi: http://127.0.0.1:9/attiva?c=1&d=2.\n<img src=x>").await;
    assert_eq!(kinds(&world, ROSSI).await, ["certified"]);
    assert_eq!(kinds(&world, ALBO).await, ["receipt_acceptance", "receipt_delivery"]);

    let list = page(&world, "/caselle/rossi%40pec.example").await;
    assert!(
        list.contains(r#"<span class="tag good">PEC</span>"#)
            && list.contains("PIN &#60;b&#62;e&#60;/b&#62; matricola"),
        "{list}"
    );
    let message = page(&world, "/caselle/rossi%40pec.example/1").await;
    assert!(message.contains(r#"<a href="http://127.0.0.1:9/attiva?c=1&#38;d=2" target="_blank""#), "{message}");
    assert!(message.contains("&#60;img src=x&#62;"), "other people's markup is text");
    let receipts = page(&world, "/caselle/albo@pec.example").await;
    assert!(receipts.contains("ricevuta di accettazione") && receipts.contains("ricevuta di avvenuta consegna"));
    assert!(page(&world, "/").await.contains(r#"<a href="/caselle/rossi%40pec.example">rossi@pec.example</a>"#));
}

#[tokio::test]
async fn files_are_saved_and_never_shown() {
    let world = world().await;
    let raw = "From: anna@posta.example\r\nTo: rossi@pec.example\r\nSubject: file\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nciao\r\n--b\r\n\
        Content-Type: text/html; name=\"pagina.html\"\r\nContent-Disposition: attachment; filename=\"pagina.html\"\r\n\r\n\
        <script>alert(1)</script>\r\n--b--\r\n";
    world.mail().put_message(&address(ANNA), raw.as_bytes());
    let html = page(&world, "/caselle/anna%40posta.example/1").await;
    assert!(html.contains(r#"<a href="/caselle/anna%40posta.example/1/0" download>pagina.html</a>"#), "{html}");
    for (file, name) in [("0", "pagina.html"), ("messaggio.eml", "messaggio.eml")] {
        let answer =
            browser().get(url(&world, &format!("/caselle/anna%40posta.example/1/{file}"))).send().await.unwrap();
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "application/octet-stream");
        assert!(header("content-disposition").starts_with(&format!("attachment; filename=\"{name}\"")));
        assert_eq!(header("content-security-policy"), "sandbox; default-src 'none'");
        assert_eq!(header("x-content-type-options"), "nosniff");
        let bytes = answer.bytes().await.unwrap();
        assert!(bytes.windows(8).any(|part| part == b"<script>"));
    }
    for nothing in ["1/1", "1/x", "2", "2/0"] {
        let answer =
            browser().get(url(&world, &format!("/caselle/anna%40posta.example/{nothing}"))).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn a_box_is_switched_from_its_page_and_the_next_message_feels_it() {
    let world = world().await;
    certified(&world, "prima", "uno").await;
    let box_page = "/caselle/rossi%40pec.example";
    assert_eq!(submit(&world, box_page, &[("modo", "full")]).await, format!("{box_page}?esito=fatto"));
    assert_eq!(
        world.mail().mailboxes().iter().find(|b| b.address == address(ROSSI)).unwrap().behaviour,
        BoxBehaviour::Full
    );
    assert!(page(&world, box_page).await.contains(r#"<span class="tag bad">piena</span>"#));
    certified(&world, "seconda", "due").await;
    assert_eq!(kinds(&world, ROSSI).await, ["certified"], "nothing more came in");
    assert_eq!(kinds(&world, ALBO).await.last().unwrap(), "receipt_delivery_error");
    assert_eq!(submit(&world, box_page, &[("modo", "sleepy")]).await, "/caselle?esito=errato");
    assert_eq!(submit(&world, "/caselle/nessuno%40pec.example", &[("modo", "full")]).await, "/caselle?esito=errato");
}

#[tokio::test]
async fn half_a_day_passes_at_the_push_of_a_button() {
    let world = world().await;
    world.mail().set_behaviour(&address(ROSSI), BoxBehaviour::SilentTwelveHours);
    certified(&world, "silenzio", "c'è qualcuno?").await;
    assert_eq!(kinds(&world, ALBO).await, ["receipt_acceptance"]);
    submit(&world, "/orologio", &[("avanti", "43200"), ("da", "/")]).await;
    assert_eq!(kinds(&world, ALBO).await, ["receipt_acceptance", "receipt_delay_first"]);
    submit(&world, "/orologio", &[("avanti", "43200"), ("da", "/")]).await;
    assert_eq!(kinds(&world, ALBO).await, ["receipt_acceptance", "receipt_delay_first", "receipt_delay_last"]);
    let html = page(&world, "/caselle/albo%40pec.example").await;
    assert!(html.contains("preavviso di mancata consegna (12 ore)"), "{html}");
}

#[tokio::test]
async fn visitors_and_scripts_write_from_a_box() {
    let world = world().await;
    certified(&world, "prima", "uno").await;
    let form = [("a", ALBO), ("oggetto", "RESET PASSWORD"), ("testo", "matricola IT123\r\ngrazie")];
    let done = submit(&world, "/caselle/rossi%40pec.example/scrivi", &form).await;
    assert_eq!(done, "/caselle/rossi%40pec.example?esito=fatto");
    let messages = api(&world, "/api/mailboxes/albo@pec.example").await;
    let last = messages["messages"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((last["kind"].as_str(), last["subject"].as_str()), (Some("certified"), Some("RESET PASSWORD")));
    assert_eq!(last["text"].as_str().unwrap().trim(), "matricola IT123\ngrazie");
    let nobody =
        submit(&world, "/caselle/rossi%40pec.example/scrivi", &[("a", "x"), ("oggetto", ""), ("testo", "")]).await;
    assert_eq!(nobody, "/caselle/rossi%40pec.example?esito=errato");

    world.mail().put_message(&address(ANNA), b"From: a@b.example\r\nSubject: x\r\n\r\nx\r\n");
    let letter =
        json!({"to": "bob@posta.example", "subject": "ciao", "text": "vedi https://a.example/1 e https://a.example/2"});
    let path = url(&world, "/api/mailboxes/anna@posta.example/messages");
    let answer = browser().post(&path).json(&letter).send().await.unwrap();
    assert!(answer.json::<Value>().await.unwrap()["message_id"].is_string());
    let received = api(&world, "/api/mailboxes/bob@posta.example").await;
    assert_eq!(received["messages"][0]["links"], json!(["https://a.example/1", "https://a.example/2"]));
    assert_eq!(received["messages"][0]["kind"], "ordinary");
    let wrong = browser().post(&path).json(&json!({"to": "x", "subject": "", "text": ""})).send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn scripts_see_and_switch_boxes() {
    let world = world().await;
    let set = async |mailbox: &str, behaviour: &str| {
        let path = url(&world, &format!("/api/mailboxes/{mailbox}"));
        browser().post(path).json(&json!({"behaviour": behaviour})).send().await.unwrap().status()
    };
    assert_eq!(set("nuova@pec.example", "slow:90").await, StatusCode::NO_CONTENT);
    assert_eq!(set("nuova@pec.example", "asleep").await, StatusCode::BAD_REQUEST);
    assert_eq!(set("nessun-indirizzo", "full").await, StatusCode::BAD_REQUEST);
    let expected =
        json!({"address": "nuova@pec.example", "kind": "pec", "behaviour": "slow:90", "messages": 0, "unseen": 0});
    assert_eq!(api(&world, "/api/mailboxes").await["mailboxes"], json!([expected]));
    assert_eq!(world.mail().kind(&address("nuova@pec.example")), BoxKind::Pec);
    let unknown = browser().get(url(&world, "/api/mailboxes/altra@pec.example")).send().await.unwrap();
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn mail_servers_can_be_switched_off_and_on() {
    use tokio::io::AsyncReadExt as _;
    let world = world().await;
    let greeting = async || {
        let mut socket = tokio::net::TcpStream::connect(world.mail().smtp_addr()).await.unwrap();
        let mut text = [0; 3];
        socket.read_exact(&mut text).await.unwrap();
        String::from_utf8(text.to_vec()).unwrap()
    };
    assert_eq!(greeting().await, "220");
    submit(&world, "/caselle", &[("server", "spenti")]).await;
    assert_eq!(greeting().await, "421");
    submit(&world, "/caselle", &[("server", "accesi")]).await;
    assert_eq!(greeting().await, "220");
}

/// A creditor that offers a fee for every notice and counts the receipts that it gets.
async fn creditor(world: &World) -> (CreditorCode, Arc<Mutex<usize>>) {
    let code = CreditorCode::parse("01199250158").unwrap();
    let receipts = Arc::new(Mutex::new(0));
    let count = receipts.clone();
    let answer = async move |body: Bytes| {
        let response = match Request::parse(&body).unwrap() {
            Request::GetPayment(_) => Response::GetPayment(Ok(Box::new(payment(&body, code)))),
            Request::SendReceipt(_) => {
                *count.lock().unwrap() += 1;
                Response::SendReceipt(Ok(()))
            }
            other => panic!("{:?} was not expected", other.operation()),
        };
        ([("content-type", CONTENT_TYPE)], response.to_xml())
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let station = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let router = axum::Router::new().route("/", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    world.node().add_creditor(Creditor::direct(code, "Albo di esempio", station).unwrap());
    (code, receipts)
}

fn payment(body: &[u8], creditor: CreditorCode) -> Payment {
    let debtor = FiscalCode::parse("00743110157").unwrap();
    Payment::to_account(AccountPayment {
        reference: Request::parse(body).unwrap().notice().iuv(),
        amount: Amount::from_cents(123_450).unwrap(),
        due_date: date(2026, 12, 31),
        description: "Quota 2027",
        creditor,
        company_name: "Albo di esempio",
        iban: Iban::parse("IT60X0542811101000000123456").unwrap(),
        category: Code::parse("0101101IM").unwrap(),
        debtor: Subject::new(SubjectId::organisation(&debtor), "AUTOTRASPORTI ESEMPIO SRL"),
    })
}

#[tokio::test]
async fn receipts_are_late_pushed_and_repeated() {
    let world = world().await;
    let (creditor, receipts) = creditor(&world).await;
    let received = || *receipts.lock().unwrap();
    let notice = NoticeNumber::generate(SegregationCode::new(1).unwrap(), 42).unwrap();
    let report = world.node().pay(notice, creditor, Outcome::ReceiptInTwoHours).await;
    assert!(matches!(report.result, PaymentResult::Paid { .. }), "{report:?}");
    let id = report.receipt_id().unwrap().to_owned();
    world.tick().await;
    assert_eq!(received(), 0);

    let html = page(&world, "/pagamenti").await;
    assert!(html.contains("1.234,50\u{a0}€") && html.contains("parte 13/02/2026 11:00:00"), "{html}");
    assert!(page(&world, "/").await.contains("Ricevute in attesa: <strong>1</strong>"));
    submit(&world, "/pagamenti/ricevuta", &[("id", &id), ("volte", "1")]).await;
    assert_eq!(received(), 1);
    submit(&world, "/pagamenti/ricevuta", &[("id", &id), ("volte", "2")]).await;
    assert_eq!(received(), 3);
    assert!(page(&world, "/").await.contains("Ricevute in attesa: <strong>0</strong>"));
    submit(&world, "/orologio", &[("avanti", "7200"), ("da", "/pagamenti")]).await;
    assert_eq!(received(), 4, "and once by itself, when it is due");

    let listed = api(&world, "/api/payments").await["payments"][0].clone();
    assert_eq!(
        (listed["receipt"].as_str(), listed["sent"].as_u64(), listed["amount"].as_str()),
        (Some("delivered"), Some(4), Some("1234.50"))
    );
    let again = browser().post(url(&world, "/api/payments/receipt")).json(&json!({"receipt_id": id, "copies": 2}));
    assert_eq!(again.send().await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(received(), 6);
    for (id, copies) in [(id.as_str(), "0"), (id.as_str(), "99"), ("none", "1")] {
        assert_eq!(
            submit(&world, "/pagamenti/ricevuta", &[("id", id), ("volte", copies)]).await,
            "/pagamenti?esito=errato"
        );
    }
}

#[tokio::test]
async fn timers_deliver_without_being_asked() {
    let world = world().await;
    world.spawn_timers();
    world.mail().set_behaviour(&address(ROSSI), BoxBehaviour::Slow(jiff::SignedDuration::from_mins(10)));
    certified(&world, "lenta", "piano").await;
    world.clock().advance(jiff::SignedDuration::from_mins(11));
    for _ in 0..100 {
        if !world.mail().messages(&address(ROSSI)).is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the message never came");
}
