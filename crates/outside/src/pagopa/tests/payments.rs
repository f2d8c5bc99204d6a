//! Payments and receipts, driven from inside the process.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use pagopa::node::FaultCode;
use pagopa::{CreditorCode, ReceiptOutcome};
use tokio::sync::Barrier;
use url::Url;

use super::super::{Node, NodeConfig, Outcome, PaymentResult, ReceiptState, Refusal, ResendError};
use super::creditor::Mode;
use super::{KEY, START, World, creditor, notice};
use crate::{Clock, MovableClock, VirtualClock};

#[tokio::test]
async fn a_payment_ends_with_a_receipt() {
    let world = World::new().await;
    world.station.owe(notice(1), 6615);
    let report = world.node.pay(notice(1), creditor(), Outcome::Paid).await;
    let PaymentResult::Paid { receipt_id, amount, receipt } = &report.result else { panic!("{report:?}") };
    assert_eq!(amount.cents(), 6615);
    assert_eq!(receipt, &ReceiptState::Delivered(world.clock.now()));
    assert_eq!(world.station.shared().asked, ["paGetPaymentV2", "paSendRTV2"]);
    let (sent, _) = world.station.shared().receipts[0].clone();
    assert_eq!(sent.receipt_id.as_str(), receipt_id);
    assert_eq!(sent.outcome, ReceiptOutcome::Paid);
    assert_eq!(sent.notice, notice(1));
    assert_eq!(sent.reference, notice(1).iuv());
    assert_eq!(sent.paid_at.unwrap().to_string(), "2026-11-10T09:00:00");
    assert_eq!(sent.transfer_date.unwrap().to_string(), "2026-11-11");
    assert_eq!(sent.check(), Ok(()));
    let records = world.node.payments();
    assert_eq!((records.len(), records[0].sent, records[0].acknowledged), (1, 1, 1));
    assert_eq!(world.node.deliver_due_receipts().await, Default::default());
}

#[tokio::test]
async fn a_refused_card_and_a_change_of_mind_leave_no_receipt() {
    let world = World::new().await;
    world.station.owe(notice(1), 6615);
    let refused = world.node.pay(notice(1), creditor(), Outcome::CardRefused).await;
    assert_eq!(refused.result, PaymentResult::CardRefused);
    assert_eq!(world.station.shared().asked, ["paGetPaymentV2"]);
    let cancelled = world.node.pay(notice(1), creditor(), Outcome::Cancelled).await;
    assert_eq!(cancelled.result, PaymentResult::Cancelled);
    assert_eq!(world.station.shared().asked.len(), 1);
    assert!(world.node.payments().is_empty());
    // The position stays payable.
    let paid = world.node.pay(notice(1), creditor(), Outcome::Paid).await;
    assert!(paid.receipt_id().is_some());
}

#[tokio::test]
async fn the_creditor_decides_what_can_be_paid() {
    let world = World::new().await;
    let unknown = world.node.pay(notice(9), creditor(), Outcome::Paid).await;
    let PaymentResult::Refused(Refusal::Creditor(fault)) = unknown.result else { panic!("{unknown:?}") };
    assert_eq!(fault.code, FaultCode::PaymentUnknown);
    let stranger = CreditorCode::parse("77777777777").unwrap();
    let report = world.node.pay(notice(1), stranger, Outcome::Paid).await;
    assert_eq!(report.result, PaymentResult::Refused(Refusal::UnknownCreditor));
    world.station.owe(notice(2), 100);
    world.station.shared().mode = Mode::Wrong;
    let report = world.node.pay(notice(2), creditor(), Outcome::Paid).await;
    let PaymentResult::Refused(Refusal::CreditorFailed(reason)) = report.result else { panic!("{report:?}") };
    assert!(reason.contains("add up"), "{reason}");
    assert!(world.node.payments().is_empty());
}

#[tokio::test]
async fn nothing_is_paid_twice_even_before_the_receipt_arrives() {
    let world = World::new().await;
    world.station.owe(notice(1), 6615);
    let first = world.node.pay(notice(1), creditor(), Outcome::ReceiptInThreeDays).await;
    assert!(first.receipt_id().is_some());
    let second = world.node.pay(notice(1), creditor(), Outcome::Paid).await;
    assert_eq!(second.result, PaymentResult::Refused(Refusal::AlreadyPaid));
    assert_eq!(world.node.verify(notice(1), creditor()).await, Err(Refusal::AlreadyPaid));
    world.station.owe(notice(2), 100);
    let pay = || world.node.pay(notice(2), creditor(), Outcome::Paid);
    let (a, b, c) = tokio::join!(pay(), pay(), pay());
    let paid = [a, b, c].iter().filter(|report| report.receipt_id().is_some()).count();
    assert_eq!(paid, 1);
    assert_eq!(world.node.payments().len(), 2);
}

#[tokio::test]
async fn late_receipts_leave_when_the_clock_says_so() {
    let world = World::new().await;
    for (base, outcome, minutes) in [
        (1, Outcome::ReceiptInOneMinute, 1),
        (2, Outcome::ReceiptInTwoHours, 120),
        (3, Outcome::ReceiptInThreeDays, 3 * 24 * 60),
    ] {
        world.station.owe(notice(base), 100);
        let report = world.node.pay(notice(base), creditor(), outcome).await;
        let due = world.clock.now() + SignedDuration::from_mins(minutes);
        let PaymentResult::Paid { receipt, .. } = report.result else { panic!("{report:?}") };
        assert_eq!(receipt, ReceiptState::Scheduled(due));
    }
    for (advance, arrived) in [(0, 0), (59, 0), (1, 1), (7199 - 60, 1), (1, 2), (3 * 86_400 - 7200, 3)] {
        world.clock.advance(SignedDuration::from_secs(advance));
        world.node.deliver_due_receipts().await;
        assert_eq!(world.station.distinct(), arrived, "after {advance} more seconds");
    }
    // The receipt tells when it was paid, not when it left.
    assert_eq!(world.station.shared().receipts[2].0.paid_at.unwrap().to_string(), "2026-11-10T09:00:00");
}

#[tokio::test]
async fn a_receipt_sent_twice_is_one_receipt() {
    for mode in [Mode::Well, Mode::Pedantic] {
        let world = World::new().await;
        world.station.shared().mode = mode;
        world.station.owe(notice(1), 100);
        world.node.pay(notice(1), creditor(), Outcome::ReceiptTwice).await;
        assert_eq!((world.station.copies(), world.station.distinct()), (2, 1));
        let record = world.node.payments().remove(0);
        assert_eq!((record.sent, record.acknowledged), (2, 2));
        assert!(matches!(record.receipt, ReceiptState::Delivered(_)));
    }
}

#[tokio::test]
async fn concurrent_receipts_are_really_concurrent() {
    let world = World::new().await;
    world.station.owe(notice(1), 100);
    // No copy is answered before all three have arrived.
    world.station.shared().meeting = Some(Arc::new(Barrier::new(3)));
    let report = world.node.pay(notice(1), creditor(), Outcome::ReceiptsConcurrent).await;
    assert!(report.receipt_id().is_some());
    assert_eq!((world.station.copies(), world.station.distinct()), (3, 1));
    assert_eq!(world.node.payments()[0].acknowledged, 3);
}

#[tokio::test]
async fn a_creditor_that_was_down_gets_its_receipt_later() {
    for mode in [Mode::Down, Mode::Failing] {
        let world = World::new().await;
        world.station.owe(notice(1), 100);
        world.node.pay(notice(1), creditor(), Outcome::ReceiptInOneMinute).await;
        world.station.shared().mode = mode;
        world.clock.advance(SignedDuration::from_mins(1));
        let summary = world.node.deliver_due_receipts().await;
        assert_eq!((summary.sent, summary.acknowledged, summary.postponed), (1, 0, 1));
        let ReceiptState::Retrying { next, reason } = world.node.payments()[0].receipt.clone() else { panic!() };
        assert_eq!(next, world.clock.now() + SignedDuration::from_mins(1));
        assert!(reason.contains("503") || reason.contains("PAA_SYSTEM_ERROR"), "{reason}");
        // Not before its time, and each time later.
        assert_eq!(world.node.deliver_due_receipts().await.sent, 0);
        for wait in [1, 5, 15, 60, 180, 360, 360] {
            world.clock.advance(SignedDuration::from_mins(wait) - SignedDuration::from_secs(1));
            assert_eq!(world.node.deliver_due_receipts().await.sent, 0, "{wait}");
            world.clock.advance(SignedDuration::from_secs(1));
            assert_eq!(world.node.deliver_due_receipts().await.sent, 1, "{wait}");
        }
        world.station.shared().mode = Mode::Well;
        world.clock.advance(SignedDuration::from_hours(6));
        assert_eq!(world.node.deliver_due_receipts().await.acknowledged, 1);
        assert!(matches!(world.node.payments()[0].receipt, ReceiptState::Delivered(_)));
        assert_eq!((world.station.distinct(), world.node.payments()[0].sent), (1, 9));
    }
}

#[tokio::test]
async fn a_creditor_that_is_down_takes_no_payment() {
    let world = World::new().await;
    world.station.owe(notice(1), 100);
    world.station.shared().mode = Mode::Down;
    let report = world.node.pay(notice(1), creditor(), Outcome::Paid).await;
    let PaymentResult::Refused(Refusal::CreditorFailed(reason)) = report.result else { panic!("{report:?}") };
    assert!(reason.contains("503") && !reason.contains("segreto"), "{reason}");
    world.station.shared().mode = Mode::Well;
    assert!(world.node.pay(notice(1), creditor(), Outcome::Paid).await.receipt_id().is_some());
}

#[tokio::test]
async fn a_receipt_can_be_sent_again_by_hand() {
    let world = World::new().await;
    world.station.owe(notice(1), 100);
    let report = world.node.pay(notice(1), creditor(), Outcome::Paid).await;
    let id = report.receipt_id().unwrap();
    assert_eq!(world.node.resend_receipt(id).await, Ok(()));
    assert_eq!((world.station.copies(), world.station.distinct()), (2, 1));
    assert_eq!(world.node.resend_receipt("nessuna").await, Err(ResendError::Unknown));
    world.station.shared().mode = Mode::Down;
    assert!(matches!(world.node.resend_receipt(id).await, Err(ResendError::NotAcknowledged(_))));
    let record = world.node.payments().remove(0);
    assert_eq!((record.sent, record.acknowledged), (3, 2));
    assert!(matches!(record.receipt, ReceiptState::Delivered(_)));
}

#[tokio::test]
async fn the_seed_decides_everything() {
    let mut ids = Vec::new();
    for seed in [1, 1, 2] {
        let world = World::with_seed(seed).await;
        world.station.owe(notice(1), 100);
        world.node.pay(notice(1), creditor(), Outcome::Paid).await;
        let receipt = world.station.shared().receipts[0].0.clone();
        ids.push((receipt.receipt_id, receipt.psp, receipt.fee));
    }
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0].0, ids[2].0);
}

#[tokio::test]
async fn the_timer_delivers_what_falls_due() {
    let world = World::new().await;
    world.station.owe(notice(1), 100);
    let timer = world.node.spawn_timer();
    world.node.pay(notice(1), creditor(), Outcome::ReceiptInTwoHours).await;
    world.clock.advance(SignedDuration::from_hours(2));
    let arrived = async {
        while world.station.copies() == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), arrived).await.unwrap();
    timer.abort();
}

#[tokio::test]
async fn the_timer_ends_with_the_last_handle() {
    let node = Node::new(NodeConfig {
        clock: Arc::new(VirtualClock::frozen(START.parse().unwrap())),
        seed: 1,
        public_base: Url::parse("http://127.0.0.1/").unwrap(),
        subscription_key: KEY.to_owned(),
    });
    assert!(!format!("{node:?}").contains(KEY));
    let timer = node.spawn_timer();
    drop(node);
    tokio::time::timeout(Duration::from_secs(10), timer).await.unwrap().unwrap();
}
