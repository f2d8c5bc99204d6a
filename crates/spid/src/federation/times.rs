//! Validity in time of what is signed.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::json::{ClaimError, Members as _, Object};

/// How far the clocks of two parties may be apart when one says "issued just now".
pub(crate) const SKEW: SignedDuration = SignedDuration::from_secs(60);

/// A signed object outside its time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// `iat`, `nbf` or `exp` is missing or no date.
    #[error("a date is missing or has another shape")]
    Claim(#[from] ClaimError),
    /// `exp` has passed.
    #[error("it expired at {0}")]
    Expired(Timestamp),
    /// `iat` or `nbf` is yet to come.
    #[error("it is dated {0}, which is in the future")]
    Future(Timestamp),
    /// `exp` is not after `iat`.
    #[error("it expires before it was issued")]
    Backwards,
}

/// From when to when a signed object holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Validity {
    pub(crate) issued: Timestamp,
    pub(crate) expires: Timestamp,
}

impl Validity {
    /// Reads `iat`, `exp` and, if there, `nbf`, all of which must fit `now`.
    pub(crate) fn read(claims: &Object, now: Timestamp) -> Result<Self, TimeError> {
        let (issued, expires) = (claims.instant("iat")?, claims.instant("exp")?);
        for start in [Some(issued), claims.optional_instant("nbf")?].into_iter().flatten() {
            if start.duration_since(now) > SKEW {
                return Err(TimeError::Future(start));
            }
        }
        if expires <= issued {
            return Err(TimeError::Backwards);
        }
        if expires <= now {
            return Err(TimeError::Expired(expires));
        }
        Ok(Self { issued, expires })
    }
}

/// Writes `iat` and `exp`. A sum beyond the calendar's end becomes its end.
pub(crate) fn stamp(claims: &mut Object, now: Timestamp, lifetime: SignedDuration) {
    let expires = now.checked_add(lifetime).unwrap_or(Timestamp::MAX);
    claims.insert("iat".to_owned(), Value::from(now.as_second()));
    claims.insert("exp".to_owned(), Value::from(expires.as_second()));
}
