//! The register may be slow, limited or down: nobody is turned away, and nobody is told something that it did not say.

mod moves;

use std::collections::BTreeMap;

use italia::{EmailAddress, FiscalCode};
use jiff::SignedDuration;
use outside::register::{Call, Question, RegisterMode};
use sportello_core::access::Operation;
use sportello_core::people::FirmId;
use sportello_core::registry::{self, Answer, Change, LookUpId, Mode, QueueLane, Wish};
use testkit::Stage;

use crate::on_every_engine;

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// Firms that the register knows, made for a test.
fn firms(stage: &Stage, count: u32) -> Vec<FiscalCode> {
    let control = stage.world.register().control();
    let make = |n: u32| {
        let code = testkit::firm_code(n);
        control.put_firm(outside::register::RegisterFirm::new(&code, format!("Impresa {n}"), Some(pec(n).as_str())));
        FiscalCode::parse(&code).unwrap()
    };
    (0..count).map(make).collect()
}

fn pec(n: u32) -> EmailAddress {
    EmailAddress::parse(&format!("impresa{n}@pec.example")).unwrap()
}

/// Somebody at a page asks about a firm.
async fn asks(stage: &Stage, code: &FiscalCode, address: &EmailAddress) -> LookUpId {
    let cx = stage.cx();
    let mut tx = cx.begin(Operation::LookUp).await.unwrap();
    let id = registry::ask(&cx, &mut tx, FirmId(1), code, address, "registration.answered").await.unwrap();
    tx.commit_unaudited().await.unwrap();
    id
}

/// Nobody waits at a page, but the register is to be asked.
async fn wishes(stage: &Stage, code: &FiscalCode, lane: QueueLane) -> Wish {
    let cx = stage.cx();
    let mut tx = cx.begin(Operation::LookUp).await.unwrap();
    let wish = registry::wish(&cx, &mut tx, code, lane).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    wish
}

async fn changes(stage: &Stage, change: Change) {
    registry::change(&stage.cx(), change).await.unwrap();
}

async fn answer(stage: &Stage, id: LookUpId) -> Answer {
    registry::get(&stage.cx(), id).await.unwrap().answer()
}

/// The codes that the register was asked for, in order.
fn asked(stage: &Stage) -> Vec<String> {
    let book = stage.world.register().control().book();
    book.calls().filter(|c| c.question == Question::PecList).flat_map(|c: &Call| c.codes.clone()).collect()
}

on_every_engine! {
    // req: A-20
    async fn a_firm_that_several_ask_about_is_asked_for_once(stage) {
        let codes = firms(&stage, 1);
        let (mine, wrong) = (asks(&stage, &codes[0], &pec(0)).await, asks(&stage, &codes[0], &pec(9)).await);
        wishes(&stage, &codes[0], QueueLane::ThirdParty).await;
        stage.settle().await;
        assert_eq!(asked(&stage).len(), 1);
        assert_eq!(answer(&stage, mine).await, Answer::Match);
        assert!(matches!(answer(&stage, wrong).await, Answer::AnotherAddress { .. }));
        let known = registry::on_file(&stage.cx(), &codes[0]).await.unwrap().unwrap();
        assert!(known.has_address && known.fresh);
    }

    async fn whoever_waits_at_a_page_takes_along_what_nobody_waited_for(stage) {
        changes(&stage, Change::Mode(Mode::Paused)).await;
        let codes = firms(&stage, 30);
        for code in &codes {
            wishes(&stage, code, QueueLane::Background).await;
        }
        let mine = asks(&stage, &codes[29], &pec(29)).await;
        let place = registry::position(&stage.cx(), mine).await.unwrap();
        assert_eq!((place.ahead, place.paused, place.minutes), (0, true, None));
        changes(&stage, Change::Budget { per_minute: Some(2), per_day: None }).await;
        changes(&stage, Change::Mode(Mode::Open)).await;
        stage.settle().await;
        assert_eq!(asked(&stage), [codes[29].as_str(), codes[0].as_str()]);
        assert_eq!(answer(&stage, mine).await, Answer::Match);
    }

    // req
    async fn each_line_has_its_share_and_lends_what_it_does_not_use(stage) {
        changes(&stage, Change::Mode(Mode::Paused)).await;
        changes(&stage, Change::Budget { per_minute: Some(9), per_day: None }).await;
        let codes = firms(&stage, 90);
        for (code, n) in codes[..60].iter().zip(0..) {
            asks(&stage, code, &pec(n)).await;
        }
        for code in &codes[60..75] {
            wishes(&stage, code, QueueLane::ThirdParty).await;
        }
        changes(&stage, Change::Mode(Mode::Open)).await;
        stage.settle().await;
        for _ in 0..4 {
            stage.passes(SignedDuration::from_secs(61)).await;
        }
        let of_committenti = |codes_asked: &[String]| {
            codes_asked.iter().filter(|code| codes[60..75].iter().any(|c| c.as_str() == *code)).count()
        };
        assert_eq!((asked(&stage).len(), of_committenti(&asked(&stage))), (45, 10), "70 to 20");
        assert!(asked(&stage).iter().take(9).filter(|c| codes[..60].iter().any(|p| p.as_str() == *c)).is_sorted(), "in order");
        for _ in 0..6 {
            stage.passes(SignedDuration::from_secs(61)).await;
        }
        assert_eq!(asked(&stage).len(), 75, "nothing of the budget was left unused while somebody waited");
        assert!(stage.world.register().control().book().max_in_any_window(MINUTE) <= 9);
    }

    async fn a_source_that_is_emptied_answers_who_waits_and_holds_back_who_comes(stage) {
        let codes = firms(&stage, 8);
        changes(&stage, Change::Budget { per_minute: Some(3), per_day: None }).await;
        changes(&stage, Change::Mode(Mode::Paused)).await;
        for (code, n) in codes[..6].iter().zip(0..) {
            asks(&stage, code, &pec(n)).await;
        }
        stage.settle().await;
        assert!(asked(&stage).is_empty(), "a pause holds everything");
        changes(&stage, Change::Mode(Mode::Draining)).await;
        for (code, n) in codes[6..].iter().zip(6..) {
            asks(&stage, code, &pec(n)).await;
        }
        for _ in 0..4 {
            stage.passes(SignedDuration::from_secs(61)).await;
        }
        assert_eq!(asked(&stage).len(), 6);
        changes(&stage, Change::Mode(Mode::Open)).await;
        stage.settle().await;
        assert_eq!(asked(&stage).len(), 8);
    }

    async fn a_budget_of_a_day_is_kept_in_any_24_hours(stage) {
        changes(&stage, Change::Budget { per_minute: Some(60), per_day: Some(5) }).await;
        for (code, n) in firms(&stage, 8).iter().zip(0..) {
            asks(&stage, code, &pec(n)).await;
        }
        stage.settle().await;
        assert_eq!(asked(&stage).len(), 5);
        for _ in 0..23 {
            stage.passes(SignedDuration::from_hours(1)).await;
        }
        assert_eq!(asked(&stage).len(), 5);
        stage.passes(SignedDuration::from_hours(2)).await;
        assert_eq!(asked(&stage).len(), 8);
    }

    // req: A-18, F-39
    async fn an_answer_that_is_not_old_still_serves_when_the_register_is_down(stage) {
        let codes = firms(&stage, 1);
        let first = asks(&stage, &codes[0], &pec(0)).await;
        stage.settle().await;
        assert_eq!(answer(&stage, first).await, Answer::Match);
        stage.world.register().control().set_mode(RegisterMode::Down);
        let (same, other) = (asks(&stage, &codes[0], &pec(0)).await, asks(&stage, &codes[0], &pec(7)).await);
        stage.passes(SignedDuration::from_mins(10)).await;
        assert_eq!(answer(&stage, same).await, Answer::Match, "the register named this very address a moment ago");
        assert_eq!(answer(&stage, other).await, Answer::NotYet, "an old answer never calls an address wrong");
        stage.passes(SignedDuration::from_hours(15 * 24)).await;
        let late = asks(&stage, &codes[0], &pec(0)).await;
        stage.settle().await;
        assert_eq!(answer(&stage, late).await, Answer::NotYet, "too old to be served");
        assert!(!registry::on_file(&stage.cx(), &codes[0]).await.unwrap().unwrap().fresh);
    }

    async fn whoever_is_left_out_of_an_answer_once_is_asked_for_again(stage) {
        let codes = firms(&stage, 2);
        stage.world.register().control().remove_firm(codes[0].as_str());
        let (gone, known) = (asks(&stage, &codes[0], &pec(0)).await, asks(&stage, &codes[1], &pec(1)).await);
        stage.settle().await;
        assert_eq!((answer(&stage, gone).await, answer(&stage, known).await), (Answer::NoEntry, Answer::Match));
        let twice = asked(&stage).iter().filter(|code| *code == codes[0].as_str()).count();
        assert_eq!(twice, 2, "believed when it was said twice");
    }

    async fn a_node_that_dies_while_it_asks_loses_nothing(stage) {
        let control = stage.world.register().control();
        control.set_mode(RegisterMode::Slow { delay_ms: None });
        let codes = firms(&stage, 4);
        let mut mine = Vec::new();
        for (code, n) in codes.iter().zip(0..) {
            mine.push(asks(&stage, code, &pec(n)).await);
        }
        stage.dies_while(|stage| stage.world.register().control().book().calls().count() > 0).await;
        control.set_mode(RegisterMode::Normal);
        stage.settle().await;
        assert_eq!(answer(&stage, mine[0]).await, Answer::NotYet, "nobody knows yet that it died");
        stage.passes(SignedDuration::from_mins(6)).await;
        for id in mine {
            assert_eq!(answer(&stage, id).await, Answer::Match);
        }
    }

    // req: A-20
    async fn two_nodes_share_one_budget(stage) {
        let other = stage.another_node().await;
        changes(&stage, Change::Budget { per_minute: Some(10), per_day: None }).await;
        let mut mine = Vec::new();
        for (code, n) in firms(&stage, 40).iter().zip(0..) {
            mine.push(asks(&stage, code, &pec(n)).await);
        }
        for _ in 0..30 {
            let (one, two) = tokio::join!(stage.worker().run_due(), other.run_due());
            one.unwrap();
            two.unwrap();
            stage.lets_pass(SignedDuration::from_secs(10));
        }
        let mut answers = BTreeMap::new();
        for id in &mine {
            *answers.entry(format!("{:?}", answer(&stage, *id).await)).or_insert(0) += 1;
        }
        assert_eq!(answers, BTreeMap::from([("Match".to_owned(), 40)]));
        assert_eq!(asked(&stage).len(), 40, "each firm is asked for once");
        assert!(stage.world.register().control().book().max_in_any_window(MINUTE) <= 10);
    }

    async fn a_register_that_fails_is_left_alone_and_then_tried_with_one_question(stage) {
        let control = stage.world.register().control();
        control.set_mode(RegisterMode::Failing { percent: 100 });
        let codes = firms(&stage, 60);
        for (code, n) in codes.iter().zip(0..) {
            asks(&stage, code, &pec(n)).await;
        }
        stage.settle().await;
        let before = asked(&stage).len();
        assert!(before <= 60, "{before}");
        let gauge = registry::gauge(&stage.cx()).await.unwrap();
        assert!(!gauge.pace.answers() && gauge.pace.blocked_until.is_some());
        let place = registry::position(&stage.cx(), asks(&stage, &codes[59], &pec(59)).await).await.unwrap();
        assert_eq!(place.minutes, None, "nobody promises a time for a register that does not answer");
        control.set_mode(RegisterMode::Normal);
        for _ in 0..14 {
            stage.passes(SignedDuration::from_secs(10)).await;
        }
        assert_eq!(registry::gauge(&stage.cx()).await.unwrap().waiting(), 0);
        assert!(control.book().max_in_any_window(MINUTE) <= 60);
    }
}

on_every_engine! {
    async fn what_was_asked_is_fetched_also_when_the_minute_is_spent(stage) {
        let mut mine = Vec::new();
        changes(&stage, Change::Mode(Mode::Paused)).await;
        for (code, n) in firms(&stage, 61).iter().zip(0..) {
            mine.push(asks(&stage, code, &pec(n)).await);
        }
        changes(&stage, Change::Mode(Mode::Open)).await;
        stage.settle().await;
        stage.passes(SignedDuration::from_secs(5)).await;
        for id in &mine[..60] {
            assert_eq!(answer(&stage, *id).await, Answer::Match);
        }
        assert_eq!(answer(&stage, mine[60]).await, Answer::NotYet);
        let last = registry::position(&stage.cx(), mine[60]).await.unwrap();
        assert_eq!((last.ahead, last.minutes), (0, Some(1)));
        stage.passes(SignedDuration::from_secs(56)).await;
        assert_eq!(answer(&stage, mine[60]).await, Answer::Match);
    }

    async fn a_door_that_stays_shut_costs_no_question(stage) {
        let control = stage.world.register().control();
        control.set_mode(RegisterMode::Failing { percent: 100 });
        changes(&stage, Change::Budget { per_minute: Some(3), per_day: Some(3) }).await;
        let mut mine = Vec::new();
        for (code, n) in firms(&stage, 3).iter().zip(0..) {
            mine.push(asks(&stage, code, &pec(n)).await);
        }
        stage.settle().await;
        assert!(registry::gauge(&stage.cx()).await.unwrap().pace.blocked_until.is_some(), "it is left alone");
        let spent: i64 = registry::history(&stage.cx(), 1, 10).await.unwrap().iter().map(|slot| slot.spent).sum();
        assert_eq!((spent, asked(&stage).len()), (0, 0), "no token, no question");
        control.set_mode(RegisterMode::Normal);
        for _ in 0..10 {
            stage.passes(SignedDuration::from_secs(2)).await;
        }
        for id in mine {
            assert_eq!(answer(&stage, id).await, Answer::Match, "the minute's budget was there");
        }
    }

    async fn a_rush_is_expected_to_last_as_long_as_it_has(stage) {
        changes(&stage, Change::Mode(Mode::Paused)).await;
        let codes = firms(&stage, 30);
        let lane = async || registry::gauge(&stage.cx()).await.unwrap().pace.lanes[1];
        assert_eq!((lane().await.arrivals_per_minute, lane().await.arrivals_last), (0.0, 1.0));
        for (minutes, some) in [(20, &codes[..10]), (0, &codes[10..20])] {
            for code in some {
                wishes(&stage, code, QueueLane::ThirdParty).await;
            }
            stage.lets_pass(SignedDuration::from_mins(minutes));
        }
        // Ten now and ten twenty minutes ago: of ten minutes on average, as if they had been coming for twenty.
        assert_eq!((lane().await.arrivals_per_minute, lane().await.arrivals_last), (2.0, 21.0));
        stage.lets_pass(SignedDuration::from_mins(30));
        // By their mean age since eighty minutes ago; but the first of them came fifty minutes ago.
        assert_eq!((lane().await.arrivals_per_minute, lane().await.arrivals_last), (0.0, 51.0));
        stage.lets_pass(SignedDuration::from_hours(6));
        assert_eq!(lane().await.arrivals_last, 1.0);
    }

    async fn a_rush_that_came_one_by_one_is_soon_asked_in_lists(stage) {
        changes(&stage, Change::Budget { per_minute: Some(6), per_day: None }).await;
        let codes = firms(&stage, 60);
        for (code, n) in codes.iter().zip(0..) {
            asks(&stage, code, &pec(n)).await;
            stage.settle().await;
            if n < 6 {
                stage.lets_pass(SignedDuration::from_millis(250));
            }
        }
        for _ in 0..600 {
            stage.lets_pass(SignedDuration::from_millis(250));
            stage.worker().run_due().await.unwrap();
        }
        let book = stage.world.register().control().book();
        let sizes: Vec<usize> = book.calls().filter(|c| c.question == Question::PecList).map(|c| c.codes.len()).collect();
        assert_eq!(sizes[..8], [1, 1, 1, 1, 1, 1, 5, 1], "what comes free within a second is asked for together");
        assert_eq!(sizes[8..], [6], "and so is what came free a second later");
        assert!(book.max_in_any_window(MINUTE) <= 6);
    }
}
