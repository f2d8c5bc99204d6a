//! Every target for a fixed number of rounds, from a fixed seed. `HOSTILE_ROUNDS` and `HOSTILE_SEED` ask for others.

#![expect(clippy::print_stdout, reason = "a long run says how far it went")]
#![expect(clippy::disallowed_methods, reason = "a developer asks for more rounds by the environment")]

use std::collections::BTreeSet;
use std::time::Instant;

use hostile::target::Shape;
use hostile::{Chance, Target, mutate::mutate};

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Changes seeds, and sometimes what was accepted before, and lets the target look at each.
fn run(name: &str, rounds: u64) {
    let target = Target::named(name).expect("the target has this name");
    let (mut pool, mut chance) = (target.seeds(), Chance::new(number("HOSTILE_SEED", 1)));
    let (start, rounds) = (Instant::now(), number("HOSTILE_ROUNDS", rounds));
    let mut accepted = BTreeSet::new();
    for seed in &pool {
        assert!((target.check)(seed), "a seed of {name} is not accepted");
    }
    for round in 0..rounds {
        let data = &pool[chance.below(pool.len())];
        let other = &pool[chance.below(pool.len())];
        let mutant = mutate(target.shape, data, other, &mut chance);
        let look = || (target.check)(&mutant);
        let outcome = std::panic::catch_unwind(look);
        let Ok(is_accepted) = outcome else {
            let path = std::env::temp_dir().join(format!("hostile-{name}-{round}"));
            std::fs::write(&path, &mutant).expect("the mutant is kept");
            panic!("round {round} of {name}: the mutant is kept at {}", path.display());
        };
        if is_accepted && accepted.insert(mutant.clone()) && pool.len() < 200 {
            pool.push(mutant);
        }
    }
    println!("{name}: {rounds} rounds, {} accepted mutants, {:.1?}", accepted.len(), start.elapsed());
    // Without mutants that are accepted, a property of what is accepted would say nothing. What is signed octet by octet
    // has none but those that are as they were.
    let rigid = matches!(target.shape, Shape::Der | Shape::Jose);
    assert!(!accepted.is_empty() || rigid || rounds < 200, "no mutant of {name} was accepted");
}

macro_rules! targets {
    ($($name:ident $rounds:literal),* $(,)?) => {
        $(#[test] fn $name() { run(stringify!($name), $rounds); })*

        #[test]
        fn every_target_is_run() {
            let run = BTreeSet::from([$(stringify!($name)),*]);
            assert_eq!(run, hostile::ALL.iter().map(|target| target.name).collect());
        }
    };
}

targets! {
    response 2_000,
    assertion 400,
    request 2_000,
    query 2_000,
    idp_metadata 400,
    sp_metadata 600,
    document 2_000,
    binding 800,
    json 10_000,
    jose 2_000,
    statement 400,
    certificate 2_000,
    card 2_000,
    crl 800,
    ocsp 800,
    trust_list 1_000,
    mail 2_000,
    daticert 1_000,
    cms 2_000,
    imap 4_000,
}
