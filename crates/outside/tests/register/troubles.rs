//! Outages by timetable, mixtures of failures, the limits that answers carry, and legal representatives.

use std::time::Duration;

use jiff::SignedDuration;
use outside::register::{Outage, RegisterMode};
use registries::{Error, Stamp};
use serde_json::json;

use crate::set::{Set, client_with, code};

#[tokio::test]
async fn an_outage_comes_and_goes_by_the_clock() {
    let set = Set::new(100).await;
    let at = |seconds| set.now() + SignedDuration::from_secs(seconds);
    let told = Outage { from: at(60), until: at(120), retry_after: true };
    let silent = Outage { from: at(200), until: at(260), retry_after: false };
    set.register.control().set_outages(vec![told, silent]);
    set.ask(&[code(1)]).await.expect("not yet");
    set.move_on(70);
    let error = set.ask(&[code(1)]).await.unwrap_err();
    assert!(matches!(error, Error::Unavailable { status: Some(503), .. }), "{error:?}");
    assert_eq!(error.retry_after(), Some(SignedDuration::from_secs(50)));
    set.move_on(50);
    set.ask(&[code(1)]).await.expect("over");
    set.move_on(80);
    assert_eq!(set.ask(&[code(1)]).await.unwrap_err().retry_after(), None);
    assert_eq!(set.register.control().state().outages, [told, silent]);
}

#[tokio::test]
async fn a_mixture_fails_and_falls_silent() {
    let set = Set::new(100_000).await;
    set.ask(&[code(1)]).await.unwrap();
    let hasty = client_with(set.register.base_url(), &set.issued, "albo", Duration::from_millis(150));
    hasty.request_pec_list(&[code(1)], Stamp { now: set.now(), jti: "first" }).await.unwrap();
    set.register.control().set_mode(RegisterMode::Mixed { errors: 40, timeouts: 10 });
    let (mut broken, mut silent, mut answered) = (0, 0, 0);
    for _ in 0..60 {
        let stamp = set.jti();
        match hasty.request_pec_list(&[code(1)], Stamp { now: set.now(), jti: &stamp }).await {
            Ok(_) => answered += 1,
            Err(Error::Unavailable { status: Some(500), .. }) => broken += 1,
            Err(Error::TimedOut { .. }) => silent += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(broken > silent && silent > 0 && answered > 0, "{broken} {silent} {answered}");
}

#[tokio::test]
async fn every_answer_carries_the_limits() {
    let set = Set::new(3).await;
    let stamp = |jti: &'static str| Stamp { now: set.now(), jti };
    let first = set.client.request_pec_list(&[code(1)], stamp("a")).await.unwrap().quota;
    assert_eq!((first.limit, first.remaining, first.pause()), (Some(3), Some(2), None));
    set.move_on(20);
    let last = set.client.request_pec_list(&[code(1), code(2)], stamp("b")).await.unwrap().quota;
    assert_eq!((last.remaining, last.pause()), (Some(0), Some(SignedDuration::from_secs(40))));
}

#[tokio::test]
async fn who_represents_whom() {
    let set = Set::new(100).await;
    let person = italia::FiscalCode::parse("RSSMRA85T10A562S").unwrap();
    let mut firm = set.register.control().firms().into_iter().find(|firm| firm.code == code(7).as_str()).unwrap();
    firm.representatives = vec![person.as_str().to_owned()];
    set.register.control().put_firm(firm);
    let stamp = Stamp { now: set.now(), jti: "r" };
    let firms = set.client.represented_firms(&person, stamp).await.unwrap().value;
    assert_eq!(firms.iter().map(|firm| (firm.code, firm.name.as_str())).collect::<Vec<_>>(), [(code(7), "FIRM 7 SRL")]);
    assert!(set.client.represents(&person, &code(7), stamp).await.unwrap().value);
    assert!(!set.client.represents(&person, &code(8), stamp).await.unwrap().value);
    assert!(!set.client.represents(&code(7), &code(7), stamp).await.unwrap().value, "not even the firm itself");
}

#[tokio::test]
async fn outages_are_set_over_http_too() {
    let set = Set::new(100).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/control", set.register.base_url());
    let change = json!({"outages": [{"from": set.now(), "until": set.now() + SignedDuration::from_secs(5)}], "mode": "mixed:1,1"});
    let state: serde_json::Value = http.post(&url).json(&change).send().await.unwrap().json().await.unwrap();
    assert_eq!(
        (state["mode"].as_str(), state["outages"][0]["retry_after"].as_bool()),
        (Some("mixed:1,1"), Some(false))
    );
}
