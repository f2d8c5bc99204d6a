//! Questions and answers, one at a time and many.

use desk_dues::import::{self, ImportKind};
use jiff::SignedDuration;
use outside::register::{Question, RegisterMode};
use serde_json::{Value, json};
use sportello_core::registry::{self, Change, Mode, QueueLane};
use testkit::Stage;

use crate::on_every_engine;

const ESEMPIO: &str = "00001015015";

on_every_engine! {
    // req: A-67, F-03
    async fn regularity_follows_the_roll_and_the_fee(stage) {
        let committente = stage.committente().await;
        let asked = committente.asks(ESEMPIO).await;
        assert_eq!(asked.status, 201, "{}", asked.body);
        let answer = &asked.body["answer"];
        assert_eq!((&answer["verdict"], &answer["fees"][0]["state"]), (&json!("regular"), &json!("not_yet_due")));
        assert_eq!(answer["fees"][0]["due"], "2017-02-28", "with the extension");
        assert_eq!(answer["firm"]["albo_number"], "RM/0001234/A");
        stage.passes(SignedDuration::from_hours(24 * 9)).await;
        let late = committente.asks(ESEMPIO).await;
        assert_eq!((&late.body["answer"]["verdict"], &late.body["answer"]["reasons"]), (&json!("not_regular"), &json!(["fee_unpaid"])));
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        firm.pays_online().await;
        stage.settle().await;
        let paid = committente.asks(ESEMPIO).await;
        assert_eq!((&paid.body["answer"]["verdict"], &paid.body["answer"]["fees"][0]["state"]), (&json!("regular"), &json!("paid")));
        let before = committente.gets(&format!("/queries/{}", late.body["id"].as_str().unwrap())).await;
        assert_eq!(before.body["answer"]["verdict"], "not_regular", "an answer is never changed");
    }

    // req: A-67, F-03
    async fn a_suspended_firm_is_not_regular_and_everybody_sees_since_when(stage) {
        let file = "codice_fiscale;numero_albo;denominazione;indirizzo;iscritta_dal;cancellata_dal;sospesa_dal;sospesa_al\n\
                    00001015015;RM/0001234/A;Autotrasporti Esempio S.r.l.;;2004-06-23;;2017-02-01;2017-02-24\n";
        let cx = stage.cx();
        let preview = import::preview(&cx, ImportKind::Firms, None, "albo.csv", file.into()).await.unwrap();
        import::apply(&cx, preview.id).await.unwrap();
        let committente = stage.committente().await;
        let asked = committente.asks(ESEMPIO).await;
        let answer = &asked.body["answer"];
        assert_eq!((&answer["verdict"], &answer["reasons"]), (&json!("not_regular"), &json!(["suspended"])));
        let days = json!({ "from": "2017-02-01", "until": "2017-02-24" });
        assert_eq!((&answer["registration"]["registered"], &answer["registration"]["suspended"]), (&json!(true), &days));
        let statement = committente.gets(&format!("/queries/{}/statement", asked.body["id"].as_str().unwrap())).await;
        let page = stage.visitor().open(statement.body["verification"].as_str().unwrap()).await.text();
        assert!(page.contains("sospesa dall’Albo") && page.contains("Sospesa dal 1 febbraio 2017 al 24 febbraio 2017"), "{page}");
        let operator = stage.operator("second-level").await;
        let page = operator.browser.get(&format!("/ufficio/imprese/{}", stage.firm("Autotrasporti Esempio").await.record.id)).await.text();
        assert!(page.contains("Sospesa dal"), "{page}");
        stage.passes(SignedDuration::from_hours(24 * 5)).await;
        assert_eq!(committente.asks(ESEMPIO).await.body["answer"]["verdict"], "regular", "it has ended");
    }

    // req
    async fn whoever_wants_a_fresh_answer_waits_for_the_register_in_a_line_of_its_own(stage) {
        let committente = stage.committente().await;
        let at_once = committente.asks(ESEMPIO).await;
        assert_eq!(at_once.body["answer"]["certified_address"]["state"], "not_answered", "{}", at_once.body);
        let asked = committente.posts("/queries", &json!({ "tax_code": ESEMPIO, "fresh": true })).await;
        assert_eq!(asked.status, 202, "{}", asked.body);
        assert!(asked.header("retry-after").parse::<u32>().unwrap() >= 10);
        let waiting = registry::gauge(&stage.cx()).await.unwrap();
        let lane = waiting.pace.lanes.iter().find(|l| l.lane == QueueLane::ThirdParty).unwrap();
        assert_eq!(lane.waiting, 1, "both questions are one");
        stage.settle().await;
        let answered = committente.gets(&format!("/queries/{}", asked.body["id"].as_str().unwrap())).await;
        assert_eq!((answered.status.as_u16(), &answered.body["answer"]["certified_address"]["state"]), (200, &json!("on_file")));
        stage.world.register().control().set_mode(RegisterMode::Down);
        let later = committente.asks(ESEMPIO).await;
        assert_eq!(later.body["answer"]["certified_address"]["state"], "on_file", "the last good answer serves");
        let asked = stage.world.register().control().book().calls().filter(|c| c.question == Question::PecList).count();
        assert_eq!(asked, 1);
    }

    // req: F-03
    async fn an_unknown_firm_is_not_registered_whatever_it_is(stage) {
        let committente = stage.committente().await;
        for code in ["00743110157", "SMPGLI80A41H501L"] {
            let answer = committente.gets(&format!("/firms/{code}/regularity")).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            assert_eq!((&answer.body["answer"]["reasons"], &answer.body["answer"]["firm"]), (&json!(["not_registered"]), &Value::Null));
        }
    }

    async fn no_answer_holds_an_address_or_an_amount(stage) {
        let firm = stage.firm("Autotrasporti Esempio").await;
        firm.is_a_full_member().await;
        let committente = stage.committente().await;
        let text = committente.asks(ESEMPIO).await.body.to_string();
        for secret in [firm.pec(), firm.record.address.as_str(), "66.15", "66,15", "GA350AA"] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }

    async fn a_committente_sees_its_own_questions_only(stage) {
        let (one, other) = (stage.committente().await, stage.committente_within(100).await);
        let id = one.asks(ESEMPIO).await.body["id"].as_str().unwrap().to_owned();
        assert_eq!(one.gets(&format!("/queries/{id}")).await.status, 200);
        for path in [format!("/queries/{id}"), format!("/queries/{id}/statement")] {
            assert_eq!(other.gets(&path).await.status, 404, "{path}");
        }
        assert_eq!(other.gets("/queries").await.body["items"], json!([]));
    }

    async fn a_list_comes_in_pages_that_nothing_new_disturbs(stage) {
        let committente = stage.committente().await;
        let mut asked = Vec::new();
        for _ in 0..5 {
            asked.insert(0, committente.asks(ESEMPIO).await.body["id"].clone());
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = committente.gets(&format!("/queries?limit=2&cursor={cursor}")).await.body;
            seen.extend(page["items"].as_array().unwrap().iter().map(|q| q["id"].clone()));
            committente.asks(ESEMPIO).await;
            match page["next"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(seen, asked);
    }

    // req: A-67
    async fn a_bulk_reports_what_is_wrong_by_item_and_answers_the_rest(stage) {
        let committente = stage.committente().await;
        let codes = json!({ "tax_codes": [ESEMPIO, "nonsense", "00001385020", "0000 1015 015", "00743110157"] });
        let taken = committente.posts("/bulk-queries", &codes).await;
        assert_eq!((taken.status.as_u16(), &taken.body["state"]), (202, &json!("running")), "{}", taken.body);
        let id = taken.body["id"].as_str().unwrap().to_owned();
        stage.settle().await;
        let done = committente.gets(&format!("/bulk-queries/{id}")).await.body;
        assert_eq!((&done["state"], &done["answered"], &done["refused"]), (&json!("finished"), &json!(3), &json!(2)));
        let first = committente.gets(&format!("/bulk-queries/{id}/items?limit=2")).await.body;
        let rest = committente.gets(&format!("/bulk-queries/{id}/items?cursor={}", first["next"].as_str().unwrap())).await.body;
        let items: Vec<&Value> = first["items"].as_array().unwrap().iter().chain(rest["items"].as_array().unwrap()).collect();
        let reasons: Vec<&Value> = items.iter().map(|i| &i["reason"]).collect();
        assert_eq!(reasons, [&Value::Null, &json!("length"), &Value::Null, &json!("duplicate"), &Value::Null]);
        assert_eq!(items[4]["answer"]["reasons"], json!(["not_registered"]));
        let statement = committente.gets(&format!("/queries/{}/statement", items[0]["query"].as_str().unwrap())).await;
        assert_eq!(statement.status, 200, "items have statements too");
        let usage = committente.gets("/account").await.body["usage"][0]["queries"].clone();
        assert_eq!(usage, json!(5));
    }

    async fn a_bulk_has_limits(stage) {
        let committente = stage.committente().await;
        let many: Vec<String> = (0..1001).map(|n| n.to_string()).collect();
        for codes in [json!([]), json!(many)] {
            assert_eq!(committente.posts("/bulk-queries", &json!({ "tax_codes": codes })).await.status, 422);
        }
        for _ in 0..4 {
            assert_eq!(committente.posts("/bulk-queries", &json!({ "tax_codes": [ESEMPIO] })).await.status, 202);
        }
        let refused = committente.posts("/bulk-queries", &json!({ "tax_codes": [ESEMPIO] })).await;
        assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "30"));
        stage.settle().await;
        assert_eq!(committente.posts("/bulk-queries", &json!({ "tax_codes": many[..1000] })).await.status, 202);
    }
}

// req: A-68, F-39
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_is_full_says_when_to_come_back_and_takes_whoever_is_asked_for_already() {
    for engine in testkit::databases() {
        let stage = Stage::with_room_for(engine, 2).await;
        let committente = stage.committente().await;
        registry::change(&stage.cx(), Change::Mode(Mode::Paused)).await.unwrap();
        let fresh = async |code: &str| committente.posts("/queries", &json!({ "tax_code": code, "fresh": true })).await;
        assert_eq!(fresh(ESEMPIO).await.status, 202);
        assert_eq!(fresh("00743110157").await.status, 202);
        let refused = fresh("SMPGLI80A41H501L").await;
        assert_eq!(refused.status, 429, "{}", refused.body);
        assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 10);
        assert_eq!(fresh(ESEMPIO).await.status, 202, "nothing more has to be asked for this one");
        let content = committente.asks("SMPGLI80A41H501L").await;
        assert_eq!(
            (content.status.as_u16(), &content.body["answer"]["certified_address"]["state"]),
            (201, &json!("not_asked")),
            "{}",
            content.body
        );
        let firm = stage.firm("Autotrasporti Esempio").await;
        assert!(
            firm.registers_with_pec(firm.pec()).await.status.is_success(),
            "people at a page have a line of their own"
        );
    }
}
