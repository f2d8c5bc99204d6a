//! The product as its users meet it: one binary, every test on every database engine there is.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test, and says where")]

mod accounts;
mod cards;
mod cie;
mod cli;
mod committenti;
mod crowd;
mod fee;
mod identity;
mod identity_upkeep;
mod jobs;
mod levels;
mod logout;
mod mailboxes;
mod nodes;
mod office;
mod payments;
mod permissions;
mod registers;
mod registration;
mod statements;
mod web_contract;

/// Runs one test on each engine.
macro_rules! on_every_engine {
    ($($(#[$meta:meta])* async fn $name:ident($stage:ident) $body:block)*) => { $(
        $(#[$meta])*
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            for engine in testkit::databases() {
                let $stage = testkit::Stage::of_2017(engine).await;
                $body
            }
        }
    )* };
}
pub(crate) use on_every_engine;
