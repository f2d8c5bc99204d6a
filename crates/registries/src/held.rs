//! A token or voucher that is kept for the rest of its life, and asked for once by all who need it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

use crate::Error;
use crate::error::Stage;

/// Nothing is used in its last seconds: it would expire on its way.
const MARGIN: SignedDuration = SignedDuration::from_secs(15);
/// How long something is kept that does not say when it expires.
const UNDATED_LIFE: SignedDuration = SignedDuration::from_secs(300);

/// Something with an end.
pub(crate) struct Dated<T> {
    value: T,
    good_until: Timestamp,
}

impl<T> Dated<T> {
    /// Kept until shortly before `expires`, or for five minutes when nobody says.
    pub(crate) fn new(value: T, now: Timestamp, expires: Option<Timestamp>) -> Self {
        let good_until = expires.map_or_else(|| after(now, UNDATED_LIFE), |at| after(at, -MARGIN));
        Self { value, good_until }
    }
}

/// The place of one such thing.
pub(crate) struct Held<T>(Mutex<Option<Dated<T>>>);

impl<T> Default for Held<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> std::fmt::Debug for Held<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Held")
    }
}

impl<T: Clone + PartialEq> Held<T> {
    /// What is held, and whether it was made for this call. Callers that come together wait for one, and no longer than
    /// `patience`; one that turned out to be `spent` is replaced.
    pub(crate) async fn get(
        &self,
        now: Timestamp,
        patience: Duration,
        spent: Option<&T>,
        make: impl Future<Output = Result<Dated<T>, Error>>,
    ) -> Result<(T, bool), Error> {
        // Whoever waits for somebody else's waits no longer than for one of its own.
        let waiting = tokio::time::timeout(patience, self.0.lock());
        let mut place = waiting.await.map_err(|_| Error::TimedOut { stage: Stage::Answer })?;
        if let Some(held) = place.as_ref()
            && now < held.good_until
            && spent != Some(&held.value)
        {
            return Ok((held.value.clone(), false));
        }
        *place = None;
        let made = make.await?;
        let value = made.value.clone();
        *place = Some(made);
        Ok((value, true))
    }
}

/// When a token says that it expires: the `exp` of a JWT, which is read but not believed for anything else.
pub(crate) fn expiry(token: &str) -> Option<Timestamp> {
    #[derive(serde::Deserialize)]
    struct Expiry {
        exp: i64,
    }
    let claims = jose::decode(token.split('.').nth(1)?.trim_end_matches('='))?;
    Timestamp::from_second(serde_json::from_slice::<Expiry>(&claims).ok()?.exp).ok()
}

/// Whether a text can stand in an `Authorization` header.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.len() <= 16_384 && text.bytes().all(|b| b.is_ascii_graphic() && b != b'<')
}

pub(crate) fn after(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}
