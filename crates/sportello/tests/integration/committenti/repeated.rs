//! Requests that come more than once.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use sportello_core::committenti::idempotency::{self, Claim};
use testkit::{Committente, Reply};

use crate::on_every_engine;

const QUESTION: &str = "{\"tax_code\":\"00001015015\"}";

async fn post(committente: &Committente<'_>, key: &str, body: &str) -> Reply {
    committente.calls(Method::POST, "/queries", &[("idempotency-key", key)], Some(body)).await
}

on_every_engine! {
    async fn the_same_key_gets_the_same_answer(stage) {
        let committente = stage.committente().await;
        let first = post(&committente, "\"one\"", QUESTION).await;
        stage.passes(SignedDuration::from_hours(1)).await;
        let again = post(&committente, "one", QUESTION).await;
        assert_eq!((first.status, &first.bytes, first.header("location")), (again.status, &again.bytes, again.header("location")));
        assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
        let list = committente.gets("/queries").await.body;
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
        let other = post(&committente, "one", "{\"tax_code\":\"00001385020\"}").await;
        assert_eq!((other.status.as_u16(), other.body["type"].as_str().unwrap().rsplit('/').next()), (422, Some("idempotency-reused")));
        stage.passes(SignedDuration::from_hours(24)).await;
        assert_ne!(post(&committente, "one", QUESTION).await.body["id"], first.body["id"], "kept for 24 hours");
    }

    async fn keys_of_others_are_others(stage) {
        let (one, other) = (stage.committente().await, stage.committente_within(100).await);
        let first = post(&one, "k", QUESTION).await;
        assert_ne!(post(&other, "k", QUESTION).await.body["id"], first.body["id"]);
    }

    async fn an_error_is_an_answer_too(stage) {
        let committente = stage.committente().await;
        let wrong = post(&committente, "w", "{\"tax_code\":\"x\"}").await;
        let again = post(&committente, "w", "{\"tax_code\":\"x\"}").await;
        assert_eq!((wrong.status.as_u16(), again.status.as_u16()), (422, 422));
        assert_eq!(wrong.bytes, again.bytes);
    }

    async fn a_request_under_way_is_told_so_and_one_that_crashed_makes_nothing_twice(stage) {
        let committente = stage.committente().await;
        let (cx, id) = (stage.cx(), committente.id);
        // What the first one left behind: a claim, and perhaps the question that was made under it.
        let same = [b"POST".as_slice(), b"/api/v1/queries", QUESTION.as_bytes()].map(<[u8]>::to_vec);
        let print = idempotency::fingerprint(&same);
        let Claim::Mine(claim) = idempotency::claim(&cx, id, "c", &print).await.unwrap() else { panic!("free") };
        assert!(matches!(idempotency::claim(&cx, id, "c", &print).await.unwrap(), Claim::UnderWay));
        stage.passes(SignedDuration::from_mins(2)).await;
        let Claim::Mine(second) = idempotency::claim(&cx, id, "c", &print).await.unwrap() else { panic!("given up") };
        assert_eq!(claim, second, "what is made has the same id");
        let code = italia("00001015015");
        let known = sportello_core::committenti::authenticate(&cx, &sportello_core::Secret::new(&committente.key)).await.unwrap().unwrap();
        let cx = cx.acting_as(sportello_core::access::Actor::Committente { id, key: known.key_id });
        for _ in 0..2 {
            let (query, _) = desk_dues::regularity::ask(&cx, desk_dues::regularity::QueryId(claim), &code, false).await.unwrap();
            assert_eq!(query.id.0, claim);
        }
        assert_eq!(committente.gets("/queries").await.body["items"].as_array().unwrap().len(), 1);
    }

    async fn many_at_once_make_one(stage) {
        let committente = stage.committente().await;
        let all = futures_util::future::join_all((0..8).map(|_| post(&committente, "at-once", QUESTION))).await;
        assert!(all.iter().all(|r| [201, 409].contains(&r.status.as_u16())), "{all:?}");
        assert!(all.iter().any(|r| r.status == 201));
        assert_eq!(committente.gets("/queries").await.body["items"].as_array().unwrap().len(), 1);
        let bulk = json!({ "tax_codes": ["00001015015"] }).to_string();
        let twice = || committente.calls(Method::POST, "/bulk-queries", &[("idempotency-key", "b")], Some(&bulk));
        assert_eq!(twice().await.body["id"], twice().await.body["id"]);
    }
}

fn italia(code: &str) -> italia::FiscalCode {
    italia::FiscalCode::parse(code).unwrap()
}
