//! Each behaviour of a box, as a sender experiences it.

use pec::smtp::SendError;
use pec::{BounceAction, FailureEvent, Reason, ReceiptType};

use super::*;

async fn certified_fate(behaviour: BoxBehaviour) -> (World, Outgoing, DeliveryState) {
    let world = world().await;
    world.mail.set_behaviour(&address(ROSSI), behaviour);
    let message = certified(ROSSI, "m1");
    world.sender(Channel::Pec).send(&message).await.unwrap();
    let state = world.state(&message).await;
    (world, message, state)
}

#[tokio::test]
async fn boxes_that_cannot_receive_fail_with_their_code() {
    for (behaviour, code, words, reason) in [
        (BoxBehaviour::NeverActivated, "5.1.1", "Utente inesistente", Reason::UnknownBox),
        (BoxBehaviour::Dead, "5.2.1", "Utente revocato", Reason::Revoked),
        (BoxBehaviour::Full, "5.2.2", "Casella piena", Reason::Full),
    ] {
        let (world, _, state) = certified_fate(behaviour).await;
        assert!(state.accepted.is_some(), "{behaviour:?}: {state:?}");
        let failure = state.failed.unwrap();
        assert_eq!((failure.event, failure.reason), (FailureEvent::Refused, reason), "{behaviour:?}");
        assert_eq!(failure.code.unwrap().to_string(), code);
        assert!(failure.text.unwrap().contains(words));
        assert!(world.mail.messages(&address(ROSSI)).is_empty());
    }
}

#[tokio::test]
async fn ordinary_mail_is_refused_at_the_door() {
    let world = world().await;
    let sender = world.sender(Channel::Ordinary);
    for (to, behaviour, code, status) in [
        (VERDI, BoxBehaviour::NeverActivated, 550, "5.1.1"),
        (VERDI, BoxBehaviour::Dead, 550, "5.2.1"),
        (VERDI, BoxBehaviour::Full, 552, "5.2.2"),
        (ROSSI, BoxBehaviour::NeverActivated, 550, "5.1.1"),
        (ROSSI, BoxBehaviour::RefusesOrdinaryMail, 550, "5.7.1"),
    ] {
        world.mail.set_behaviour(&address(to), behaviour);
        let error = sender.send(&ordinary(to, "o1")).await.unwrap_err();
        let SendError::Permanent { code: found, status: detail, .. } = error else { panic!("{error:?}") };
        assert_eq!((found, detail.unwrap().to_string().as_str()), (code, status));
        assert!(world.mail.send_ordinary(&address("x@y.it"), &address(to), "a", "b").is_err());
    }
    assert!(world.mail.delivered_ids().is_empty());
    let error = sender.send(&ordinary("a@ditta.invalid", "o1")).await.unwrap_err();
    assert!(matches!(error, SendError::Permanent { code: 550, .. }));
}

#[tokio::test]
async fn a_box_that_refuses_ordinary_mail_takes_certified_mail() {
    let (_, _, state) = certified_fate(BoxBehaviour::RefusesOrdinaryMail).await;
    assert_eq!(state.status(), DeliveryStatus::Delivered);
}

#[tokio::test]
async fn a_slow_box_delivers_when_its_time_has_come() {
    let (world, message, state) = certified_fate(BoxBehaviour::Slow(SignedDuration::from_hours(3))).await;
    let accepted = world.mail.post.now();
    assert_eq!(state, DeliveryState { accepted: Some(accepted), ..DeliveryState::default() });
    world.hours(2);
    assert_eq!(world.mail.under_way(), 1);
    assert!(world.mail.messages(&address(ROSSI)).is_empty());
    world.hours(10);
    let at = accepted + SignedDuration::from_hours(3);
    let delivered = DeliveryState { accepted: Some(accepted), delivered: Some(at), ..DeliveryState::default() };
    assert_eq!(world.state(&message).await, delivered);
    assert_eq!(world.mail.under_way(), 0);
}

#[tokio::test]
async fn silence_gives_a_notice_after_twelve_hours_and_the_end_after_a_day() {
    let (world, message, state) = certified_fate(BoxBehaviour::SilentTwelveHours).await;
    let start = world.mail.post.now();
    assert_eq!(state.status(), DeliveryStatus::Accepted);
    world.hours(11);
    assert_eq!(world.status(&message).await, DeliveryStatus::Accepted);
    world.hours(2);
    let at = start + SignedDuration::from_hours(12);
    let delayed = DeliveryState { accepted: Some(start), delayed: Some(at), ..DeliveryState::default() };
    assert_eq!(world.state(&message).await, delayed);
    world.hours(3);
    assert_eq!(world.receipts().await.len(), 2, "one notice only");
    world.hours(10);
    let failure = world.state(&message).await.failed.unwrap();
    assert_eq!((failure.event, failure.at), (FailureEvent::TimedOut, start + SignedDuration::from_hours(24)));
    assert_eq!(world.mail.under_way(), 0);
}

#[tokio::test]
async fn a_jump_over_both_notices_sends_both_at_their_times() {
    let (world, _, _) = certified_fate(BoxBehaviour::SilentTwelveHours).await;
    let start = world.mail.post.now();
    world.hours(48);
    let receipts = world.receipts().await;
    let notices: Vec<_> = receipts.iter().skip(1).map(|receipt| (receipt.kind, receipt.at)).collect();
    let hours = |hours| start + SignedDuration::from_hours(hours);
    assert_eq!(
        notices,
        [
            (ReceiptType::DeliveryDelayNotice(pec::DelayNotice::First), hours(12)),
            (ReceiptType::DeliveryDelayNotice(pec::DelayNotice::Last), hours(24)),
        ]
    );
}

#[tokio::test]
async fn a_silent_box_that_wakes_up_delivers_late() {
    let (world, message, _) = certified_fate(BoxBehaviour::SilentTwelveHours).await;
    world.hours(13);
    world.mail.set_behaviour(&address(ROSSI), BoxBehaviour::Normal);
    world.hours(1);
    assert_eq!(world.status(&message).await, DeliveryStatus::Delivered);
    assert_eq!(world.only(ROSSI).kind, MessageKind::Certified);
    world.hours(24);
    assert_eq!(world.status(&message).await, DeliveryStatus::Delivered);
}

#[tokio::test]
async fn receipts_that_come_twice_change_nothing() {
    let (world, _, state) = certified_fate(BoxBehaviour::DuplicateReceipts).await;
    assert_eq!(state.status(), DeliveryStatus::Delivered);
    let kinds: Vec<_> = world.receipts().await.iter().map(|receipt| receipt.kind).collect();
    assert_eq!(kinds, [ReceiptType::Acceptance, ReceiptType::Delivery, ReceiptType::Delivery]);
    world.mail.set_behaviour(&address(ALBO), BoxBehaviour::DuplicateReceipts);
    world.sender(Channel::Pec).send(&certified("bianchi@pec.example.it", "m2")).await.unwrap();
    assert_eq!(world.receipts().await.len(), 7);
}

#[tokio::test]
async fn a_rewritten_identifier_is_found_by_its_reference() {
    let world = world().await;
    world.mail.set_behaviour(&address(ALBO), BoxBehaviour::RewritesMessageId);
    let message = certified(ROSSI, "m1");
    world.sender(Channel::Pec).send(&message).await.unwrap();
    assert_eq!(world.status(&message).await, DeliveryStatus::Delivered);
    let receipts = world.receipts().await;
    let original = receipts[1].original.as_ref().unwrap();
    assert_ne!(original.message_id, Some(message.message_id.clone()));
    assert_eq!(receipts[1].reference_message_id, Some(message.message_id));
}

#[tokio::test]
async fn silence_and_later_refusals_of_ordinary_mail_are_notified() {
    let world = world().await;
    let sender = world.sender(Channel::Ordinary);
    world.mail.set_behaviour(&address(VERDI), BoxBehaviour::SilentTwelveHours);
    world.mail.set_behaviour(&address("neri@posta.example.com"), BoxBehaviour::Slow(SignedDuration::from_hours(1)));
    sender.send(&ordinary(VERDI, "o1")).await.unwrap();
    sender.send(&ordinary("neri@posta.example.com", "o2")).await.unwrap();
    world.mail.set_behaviour(&address("neri@posta.example.com"), BoxBehaviour::Full);
    world.hours(25);
    let fates: Vec<_> = world
        .poll(ASSISTANCE)
        .await
        .into_iter()
        .map(|incoming| match incoming {
            Incoming::Bounce(bounce) => {
                let id = bounce.original_message_id.unwrap();
                (id.as_str().split('@').next().unwrap().to_owned(), bounce.recipients[0].action)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [("o2", BounceAction::Failed), ("o1", BounceAction::Delayed), ("o1", BounceAction::Failed)];
    assert_eq!(fates, expected.map(|(id, action)| (id.to_owned(), action)));
}

#[tokio::test]
async fn a_world_that_is_down_answers_temporarily_and_comes_back() {
    let world = world().await;
    let sender = world.sender(Channel::Pec);
    sender.check().await.unwrap();
    world.mail.down(true);
    let message = certified(ROSSI, "m1");
    for _ in 0..2 {
        let error = sender.send(&message).await.unwrap_err();
        assert!(error.is_temporary(), "{error:?}");
    }
    assert!(Mailbox::open(&world.imap_config(ALBO)).await.is_err());
    world.mail.down(false);
    sender.send(&message).await.unwrap();
    assert_eq!(world.status(&message).await, DeliveryStatus::Delivered);
    assert_eq!(world.mail.delivered_ids().len(), 1);
}
