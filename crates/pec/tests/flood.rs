//! Ten thousand messages through reading and states, good and bad ones mixed: none is lost, none stops the line, and
//! every state is what the good ones prove.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up shall fail")]

mod post;

use std::collections::BTreeMap;

use pec::{DeliveryState, DeliveryStatus, Effect, Incoming, ReadError, Refusal, read};
use post::{Fate, Post, moment};

/// Messages that were sent; each comes back with ten.
const CASES: usize = 1_000;

/// What became of the messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// Every message read, each in its place; two hands, because reading is most of the work.
fn read_all(post: &Post) -> Vec<Result<Incoming, ReadError>> {
    let (first, second) = post.messages.split_at(post.messages.len() / 2);
    let each = |messages: &[Vec<u8>]| -> Vec<_> {
        messages.iter().map(|message| read(message, &post.trust, moment(60))).collect()
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| each(second));
        let mut all = each(first);
        all.extend(other.join().unwrap());
        all
    })
}

fn work_through<'a>(
    post: &Post,
    messages: impl Iterator<Item = &'a Result<Incoming, ReadError>>,
) -> (Count, BTreeMap<String, DeliveryState>) {
    let mut count = Count::default();
    let mut states: BTreeMap<String, DeliveryState> = BTreeMap::new();
    for message in messages {
        let receipt = match message {
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
        match states.entry(reference).or_default().apply(receipt, sent) {
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
    let post = Post::of(CASES, &rcgen::KeyPair::generate().unwrap()).shuffled(1);
    assert_eq!(post.messages.len(), 10_000);
    let read = read_all(&post);
    let (count, states) = work_through(&post, read.iter());
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
    for (reference, sent) in &post.sent {
        let state = &states[reference];
        let status = match Fate::of(sent) {
            Fate::Delivered => DeliveryStatus::Delivered,
            Fate::Refused | Fate::Silent => DeliveryStatus::Failed,
            Fate::Late => DeliveryStatus::Delayed,
        };
        assert_eq!(state.status(), status, "{reference}");
        assert!(state.accepted.is_some());
    }
    assert_eq!(work_through(&post, read.iter().rev()), (expected, states), "another order ends in the same states");
}
