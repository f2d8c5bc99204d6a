//! The queue of jobs, when some of them misbehave.

use std::future::pending;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::SignedDuration;
use sportello_core::jobs::{self, Job, Schedule, Worker};
use store::{Sql, args};
use testkit::Stage;
use testkit::jobs::{BEGUN, ENDED, FAILED, Fails, GO_ON, Hangs, Panics, Unhurried};
use tokio::sync::Notify;

use crate::on_every_engine;

async fn enqueued<J: Job>(stage: &Stage) -> i64 {
    let count = Sql::new("SELECT count(*) AS n FROM jobs WHERE name = $1");
    stage.database.db.fetch_one(count, args![J::NAME]).await.unwrap().get("n").unwrap()
}

/// Until when a hanging job belongs to its worker; nothing while nobody has it.
async fn claimed(stage: &Stage) -> i64 {
    let until = Sql::new("SELECT max(lease_until) AS n FROM jobs WHERE name = $1");
    let until = stage.database.db.fetch_one(until, args![Hangs::NAME]).await.unwrap();
    until.get::<Option<i64>>("n").unwrap().unwrap_or(0)
}

on_every_engine! {
    async fn a_job_that_panics_is_tried_again_and_then_seen_by_the_operator(stage) {
        jobs::enqueue_alone(&stage.cx(), &Panics {}, Schedule::now()).await.unwrap();
        stage.settle().await;
        assert!(jobs::dead(&stage.cx()).await.unwrap().is_empty());
        stage.passes(SignedDuration::from_secs(3)).await;
        let dead = jobs::dead(&stage.cx()).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert!(dead[0].last_error.as_deref().unwrap().contains("panicked"), "{dead:?}");
    }

    async fn whoever_waits_for_a_page_does_not_wait_for_what_hangs(stage) {
        for _ in 0..20 {
            jobs::enqueue_alone(&stage.cx(), &Hangs {}, Schedule::now()).await.unwrap();
        }
        jobs::enqueue_alone(&stage.cx(), &Unhurried {}, Schedule::now()).await.unwrap();
        let worker = Worker::new(stage.app.clone());
        tokio::select! {
            () = worker.run(pending()) => unreachable!("nobody stops it"),
            () = BEGUN.notified() => {}
        }
    }

    async fn a_job_is_its_workers_while_that_worker_lives_and_anothers_soon_after(stage) {
        jobs::enqueue_alone(&stage.cx(), &Hangs {}, Schedule::now()).await.unwrap();
        let worker = stage.another_node().await.beating(Duration::from_millis(5));
        let at_work = tokio::spawn(async move { worker.run(pending()).await });
        for _ in 0..3 {
            stage.until(async || claimed(&stage).await > stage.cx().now_ms() + 44_000).await;
            stage.lets_pass(SignedDuration::from_secs(44));
            assert_eq!(stage.another_node().await.run_due().await.unwrap(), 0, "it lives");
        }
        at_work.abort();
        let _ = at_work.await;
        stage.lets_pass(SignedDuration::from_secs(46));
        let other = stage.another_node().await;
        let other = tokio::spawn(async move { other.run_due().await });
        stage.until(async || claimed(&stage).await > stage.cx().now_ms()).await;
        other.abort();
    }

    async fn a_program_that_stops_lets_running_jobs_finish(stage) {
        let before = ENDED.load(Ordering::Relaxed);
        jobs::enqueue_alone(&stage.cx(), &Unhurried {}, Schedule::now()).await.unwrap();
        let stop = Notify::new();
        let worker = Worker::new(stage.app.clone());
        let told = async {
            BEGUN.notified().await;
            stop.notify_one();
            GO_ON.notify_one();
        };
        tokio::join!(worker.run(stop.notified()), told);
        assert_eq!((ENDED.load(Ordering::Relaxed), enqueued::<Unhurried>(&stage).await), (before + 1, 0));
    }

    async fn a_recurring_job_that_fails_comes_again_soon_and_only_once(stage) {
        let alone = || async { jobs::enqueue_alone(&stage.cx(), &Fails {}, Schedule::now().unique("one")).await.unwrap() };
        alone().await;
        for _ in 0..8 {
            let before = FAILED.load(Ordering::Relaxed);
            stage.passes(SignedDuration::from_secs(31)).await;
            alone().await;
            assert!(FAILED.load(Ordering::Relaxed) > before, "half a minute is the longest pause");
            assert_eq!(enqueued::<Fails>(&stage).await, 1);
        }
    }
}
