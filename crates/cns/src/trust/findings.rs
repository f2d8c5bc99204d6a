//! What the operator should know of a trust list before the holders of cards find out.

use jiff::{SignedDuration, Timestamp};

use super::TrustList;

/// The stages of warning, in days before the end; the tightest one that applies is told.
const STAGES: [u16; 3] = [7, 30, 90];

/// One thing to know of a trust list.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Finding {
    /// No authority is valid: nobody can sign in.
    NoAuthority,
    /// The list has expired: it does not serve any more, but for the grace of the policy.
    ListExpired {
        /// Since when.
        since: Timestamp,
    },
    /// The list expires soon and no newer one was loaded.
    ListExpires {
        /// When.
        on: Timestamp,
        /// The stage: 90, 30 or 7 days.
        within_days: u16,
    },
    /// The certificate of an authority expires soon.
    AuthorityExpires {
        /// Its name.
        subject: String,
        /// When.
        on: Timestamp,
        /// The stage: 90, 30 or 7 days.
        within_days: u16,
    },
    /// The certificate of an authority has expired; its cards are refused.
    AuthorityExpired {
        /// Its name.
        subject: String,
        /// Since when.
        since: Timestamp,
    },
    /// A service of the list whose certificate cannot be used.
    UnreadableAuthority {
        /// Its name in the list, and why.
        service: String,
    },
}

pub(super) fn of(list: &TrustList, now: Timestamp) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !list.authorities.iter().any(|authority| authority.is_valid_at(now)) {
        findings.push(Finding::NoAuthority);
    }
    if let Some(end) = list.next_update {
        if end < now {
            findings.push(Finding::ListExpired { since: end });
        } else if let Some(within_days) = stage(end, now) {
            findings.push(Finding::ListExpires { on: end, within_days });
        }
    }
    for authority in &list.authorities {
        let (subject, end) = (authority.subject.clone(), authority.not_after);
        if end < now {
            findings.push(Finding::AuthorityExpired { subject, since: end });
        } else if let Some(within_days) = stage(end, now) {
            findings.push(Finding::AuthorityExpires { subject, on: end, within_days });
        }
    }
    findings.extend(list.unreadable.iter().map(|service| Finding::UnreadableAuthority { service: service.clone() }));
    findings
}

fn stage(end: Timestamp, now: Timestamp) -> Option<u16> {
    let left = end.duration_since(now);
    STAGES.into_iter().find(|days| left <= SignedDuration::from_hours(24 * i64::from(*days)))
}
