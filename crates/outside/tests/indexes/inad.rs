//! Questions to the indexes, and every way in which they stay without answer.

use italia::EmailAddress;
use jiff::SignedDuration;
use outside::register::{Outcome, RegisterFirm, RegisterMode};
use registries::{Error, PecAnswer, PecEntry, PecMatch, Reply, RequestId, Source, compare};

use super::stage::{FULL, Habits, PLAIN, Stage, code};

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

#[tokio::test]
async fn the_answers_about_one_code() {
    let stage = Stage::new().await;
    let client = stage.client(FULL);
    stage.index().demand(true, true, true);
    let found = client.extract(&code(1), stage.stamp("a")).await.unwrap().value;
    assert_eq!(compare(&found, &address("FIRM1@pec.example")), PecMatch::Match);
    assert!(matches!(compare(&found, &address("other@pec.example")), PecMatch::AnotherAddress { .. }));
    let none = client.extract(&code(900), stage.stamp("b")).await.unwrap().value;
    assert_eq!(compare(&none, &address("firm1@pec.example")), PecMatch::NoEntry);
    let mut lawyer = RegisterFirm::new(code(901).as_str(), "BIANCHI", None);
    lawyer.professionals = vec!["avv.bianchi@pec.example".to_owned()];
    stage.index().put(lawyer);
    let lawyer = client.extract(&code(901), stage.stamp("c")).await.unwrap().value;
    assert_eq!(compare(&lawyer, &address("avv.bianchi@pec.example")), PecMatch::NoEntry);
    assert_eq!(lawyer.professionals, [address("avv.bianchi@pec.example")]);
}

#[tokio::test]
async fn whether_an_address_was_somebodys() {
    let stage = Stage::new().await;
    let client = stage.client(PLAIN);
    let since = "2026-01-01".parse().unwrap();
    let verify = async |code, text: &str, jti: &str| {
        client.verify(&code, &address(text), since, stage.stamp(jti)).await.unwrap().value
    };
    assert!(verify(code(1), "firm1@pec.example", "a").await);
    assert!(!verify(code(1), "firm2@pec.example", "b").await);
    assert!(!verify(code(900), "firm1@pec.example", "c").await);
}

#[tokio::test]
async fn a_list_is_asked_for_polled_and_fetched_after_a_restart() {
    let stage = Stage::new().await;
    stage.index().demand(true, true, true);
    stage.index().set_ready_after(SignedDuration::from_secs(60));
    let source = Source::from(stage.client(FULL));
    let asked = [code(1), code(2), code(900), code(2)];
    let Reply::Request(id) = source.ask(&asked, stage.stamp("a")).await.unwrap().value else { panic!("a list") };
    assert_eq!(source.poll(&id, stage.stamp("b")).await.unwrap().value, PecAnswer::Pending);
    stage.move_on(60).await;
    let kept = RequestId::parse(&id.to_string()).unwrap();
    let restarted = Source::from(stage.client(FULL));
    let PecAnswer::Ready(list) = restarted.poll(&kept, stage.stamp("c")).await.unwrap().value else { panic!("ready") };
    let answer = |code| compare(PecEntry::find(&list, &code).unwrap(), &address("firm1@pec.example"));
    assert_eq!(answer(code(1)), PecMatch::Match);
    assert!(matches!(answer(code(2)), PecMatch::AnotherAddress { .. }));
    assert_eq!(answer(code(900)), PecMatch::NoEntry, "named, without an address");
    stage.move_on(48 * 3600).await;
    let forgotten = restarted.poll(&kept, stage.stamp("d")).await.unwrap_err();
    assert!(matches!(&forgotten, Error::Rejected { status: 404, code: Some(c) } if c == "NOT_FOUND"), "{forgotten:?}");
}

#[tokio::test]
async fn one_code_is_answered_at_once_and_lists_have_a_size() {
    let stage = Stage::new().await;
    let source = Source::from(stage.client(PLAIN));
    assert_eq!(source.batch_limit(), 1_000);
    let Reply::Entries(entries) = source.ask(&[code(3)], stage.stamp("a")).await.unwrap().value else { panic!() };
    assert_eq!(entries[0].code, code(3));
    let many: Vec<_> = (0..1_001).map(code).collect();
    for codes in [&many[..0], &many] {
        let error = source.ask(codes, stage.stamp("b")).await.unwrap_err();
        assert!(matches!(error, Error::BatchSize { max: 1_000, .. }), "{error:?}");
    }
    assert!(matches!(source.ask(&many[..1_000], stage.stamp("c")).await.unwrap().value, Reply::Request(_)));
    let foreign = RequestId::parse("7").unwrap();
    assert!(matches!(source.poll(&foreign, stage.stamp("d")).await, Err(Error::ForeignRequest)));
}

#[tokio::test]
async fn every_mode_gives_its_own_error_and_none_is_an_absence() {
    let stage = Stage::new().await;
    let client = stage.client(Habits { hasty: true, ..PLAIN });
    client.extract(&code(1), stage.stamp("first")).await.unwrap();
    let ask = async |mode: &str| {
        stage.index().set_mode(mode.parse().unwrap());
        // A code that is not in the index, so that every slip would be a false "no entry".
        client.extract(&code(900), stage.stamp(&stage.jti())).await.map(|answer| answer.value)
    };
    let down = ask("down").await.unwrap_err();
    assert!(matches!(down, Error::Unavailable { status: Some(503), .. }), "{down:?}");
    assert_eq!(down.retry_after(), Some(SignedDuration::from_secs(120)));
    assert!(matches!(ask("failing:100").await, Err(Error::Unavailable { status: Some(500), .. })));
    assert!(matches!(ask("mixed:0,100").await, Err(Error::TimedOut { .. })));
    assert!(matches!(ask("slow:never").await, Err(Error::TimedOut { .. })));
    assert!(matches!(ask("garbled").await, Err(Error::Garbled { .. })));
    assert!(matches!(ask("page").await, Err(Error::Rejected { status: 404, .. })), "a gateway's 404 proves nothing");
    assert!(matches!(ask("refusing").await, Err(Error::Refused { status: 401, .. })));
    assert!(ask("normal").await.unwrap().firm_pec.is_none(), "and now it is said");
    let book = stage.index().book();
    assert_eq!(book.calls().filter(|call| call.outcome == Outcome::Failed).count(), 6 + 2, "refusing is asked twice");
}

#[tokio::test]
async fn inipec_says_what_it_has() {
    let stage = Stage::new().await;
    let source = Source::from(stage.inipec());
    assert_eq!(source.batch_limit(), 1);
    let ask = async |number| {
        let reply = source.ask(&[code(number)], stage.stamp(&stage.jti())).await.unwrap().value;
        let Reply::Entries(entries) = reply else { panic!("entries") };
        compare(&entries[0], &address("firm1@pec.example"))
    };
    assert_eq!(ask(1).await, PecMatch::Match);
    assert!(matches!(ask(2).await, PecMatch::AnotherAddress { .. }));
    assert_eq!(ask(900).await, PecMatch::NoEntry);
    let two = source.ask(&[code(1), code(2)], stage.stamp("x")).await.unwrap_err();
    assert!(matches!(two, Error::BatchSize { asked: 2, max: 1 }), "{two:?}");
    stage.index().set_mode(RegisterMode::Page);
    let page = source.ask(&[code(900)], stage.stamp("y")).await.unwrap_err();
    assert!(matches!(page, Error::Rejected { status: 404, .. }), "{page:?}");
}

#[tokio::test]
async fn control_over_http() {
    let stage = Stage::new().await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let change = serde_json::json!({"mode": "slow:5", "evidence": true, "ready_after_seconds": 9,
        "entries": [{"code": code(77).as_str(), "name": "NUOVA", "pec": "nuova@pec.example"}]});
    let url = format!("{}/control", stage.index().base_url());
    let state: serde_json::Value = http.post(&url).json(&change).send().await.unwrap().json().await.unwrap();
    assert_eq!((state["mode"].as_str(), state["evidence"].as_bool()), (Some("slow:5"), Some(true)));
    assert_eq!(state["entries"].as_array().unwrap().len(), 21);
    let url = format!("{}pdnd/control", stage.world.url());
    let change = serde_json::json!({"nonces": true, "voucher_seconds": 60, "mode": "down"});
    let state: serde_json::Value = http.post(&url).json(&change).send().await.unwrap().json().await.unwrap();
    assert_eq!((state["nonces"].as_bool(), state["clients"][0].as_str()), (Some(true), Some("albo")));
}
