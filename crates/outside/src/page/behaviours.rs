//! Names for what boxes do and what messages are: one word for forms and scripts, a phrase for visitors.

use jiff::SignedDuration;
use pec::{DelayNotice, ReceiptType};

use super::texts::Texts;
use crate::mail::{BoxBehaviour, BoxKind, MessageKind};

/// The behaviours that the page offers as buttons.
pub(super) const OFFERED: [BoxBehaviour; 9] = [
    BoxBehaviour::Normal,
    BoxBehaviour::NeverActivated,
    BoxBehaviour::Dead,
    BoxBehaviour::Full,
    BoxBehaviour::RefusesOrdinaryMail,
    BoxBehaviour::Slow(SignedDuration::from_mins(10)),
    BoxBehaviour::SilentTwelveHours,
    BoxBehaviour::DuplicateReceipts,
    BoxBehaviour::RewritesMessageId,
];

/// The word for a behaviour; a slow box carries its seconds: `slow:600`.
pub(super) fn word(behaviour: BoxBehaviour) -> String {
    match behaviour {
        BoxBehaviour::Normal => "normal".to_owned(),
        BoxBehaviour::NeverActivated => "never_activated".to_owned(),
        BoxBehaviour::Dead => "dead".to_owned(),
        BoxBehaviour::Full => "full".to_owned(),
        BoxBehaviour::RefusesOrdinaryMail => "refuses_ordinary_mail".to_owned(),
        BoxBehaviour::Slow(by) => format!("slow:{}", by.as_secs()),
        BoxBehaviour::SilentTwelveHours => "silent".to_owned(),
        BoxBehaviour::DuplicateReceipts => "duplicate_receipts".to_owned(),
        BoxBehaviour::RewritesMessageId => "rewrites_message_id".to_owned(),
    }
}

/// The behaviour of a word.
pub(super) fn behaviour(text: &str) -> Option<BoxBehaviour> {
    if let Some(seconds) = text.strip_prefix("slow:") {
        return seconds.parse::<u32>().ok().map(|by| BoxBehaviour::Slow(SignedDuration::from_secs(by.into())));
    }
    OFFERED.into_iter().find(|offered| word(*offered) == text)
}

/// The phrase for a behaviour and the tone in which it is shown.
pub(super) fn phrase(behaviour: BoxBehaviour, t: &Texts) -> (String, &'static str) {
    let (phrase, tone) = match behaviour {
        BoxBehaviour::Normal => (t.box_normal, "good"),
        BoxBehaviour::NeverActivated => (t.box_never_activated, "bad"),
        BoxBehaviour::Dead => (t.box_dead, "bad"),
        BoxBehaviour::Full => (t.box_full, "bad"),
        BoxBehaviour::RefusesOrdinaryMail => (t.box_refuses_ordinary, "warm"),
        BoxBehaviour::Slow(by) => return (format!("{} ({} s)", t.box_slow, by.as_secs()), "warm"),
        BoxBehaviour::SilentTwelveHours => (t.box_silent, "warm"),
        BoxBehaviour::DuplicateReceipts => (t.box_duplicates, "warm"),
        BoxBehaviour::RewritesMessageId => (t.box_rewrites, "warm"),
    };
    (phrase.to_owned(), tone)
}

pub(super) fn box_kind(kind: BoxKind, t: &'static Texts) -> &'static str {
    match kind {
        BoxKind::Pec => t.kind_pec,
        BoxKind::Ordinary => t.kind_mail,
    }
}

pub(super) fn box_kind_word(kind: BoxKind) -> &'static str {
    match kind {
        BoxKind::Pec => "pec",
        BoxKind::Ordinary => "ordinary",
    }
}

/// The phrase for a message's kind and its tone.
pub(super) fn message_kind(kind: MessageKind, t: &'static Texts) -> (&'static str, &'static str) {
    match kind {
        MessageKind::Ordinary => (t.msg_ordinary, "plain"),
        MessageKind::Certified => (t.msg_certified, "good"),
        MessageKind::Anomaly => (t.msg_anomaly, "warm"),
        MessageKind::Bounce => (t.msg_bounce, "bad"),
        MessageKind::Unreadable => (t.msg_unreadable, "bad"),
        MessageKind::Receipt(receipt) => receipt_kind(receipt, t),
    }
}

fn receipt_kind(receipt: ReceiptType, t: &'static Texts) -> (&'static str, &'static str) {
    match receipt {
        ReceiptType::Acceptance => (t.msg_acceptance, "good"),
        ReceiptType::Delivery => (t.msg_delivery, "good"),
        ReceiptType::NonAcceptance { .. } => (t.msg_non_acceptance, "bad"),
        ReceiptType::DeliveryDelayNotice(DelayNotice::First) => (t.msg_delay_first, "warm"),
        ReceiptType::DeliveryDelayNotice(DelayNotice::Last) => (t.msg_delay_last, "bad"),
        ReceiptType::DeliveryError { .. } => (t.msg_delivery_error, "bad"),
        ReceiptType::TakenInCharge => (t.msg_taken_in_charge, "plain"),
        ReceiptType::VirusDetected => (t.msg_virus, "bad"),
    }
}

/// The word for a message's kind.
pub(super) fn message_word(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Ordinary => "ordinary",
        MessageKind::Certified => "certified",
        MessageKind::Anomaly => "anomaly",
        MessageKind::Bounce => "bounce",
        MessageKind::Unreadable => "unreadable",
        MessageKind::Receipt(ReceiptType::Acceptance) => "receipt_acceptance",
        MessageKind::Receipt(ReceiptType::Delivery) => "receipt_delivery",
        MessageKind::Receipt(ReceiptType::NonAcceptance { .. }) => "receipt_non_acceptance",
        MessageKind::Receipt(ReceiptType::DeliveryDelayNotice(DelayNotice::First)) => "receipt_delay_first",
        MessageKind::Receipt(ReceiptType::DeliveryDelayNotice(DelayNotice::Last)) => "receipt_delay_last",
        MessageKind::Receipt(ReceiptType::DeliveryError { .. }) => "receipt_delivery_error",
        MessageKind::Receipt(ReceiptType::TakenInCharge) => "receipt_taken_in_charge",
        MessageKind::Receipt(ReceiptType::VirusDetected) => "receipt_virus_detected",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_both_ways() {
        for offered in OFFERED {
            assert_eq!(behaviour(&word(offered)), Some(offered));
        }
        assert_eq!(behaviour("slow:90"), Some(BoxBehaviour::Slow(SignedDuration::from_secs(90))));
        for nonsense in ["", "slow", "slow:", "slow:-1", "Normal", "sleepy"] {
            assert_eq!(behaviour(nonsense), None, "{nonsense:?}");
        }
    }
}
