//! What whoever runs the program relies on: a registry that falls silent.

use jiff::SignedDuration;
use outside::cns::Published;
use sportello_core::identities::{self, Problem};
use testkit::{Stage, databases};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn marios_firm(stage: &Stage) {
    stage.firm("Prova Mario").await.registers_simplified("mario.prova@posta.example", "ordinary").await;
    stage.settle().await;
}

async fn mario_enters(stage: &Stage) {
    let mario = stage.person("Mario");
    mario.enters_with("Poste").await;
    let page = mario.browser.get("/quota").await;
    assert!(page.text().contains("Prova Mario"), "{}", page.text());
}

/// What is said of a registry that has been silent for long.
async fn silence(stage: &Stage) -> Option<Problem> {
    let problems = identities::problems(&stage.cx()).await.unwrap();
    problems.into_iter().find(|problem| problem.message.contains("the registry was last read on"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_registry_that_is_silent_for_three_days_is_told_and_its_last_list_serves_on() {
    for engine in databases() {
        let stage = Stage::with_spid(engine).await;
        marios_firm(&stage).await;
        stage.world.spid().publish(Published::Down);
        stage.passes(HOUR * 71).await;
        assert_eq!(silence(&stage).await, None);
        stage.passes(HOUR * 2).await;
        let told = silence(&stage).await.unwrap();
        assert!(!told.is_bad() && told.message.contains("/spid/registry is silent"), "{told:?}");
        mario_enters(&stage).await;
        stage.world.spid().publish(Published::Good);
        stage.passes(HOUR).await;
        assert_eq!(silence(&stage).await, None, "the job has asked again");
    }
}
