//! From what receipts certify to what a notice shows, and back for notices of earlier versions.

use jiff::{SignedDuration, Timestamp};
use pec::{DeliveryState, DeliveryStatus, Failure, FailureEvent, Reason};

use crate::clock::instant;
use crate::row;

/// The reason of a notice that may still be delivered.
const TWELVE_HOURS: &str = "twelve-hours";

row! {
    /// A notice as far as receipts concern it.
    pub(super) struct Concerned {
        pub id: i64,
        pub recipient: String,
        pub message_id: String,
        pub sender: Option<String>,
        pub provider_id: Option<String>,
        pub delivery: Option<String>,
        pub state: String,
        pub reason: Option<String>,
        pub created_at: i64,
        pub accepted_at: Option<i64>,
        pub delivered_at: Option<i64>,
        pub failed_at: Option<i64>,
    }
}

impl Concerned {
    /// What is certified about it so far.
    pub fn delivery(&self) -> DeliveryState {
        match (&self.delivery, &self.sender) {
            (Some(json), _) => serde_json::from_str(json).unwrap_or_default(),
            // No receipt yet: what its columns say, our own mail server has said.
            (None, Some(_)) => DeliveryState::default(),
            (None, None) => self.as_shown(),
        }
    }

    /// Earlier versions kept only what they showed.
    fn as_shown(&self) -> DeliveryState {
        let failure = |at: i64| {
            let (event, reason) = self.reason.as_deref().and_then(meaning)?;
            Some(Failure { at: instant(at), event, reason, code: None, text: None })
        };
        // The time of the notice itself was not kept; it comes after twelve hours.
        let late = self.accepted_at.unwrap_or(self.created_at);
        let delayed = instant(late).checked_add(SignedDuration::from_hours(12)).ok();
        DeliveryState {
            accepted: self.accepted_at.map(instant),
            delayed: delayed.filter(|_| self.state == "delayed"),
            failed: self.failed_at.and_then(failure),
            delivered: self.delivered_at.map(instant),
            ordinary: false,
        }
    }
}

/// What a notice shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub state: &'static str,
    pub reason: Option<&'static str>,
    pub accepted_at: Option<i64>,
    pub delivered_at: Option<i64>,
    pub failed_at: Option<i64>,
}

impl Shown {
    pub fn of(delivery: &DeliveryState) -> Self {
        let (state, reason) = match delivery.status() {
            DeliveryStatus::Handed => ("sent", None),
            DeliveryStatus::Accepted => ("accepted", None),
            DeliveryStatus::Delayed => ("delayed", Some(TWELVE_HOURS)),
            DeliveryStatus::Failed => ("failed", delivery.failed.as_ref().map(reason_key)),
            DeliveryStatus::Delivered => ("delivered", None),
        };
        Self {
            state,
            reason,
            accepted_at: delivery.accepted.map(Timestamp::as_millisecond),
            delivered_at: delivery.delivered.map(Timestamp::as_millisecond),
            failed_at: delivery.failed.as_ref().map(|failure| failure.at.as_millisecond()),
        }
    }
}

/// The key of the text that tells the reader why, and what to do.
fn reason_key(failure: &Failure) -> &'static str {
    match (failure.event, failure.reason) {
        (_, Reason::Virus) => "virus",
        (FailureEvent::NotAccepted, _) => "not-accepted",
        (FailureEvent::TimedOut, _) => "timed-out",
        (FailureEvent::Refused, Reason::UnknownDomain) => "no-such-domain",
        (FailureEvent::Refused, Reason::Full) => "box-full",
        (FailureEvent::Refused, Reason::Disabled | Reason::Revoked) => "box-disabled",
        (FailureEvent::Refused, Reason::UnknownBox | Reason::InvalidBox) => "no-such-box",
        (FailureEvent::Refused, _) => "refused",
    }
}

/// What a key of [`reason_key`] says at least.
fn meaning(key: &str) -> Option<(FailureEvent, Reason)> {
    Some(match key {
        "virus" => (FailureEvent::Refused, Reason::Virus),
        "not-accepted" => (FailureEvent::NotAccepted, Reason::Other),
        "timed-out" => (FailureEvent::TimedOut, Reason::Other),
        "no-such-domain" => (FailureEvent::Refused, Reason::UnknownDomain),
        "box-full" => (FailureEvent::Refused, Reason::Full),
        "box-disabled" => (FailureEvent::Refused, Reason::Disabled),
        "no-such-box" => (FailureEvent::Refused, Reason::UnknownBox),
        "refused" => (FailureEvent::Refused, Reason::Other),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn old(state: &str, reason: Option<&str>, failed_at: Option<i64>) -> Concerned {
        Concerned {
            id: 1,
            recipient: String::new(),
            message_id: String::new(),
            sender: None,
            provider_id: None,
            delivery: None,
            state: state.to_owned(),
            reason: reason.map(str::to_owned),
            created_at: 1_000,
            accepted_at: Some(2_000),
            delivered_at: None,
            failed_at,
        }
    }

    #[test]
    fn notices_of_earlier_versions_show_what_they_showed() {
        for reason in
            ["virus", "not-accepted", "timed-out", "no-such-domain", "box-full", "box-disabled", "no-such-box"]
        {
            let shown = Shown::of(&old("failed", Some(reason), Some(3_000)).delivery());
            assert_eq!((shown.state, shown.reason, shown.failed_at), ("failed", Some(reason), Some(3_000)));
            assert_eq!(shown.accepted_at, Some(2_000));
        }
        let shown = Shown::of(&old("delayed", Some(TWELVE_HOURS), None).delivery());
        assert_eq!((shown.state, shown.reason), ("delayed", Some(TWELVE_HOURS)));
        assert_eq!(Shown::of(&old("accepted", None, None).delivery()).state, "accepted");
    }

    #[test]
    fn a_late_notice_overwrites_no_failure() {
        let mut delivery = old("failed", Some("no-such-box"), Some(3_000)).delivery();
        delivery.delayed = Some(instant(4_000));
        assert_eq!(Shown::of(&delivery).reason, Some("no-such-box"));
        delivery.delivered = Some(instant(5_000));
        let shown = Shown::of(&delivery);
        assert_eq!((shown.state, shown.reason), ("delivered", None));
    }
}
