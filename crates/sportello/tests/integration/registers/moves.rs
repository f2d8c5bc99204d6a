//! A body that names another source: whoever waits goes along.

use std::collections::BTreeSet;

use desk_dues::regularity::{self, QueryId};
use jiff::SignedDuration;
use sportello_core::access::{Actor, Operation};
use sportello_core::committenti::KeyId;
use sportello_core::people::FirmId;
use sportello_core::registry::{self, Answer, Change, Mode, QueueLane};
use store::{Sql, args};
use testkit::Stage;

use super::{answer, asked, asks, changes, firms, pec, wishes};

/// Questions that wait at a source, whoever asks it.
async fn questions_at(stage: &Stage, source: &str) -> i64 {
    let count = Sql::new("SELECT count(*) AS n FROM register_questions WHERE source = $1");
    stage.database.db.fetch_one(count, args![source]).await.unwrap().get("n").unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_changes_its_register_takes_along_who_waits_in_their_order() {
    for engine in testkit::databases() {
        let mut stage = Stage::of_2017(engine).await;
        let codes = firms(&stage, 230);
        let known = asks(&stage, &codes[0], &pec(0)).await;
        stage.settle().await;
        assert_eq!(answer(&stage, known).await, Answer::Match);
        stage.passes(SignedDuration::from_secs(61)).await;
        let before = asked(&stage).len();
        changes(&stage, Change::Mode(Mode::Paused)).await;
        let mut mine = Vec::new();
        for (code, n) in codes[1..220].iter().zip(1..) {
            mine.push(asks(&stage, code, &pec(n)).await);
        }
        let twice = asks(&stage, &codes[7], &pec(9)).await;
        wishes(&stage, &codes[225], QueueLane::ThirdParty).await;
        stage.asks_another_source("shared").await;
        stage.settle().await;
        assert_eq!(questions_at(&stage, &registry::own_name("albo")).await, 0, "nothing waits where nobody asks");
        for _ in 0..4 {
            stage.passes(SignedDuration::from_secs(61)).await;
        }
        for id in &mine {
            assert_eq!(answer(&stage, *id).await, Answer::Match);
        }
        assert!(matches!(answer(&stage, twice).await, Answer::AnotherAddress { .. }));
        // What is asked at the same moment, in several lists, has no order.
        let minutes = |all: &mut dyn Iterator<Item = String>| {
            let all: Vec<String> = all.collect();
            all.chunks(60).map(|minute| minute.iter().cloned().collect()).collect::<Vec<BTreeSet<_>>>()
        };
        let expected = minutes(&mut codes[1..220].iter().map(|code| code.as_str().to_owned()));
        assert_eq!(minutes(&mut asked(&stage).drain(before..)), expected);
        assert_eq!(registry::gauge(&stage.cx()).await.unwrap().waiting(), 0);
        // Somebody asks there about the firm that the first source has named; it is asked no more, and said so at once.
        changes(&stage, Change::Mode(Mode::Paused)).await;
        let known = asks(&stage, &codes[0], &pec(0)).await;
        let calls = asked(&stage).len();
        stage.asks_another_source(&registry::own_name("albo")).await;
        changes(&stage, Change::Mode(Mode::Open)).await;
        stage.settle().await;
        assert_eq!((answer(&stage, known).await, asked(&stage).len()), (Answer::Match, calls));
        assert_eq!(registry::gauge(&stage.cx()).await.unwrap().waiting(), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_with_the_older_configuration_moves_nobody_back() {
    for engine in testkit::databases() {
        let mut stage = Stage::of_2017(engine).await;
        stage.settle().await;
        let (older, before) = (stage.worker().clone(), stage.cx());
        stage.asks_another_source("shared").await;
        registry::start(&stage.cx()).await.unwrap();
        changes(&stage, Change::Mode(Mode::Paused)).await;
        let mine = asks(&stage, &firms(&stage, 1)[0], &pec(0)).await;
        let source = async || registry::get(&stage.cx(), mine).await.unwrap().source;
        for _ in 0..3 {
            stage.lets_pass(SignedDuration::from_mins(61));
            while older.run_due().await.unwrap() > 0 {}
            assert_eq!(source().await, "shared");
        }
        // Whoever registers there is fetched within the hour.
        let mut tx = before.begin(Operation::LookUp).await.unwrap();
        let code = firms(&stage, 2)[1];
        let late = registry::ask(&before, &mut tx, FirmId(1), &code, &pec(1), "registration.answered").await.unwrap();
        tx.commit_unaudited().await.unwrap();
        changes(&stage, Change::Mode(Mode::Open)).await;
        stage.passes(SignedDuration::from_mins(61)).await;
        stage.passes(SignedDuration::from_mins(1)).await;
        assert_eq!(answer(&stage, late).await, Answer::Match);
        assert_eq!(registry::get(&stage.cx(), late).await.unwrap().source, "shared");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_committente_that_waits_has_the_new_source_asked_when_it_looks() {
    for engine in testkit::databases() {
        let mut stage = Stage::of_2017(engine).await;
        let code = firms(&stage, 1)[0];
        changes(&stage, Change::Mode(Mode::Paused)).await;
        let id = stage.committente().await.id;
        let asks = |stage: &Stage| stage.cx().acting_as(Actor::Committente { id, key: KeyId(1) });
        let query = QueryId(stage.cx().id());
        regularity::ask(&asks(&stage), query, &code, true).await.unwrap();
        stage.asks_another_source("shared").await;
        stage.settle().await;
        assert_eq!(questions_at(&stage, &registry::own_name("albo")).await, 0);
        assert_eq!(regularity::get(&asks(&stage), query).await.unwrap().unwrap().state, "waiting");
        stage.passes(SignedDuration::from_mins(1)).await;
        assert_eq!(regularity::get(&asks(&stage), query).await.unwrap().unwrap().state, "answered");
    }
}
