use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::certification::{ErrorKind, Recipient};
use crate::testing::{address, id, noon};
use crate::{SignatureState, SignerIdentity};

fn receipt(kind: ReceiptType, minutes: i64, text: Option<&str>) -> Receipt {
    let signer = SignerIdentity {
        subject: "CN=prova".into(),
        issuer: "CN=prova".into(),
        addresses: Vec::new(),
        serial: "01".into(),
    };
    let (error, code) = (ErrorKind::UnknownRecipient, text.and_then(ExtendedCode::find));
    Receipt {
        kind,
        reference_message_id: Some(id("m1@albo.example.it")),
        certified_message_id: Some(id("m1@albo.example.it")),
        identifier: "x".into(),
        message_id: None,
        sender: Some(address("albo@pec.example.it")),
        recipients: vec![Recipient { address: address("rossi@pec.example.it"), kind: RecipientKind::Certified }],
        recipient: None,
        at: minute(minutes),
        offset: jiff::tz::Offset::UTC,
        error,
        extended_error: text.map(str::to_owned),
        extended_code: code,
        reason: kind.tells_of_failure().then(|| Reason::of(error, code, text)),
        provider: String::new(),
        detail: None,
        subject: None,
        original: None,
        signature: SignatureState::Valid { signer },
        irregularities: Vec::new(),
    }
}

fn minute(minutes: i64) -> Timestamp {
    noon() + SignedDuration::from_mins(minutes)
}

fn sent() -> Sent {
    Sent {
        message_id: id("m1@albo.example.it"),
        transaction: None,
        from: address("albo@pec.example.it"),
        recipient: address("Rossi@pec.example.it"),
    }
}

fn after(receipts: &[Receipt]) -> DeliveryState {
    let mut state = DeliveryState::default();
    for receipt in receipts {
        state.apply(receipt, &sent());
    }
    state
}

const FIRST: ReceiptType = ReceiptType::DeliveryDelayNotice(DelayNotice::First);
const LAST: ReceiptType = ReceiptType::DeliveryDelayNotice(DelayNotice::Last);

#[test]
fn the_ordinary_course() {
    let mut state = DeliveryState::default();
    assert_eq!(state.status(), DeliveryStatus::Handed);
    assert_eq!(state.apply(&receipt(ReceiptType::Acceptance, 0, None), &sent()), Effect::Changed);
    assert_eq!((state.status(), state.is_final()), (DeliveryStatus::Accepted, false));
    assert_eq!(state.apply(&receipt(ReceiptType::Delivery, 1, None), &sent()), Effect::Changed);
    assert_eq!(state.apply(&receipt(ReceiptType::Delivery, 1, None), &sent()), Effect::Known);
    assert_eq!((state.accepted, state.delivered), (Some(minute(0)), Some(minute(1))));
    assert_eq!((state.status(), state.is_final()), (DeliveryStatus::Delivered, true));
}

#[test]
fn the_first_notice_of_delay_is_not_final() {
    let (accepted, first) = (receipt(ReceiptType::Acceptance, 0, None), receipt(FIRST, 720, None));
    let state = after(&[accepted.clone(), first.clone()]);
    assert_eq!((state.status(), state.delayed, state.is_final()), (DeliveryStatus::Delayed, Some(minute(720)), false));
    let failed = after(&[accepted, first, receipt(LAST, 1440, Some("5.4.1 - x"))]);
    let failure = failed.failed.as_ref().unwrap();
    assert_eq!((failure.event, failure.reason), (FailureEvent::TimedOut, Reason::NoAnswer));
    assert_eq!((failed.status(), failed.delayed), (DeliveryStatus::Failed, Some(minute(720))));
}

#[test]
fn a_late_notice_of_delay_overwrites_nothing() {
    let refused = receipt(ReceiptType::DeliveryError { virus: false }, 1, Some("5.2.2 - Casella piena"));
    let late = receipt(FIRST, 720, Some("4.4.1 - nessuna risposta"));
    let state = after(&[refused, late.clone()]);
    assert_eq!((state.status(), state.failed.unwrap().reason), (DeliveryStatus::Failed, Reason::Full));
    assert_eq!(after(&[receipt(ReceiptType::Delivery, 1, None), late]).status(), DeliveryStatus::Delivered);
}

#[test]
fn a_delivery_outweighs_a_failure_and_the_failure_stays_on_record() {
    let (failed, delivered) = (receipt(LAST, 1440, None), receipt(ReceiptType::Delivery, 1500, None));
    let state = after(&[failed, delivered]);
    assert_eq!(state.status(), DeliveryStatus::Delivered);
    assert_eq!(state.failed.unwrap().at, minute(1440));
}

#[test]
fn failures_tell_why() {
    let refused = receipt(ReceiptType::DeliveryError { virus: false }, 1, Some("5.2.2 casella piena"));
    let failure = after(&[refused]).failed.unwrap();
    assert_eq!((failure.event, failure.reason), (FailureEvent::Refused, Reason::Full));
    assert_eq!(failure.code.unwrap().to_string(), "5.2.2");
    assert_eq!(failure.text.as_deref(), Some("5.2.2 casella piena"));
    let state = after(&[receipt(ReceiptType::NonAcceptance { virus: true }, 1, None)]);
    assert_eq!(state.failed.unwrap().event, FailureEvent::NotAccepted);
}

#[test]
fn an_ordinary_box_is_done_with_the_acceptance() {
    let mut accepted = receipt(ReceiptType::Acceptance, 0, None);
    accepted.recipients[0].kind = RecipientKind::Ordinary;
    let state = after(&[accepted]);
    assert!(state.ordinary && state.is_final());
}

#[test]
fn messages_between_providers_say_nothing_to_the_sender() {
    for kind in [ReceiptType::TakenInCharge, ReceiptType::VirusDetected] {
        let mut state = DeliveryState::default();
        assert_eq!(state.apply(&receipt(kind, 1, None), &sent()), Effect::Silent);
        assert_eq!(state, DeliveryState::default());
    }
}

#[test]
fn what_is_not_ours_or_proves_nothing_is_refused() {
    let refused = |change: &dyn Fn(&mut Receipt)| {
        let mut changed = receipt(ReceiptType::Delivery, 1, None);
        change(&mut changed);
        let mut state = DeliveryState::default();
        let effect = state.apply(&changed, &sent());
        assert_eq!(state == DeliveryState::default(), effect != Effect::Changed);
        effect
    };
    for signature in [SignatureState::Altered, SignatureState::Missing, SignatureState::Unsupported("x".into())] {
        let effect = refused(&|receipt| receipt.signature = signature.clone());
        assert_eq!(effect, Effect::Refused(Refusal::Signature));
    }
    let other = refused(&|receipt| receipt.reference_message_id = Some(id("m2@albo.example.it")));
    assert_eq!(other, Effect::Refused(Refusal::OtherMessage));
    let other = refused(&|receipt| receipt.sender = Some(address("altro@pec.example.it")));
    assert_eq!(other, Effect::Refused(Refusal::OtherSender));
    assert_eq!(refused(&|receipt| receipt.sender = None), Effect::Changed, "the identifier is signed");
    let unsigned = refused(&|receipt| (receipt.sender, receipt.certified_message_id) = (None, None));
    assert_eq!(unsigned, Effect::Refused(Refusal::OtherSender));
    let other = refused(&|receipt| receipt.recipient = Some(address("verdi@pec.example.it")));
    assert_eq!(other, Effect::Refused(Refusal::OtherRecipient));
    let nobody = refused(&|receipt| {
        receipt.recipients.push(Recipient { address: address("verdi@pec.example.it"), kind: RecipientKind::Certified });
    });
    assert_eq!(nobody, Effect::Refused(Refusal::OtherRecipient), "a delivery to one of two, who is not named");
}

#[test]
fn the_transaction_is_the_last_resort() {
    let mut nameless = receipt(ReceiptType::Delivery, 1, None);
    (nameless.reference_message_id, nameless.certified_message_id) = (None, None);
    let mut state = DeliveryState::default();
    assert_eq!(state.apply(&nameless, &sent()), Effect::Refused(Refusal::OtherMessage));
    let known = Sent { transaction: Some("x".into()), ..sent() };
    assert_eq!(state.apply(&nameless, &known), Effect::Changed);
}

#[test]
fn a_state_survives_being_stored() {
    let refused = receipt(ReceiptType::DeliveryError { virus: false }, 1, Some("5.2.2 casella piena"));
    let state = after(&[receipt(ReceiptType::Acceptance, 0, None), refused]);
    let stored = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<DeliveryState>(&stored).unwrap(), state);
    assert_eq!(
        stored,
        r#"{"accepted":"2026-01-10T11:02:03Z","delayed":null,"failed":{"at":"2026-01-10T11:03:03Z","event":"refused","reason":"full","code":{"class":5,"subject":2,"detail":2},"text":"5.2.2 casella piena"},"delivered":null,"ordinary":false}"#
    );
    assert_eq!(serde_json::from_str::<DeliveryState>("{}").unwrap(), DeliveryState::default());
}

fn any_receipt() -> impl Strategy<Value = Receipt> {
    let kinds = vec![
        ReceiptType::Acceptance,
        ReceiptType::NonAcceptance { virus: false },
        ReceiptType::NonAcceptance { virus: true },
        ReceiptType::TakenInCharge,
        ReceiptType::Delivery,
        FIRST,
        LAST,
        ReceiptType::DeliveryError { virus: false },
        ReceiptType::DeliveryError { virus: true },
        ReceiptType::VirusDetected,
    ];
    let texts = vec![None, Some("5.1.1 - a"), Some("5.2.2 - b"), Some("altro")];
    (prop::sample::select(kinds), 0i64..4, prop::sample::select(texts))
        .prop_map(|(kind, minutes, text)| receipt(kind, minutes, text))
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
        let mut twice = once.clone();
        let effect = twice.apply(again.get(&receipts), &sent());
        prop_assert!(matches!(effect, Effect::Known | Effect::Silent));
        prop_assert_eq!(&twice, &once);
        prop_assert_eq!(after(&[receipts.clone(), receipts].concat()), once);
    }

    #[test]
    fn the_state_never_falls_back(receipts in prop::collection::vec(any_receipt(), 1..7)) {
        let mut state = DeliveryState::default();
        for receipt in &receipts {
            let before = state.clone();
            let effect = state.apply(receipt, &sent());
            prop_assert!(state.status() >= before.status());
            prop_assert_eq!(effect == Effect::Changed, state != before);
            prop_assert!(before.accepted.is_none() || state.accepted <= before.accepted, "the earliest time counts");
        }
    }

    #[test]
    fn a_delivery_is_never_lost(mut receipts in prop::collection::vec(any_receipt(), 0..7), at in any::<prop::sample::Index>()) {
        receipts.insert(at.index(receipts.len() + 1), receipt(ReceiptType::Delivery, 9, None));
        prop_assert_eq!(after(&receipts).status(), DeliveryStatus::Delivered);
    }

    #[test]
    fn notices_of_delay_change_no_reason(receipts in prop::collection::vec(any_receipt(), 0..7), minutes in 0i64..2000) {
        let (without, mut with) = (after(&receipts), after(&receipts));
        with.apply(&receipt(FIRST, minutes, Some("5.2.2 - b")), &sent());
        prop_assert_eq!((with.failed, with.delivered, with.accepted), (without.failed, without.delivered, without.accepted));
    }
}
