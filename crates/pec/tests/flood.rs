//! Ten thousand messages through reading and states, good and bad ones mixed: none is lost, none stops the line, and
//! every state is what the good ones prove.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up shall fail")]

mod post;

use std::collections::BTreeMap;

use pec::{DeliveryState, DeliveryStatus, Effect, Incoming, Refusal, read};
use post::{CASES, Fate, Post, moment};

/// What became of the messages.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    applied: usize,
    known: usize,
    between_providers: usize,
    untrusted: usize,
    of_other_senders: usize,
    of_other_messages: usize,
    other_kinds: usize,
    unreadable: usize,
}

fn work_through(post: &Post) -> (Count, BTreeMap<String, DeliveryState>) {
    let mut count = Count::default();
    let mut states: BTreeMap<String, DeliveryState> = BTreeMap::new();
    for message in &post.messages {
        let receipt = match read(message, &post.trust, moment(60)) {
            Ok(Incoming::Receipt(receipt)) => receipt,
            Ok(_) => {
                count.other_kinds += 1;
                continue;
            }
            Err(_) => {
                count.unreadable += 1;
                continue;
            }
        };
        let reference = receipt.reference_message_id.as_ref().unwrap().as_str().to_owned();
        let Some(sent) = post.sent.get(&reference) else {
            count.of_other_messages += 1;
            continue;
        };
        match states.entry(reference).or_default().apply(&receipt, sent) {
            Effect::Changed => count.applied += 1,
            Effect::Known => count.known += 1,
            Effect::Silent => count.between_providers += 1,
            Effect::Refused(Refusal::Signature) => count.untrusted += 1,
            Effect::Refused(Refusal::OtherSender) => count.of_other_senders += 1,
            Effect::Refused(refusal) => panic!("{refusal}"),
        }
    }
    (count, states)
}

#[test]
fn ten_thousand_messages_are_each_counted_once() {
    let post = Post::shuffled(1);
    assert_eq!(post.messages.len(), 10_000);
    let (count, states) = work_through(&post);
    let expected = Count {
        applied: CASES * 2,
        known: CASES,
        between_providers: CASES,
        untrusted: CASES * 2,
        of_other_senders: CASES,
        of_other_messages: CASES,
        other_kinds: CASES,
        unreadable: CASES,
    };
    assert_eq!(count, expected);
    for (number, (reference, sent)) in post.sent.iter().enumerate() {
        let state = &states[reference];
        let status = match Fate::of(sent) {
            Fate::Delivered => DeliveryStatus::Delivered,
            Fate::Refused | Fate::Silent => DeliveryStatus::Failed,
            Fate::Late => DeliveryStatus::Delayed,
        };
        assert_eq!(state.status(), status, "message {number}");
        assert!(state.accepted.is_some());
    }
    // Another order ends in the same states.
    assert_eq!(work_through(&Post::shuffled(2)), (expected, states));
}
