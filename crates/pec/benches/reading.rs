//! Messages read, verified and applied to states, a second and core: `cargo bench -p pec`.
//!
//! One thread, wall time, RSA-2048 signatures; the mailbag is the one of the test `flood`: six of ten messages are good
//! receipts, two have signatures that do not hold, one is ordinary mail, one cannot be read.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot be set up shall fail")]
#![expect(clippy::print_stdout, reason = "a measurement is printed")]

#[path = "../tests/post/mod.rs"]
mod post;

use std::collections::BTreeMap;
use std::time::Instant;

use pec::{DeliveryState, Incoming, read};
use post::{Post, moment};

fn main() {
    let pair = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048).unwrap();
    let post = Post::of(1_000, &pair).shuffled(1);
    let bytes: usize = post.messages.iter().map(Vec::len).sum();
    for run in 1..=3 {
        let start = Instant::now();
        let mut states: BTreeMap<&str, DeliveryState> = BTreeMap::new();
        for message in &post.messages {
            let Ok(Incoming::Receipt(receipt)) = read(message, &post.trust, moment(60)) else { continue };
            let reference = receipt.reference_message_id.as_ref().map(pec::MessageId::as_str).unwrap_or_default();
            if let Some((reference, sent)) = post.sent.get_key_value(reference) {
                states.entry(reference).or_default().apply(&receipt, sent);
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        let count = u32::try_from(post.messages.len()).unwrap();
        let megabytes = f64::from(u32::try_from(bytes / 1_000).unwrap()) / 1_000.0;
        println!(
            "run {run}: {count} messages, {megabytes:.1} MB, {} states in {seconds:.2} s: {:.0} messages a second and core",
            states.len(),
            f64::from(count) / seconds,
        );
    }
}
