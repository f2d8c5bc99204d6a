//! What an answer costs beside its two signatures. Only optimised code says something about that.

use std::time::Instant;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use spid::saml::Level;

use super::stage::{accepted, ids, level, person, provider, request, statement};
use crate::materials::now;

const ROUNDS: u32 = 40;

/// The best time of several, in microseconds, so that other work on the machine counts little.
fn best(mut work: impl FnMut()) -> u128 {
    let once = |()| {
        let start = Instant::now();
        work();
        start.elapsed().as_micros()
    };
    std::iter::repeat_n((), ROUNDS as usize).map(once).min().unwrap_or(1)
}

#[test]
fn an_answer_costs_hardly_more_than_its_two_signatures() {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let mut value = vec![0; pair.public_modulus_len()];
    let bare = best(|| {
        for _ in 0..2 {
            pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &[7; 300], &mut value).unwrap();
        }
    });
    let (heard, authentication, attributes, provider) = (accepted(&request()), level(Level::One), person(), provider());
    let whole = best(|| {
        provider.succeed(&heard, &statement(&authentication, &attributes), &ids(), now()).unwrap();
    });
    println!("two signatures {bare} µs, an answer {whole} µs");
    if cfg!(debug_assertions) {
        println!("skipped: without optimisation the ratio says nothing");
    } else {
        assert!(whole * 10 <= bare * 11, "{whole} µs are more than 1.1 times {bare} µs");
    }
}
