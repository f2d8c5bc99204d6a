//! The crowd of the benches, small: see `benches register`.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use testkit::crowd::{Plan, run};
use testkit::databases;

// req, F-02, F-39
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_at_a_register_that_answers_few_is_answered_in_order_and_in_time() {
    let plan = Plan {
        firms: 240,
        arrive_in: SignedDuration::from_mins(2),
        queries_per_minute: 60,
        strangers: 30,
        failures: (5, 5),
        outages: vec![(2, 1, true), (4, 1, false)],
        dies_at: SignedDuration::from_mins(3),
    };
    for engine in databases() {
        let seen = run(engine, &plan).await;
        assert_eq!(
            seen.answers,
            BTreeMap::from([("\"match\"".to_owned(), 240)]),
            "{engine}: a valid address was called wrong"
        );
        assert_eq!(seen.states, BTreeMap::from([("\"verified\"".to_owned(), 240)]), "{engine}");
        assert!(seen.most_in_a_minute <= 60, "{engine}: the budget was passed: {seen:?}");
        // A dead node had taken one list at most.
        assert!(seen.out_of_place <= 60, "{engine}: in order of arrival: {seen:?}");
        assert!(seen.to_provisional_s.max <= 61.0, "{engine}: nobody is turned away: {seen:?}");
        assert!(seen.whole_ratio < 1.2, "{engine}: {seen:?}");
    }
}
