use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::certification::{Recipient, RecipientKind};
use crate::testing::{address, noon};
use crate::{SignatureState, SignerIdentity};

fn receipt(kind: ReceiptType, minutes: i64, text: Option<&str>) -> Receipt {
    let signer = SignerIdentity {
        subject: "CN=prova".into(),
        issuer: "CN=prova".into(),
        addresses: Vec::new(),
        serial: "01".into(),
    };
    Receipt {
        kind,
        reference_message_id: None,
        certified_message_id: None,
        identifier: "x".into(),
        sender: None,
        recipients: vec![Recipient { address: address("rossi@pec.example.it"), kind: RecipientKind::Certified }],
        recipient: None,
        at: noon() + SignedDuration::from_mins(minutes),
        offset: jiff::tz::Offset::UTC,
        error: ErrorKind::UnknownRecipient,
        extended_error: text.map(str::to_owned),
        extended_code: text.and_then(ExtendedCode::find),
        provider: String::new(),
        detail: None,
        subject: None,
        original: None,
        signature: SignatureState::Valid { signer },
    }
}

fn minute(minutes: i64) -> Timestamp {
    noon() + SignedDuration::from_mins(minutes)
}

#[test]
fn the_ordinary_course() {
    let state = DeliveryState::Handed.apply(&receipt(ReceiptType::Acceptance, 0, None));
    assert_eq!(state, DeliveryState::Accepted { at: minute(0) });
    let state = state.apply(&receipt(ReceiptType::Delivery, 1, None));
    assert_eq!(state, DeliveryState::Delivered { accepted: Some(minute(0)), at: minute(1) });
    assert!(state.is_final());
}

#[test]
fn the_first_notice_of_delay_is_not_final() {
    let first = receipt(ReceiptType::DeliveryDelayNotice(DelayNotice::First), 720, None);
    let state = DeliveryState::Accepted { at: minute(0) }.apply(&first);
    assert_eq!(state, DeliveryState::Delayed { accepted: Some(minute(0)), at: minute(720) });
    assert!(!state.is_final());
    let last = receipt(ReceiptType::DeliveryDelayNotice(DelayNotice::Last), 1440, Some("5.4.1 - x"));
    let failed = state.clone().apply(&last);
    assert!(matches!(&failed, DeliveryState::Failed { reason: FailureReason::TimedOut { .. }, .. }));
    let late = receipt(ReceiptType::Delivery, 800, None);
    assert!(matches!(failed.apply(&late), DeliveryState::Delivered { .. }), "a proven delivery outweighs a notice");
}

#[test]
fn failures_tell_why() {
    let refused = receipt(ReceiptType::DeliveryError { virus: false }, 1, Some("5.2.2 casella piena"));
    let DeliveryState::Failed { reason: FailureReason::Refused { code, .. }, .. } =
        DeliveryState::Handed.apply(&refused)
    else {
        panic!()
    };
    assert_eq!(code.unwrap().to_string(), "5.2.2");
    let state = DeliveryState::Handed.apply(&receipt(ReceiptType::NonAcceptance { virus: true }, 1, None));
    assert!(matches!(state, DeliveryState::Failed { reason: FailureReason::Virus { .. }, .. }));
}

#[test]
fn messages_between_providers_say_nothing_to_the_sender() {
    for kind in [ReceiptType::TakenInCharge, ReceiptType::VirusDetected] {
        assert_eq!(DeliveryState::Handed.apply(&receipt(kind, 1, None)), DeliveryState::Handed);
    }
}

#[test]
fn only_valid_signatures_count() {
    for signature in [SignatureState::Altered, SignatureState::Missing, SignatureState::Unsupported("x".into())] {
        let forged = Receipt { signature, ..receipt(ReceiptType::Delivery, 1, None) };
        assert_eq!(DeliveryState::Handed.apply(&forged), DeliveryState::Handed);
        assert!(DeliveryState::Handed.apply_unverified(&forged).is_final());
    }
}

fn any_receipt() -> impl Strategy<Value = Receipt> {
    let kinds = vec![
        ReceiptType::Acceptance,
        ReceiptType::NonAcceptance { virus: false },
        ReceiptType::NonAcceptance { virus: true },
        ReceiptType::TakenInCharge,
        ReceiptType::Delivery,
        ReceiptType::DeliveryDelayNotice(DelayNotice::First),
        ReceiptType::DeliveryDelayNotice(DelayNotice::Last),
        ReceiptType::DeliveryError { virus: false },
        ReceiptType::DeliveryError { virus: true },
        ReceiptType::VirusDetected,
    ];
    let texts = vec![None, Some("5.1.1 - a"), Some("5.2.2 - b"), Some("altro")];
    (prop::sample::select(kinds), 0i64..4, prop::sample::select(texts))
        .prop_map(|(kind, minutes, text)| receipt(kind, minutes, text))
}

fn after(receipts: &[Receipt]) -> DeliveryState {
    receipts.iter().fold(DeliveryState::Handed, DeliveryState::apply)
}

proptest! {
    #[test]
    fn order_does_not_matter(
        (receipts, shuffled) in prop::collection::vec(any_receipt(), 0..7)
            .prop_flat_map(|receipts| (Just(receipts.clone()), Just(receipts).prop_shuffle()))
    ) {
        prop_assert_eq!(after(&receipts), after(&shuffled));
    }

    #[test]
    fn repetition_does_not_matter(receipts in prop::collection::vec(any_receipt(), 1..7), again in any::<prop::sample::Index>()) {
        let once = after(&receipts);
        prop_assert_eq!(once.clone().apply(again.get(&receipts)), once.clone());
        prop_assert_eq!(receipts.iter().fold(once.clone(), DeliveryState::apply), once);
    }

    #[test]
    fn the_state_never_falls_back(receipts in prop::collection::vec(any_receipt(), 1..7)) {
        let mut state = DeliveryState::Handed;
        for receipt in &receipts {
            let next = state.clone().apply(receipt);
            prop_assert!(next.rank() >= state.rank());
            state = next;
        }
    }

    #[test]
    fn a_delivery_is_never_lost(mut receipts in prop::collection::vec(any_receipt(), 0..7), at in any::<prop::sample::Index>()) {
        receipts.insert(at.index(receipts.len() + 1), receipt(ReceiptType::Delivery, 9, None));
        let delivered = matches!(after(&receipts), DeliveryState::Delivered { .. });
        prop_assert!(delivered);
    }
}
