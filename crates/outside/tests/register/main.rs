//! The business register in a box, asked by the product's own client over HTTP.
// req: F-01 F-02 A-18 A-20
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod set;
mod troubles;

use std::sync::Arc;
use std::time::Duration;

use italia::FiscalCode;
use jiff::{SignedDuration, Timestamp};
use outside::register::{Outcome, RegisterMode, WINDOW};
use registries::{BusinessRegister, Config, Credential, Error, PecAnswer, PecMatch, Stamp, compare};
use serde_json::{Value, json};
use set::{Set, address, client, client_with, code};

#[tokio::test]
async fn the_three_answers_over_the_wire() {
    let set = Set::new(100).await;
    set.register.control().set_pec(code(2).as_str(), None);
    assert_eq!(compare(&set.look_up(code(1)).await, &address("FIRM1@pec.example")), PecMatch::Match);
    assert_eq!(compare(&set.look_up(code(2)).await, &address("firm2@pec.example")), PecMatch::NoEntry);
    let other = compare(&set.look_up(code(3)).await, &address("firm1@pec.example"));
    assert!(matches!(other, PecMatch::AnotherAddress { .. }), "{other:?}");
    assert!(set.register.control().set_pec(code(3).as_str(), Some("firm1@pec.example".into())));
    assert_eq!(compare(&set.look_up(code(3)).await, &address("firm1@pec.example")), PecMatch::Match);
    assert!(!set.register.control().set_pec("00000000000", None), "nobody on file");
}

#[tokio::test]
async fn a_code_that_is_not_on_file_is_left_out() {
    let set = Set::new(100).await;
    let id = set.ask(&[code(1), code(9_000)]).await.unwrap();
    let PecAnswer::Ready(list) = set.fetch(&id).await.unwrap() else { panic!() };
    assert_eq!(list.iter().map(|e| e.code).collect::<Vec<_>>(), [code(1)]);
}

#[tokio::test]
async fn seats() {
    let set = Set::new(100).await;
    let stamp = Stamp { now: set.now(), jti: "s1" };
    let seat = set.client.seat(&code(5), stamp).await.unwrap().value.unwrap();
    assert_eq!((seat.name.as_deref(), seat.municipality.as_deref()), (Some("FIRM 5 SRL"), Some("MILANO")));
    assert_eq!(seat.street, None, "empty is absent");
    assert_eq!(set.client.seat(&code(9_000), stamp).await.unwrap().value, None);
}

#[tokio::test]
async fn lists_take_their_time() {
    let set = Set::new(100).await;
    set.register.control().set_ready_after(2, SignedDuration::from_secs(30));
    let id = set.ask(&[code(1)]).await.unwrap();
    assert_eq!(set.register.control().gauge().waiting, 1);
    for _ in 0..4 {
        assert_eq!(set.fetch(&id).await.unwrap(), PecAnswer::Pending, "polls alone do not make it ready");
    }
    set.move_on(30);
    assert!(matches!(set.fetch(&id).await.unwrap(), PecAnswer::Ready(_)));
    assert_eq!(set.register.control().gauge().waiting, 0);
    assert!(matches!(set.fetch(&id).await.unwrap(), PecAnswer::Ready(_)), "fetched again");
    set.move_on(48 * 3600);
    let forgotten = set.fetch(&id).await.unwrap_err();
    assert!(matches!(forgotten, Error::Rejected { status: 404, .. }), "{forgotten:?}");
}

#[tokio::test]
async fn the_allowance_slides() {
    let set = Set::new(10).await;
    let codes: Vec<_> = (0..10).map(code).collect();
    set.ask(&codes[..6]).await.unwrap();
    set.move_on(20);
    set.ask(&codes[..4]).await.unwrap();
    let Err(Error::Throttled { retry_after, quota }) = set.ask(&codes[..1]).await else { panic!("over the allowance") };
    assert_eq!(retry_after, Some(SignedDuration::from_secs(40)));
    assert_eq!((quota.limit, quota.remaining, quota.reset), (Some(10), Some(0), Some(SignedDuration::from_secs(40))));
    set.move_on(39);
    assert!(matches!(set.ask(&codes[..1]).await, Err(Error::Throttled { .. })), "a second too early");
    set.move_on(1);
    set.ask(&codes[..6]).await.expect("whoever waits as told is answered");
    assert!(matches!(set.ask(&codes[..1]).await, Err(Error::Throttled { .. })));

    let control = set.register.control();
    assert_eq!(control.book().max_answered_in_any_window(WINDOW), 10);
    assert_eq!(control.book().max_in_any_window(WINDOW), 13, "what was asked for and turned away is seen too");
    assert_eq!(control.gauge().per_minute, 10);
    assert_eq!(control.gauge().refused, 3);
    control.set_per_minute(100);
    set.ask(&codes).await.expect("the rate can be changed while it runs");
}

#[tokio::test]
async fn polls_and_tokens_cost_nothing() {
    let set = Set::new(1).await;
    let id = set.ask(&[code(1)]).await.unwrap();
    for _ in 0..5 {
        set.fetch(&id).await.unwrap();
    }
    assert_eq!(set.register.control().gauge().per_minute, 1);
}

#[tokio::test]
async fn a_list_larger_than_the_allowance_is_told_so() {
    let set = Set::new(10).await;
    let codes: Vec<_> = (0..11).map(code).collect();
    let error = set.ask(&codes).await.unwrap_err();
    assert!(matches!(error, Error::Rejected { status: 400, .. }), "waiting would not help: {error:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_allowance_holds_under_a_rush() {
    let set = Arc::new(Set::new(60).await);
    let rush = (0..200).map(|i| {
        let set = set.clone();
        tokio::spawn(async move { set.ask(&[code(i % 250)]).await.is_ok() })
    });
    let mut answered = 0;
    for call in rush.collect::<Vec<_>>() {
        answered += usize::from(call.await.unwrap());
    }
    assert_eq!(answered, 60);
    let book = set.register.control().book();
    assert_eq!((book.max_answered_in_any_window(WINDOW), book.max_in_any_window(WINDOW)), (60, 200));
    assert_eq!(book.calls().filter(|call| call.outcome == Outcome::Throttled).count(), 140);
}

#[tokio::test]
async fn every_mode_gives_its_own_error_and_normal_heals_it() {
    let set = Set::new(100).await;
    set.ask(&[code(1)]).await.unwrap();
    let control = set.register.control();
    let ask = async |mode: RegisterMode| {
        control.set_mode(mode);
        set.ask(&[code(1)]).await
    };
    let down = ask(RegisterMode::Down).await.unwrap_err();
    assert!(matches!(down, Error::Unavailable { status: Some(503), .. }), "{down:?}");
    assert_eq!(down.retry_after(), Some(SignedDuration::from_secs(120)));
    let failing = ask(RegisterMode::Failing { percent: 100 }).await.unwrap_err();
    assert!(matches!(failing, Error::Unavailable { status: Some(500), retry_after: None, .. }), "{failing:?}");
    ask(RegisterMode::Failing { percent: 0 }).await.unwrap();
    for spoilt in [RegisterMode::Garbled, RegisterMode::Page] {
        let garbled = ask(spoilt).await.unwrap_err();
        assert!(matches!(garbled, Error::Garbled { .. }), "{garbled:?}");
    }
    let hasty = client_with(set.register.base_url(), &set.issued, "albo", Duration::from_millis(500));
    for delay_ms in [None, Some(60_000)] {
        control.set_mode(RegisterMode::Slow { delay_ms });
        let error = hasty.request_pec_list(&[code(1)], Stamp { now: set.now(), jti: &set.jti() }).await.unwrap_err();
        assert!(matches!(error, Error::TimedOut { .. }), "{delay_ms:?}: {error:?}");
    }
    ask(RegisterMode::Slow { delay_ms: Some(20) }).await.unwrap();
    let refusing = ask(RegisterMode::Refusing).await.unwrap_err();
    assert!(matches!(refusing, Error::Refused { status: 401, .. }), "{refusing:?}");
    ask(RegisterMode::Normal).await.unwrap();
}

#[tokio::test]
async fn failing_fails_about_so_often() {
    let set = Set::new(100_000).await;
    set.ask(&[code(1)]).await.unwrap();
    set.register.control().set_mode(RegisterMode::Failing { percent: 30 });
    let mut failed = 0;
    for _ in 0..200 {
        failed += usize::from(set.ask(&[code(1)]).await.is_err());
    }
    assert!((35..=90).contains(&failed), "{failed} of 200");
}

#[tokio::test]
async fn wrong_for_is_wrong_for_one() {
    let set = Set::new(100).await;
    set.register.control().set_mode(RegisterMode::WrongFor { code: code(1).as_str().to_owned() });
    let wrong = compare(&set.look_up(code(1)).await, &address("firm1@pec.example"));
    assert!(matches!(wrong, PecMatch::AnotherAddress { .. }), "{wrong:?}");
    assert_eq!(compare(&set.look_up(code(2)).await, &address("firm2@pec.example")), PecMatch::Match);
}

#[tokio::test]
async fn tokens_expire_on_the_worlds_clock() {
    let set = Set::new(100).await;
    let id = set.ask(&[code(1)]).await.unwrap();
    set.move_on(24 * 3600);
    set.fetch(&id).await.expect("the client asks for another token");
    set.register.remove_client("albo");
    let error = set.fetch(&id).await.unwrap_err();
    assert!(matches!(error, Error::Refused { status: 401, .. }), "{error:?}");
    set.register.enrol_client("albo", &set.issued.certificate_pem).unwrap();
    set.fetch(&id).await.unwrap();
}

#[tokio::test]
async fn strangers_and_forgers_stay_outside() {
    let set = Set::new(100).await;
    let base = set.register.base_url().to_owned();
    let refused = async |client: BusinessRegister, now: Timestamp, jti: &str| {
        let error = client.request_pec_list(&[code(1)], Stamp { now, jti }).await.unwrap_err();
        let Error::Refused { status: 401, reason } = error else { panic!("refused was expected, not {error:?}") };
        reason
    };
    let stranger = Set::new(1).await;
    let unknown = "no client with this name and certificate is registered";
    assert_eq!(refused(client(&base, &stranger.issued, "albo"), set.now(), "a").await, unknown);
    assert_eq!(refused(client(&base, &set.issued, "other"), set.now(), "b").await, unknown);

    let fresh = || client(&base, &set.issued, "albo");
    let shift = |seconds| set.now() + SignedDuration::from_secs(seconds);
    assert_eq!(refused(fresh(), shift(-361), "c").await, "the statement has expired");
    assert_eq!(refused(fresh(), shift(3_600), "d").await, "the statement lasts too long");
    fresh().request_pec_list(&[code(1)], Stamp { now: set.now(), jti: "e" }).await.unwrap();
    assert_eq!(refused(fresh(), set.now(), "e").await, "this jti was used before");

    let mut config = Config::new(base.parse().unwrap(), "albo");
    config.audience = "https://elsewhere.example".to_owned();
    let credential = Credential::from_pem(&set.issued.key_pem, &set.issued.certificate_pem).unwrap();
    let elsewhere = BusinessRegister::new(config, credential).unwrap();
    assert_eq!(refused(elsewhere, set.now(), "f").await, "aud is not this register");

    set.move_on(11 * 365 * 24 * 3600);
    assert_eq!(refused(fresh(), set.now(), "g").await, "the certificate is not valid at this time");
}

#[tokio::test]
async fn a_statement_with_another_signature_is_refused() {
    let set = Set::new(100).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/authentication", set.register.base_url());
    let post = async |statement: String| {
        let answer = http.post(&url).body(statement).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        answer.json::<Value>().await.unwrap()["message"].as_str().unwrap().to_owned()
    };
    let part = |value: Value| {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string())
    };
    let certificate: String = set.issued.certificate_pem.lines().filter(|line| !line.starts_with('-')).collect();
    let at = set.now().as_second();
    let claims = json!({"aud": set.register.base_url(), "iss": "albo", "sub": "albo", "jti": "x", "exp": at + 60, "scope": "pec-pa"});
    let header = |alg: &str| json!({"typ": "JWT", "alg": alg, "x5c": [certificate], "use": "sig"});
    let forged = format!("{}.{}.{}", part(header("RS256")), part(claims.clone()), part(json!("forged")));
    assert_eq!(post(forged).await, "the signature does not verify");
    let unsigned = format!("{}.{}.", part(header("none")), part(claims));
    assert_eq!(post(unsigned).await, "alg must be RS256");
    assert_eq!(post("hello".into()).await, "not a compact JWS");
}

#[tokio::test]
async fn calls_without_a_good_token_are_refused_and_written_down() {
    let set = Set::new(100).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let base = set.register.base_url().to_owned();
    for token in [None, Some("x"), Some("a.b.c")] {
        let mut request = http.post(format!("{base}/richiestaElencoPec")).header("scope", "pec-pa");
        request = request.json(&json!({"dataOraRichiesta": "now", "elencoCf": [{"cf": code(1).as_str()}]}));
        let request = if let Some(token) = token { request.bearer_auth(token) } else { request };
        assert_eq!(request.send().await.unwrap().status(), 401);
    }
    let book = set.register.control().book();
    assert_eq!(book.calls().filter(|call| call.outcome == Outcome::Refused && call.codes.len() == 1).count(), 3);
    assert_eq!(set.register.control().gauge().per_minute, 0, "a refused call uses nothing up");
}

#[tokio::test]
async fn control_over_http() {
    let set = Set::new(100).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/control", set.register.base_url());
    let change = json!({"mode": "slow:5", "per_minute": 3, "ready_after_polls": 1, "ready_after_seconds": 4,
        "pecs": [{"code": code(1).as_str(), "pec": "new@pec.example"}],
        "firms": [{"code": code(300).as_str(), "name": "NUOVA SRL", "pec": null}]});
    let state: Value = http.post(&url).json(&change).send().await.unwrap().json().await.unwrap();
    assert_eq!((state["mode"].as_str(), state["gauge"]["limit"].as_u64()), (Some("slow:5"), Some(3)));
    let again: Value = http.get(&url).send().await.unwrap().json().await.unwrap();
    assert_eq!(again, state);
    assert_eq!(again["firms"].as_array().unwrap().len(), 251);
    let pec = |code: FiscalCode| {
        again["firms"].as_array().unwrap().iter().find(|f| f["code"] == code.as_str()).unwrap()["pec"].clone()
    };
    assert_eq!((pec(code(1)), pec(code(300))), (json!("new@pec.example"), Value::Null));
    for wrong in [json!({"mode": "sleepy"}), json!({"moode": "down"})] {
        assert_eq!(http.post(&url).json(&wrong).send().await.unwrap().status(), 422);
    }
    let healed: Value = http.post(&url).json(&json!({"mode": "normal"})).send().await.unwrap().json().await.unwrap();
    assert_eq!((healed["mode"].as_str(), healed["gauge"]["limit"].as_u64()), (Some("normal"), Some(3)));
}
