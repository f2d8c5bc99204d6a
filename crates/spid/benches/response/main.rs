//! What a Response costs, beside what nothing can do without: `cargo bench -p spid --bench response`, or with peers
//! `benches/spid/run`.
//!
//! Arguments: `--at INSTANT` makes the Response at that instant (peers know no clock but their own), `--peers FOLDER`
//! asks the peers in that folder.
#![expect(clippy::print_stdout, reason = "the figures are the purpose")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot be set up has nothing to say")]

mod meter;
mod paper;
mod peers;
mod production;

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use meter::{Case, least, measure, ratio};
use paper::{ATTRIBUTES, pending, response};
use spid::saml::binding::{from_form, to_form};
use spid::saml::parse_instant;
use spid::signature::VerifyingKey;
use spid::sp::response::{Input, Policy, verify};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| arguments.iter().position(|word| word == name).and_then(|at| arguments.get(at + 1));
    let at = value("--at").map_or("2026-11-22T10:00:00Z", String::as_str);
    let until = (parse_instant(at).unwrap() + jiff::SignedDuration::from_hours(1)).to_string();
    let key = paper::key();
    let xml = response(&key, at, &until);
    println!("A Response of {} bytes, {} attributes, both parts signed", xml.len(), ATTRIBUTES.len());
    let whole = verification(&xml, &[key.verifying_key().unwrap()], at);
    for (name, micros) in value("--peers").map(|folder| peers::measure(Path::new(folder), &xml, &key)).iter().flatten()
    {
        println!("{name:<58} {micros:>8.1} µs {:>8.0} a second", 1e6 / micros);
        println!("verification: {:.1} times {name}", micros / whole);
    }
    production::run(&key, at);
}

/// The floor and what is above it. Gives the cost of the whole.
fn verification(xml: &str, keys: &[VerifyingKey], at: &str) -> f64 {
    let (saml_response, now) = (to_form(xml), parse_instant(at).unwrap());
    let (public, value) = some_signature();
    let assertion = xml.find("<saml:Assertion").unwrap();
    let hashes = || black_box((digest(&SHA256, xml.as_bytes()), digest(&SHA256, &xml.as_bytes()[assertion..])));
    let rsa = || (0..2).for_each(|_| public.verify_sig(b"message", &value).unwrap());
    let received = |pending: &_| {
        let policy = Policy::default();
        verify(&Input { saml_response: &saml_response, pending, keys, now, policy }).unwrap()
    };
    let known = pending(at);
    assert_eq!(received(&known).attributes.iter().count(), ATTRIBUTES.len());
    let mut store = Store::default();
    let [_, _, _, floor, _, _, whole] = measure([
        Case::new("two RSA-2048 verifications", rsa),
        Case::new("SHA-256 of both signed parts", || {
            hashes();
        }),
        Case::new("one parse (uppsala alone)", || drop(black_box(uppsala::parse(xml).unwrap()))),
        Case::new("the floor: these three", || {
            rsa();
            hashes();
            drop(black_box(uppsala::parse(xml).unwrap()));
        }),
        Case::new("base64 decoded, limits checked, parsed", || {
            let bytes = from_form(&saml_response).unwrap();
            drop(black_box(spid::xml::parse(&bytes).unwrap()));
        }),
        Case::new("verified by every rule", || drop(black_box(received(&known)))),
        Case::new("the whole: with the store of requests and assertions", || {
            let pending = store.take(&known);
            let identity = received(&pending);
            assert!(store.seen.insert(identity.assertion_id.as_str().to_owned()));
            drop(black_box(identity));
        }),
    ]);
    println!("verification: {:.2} of the floor (goal 0.5)", ratio(&floor, &whole));
    least(&whole)
}

/// Stands for the product's two rows, the request that is deleted when its answer comes and the assertion that is
/// remembered, in memory: a database's own time is measured with the product.
#[derive(Default)]
struct Store {
    pending: HashMap<String, spid::sp::PendingRequest>,
    seen: HashSet<String>,
}

impl Store {
    /// Puts the request back, because each can be answered once only, and takes it out.
    fn take(&mut self, known: &spid::sp::PendingRequest) -> spid::sp::PendingRequest {
        self.seen.clear();
        self.pending.insert(paper::REQUEST.to_owned(), known.clone());
        self.pending.remove(paper::REQUEST).unwrap()
    }
}

fn some_signature() -> (ParsedPublicKey, Vec<u8>) {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let public = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key().as_ref()).unwrap();
    let mut value = vec![0; pair.public_modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), b"message", &mut value).unwrap();
    (public, value)
}
