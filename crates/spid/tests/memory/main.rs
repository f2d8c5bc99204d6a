//! How much memory hostile input can make a reader take. One test alone in its program, because the allocator that
//! counts is one for all.
//!
//! The peaks are the same with and without optimisation; `benches/README.md` has them in a table, from
//! `cargo nextest run -p spid --test memory --no-capture`.

#![expect(clippy::print_stdout, reason = "the figures are for the reader of the bench")]
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod inputs;

use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use peak_alloc::PeakAlloc;
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256};
use spid::federation::json;
use spid::metadata::{Trust, idp::Aggregate};
use spid::saml::binding::{from_query, to_query};
use spid::saml::{AttributeSet, Comparison, Dialect, EntityId, Level, MessageId, parse_instant};
use spid::signature::VerifyingKey;
use spid::sp::PendingRequest;
use spid::sp::response::{Input, Policy, verify};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What a reader may take at most, whatever it is given: 64 times the largest document.
const BOUND: usize = 16 << 20;

/// Reads, and gives the greatest number of bytes that were taken at once.
fn peak(name: &str, bytes: usize, read: impl FnOnce() -> bool) {
    MEMORY.reset_peak_usage();
    let (before, start) = (MEMORY.current_usage(), Instant::now());
    let accepted = read();
    let (taken, time) = (MEMORY.peak_usage() - before, start.elapsed());
    println!("{name:<56} {:>7} KiB in, {:>6} KiB at most, {:>7.1?}", bytes / 1024, taken / 1024, time);
    assert!(!accepted, "{name} was accepted");
    assert!(taken < BOUND, "{name} took {taken} bytes");
}

fn key() -> VerifyingKey {
    let pair = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let certificate = CertificateParams::new(Vec::new()).unwrap().self_signed(&pair).unwrap();
    VerifyingKey::from_certificate_der(certificate.der()).unwrap()
}

fn pending() -> PendingRequest {
    PendingRequest {
        id: MessageId::parse("_request").unwrap(),
        issue_instant: parse_instant(inputs::AT).unwrap(),
        issuer: EntityId::parse("https://sp.example").unwrap(),
        provider: EntityId::parse("https://idp.example").unwrap(),
        consumer_url: "https://sp.example/acs".to_owned(),
        level: Level::One,
        comparison: Comparison::Minimum,
        attributes: AttributeSet::new([]),
        dialect: Dialect::Spid,
    }
}

#[test]
fn hostile_input_takes_bounded_memory() {
    let (keys, pending, now) = ([key()], pending(), parse_instant(inputs::AT).unwrap());
    for (name, xml) in inputs::documents() {
        let saml_response = STANDARD.encode(&xml);
        let input =
            Input { saml_response: &saml_response, pending: &pending, keys: &keys, now, policy: Policy::default() };
        peak(&format!("Response: {name}"), xml.len(), || verify(&input).is_ok());
    }
    let entities = inputs::metadata();
    peak("metadata: many entities", entities.len(), || {
        Aggregate::parse(entities.as_bytes(), Trust::Signed(&keys), now).is_ok()
    });
    let bomb = to_query(&" ".repeat(50 << 20));
    peak("query: 50 MiB deflated", bomb.len(), || from_query(&bomb).is_ok());
    let nested = "[".repeat(128 << 10);
    peak("JSON: nested", nested.len(), || json::parse(nested.as_bytes(), 128 << 10).is_ok());
    let wide = format!("[{}", "0,".repeat((64 << 10) - 1));
    peak("JSON: a list without an end", wide.len(), || json::parse(wide.as_bytes(), 128 << 10).is_ok());
}
